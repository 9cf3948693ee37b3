import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.unpacking import ACCEPTED, Cut, TooMuch, Unpacker

PAGE = b"<p>We keep it for 30 days.</p>" * 200
ZSTD = zstandard.ZstdCompressor()
PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": ZSTD.compress}
# A frame of zstd that says 200 MB and is made of blocks of one repeated byte: 128 KiB in four bytes.
ZSTD_BOMB = b"\x28\xb5\x2f\xfd\x00\x58" + b"\x02\x00\x10\x00" * 1600 + b"\x03\x00\x10\x00"


def unpacked(body, encoding, step=7, limit=1_000_000):
    unpacker = Unpacker(encoding, limit)
    for start in range(0, len(body), step):
        unpacker.add(body[start : start + step])
    return unpacker.finish()


def test_what_is_asked_for_is_what_is_read():
    assert set(ACCEPTED.split(", ")) == set(PACKERS)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", PAGE),
        ("identity", PAGE),
        *((name, pack(PAGE)) for name, pack in PACKERS.items()),
        ("GZIP", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
        ("zstd", ZSTD.compress(PAGE[:100]) + ZSTD.compress(PAGE[100:])),
    ],
    # Names of tests must be the same in every process: packed bytes hold the moment of packing.
    ids=["none", "identity", *PACKERS, "two-parts-gzip", "two-parts-zstd"],
)
@pytest.mark.parametrize("step", [1, 7, 65_536])
def test_a_packed_page_comes_out_whole(encoding, packed, step):
    assert unpacked(packed, encoding, step) == PAGE


@pytest.mark.parametrize("encoding", PACKERS)
@given(share=st.floats(min_value=0, max_value=1))
def test_a_page_cut_anywhere_is_never_taken_for_a_whole_one(encoding, share):
    packed = PACKERS[encoding](PAGE)
    with pytest.raises(Cut):
        unpacked(packed[: 1 + int(share * (len(packed) - 2))], encoding)


@pytest.mark.parametrize("encoding", PACKERS)
@pytest.mark.parametrize("step", [1, 65_536])
def test_what_follows_a_packed_page_is_no_page(encoding, step):
    with pytest.raises(Cut):
        unpacked(PACKERS[encoding](PAGE) + b"and more", encoding, step)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip, br", "compress", "x", "dcb"])
def test_a_packing_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(Cut):
        Unpacker(encoding, 10)


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [*((name, pack(bytes(50_000_000))) for name, pack in PACKERS.items()), ("zstd", ZSTD_BOMB)],
    ids=[*PACKERS, "zstd-of-parts"],
)
def test_a_bomb_is_stopped_at_the_limit_and_never_unpacked(encoding, bomb):
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch):
            unpacked(bomb, encoding, step=65_536)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


def test_a_frame_that_needs_more_memory_than_servers_may_ask_for_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = packer.compress(PAGE) + packer.flush()
    with pytest.raises(Cut):
        unpacked(packed, "zstd")


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_empty_parts_without_end_end(encoding):
    flood = PACKERS[encoding](b"") * 40_000
    with pytest.raises((Cut, TooMuch)):
        unpacked(flood, encoding, step=65_536)


def test_packed_bytes_count_too():
    with pytest.raises(TooMuch):
        unpacked(gzip.compress(b"")[:10] + bytes(2000), "", limit=1000)


def test_an_answer_without_a_body_is_empty():
    assert unpacked(b"", "gzip") == b""
    assert unpacked(b"", "br") == b""


def test_the_beginning_of_a_page_that_is_too_large_is_there():
    unpacker = Unpacker("", 10)
    with pytest.raises(TooMuch):
        unpacker.add(b"x" * 25)
    assert unpacker.beginning() == b"x" * 10


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, (1 << 20) + 258, 2 << 20])
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("step", [1000, 65_536, 10_000_000])
def test_a_page_that_fills_whole_pieces_loses_nothing(pack, size, step):
    # Repeated bytes leave the decoder with a run that no longer fits into the piece.
    page = b"a" * size
    encoding = "gzip" if pack is gzip.compress else "deflate"
    assert unpacked(pack(page), encoding, step, limit=20_000_000) == page
    if encoding == "gzip":
        assert unpacked(pack(page) + pack(b"end"), encoding, step, limit=20_000_000) == page + b"end"


def test_a_bomb_is_in_memory_once():
    bomb = gzip.compress(b"<p>terms</p>" * 2_500_000, compresslevel=9)
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch):
            unpacked(bomb, "gzip", step=len(bomb), limit=20_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000
