"""Text from outside as one line that can do nothing to the lines around it."""

from __future__ import annotations

import unicodedata


def plain_line(text: str) -> str:
    """Text as one line: breaks, control characters and marks that turn the direction become spaces."""
    plain = (" " if unicodedata.category(character)[0] in "CZ" else character for character in text)
    return " ".join("".join(plain).split())
