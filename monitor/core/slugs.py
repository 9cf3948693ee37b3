"""The part of an address that a name gives: it lasts longer than the name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from hashlib import sha256
from itertools import count

# What a slug may lose: two names that differ in nothing else are one service.
_SEPARATORS = set(" \t-–—_.,:;!?'’‘\"“”`´/\\&()[]|·®™©")


def slug_of(name: str, room: int) -> str:
    """Letters and digits joined by hyphens, and a digest where that loses more or has no room."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = decomposed.encode("ascii", "ignore").decode()
    lost = {sign for sign in decomposed if not (unicodedata.combining(sign) or re.match("[a-z0-9]", sign))}
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if words and len(words) <= room and lost <= _SEPARATORS:
        return words
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{words[: room - 9]}-{digest}".strip("-")


def free_slug(wanted: str, taken: Container[str], room: int) -> str:
    """The wanted one, with the first number behind it that makes it another than those taken."""
    if wanted not in taken:
        return wanted
    numbered = (f"{wanted[: room - len(str(n)) - 1]}-{n}" for n in count(2))
    return next(slug for slug in numbered if slug not in taken)
