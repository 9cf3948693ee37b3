import random
from contextlib import suppress

import pytest

from monitor import storage
from monitor.core.normalize import sha256
from monitor.core.packing import pack
from monitor.models import Blob, Outcome
from monitor.storage import CorruptBytes
from tests.builders import capture, day, make_source, page, texts_of

pytestmark = pytest.mark.django_db


def noise(size, seed=1):
    """Bytes that do not compress."""
    return random.Random(seed).randbytes(size)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"plain", "Ünïcödé ".encode() * 9, bytes(range(256)), noise(5_000_000), b"a" * 5_000_000],
    ids=lambda data: f"{len(data)} bytes",
)
@pytest.mark.parametrize("base", [None, b"", b"text", noise(99_000, seed=2)], ids=["alone", "a", "b", "c"])
def test_bytes_come_back_exactly(data, base):
    blob = storage.put(data, base=storage.put(base) if base is not None else None)
    stored = Blob.objects.get(pk=blob.pk)
    assert storage.get(stored) == data
    assert (stored.sha256, stored.size) == (sha256(data), len(data))


def test_the_same_bytes_are_stored_once():
    assert storage.put(b"once") == storage.put(b"once", base=storage.put(b"base"))
    assert Blob.objects.count() == 2


def test_a_page_like_its_base_costs_a_fraction_of_a_page_alone():
    words = noise(60_000).hex().encode()
    base = storage.put(words)
    like = storage.put(words[:50_000] + b"<script>token 77</script>" + words[50_000:], base=base)
    assert len(like.packed) < len(base.packed) / 100


def test_the_far_end_of_a_large_base_is_within_reach():
    words = noise(5_000_000)
    base = storage.put(words)
    assert len(storage.put(words + b"!", base=base).packed) < 2_000
    assert len(storage.put(words[-100_000:], base=base).packed) < 2_000


def test_a_base_never_has_a_base():
    first = storage.put(b"first page " * 50)
    second = storage.put(b"second page " * 50, base=first)
    third = storage.put(b"third page " * 50, base=second)
    assert second.base == first
    assert third.base == first
    assert storage.get(Blob.objects.get(pk=third.pk)) == b"third page " * 50


def drifting(number: int) -> bytes:
    """A page whose words stay, and whose scripts are replaced bit by bit."""
    scripts = b"".join(noise(2_000, seed=100 + part) for part in range(number, number + 20))
    return b"We keep your feedback for thirty days. " * 100 + scripts


def test_a_page_that_drifts_away_from_its_base_starts_anew():
    blobs = [storage.put(drifting(0))]
    for number in range(1, 40):
        blobs.append(storage.put(drifting(number), base=blobs[-1]))
    roots = [blob for blob in blobs if blob.base is None]
    against_the_first = sum(len(pack(drifting(number), drifting(0))) for number in range(1, 40))
    kept = sum(len(blob.packed) for blob in blobs)
    assert 2 <= len(roots) <= 20
    assert kept < 0.6 * against_the_first
    assert all(blob.base in roots for blob in blobs if blob.base)
    assert [blob.body() for blob in blobs] == [drifting(number) for number in range(40)]


def test_a_page_that_is_another_each_time_keeps_its_base():
    words = noise(20_000)
    blobs = [storage.put(words)]
    for number in range(1, 10):
        blobs.append(storage.put(words + noise(5_000, seed=number), base=blobs[-1]))
    assert {blob.base for blob in blobs[1:]} == {blobs[0]}


@pytest.mark.parametrize("base", [None, b"terms and conditions " * 5])
def test_a_flipped_bit_anywhere_is_found(base):
    data = b"terms and conditions of use " * 5
    blob = storage.put(data, base=storage.put(base) if base else None)
    packed = bytes(blob.packed)
    for place in range(len(packed)):
        for bit in range(8):
            blob.packed = packed[:place] + bytes([packed[place] ^ (1 << bit)]) + packed[place + 1 :]
            with suppress(CorruptBytes):
                assert storage.get(blob) == data


@pytest.mark.parametrize("packed", [b"", b"garbage", b"\x28\xb5\x2f\xfd"])
def test_a_row_that_is_no_longer_packed_bytes_is_found(packed):
    blob = storage.put(b"terms")
    blob.packed = packed
    with pytest.raises(CorruptBytes):
        storage.get(blob)


def test_a_cut_off_row_is_found():
    blob = storage.put(noise(500))
    blob.packed = bytes(blob.packed)[:-1]
    with pytest.raises(CorruptBytes):
        storage.get(blob)


def test_bytes_swapped_for_others_are_found():
    one, two = storage.put(b"one"), storage.put(b"two")
    Blob.objects.filter(pk=one.pk).update(packed=two.packed, size=two.size)
    with pytest.raises(CorruptBytes):
        storage.get(Blob.objects.get(pk=one.pk))


def test_a_corrupted_base_is_found_in_what_rests_on_it():
    base = storage.put(b"terms and conditions " * 9)
    blob = storage.put(b"terms and conditions " * 9 + b"of use", base=base)
    Blob.objects.filter(pk=base.pk).update(packed=storage.put(b"other").packed)
    with pytest.raises(CorruptBytes):
        storage.get(Blob.objects.get(pk=blob.pk))


def test_new_captures_do_not_rest_on_a_corrupted_base():
    source = make_source()
    first = capture(source, "<p>One.</p>", day(0))
    Blob.objects.filter(pk=first.snapshot.blob_id).update(packed=b"garbage")
    for number in (1, 2):
        fetch = capture(source, "<p>Two.</p>", day(number), furniture=number)
        assert storage.get(fetch.snapshot.blob) == page("<p>Two.</p>", furniture=number)
    assert fetch.outcome == Outcome.CONFIRMED
    assert texts_of(source) == ["One.", "Two."]


def test_captures_of_a_version_are_stored_against_its_first_one():
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    first, again = (capture(source, "<p>Two.</p>", day(number), furniture=number) for number in (1, 2))
    later = capture(source, "<p>Two.</p>", day(3), furniture=3)
    roots = {first.snapshot.blob_id, first.snapshot.blob.base_id}
    assert again.snapshot.blob.base_id in roots
    assert later.snapshot.blob.base_id in roots
