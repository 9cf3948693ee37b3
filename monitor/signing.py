"""The key of the site: it signs what all chains come to, and its public half is published."""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from monitor.models import SigningKey


class NoKey(Exception):
    """The site has no key, or none that can be read; the message is one line and holds nothing of the key."""


def key_file() -> Path:
    """Where the key is kept that the site made itself."""
    return Path(settings.VAR_DIR) / "signing_key.pem"


def private_key() -> Ed25519PrivateKey:
    """The key in force: of the setting SIGNING_KEY, else the site's own, made on first use. Raises NoKey.

    A deployment has several machines: none of them makes a key that the others do not have.
    """
    if settings.SIGNING_KEY:
        return _read(settings.SIGNING_KEY.encode(), "SIGNING_KEY")
    if not settings.IS_EMBEDDED:
        raise NoKey("SIGNING_KEY is not set")
    if not key_file().exists():
        _make(key_file())
    return _read(key_file().read_bytes(), str(key_file()))


def _read(pem: bytes, name: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise NoKey(f"{name} holds no private key in PEM form") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{name} is no Ed25519 key")
    return key


def _make(file: Path) -> None:
    """Write a new key whole before it gets its name, for its owner alone: of two processes, one wins."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix="signing_key.")
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(pem)
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    Path(draft).unlink()


def rotate() -> None:
    """Replace the site's own key by a new one. The old one can sign no more; what it signed is still checked.

    Raises NoKey where the key is a setting: then that is to be changed.
    """
    if settings.SIGNING_KEY or not settings.IS_EMBEDDED:
        raise NoKey("the key comes from SIGNING_KEY: set another one there")
    key_file().unlink(missing_ok=True)
    _make(key_file())


def public_of(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of its public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint_of(public: bytes) -> str:
    """SHA-256 (hex) of a public key's 32 bytes."""
    return sha256(public).hexdigest()


def published(key: Ed25519PrivateKey, at: datetime) -> SigningKey:
    """The published half of a key that signs at a moment; the one it replaces is retired."""
    public = public_of(key)
    row, is_new = SigningKey.objects.get_or_create(
        fingerprint=fingerprint_of(public), defaults={"public": public.hex(), "first_used_at": at}
    )
    if is_new or row.retired_at:
        SigningKey.objects.filter(retired_at=None).exclude(pk=row.pk).update(retired_at=at)
        SigningKey.objects.filter(pk=row.pk).update(retired_at=None)
    return row


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a message carries the signature of the key with this public half."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
