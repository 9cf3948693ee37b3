"""Archives that somebody made, or that something damaged: each is refused in one line, and nothing of it stays."""

from __future__ import annotations

import hashlib

import pytest
import zstandard
from django.db import transaction

from clauses.archive_file.container import BadArchive
from clauses.archive_file.loading import DoesNotHold
from clauses.site_taxonomy import refresh_rules
from tests.clauses.archive_file.hostile import HOSTILE, WRONG_IN_ITSELF, of
from tests.clauses.archive_file.reading import packed, put_together, sums, unpacked
from tests.clauses.archive_file.sites import archived, counts, empty, loaded, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker) -> bytes:
    """The archive of a small site, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        made = archived()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        refresh_rules()
    return made


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_and_leaves_nothing(name: str, archive: bytes) -> None:
    change, words = HOSTILE[name]
    with pytest.raises(BadArchive) as refused, transaction.atomic():
        loaded(put_together(change(of(archive))))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not any(counts().values())


def test_what_was_put_together_again_unchanged_is_loaded(archive: bytes) -> None:
    assert loaded(put_together(of(archive))).findings == []


@pytest.mark.parametrize("name", WRONG_IN_ITSELF)
def test_what_does_not_hold_is_refused_though_every_member_has_its_hash(name: str, archive: bytes) -> None:
    with pytest.raises(DoesNotHold) as refused, transaction.atomic():
        loaded(put_together(WRONG_IN_ITSELF[name](of(archive))))
    assert refused.value.findings
    assert not any(counts().values())


def test_a_wrong_hash_is_named(archive: bytes) -> None:
    found = of(archive)
    listed = sums(found)
    first = hashlib.sha256(found[3][1]).hexdigest().encode()
    for wrong in (listed.replace(first, b"0" * 64), listed[:-80], listed + listed[-80:], b""):
        with pytest.raises(BadArchive, match="SHA256SUMS"), transaction.atomic():
            loaded(put_together(found, listed=wrong))


def test_cut_off_anywhere_it_is_refused(archive: bytes) -> None:
    """At every kilobyte, and at each of the last bytes: those are the checksum of the frame and the end of the tar."""
    cuts = [*range(0, len(archive), 1024), *range(len(archive) - 16, len(archive))]
    for cut in cuts:
        with pytest.raises(BadArchive), transaction.atomic():
            loaded(archive[:cut])
    assert not any(counts().values())


def test_a_byte_flipped_anywhere_is_refused_unless_it_unpacks_to_the_same(archive: bytes) -> None:
    for place in range(0, len(archive), len(archive) // 40):
        flipped = bytearray(archive)
        flipped[place] ^= 0x10
        # A bit that no decoder reads, or words fetched from another place where they stand as well.
        if _unpacked(bytes(flipped)) == unpacked(archive):
            continue
        with pytest.raises(BadArchive), transaction.atomic():
            loaded(bytes(flipped))


def _unpacked(archive: bytes) -> bytes | None:
    try:
        return unpacked(archive)
    except zstandard.ZstdError:
        return None


@pytest.mark.parametrize("more", [b"x" * 512, packed(b"more"), b"\0"])
def test_nothing_may_follow(more: bytes, archive: bytes) -> None:
    with pytest.raises(BadArchive, match="follows"), transaction.atomic():
        loaded(archive + more)
    inside = put_together(of(archive), more=b"x")
    with pytest.raises(BadArchive, match="follows SHA256SUMS"), transaction.atomic():
        loaded(inside)


def test_a_bomb_is_seen_before_it_fills_the_memory(archive: bytes) -> None:
    """A gigabyte of nothing in 30 kB, in place of the manifest, of a part, and behind the end."""
    gigabyte = zstandard.ZstdCompressor().compressobj()
    bomb = b"".join([*(gigabyte.compress(bytes(1 << 24)) for _ in range(64)), gigabyte.flush()])
    assert len(bomb) < 50_000
    with pytest.raises(BadArchive, match=r"more than 200 times its size|no tar header"), transaction.atomic():
        loaded(bomb)
    behind = zstandard.ZstdCompressor().compressobj()
    body = b"".join(
        [
            behind.compress(unpacked(archive)),
            *(behind.compress(bytes(1 << 24)) for _ in range(64)),
            behind.flush(),
        ]
    )
    with pytest.raises(BadArchive, match="more than 200 times its size"), transaction.atomic():
        loaded(body)


def test_a_window_that_takes_the_memory_is_refused(archive: bytes) -> None:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    body = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    with pytest.raises(BadArchive, match="cannot be unpacked by Zstandard"), transaction.atomic():
        loaded(body.compress(unpacked(archive)) + body.flush())


@pytest.mark.parametrize(
    "body", [b"", b"PK\x03\x04", b"\0" * 2048, packed(b""), packed(b"\0" * 4096), packed(b"x" * 4096)]
)
def test_what_is_no_archive_is_refused(body: bytes) -> None:
    with pytest.raises(BadArchive), transaction.atomic():
        loaded(body)


def test_an_archive_of_the_samples_can_be_emptied_again(archive: bytes) -> None:
    loaded(archive)
    empty()
    assert not any(counts().values())
