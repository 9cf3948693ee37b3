"""From the bytes of a page to its characters."""

from __future__ import annotations

import codecs
import re

from monitor.core.extraction_error import NotText

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark is its beginning.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"RIFF",
    b"\x28\xb5\x2f\xfd",
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_META_WITHIN = 4096
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_CONTROL_SHARE = 0.02
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{4,}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]+")
# Only character sets: Python also registers ciphers, escapes and compressors as codecs.
_CHARSET_NAME = re.compile(
    r"(utf-?(8|16|32)|cp\d|iso-?8859|iso-?2022|koi8|mac|gb|big5|shift_?jis|euc|ascii|tis|johab|hz$)"
)
# WHATWG Encoding Standard: a page that says Latin-1 or ASCII is read as windows-1252.
_AS_WINDOWS_1252 = ("iso8859-1", "ascii")


def decode(body: bytes, charset: str | None = None) -> str:
    """The characters of a text: by byte order mark, the server's charset, the page's own, else UTF-8.

    A declaration the bytes contradict is passed over: what is valid UTF-8 beyond ASCII is UTF-8 whatever a
    header says, and UTF-16 or UTF-32 without a mark needs zero bytes. What fits nothing is windows-1252.
    Raises NotText for binary bytes, and for bytes in an undeclared character set that is not Western.
    """
    if body.startswith(_SIGNATURES):
        raise NotText("The bytes are a binary file, not a page.")
    text = _decoded(body, charset)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise NotText("The bytes are binary or in an unknown character set.")
    return text


def _decoded(body: bytes, charset: str | None) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = [name for name in (_codec(charset), _codec(_meta_charset(body))) if name]
    for name in sorted(declared, key=_is_seven_bit_or_wide, reverse=True):
        if not _is_seven_bit_or_wide(name):
            break
        text = _strict(body, name)
        if text is not None and _fits(body, name):
            return text
    for name in ("utf-8", *declared):
        if not _is_seven_bit_or_wide(name) and (text := _strict(body, name)) is not None:
            return text
    return _damaged_utf8(body) or _western(body)


def _meta_charset(body: bytes) -> str | None:
    found = _META_CHARSET.search(body[:_META_WITHIN])
    return found.group(1).decode("ascii", "ignore") if found else None


def _codec(charset: str | None) -> str | None:
    try:
        name = codecs.lookup((charset or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in _AS_WINDOWS_1252:
        return "cp1252"
    return name if _CHARSET_NAME.match(name) else None


def _is_seven_bit_or_wide(name: str) -> bool:
    return name.startswith(("utf-16", "utf-32", "iso2022", "hz"))


def _fits(body: bytes, name: str) -> bool:
    return b"\x00" in body if name.startswith("utf") else True


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, ValueError):
        return None


def _damaged_utf8(body: bytes) -> str | None:
    """UTF-8 with a few broken characters among many good ones, else None."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if broken * 10 <= beyond_ascii else None


def _western(body: bytes) -> str:
    high = sum(map(len, _HIGH_BYTE.findall(body)))
    if sum(map(len, _FOREIGN_RUN.findall(body))) * 2 > high:
        raise NotText("The bytes are in an undeclared character set.")
    return body.decode("cp1252", "replace")
