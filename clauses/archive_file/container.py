"""The file itself: members of a tar stream, compressed with Zstandard, each of which the last one names with its hash.

It is written and read as a stream, in bounded memory. What is read is a stranger's: no path in it is used, nothing is
unpacked to the disk, and whatever is longer, larger or otherwise than the format allows ends the reading.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import zstandard

SUMS = "SHA256SUMS"
# A part is ended by the line that makes it larger than this; so it is at most that and a line long.
PART_BYTES = 4 << 20
LINE_BYTES = 16 << 20
# Every decoder of Zstandard takes so large a window (RFC 8878, 3.1.1.1.2).
_WINDOW_LOG = 23
_LEVEL = 9
_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1 << 16
# A kilobyte of Zstandard unpacks to 32 MB at most, so that a bomb is seen before it has filled the memory.
_FED = 1 << 10
# Rows that say nearly the same take a fiftieth of their room at best.
_MOST_RATIO = 200
_ANY_RATIO_BYTES = 64 << 20
_SUMS_LINE = 256


class BadArchive(ValueError):
    """A file that is no archive, or not a whole and unaltered one; in one line."""


class Writer:
    """Writes members one after another, and at the end their hashes. The same members give the same bytes."""

    def __init__(self, stream: IO[bytes]) -> None:
        parameters = zstandard.ZstdCompressionParameters.from_level(
            _LEVEL, window_log=_WINDOW_LOG, write_checksum=True, write_content_size=False
        )
        self._packed = zstandard.ZstdCompressor(compression_params=parameters).stream_writer(
            stream, closefd=False
        )
        self._tar = tarfile.open(fileobj=self._packed, mode="w|", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        with self._sums:
            if error is None:
                self._end()

    def add(self, name: str, body: bytes | bytearray) -> None:
        """Write a member."""
        self._sums.write(_sums_line(hashlib.sha256(body).hexdigest(), name))
        self._write(name, len(body), io.BytesIO(body))

    def _write(self, name: str, size: int, body: IO[bytes]) -> None:
        member = tarfile.TarInfo(name)
        member.size = size
        self._tar.addfile(member, body)

    def _end(self) -> None:
        size = self._sums.tell()
        self._sums.seek(0)
        self._write(SUMS, size, self._sums)
        self._tar.close()
        self._packed.close()  # type: ignore[no-untyped-call]


class Reader:
    """Reads the members that its caller expects, in the order in which they must come. Raises BadArchive.

    What a member holds is only known to be whole when `finish` has returned.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._bytes = _Unpacked(stream)
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._sums.close()

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of the next member, which must have this name and at most so many bytes."""
        member = self._begin(name, limit)
        body = member.read()
        self._end(member)
        return body

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of the next member, which must have this name; without their ends."""
        member = self._begin(name, PART_BYTES + LINE_BYTES)
        while line := member.readline(LINE_BYTES + 1):
            if not line.endswith(b"\n"):
                raise BadArchive(f"{name} has a line of more than {LINE_BYTES} bytes, or without an end")
            yield line[:-1]
        self._end(member)

    def finish(self) -> None:
        """Compare the hashes of all members, and see the file end where it has to."""
        ours = self._sums
        listed = self._begin(SUMS, ours.tell())
        ours.seek(0)
        for line in ours:
            if listed.readline(_SUMS_LINE) != line:
                raise BadArchive(f"{line.decode().split()[1]} is not what {SUMS} says of it")
        self._padding(listed.raw.size)
        if any(chunk.strip(b"\0") for chunk in (self._bytes.take(2 * _BLOCK), *self._bytes.rest())):
            raise BadArchive(f"something follows {SUMS}")

    def _begin(self, name: str, limit: int) -> _Member:
        return _Member(_Stretch(self._bytes, name, self._header(name, limit)), _CHUNK)

    def _end(self, member: _Member) -> None:
        stretch = member.raw
        self._padding(stretch.size)
        self._sums.write(_sums_line(stretch.digest.hexdigest(), stretch.name))

    def _header(self, name: str, limit: int) -> int:
        try:
            found = tarfile.TarInfo.frombuf(self._bytes.take(_BLOCK), "ascii", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError):
            raise BadArchive(f"where {name} should begin, there is no tar header") from None
        if found.name != name:
            raise BadArchive(f"where {name} should begin, there is {found.name[:100]!r}")
        if found.type != tarfile.REGTYPE:
            raise BadArchive(f"{name} is no ordinary file")
        if not 0 <= found.size <= limit:
            raise BadArchive(f"{name} is said to have {found.size} bytes; there may be {limit}")
        return found.size

    def _padding(self, size: int) -> None:
        if self._bytes.take(-size % _BLOCK).strip(b"\0"):
            raise BadArchive("there is something between two members")


class _Unpacked:
    """The bytes in one frame of Zstandard, taken from its beginning to its end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._frame = zstandard.ZstdDecompressor(max_window_size=1 << _WINDOW_LOG).decompressobj()
        self._ready = bytearray()
        self._fed = self._came = 0

    def take(self, size: int) -> bytes:
        """The next bytes, so many."""
        while len(self._ready) < size:
            if not self._feed():
                raise BadArchive("the file ends before the archive does")
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def rest(self) -> Iterator[bytes]:
        """All that is left, up to the end of the frame, which must be that of the file."""
        while self._ready or self._feed():
            yield self.take(len(self._ready))
        if not self._frame.eof:
            raise BadArchive("the file ends before the archive does")
        if self._frame.unused_data or self._stream.read(1):
            raise BadArchive("something follows the archive")

    def _feed(self) -> bool:
        """Unpack a little more. Whether there was any."""
        fed = b"" if self._frame.eof else self._stream.read(_FED)
        if not fed:
            return False
        try:
            came = self._frame.decompress(fed)
        except zstandard.ZstdError as error:
            raise BadArchive(f"it cannot be unpacked by Zstandard: {error}") from None
        self._fed += len(fed)
        self._came += len(came)
        if self._came > _ANY_RATIO_BYTES + _MOST_RATIO * self._fed:
            raise BadArchive(f"it unpacks to more than {_MOST_RATIO} times its size")
        self._ready += came
        return True


class _Stretch(io.RawIOBase):
    """The next bytes of an unpacked stream, so many, as a file that hashes what is read of it."""

    def __init__(self, source: _Unpacked, name: str, size: int) -> None:
        super().__init__()
        self.name = name
        self.size = self._left = size
        self.digest = hashlib.sha256()
        self._source = source

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, or what is left of the file into it."""
        taken = self._source.take(min(len(buffer), self._left))
        self._left -= len(taken)
        self.digest.update(taken)
        buffer[: len(taken)] = taken
        return len(taken)


class _Member(io.BufferedReader):
    raw: _Stretch


def _sums_line(digest: str, name: str) -> bytes:
    return f"{digest}  {name}\n".encode()
