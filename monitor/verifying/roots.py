"""Whether the roots are bound to each other, signed, and name links that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from monitor.core.normalize import sha256
from monitor.models import Document, Link, Root, SigningKey
from monitor.signing import fingerprint_of, is_signed
from monitor.timestamping import stamped_hash
from monitor.verifying.chains import heads_of
from monitor.verifying.finding import Finding


def check_root(root: Root) -> Iterator[Finding]:
    """That a root has its hash and signature, holds the hash of the root before, and names links that are there."""
    name = str(root)
    body = root.manifest.encode()
    if sha256(body) != root.sha256:
        yield Finding(name, "it has another hash")
    yield from _check_signature(root, body)
    try:
        said = json.loads(body)
    except ValueError:
        yield Finding(name, "it cannot be read")
        return
    before = Root.objects.filter(on__lt=root.on).order_by("-on").values_list("sha256", flat=True).first()
    if said.get("previous") != (before or ""):
        yield Finding(name, "it does not hold the hash of the root before")
    if (said.get("on"), said.get("key")) != (root.on.isoformat(), root.key_id):
        yield Finding(name, "it names another day or key than it is kept under")
    yield from _check_stamp(root)
    for head in heads_of(root.manifest):
        yield from _check_head(root, head)


def _check_signature(root: Root, body: bytes) -> Iterator[Finding]:
    key = SigningKey.objects.filter(pk=root.key_id).first()
    public, signature = _bytes(key.public if key else ""), _bytes(root.signature)
    if not is_signed(public, signature, body):
        yield Finding(str(root), f"it is not signed by the key {root.key_id}")


def _check_stamp(root: Root) -> Iterator[Finding]:
    if root.stamp is None:
        return
    stamp = bytes(root.stamp)
    if sha256(stamp) != root.stamp_sha256:
        yield Finding(str(root), "its time stamp is not the one that was received")
    if stamped_hash(stamp) != root.sha256:
        yield Finding(str(root), "its time stamp is of something else")


def _check_head(root: Root, head: dict[str, Any]) -> Iterator[Finding]:
    name = str(head.get("document"))
    number = name.removeprefix("D-")
    document = Document.objects.filter(number=int(number) if number.isdecimal() else -1).first()
    if document is None:
        if not head.get("is_sample"):
            yield Finding(name, f"the {root} names it, and it is not on record")
        return
    link = Link.objects.filter(document=document, position=head.get("position") or 0).first()
    if link is None or link.sha256 != head.get("sha256"):
        yield Finding(name, f"its chain does not hold the link that the {root} names")
    elif link.root_id != root.pk:
        yield Finding(name, f"link {link.position} of its chain does not name the {root}, which names it")


def check_key(key: SigningKey) -> Iterator[Finding]:
    """That a public key has its fingerprint, by which roots name it."""
    if fingerprint_of(_bytes(key.public)) != key.fingerprint:
        yield Finding(f"key {key.fingerprint}", "it has another fingerprint")


def _bytes(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError:
        return b""
