"""Unpacking a compressed page as it arrives, never beyond a limit, and never a cut one for a whole one."""

from __future__ import annotations

import zlib

# What we ask servers for, and all we read.
ACCEPTED = "gzip, deflate"
_KINDS = {"": None, "identity": None, "gzip": zlib.MAX_WBITS | 32, "x-gzip": zlib.MAX_WBITS | 32}
_KINDS |= {"deflate": zlib.MAX_WBITS | 32}


class Cut(ValueError):
    """The packed bytes end in the middle, or are no packed bytes."""


class TooMuch(ValueError):
    """What comes out is larger than allowed."""


class Unpacker:
    """Takes chunks of a body and gives it unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the Content-Encoding, `limit` the number of bytes allowed. Raises Cut for another encoding."""
        kind = encoding.strip().lower()
        if kind not in _KINDS:
            raise Cut("the page is packed in a way that was not asked for")
        self._window = _KINDS[kind]
        self._decoder = None if self._window is None else zlib.decompressobj(self._window)
        self._limit = limit
        self._body = bytearray()
        self._is_begun = False

    def add(self, chunk: bytes) -> None:
        """Take one chunk. Raises TooMuch as soon as the limit is passed, and Cut for bytes that cannot be unpacked."""
        self._is_begun = True
        while chunk:
            if self._decoder is None:
                self._body += chunk
                chunk = b""
            else:
                chunk = self._unpack(chunk)
            if len(self._body) > self._limit:
                raise TooMuch(f"larger than {self._limit:,} bytes")

    def _unpack(self, chunk: bytes) -> bytes:
        """Unpack what fits below the limit; the rest of the chunk."""
        assert self._decoder
        assert self._window
        if self._decoder.eof:
            # gzip allows one member after another.
            self._decoder = zlib.decompressobj(self._window)
        try:
            self._body += self._decoder.decompress(chunk, self._limit + 1 - len(self._body))
        except zlib.error as error:
            raise Cut("the packed page cannot be unpacked") from error
        return self._decoder.unconsumed_tail or self._decoder.unused_data

    def finish(self) -> bytes:
        """The whole body. Raises Cut where the packed bytes end in the middle."""
        if self._decoder is not None and self._is_begun and not self._decoder.eof:
            raise Cut("the packed page was cut")
        return bytes(self._body)
