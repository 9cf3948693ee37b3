"""Unpacking a compressed page as it arrives, never beyond a limit, and never a cut one for a whole one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

import brotli
import zstandard

# What we ask servers for, and all we read.
ACCEPTED = "gzip, deflate, br, zstd"
# RFC 9659: what a server sends as zstd needs no more than this to be unpacked.
_ZSTD_WINDOW = 8 << 20
# Four packed bytes of zstd can hold 128 KiB, and its library gives out all at once: it gets few at a time.
_ZSTD_PIECE = 64
# A bomb fills all the room it is given: a page must not be in memory twice. What a full piece leaves inside the decoder
# comes before the checksum, so it is never lost.
_ZLIB_PIECE = 1 << 20
# gzip and zstd allow one packed part after another; empty ones cost time and give nothing.
_MAX_PARTS = 1000


class Cut(ValueError):
    """The packed bytes end in the middle, or are no packed bytes."""


class TooMuch(ValueError):
    """What comes out, or what comes in, is larger than allowed."""


class _Decoder(Protocol):
    """Unpacks one packed part."""

    is_whole: bool

    def unpack(self, packed: bytes, room: int) -> tuple[bytes, bytes]:
        """At most about `room` bytes more, and what is left of the packed ones. Raises Cut."""


class _Zlib:
    """gzip and deflate."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self.is_whole = False

    def unpack(self, packed: bytes, room: int) -> tuple[bytes, bytes]:
        try:
            unpacked = self._decoder.decompress(packed, min(room, _ZLIB_PIECE))
        except zlib.error as error:
            raise Cut("the packed page cannot be unpacked") from error
        self.is_whole = self._decoder.eof
        return unpacked, self._decoder.unconsumed_tail or self._decoder.unused_data


class _Brotli:
    """br: one part, and nothing after it."""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.is_whole = False

    def unpack(self, packed: bytes, room: int) -> tuple[bytes, bytes]:
        try:
            unpacked = self._decoder.process(packed, output_buffer_limit=room)
            while len(unpacked) < room and not self._decoder.can_accept_more_data():
                unpacked += self._decoder.process(b"", output_buffer_limit=room - len(unpacked))
        except brotli.error as error:
            raise Cut("the packed page cannot be unpacked") from error
        self.is_whole = self._decoder.is_finished()
        return unpacked, b""


class _Zstd:
    """zstd, within the window that servers may use."""

    def __init__(self) -> None:
        self._decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        self.is_whole = False

    def unpack(self, packed: bytes, room: int) -> tuple[bytes, bytes]:
        unpacked = bytearray()
        given = 0
        while given < len(packed) and len(unpacked) < room and not self._decoder.eof:
            try:
                unpacked += self._decoder.decompress(packed[given : given + _ZSTD_PIECE])
            except zstandard.ZstdError as error:
                raise Cut("the packed page cannot be unpacked") from error
            given += _ZSTD_PIECE
        self.is_whole = self._decoder.eof
        return bytes(unpacked), self._decoder.unused_data + packed[given:]


_DECODERS: dict[str, Callable[[], _Decoder] | None] = {
    "": None,
    "identity": None,
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Zlib,
    "br": _Brotli,
    "zstd": _Zstd,
}


class Unpacker:
    """Takes chunks of a body and gives it unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the Content-Encoding, `limit` the number of bytes allowed. Raises Cut for another encoding."""
        kind = encoding.strip().lower()
        if kind not in _DECODERS:
            raise Cut("the page is packed in a way that was not asked for")
        self._make = _DECODERS[kind]
        self._decoder = self._make() if self._make else None
        self._parts = 1
        self._limit = limit
        self._taken = 0
        self._body = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take one chunk. Raises TooMuch as soon as the limit is passed, and Cut for bytes that cannot be unpacked."""
        self._taken += len(chunk)
        while chunk:
            if self._decoder is None:
                self._body += chunk
                chunk = b""
            else:
                chunk = self._unpack(self._decoder, chunk)
            if max(len(self._body), self._taken) > self._limit:
                raise TooMuch(f"larger than {self._limit:,} bytes")

    def _unpack(self, decoder: _Decoder, chunk: bytes) -> bytes:
        """Unpack what fits below the limit; the rest of the chunk."""
        assert self._make
        if decoder.is_whole:
            self._parts += 1
            if self._parts > _MAX_PARTS:
                raise Cut("the page is packed in too many parts")
            self._decoder = decoder = self._make()
        unpacked, rest = decoder.unpack(chunk, self._limit + 1 - len(self._body))
        self._body += unpacked
        return rest

    def beginning(self) -> bytes:
        """What came so far, up to the limit: for a reader that can do with the beginning."""
        return bytes(self._body[: self._limit])

    def finish(self) -> bytes:
        """The whole body. Raises Cut where the packed bytes end in the middle."""
        if self._decoder is not None and self._taken and not self._decoder.is_whole:
            raise Cut("the packed page was cut")
        return bytes(self._body)
