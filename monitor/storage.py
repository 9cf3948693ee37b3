"""The bytes of captures, kept for ever under their SHA-256."""

from __future__ import annotations

import zstandard

from monitor.core.normalize import sha256
from monitor.models import Blob

# Two captures of one page differ in scripts and tokens: against an earlier capture a page costs about 1 % of its size.
_LEVEL = 10
# Room for the base and the page together, else the far end of a large base is out of reach.
_MAX_WINDOW_LOG = 27


class CorruptBytes(Exception):
    """Stored bytes no longer have the hash they are stored under."""


def put(body: bytes, base: Blob | None = None) -> Blob:
    """Store bytes once, compressed against the bytes of `base` where one is given. The same bytes give the same row."""
    key = sha256(body)
    stored = Blob.objects.filter(pk=key).first()
    if stored:
        return stored
    root, against = _root(base)
    blob, _ = Blob.objects.get_or_create(
        pk=key, defaults={"size": len(body), "base": root, "packed": _pack(body, against)}
    )
    return blob


def _root(base: Blob | None) -> tuple[Blob | None, bytes | None]:
    """The blob to compress against and its bytes: never one that itself has a base, nor a damaged one."""
    root = (base.base or base) if base else None
    try:
        return root, get(root) if root else None
    except CorruptBytes:
        # What is captured from now on must not be lost with it.
        return None, None


def get(blob: Blob) -> bytes:
    """The bytes, checked against their hash. Raises CorruptBytes where they do not match."""
    base = get(blob.base) if blob.base else None
    try:
        body = _unpack(bytes(blob.packed), blob.size, base)
    except zstandard.ZstdError as error:
        raise CorruptBytes(f"the bytes of {blob.sha256} cannot be unpacked: {error}") from error
    if sha256(body) != blob.sha256:
        raise CorruptBytes(f"the bytes stored as {blob.sha256} have another hash")
    return body


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None


def _pack(body: bytes, base: bytes | None) -> bytes:
    room = (len(body) + len(base or b"")).bit_length()
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL, source_size=len(body), window_log=min(max(room, 10), _MAX_WINDOW_LOG)
    )
    return zstandard.ZstdCompressor(dict_data=_dictionary(base), compression_params=parameters).compress(body)


def _unpack(packed: bytes, size: int, base: bytes | None) -> bytes:
    decompressor = zstandard.ZstdDecompressor(
        dict_data=_dictionary(base), max_window_size=1 << (_MAX_WINDOW_LOG + 1)
    )
    return decompressor.decompress(packed, max_output_size=size)
