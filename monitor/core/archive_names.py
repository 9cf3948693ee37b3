"""Paths in a repository laid out as Open Terms Archive lays it out, from names that may hold anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# What some file system or shell takes for something else, and "#", which parts the pages of a document there.
_UNSAFE = re.compile(r'[/\\:*?"<>|~#]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MOST_BYTES = 120


def safe_name(name: str, otherwise: str) -> str:
    """A name as a file's; `otherwise` where nothing of it can be one."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", name) if _is_shown(sign))
    plain = " ".join(_UNSAFE.sub("-", shown).split()).strip(" .")
    short = plain.encode()[:_MOST_BYTES].decode("utf-8", "ignore").rstrip(" .")
    if not short.strip("-"):
        return otherwise
    return f"{short} -" if _RESERVED.fullmatch(short) else short


def free_name(name: str, mark: str, taken: Collection[str]) -> str:
    """A name that is none of those taken, in upper or lower case: itself, else with a mark behind it."""
    folded = {one.casefold() for one in taken}
    return f"{name} ({mark})" if name.casefold() in folded else name


def _is_shown(sign: str) -> bool:
    """Spaces and signs, but nothing that steers, hides or is half a sign."""
    return sign.isspace() or not unicodedata.category(sign).startswith("C")
