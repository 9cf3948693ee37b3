"""An archive taken apart and put together again, by the standard library and not by the code under test."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Sequence

import zstandard

Member = tuple[str | tarfile.TarInfo, bytes]


def members(archive: bytes) -> dict[str, bytes]:
    """The members by name."""
    with tarfile.open(fileobj=io.BytesIO(unpacked(archive))) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}


def unpacked(archive: bytes) -> bytes:
    """The tar stream."""
    return zstandard.ZstdDecompressor().decompressobj().decompress(archive)


def sums(found: Sequence[Member]) -> bytes:
    """What SHA256SUMS says of members."""
    return "".join(f"{hashlib.sha256(body).hexdigest()}  {_name(one)}\n" for one, body in found).encode()


def put_together(found: Sequence[Member], *, listed: bytes | None = None, more: bytes = b"") -> bytes:
    """An archive of members, with their hashes unless others are given; `more` follows them inside of it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for one, body in [*found, ("SHA256SUMS", sums(found) if listed is None else listed)]:
            member = one if isinstance(one, tarfile.TarInfo) else tarfile.TarInfo(one)
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    return packed(stream.getvalue() + more)


def packed(body: bytes) -> bytes:
    """Bytes in one frame."""
    return zstandard.ZstdCompressor(level=3).compress(body)


def _name(one: str | tarfile.TarInfo) -> str:
    return one.name if isinstance(one, tarfile.TarInfo) else one
