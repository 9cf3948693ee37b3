"""The form in which two texts are the same text: what decides whether a page has changed."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping

# Typographic variants that a publisher's editor or template changes without changing a word.
_VARIANTS = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_VARIANTS_IN_ASCII = {sign: plain for sign, plain in _VARIANTS.items() if sign.isascii()}


def comparable(text: str) -> str:
    """The text without what never counts as a change: white space, quote and dash glyphs, compatibility forms.

    White space goes entirely, not down to one space: the same sentence arrives with and without a space where a
    page moves a tag ("free</b> of" and "free </b>of").
    """
    if text.isascii():
        # No compatibility form is among these letters.
        return "".join(with_signs(text, _VARIANTS_IN_ASCII).split())
    return "".join(with_signs(unicodedata.normalize("NFKC", text), _VARIANTS).split())


def with_signs(text: str, signs: Mapping[str, str]) -> str:
    """The text with other signs in place of some, none of which is put in for another one."""
    # As str.translate, which takes four times as long on a text with a single curly quote.
    for sign, other in signs.items():
        text = text.replace(sign, other)
    return text


def fingerprint(text: str) -> str:
    """SHA-256 (hex) of the comparable form: equal for texts that differ only in what never counts as a change."""
    return hashlib.sha256(comparable(text).encode()).hexdigest()


def sha256(body: bytes) -> str:
    """SHA-256 (hex) of bytes as they are."""
    return hashlib.sha256(body).hexdigest()
