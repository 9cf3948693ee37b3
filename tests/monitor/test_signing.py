"""The key of the site: made once, for its owner alone, replaced without a loss."""

from __future__ import annotations

import subprocess
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from monitor import signing
from monitor.models import SigningKey
from tests.builders import day


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    """A site without a key."""
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_the_key_is_made_once_and_only_its_owner_can_read_it(folder: Path) -> None:
    first = signing.public_of(signing.private_key())
    assert signing.public_of(signing.private_key()) == first
    assert (folder / "signing_key.pem").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == ["signing_key.pem"]


def test_of_several_that_make_it_at_once_all_have_the_same() -> None:
    found: list[bytes] = []
    threads = [
        Thread(target=lambda: found.append(signing.public_of(signing.private_key()))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_key_of_openssl_can_be_set(tmp_path: Path, settings) -> None:
    made = ["openssl", "genpkey", "-algorithm", "ed25519"]
    settings.SIGNING_KEY = subprocess.run(made, capture_output=True, text=True, check=True).stdout
    assert len(signing.public_of(signing.private_key())) == 32
    assert not (tmp_path / "signing_key.pem").exists()


@pytest.mark.parametrize("value", ["no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_what_is_no_key_is_refused_without_showing_it(value: str, settings) -> None:
    settings.SIGNING_KEY = value
    with pytest.raises(signing.NoKey) as refused:
        signing.private_key()
    assert "AAAA" not in str(refused.value)
    assert "SIGNING_KEY" in str(refused.value)


def test_a_deployment_makes_no_key_of_its_own(settings, folder: Path) -> None:
    settings.IS_EMBEDDED = False
    with pytest.raises(signing.NoKey):
        signing.private_key()
    assert not list(folder.iterdir())


def test_a_signature_holds_for_its_message_and_key_only() -> None:
    key = Ed25519PrivateKey.generate()
    public, signature = signing.public_of(key), key.sign(b"root")
    assert signing.is_signed(public, signature, b"root")
    assert not signing.is_signed(public, signature, b"Root")
    assert not signing.is_signed(signing.public_of(Ed25519PrivateKey.generate()), signature, b"root")
    assert not signing.is_signed(b"", signature, b"root")


@pytest.mark.django_db
def test_a_new_key_retires_the_one_before_and_its_public_half_stays() -> None:
    old = signing.published(signing.private_key(), day(0))
    signing.rotate()
    new = signing.published(signing.private_key(), day(1))
    assert new.pk != old.pk
    assert dict(SigningKey.objects.values_list("pk", "retired_at")) == {old.pk: day(1), new.pk: None}


@pytest.mark.django_db
def test_the_command_shows_the_key_and_replaces_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("signing_key")
    shown = capsys.readouterr().out
    assert signing.public_of(signing.private_key()).hex() in shown
    call_command("signing_key", "--rotate")
    assert capsys.readouterr().out != shown


def test_a_key_that_is_set_is_not_replaced_here(settings) -> None:
    settings.SIGNING_KEY = "something"
    with pytest.raises(CommandError, match="set another one there"):
        call_command("signing_key", "--rotate")
