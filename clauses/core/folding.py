"""The form in which rules read a text: one letter case, one apostrophe, one space, offsets unchanged."""

from __future__ import annotations

from functools import lru_cache

from monitor.core.normalize import with_signs

_PLAIN = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
}
_BREAKS = dict.fromkeys("\t\n\r\x0b\x0c", " ")
_IN_ASCII = {**_BREAKS, **{sign: plain for sign, plain in _PLAIN.items() if sign.isascii()}}


# A clause is read by several rules, one after the other.
@lru_cache(maxsize=8)
def folded(text: str) -> str:
    """The text in lower case with plain quotes, dashes and spaces, in as many characters as before."""
    if text.isascii():
        return with_signs(text.lower(), _IN_ASCII)
    # The only letter whose lower-case form is longer than itself.
    return with_signs(with_signs(text.replace("İ", "i").lower(), _BREAKS), _PLAIN)
