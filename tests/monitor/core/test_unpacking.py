import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.unpacking import Cut, TooMuch, Unpacker

PAGE = b"<p>We keep it for 30 days.</p>" * 200


def unpacked(body, encoding, step=7, limit=1_000_000):
    unpacker = Unpacker(encoding, limit)
    for start in range(0, len(body), step):
        unpacker.add(body[start : start + step])
    return unpacker.finish()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
        ("deflate", zlib.compress(PAGE)),
    ],
)
def test_a_packed_page_comes_out_whole(encoding, packed):
    assert unpacked(packed, encoding) == PAGE


@given(st.integers(min_value=1, max_value=len(gzip.compress(PAGE)) - 1))
def test_a_page_cut_anywhere_is_never_taken_for_a_whole_one(length):
    with pytest.raises(Cut):
        unpacked(gzip.compress(PAGE)[:length], "gzip")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x"])
def test_a_packing_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(Cut):
        Unpacker(encoding, 10)


def test_a_bomb_is_stopped_at_the_limit():
    with pytest.raises(TooMuch):
        unpacked(gzip.compress(bytes(50_000_000)), "gzip", step=65_536)


def test_an_answer_without_a_body_is_empty():
    assert unpacked(b"", "gzip") == b""
