"""Bytes packed with Zstandard, alone or against others that they resemble, and got back as they were."""

from __future__ import annotations

import zstandard

from monitor.core.normalize import sha256

# Two captures of one page differ in scripts and tokens: against an earlier capture a page costs about 1 % of its size.
_LEVEL = 10
# Room for the base and the page together, else the far end of a large base is out of reach.
_MAX_WINDOW_LOG = 27


class CorruptBytes(Exception):
    """Stored bytes no longer have the hash they are stored under."""


class RemovedBytes(CorruptBytes):
    """Bytes were removed by a rule of retention: there are none to check."""


def pack(body: bytes, base: bytes | None = None) -> bytes:
    """The bytes compressed; what they share with `base` costs nearly nothing."""
    room = (len(body) + len(base or b"")).bit_length()
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, source_size=len(body), window_log=min(max(room, 10), _MAX_WINDOW_LOG)
    )
    return zstandard.ZstdCompressor(dict_data=_dictionary(base), compression_params=parameters).compress(body)


def unpack(packed: bytes, base: bytes | None, *, size: int, key: str) -> bytes:
    """What was packed against the same `base`: `size` bytes with this SHA-256. Raises CorruptBytes where it is not."""
    check_packed_size(packed, size, key)
    decompressor = zstandard.ZstdDecompressor(
        dict_data=_dictionary(base), max_window_size=1 << (_MAX_WINDOW_LOG + 1)
    )
    try:
        body = decompressor.decompress(packed, max_output_size=size)
    except zstandard.ZstdError as error:
        raise CorruptBytes(f"the bytes of {key} cannot be unpacked: {error}") from error
    if sha256(body) != key:
        raise CorruptBytes(f"the bytes stored as {key} have another hash")
    return body


def check_packed_size(packed: bytes, size: int, key: str) -> None:
    """Refuse bytes that say of themselves that they unpack to another size. Raises CorruptBytes.

    Room is made for as much as they say, whatever limit is given.
    """
    try:
        said = zstandard.frame_content_size(packed)
    except zstandard.ZstdError as error:
        raise CorruptBytes(f"the bytes of {key} cannot be unpacked: {error}") from error
    if said != size:
        raise CorruptBytes(f"the bytes of {key} are not packed as {size} bytes")


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None
