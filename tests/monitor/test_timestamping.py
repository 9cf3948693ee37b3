"""Time stamps of a real authority, `openssl ts` on loopback: asked once, checked, and kept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.models import Root
from monitor.roots import make_root
from monitor.timestamping import NotStamped, stamp_pending, stamped_at, stamped_hash
from tests.builders import day, make_change_set
from tests.monitor.authority import Authority, authority
from tests.monitor.test_chain import findings

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed"),
]


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority")) as found:
        yield found


@pytest.fixture
def asked(standing: Authority, tmp_path: Path, settings) -> Authority:
    """The authority, set for this site, and a root that waits."""
    settings.VAR_DIR = tmp_path
    settings.TIMESTAMP_URL = standing.url
    settings.TIMESTAMP_CERTIFICATES = str(standing.certificates)
    settings.FETCH_ALLOW_PRIVATE = True
    standing.status, standing.spoil = 200, False
    standing.questions.clear()
    make_change_set()
    make_root(day(0))
    return standing


def test_a_root_is_stamped_once(asked: Authority) -> None:
    assert stamp_pending(day(0))
    assert stamp_pending(day(0) + timedelta(days=1)) is None
    root = Root.objects.get()
    assert [kind for kind, _ in asked.questions] == ["application/timestamp-query"]
    assert stamped_hash(bytes(root.stamp)) == root.sha256
    assert abs(stamped_at(bytes(root.stamp)) - datetime.now(UTC)) < timedelta(minutes=5)
    assert findings() == []


def test_the_stamp_is_one_that_openssl_believes(asked: Authority, tmp_path: Path) -> None:
    stamp_pending(day(0))
    root = Root.objects.get()
    (tmp_path / "root.json").write_text(root.manifest)
    (tmp_path / "root.tsr").write_bytes(bytes(root.stamp))
    command = ["openssl", "ts", "-verify", "-data", "root.json", "-in", "root.tsr", "-CAfile"]
    done = subprocess.run([*command, str(asked.certificates)], cwd=tmp_path, capture_output=True, check=False)
    assert b"Verification: OK" in done.stdout + done.stderr


def test_without_an_authority_nothing_is_asked(asked: Authority, settings) -> None:
    settings.TIMESTAMP_URL = ""
    assert stamp_pending(day(0)) is None
    assert asked.questions == []


def test_a_stamp_of_another_authority_is_not_kept(asked: Authority, tmp_path: Path, settings) -> None:
    with authority(tmp_path) as other:
        settings.TIMESTAMP_CERTIFICATES = str(other.certificates)
        with pytest.raises(NotStamped, match="does not hold"):
            stamp_pending(day(0))
    assert Root.objects.get().stamp is None


@pytest.mark.parametrize(("status", "spoil"), [(503, False), (200, True)])
def test_an_answer_that_is_none_is_not_kept_and_asked_for_again_after_an_hour(
    status: int, spoil: bool, asked: Authority
) -> None:
    asked.status, asked.spoil = status, spoil
    with pytest.raises(NotStamped):
        stamp_pending(day(0))
    asked.status, asked.spoil = 200, False
    assert stamp_pending(day(0) + timedelta(minutes=59)) is None
    assert stamp_pending(day(0) + timedelta(minutes=61))
    assert Root.objects.get().stamp


def test_an_authority_in_a_private_network_is_refused_where_these_are_not_allowed(
    asked: Authority, settings
) -> None:
    settings.FETCH_ALLOW_PRIVATE = False
    with pytest.raises(NotStamped, match="private network"):
        stamp_pending(day(0))
    assert asked.questions == []


def test_a_stored_stamp_that_was_changed_is_named(asked: Authority) -> None:
    stamp_pending(day(0))
    root = Root.objects.get()
    spoiled = bytearray(bytes(root.stamp))
    spoiled[-1] ^= 1
    Root.objects.update(stamp=bytes(spoiled))
    assert f"{root}: its time stamp is not the one that was received" in findings()
