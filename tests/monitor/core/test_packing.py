from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.normalize import sha256
from monitor.core.packing import CorruptBytes, pack, unpack


@given(st.binary(max_size=2_000), st.none() | st.binary(max_size=2_000))
def test_bytes_come_back_exactly_alone_or_against_others(body: bytes, base: bytes | None) -> None:
    assert unpack(pack(body, base), base, size=len(body), key=sha256(body)) == body


@given(st.binary(min_size=1, max_size=500), st.binary(max_size=500), st.data())
def test_a_byte_that_rotted_never_gives_other_bytes(body: bytes, base: bytes, data: st.DataObject) -> None:
    packed = bytearray(pack(body, base))
    at = data.draw(st.integers(min_value=0, max_value=len(packed) - 1))
    packed[at] ^= data.draw(st.integers(min_value=1, max_value=255))
    with suppress(CorruptBytes):
        assert unpack(bytes(packed), base, size=len(body), key=sha256(body)) == body


def test_another_base_than_the_one_packed_against_is_noticed() -> None:
    body, base = b"We keep it for 30 days. " * 9, b"We keep it for 30 days, or less. " * 9
    with pytest.raises(CorruptBytes):
        unpack(pack(body, base), base[::-1], size=len(body), key=sha256(body))
