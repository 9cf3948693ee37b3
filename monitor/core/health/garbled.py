"""Text that is none: bytes in another character set than was believed, binary files, code."""

from __future__ import annotations

import re
import unicodedata

from monitor.core.blocks import BLOCK_SEPARATOR
from monitor.core.health.looks import Look
from monitor.core.health.verdicts import NOT_TEXT, SHELL, Verdict, percent, verdict

_LOOKED_AT = 20_000
_ENOUGH = 200
# Characters without a meaning: not assigned, for private use, halves of pairs, controls, the sign for "unreadable".
_MEANINGLESS = {"Cn", "Co", "Cs", "Cc"}
_MEANINGLESS_SHARE = 0.01
# UTF-8 read as windows-1252 begins each character beyond ASCII with one of a few letters and a mark.
_TWICE_ENCODED = re.compile(
    "[\u00c2\u00c3\u00d0\u00d1][\u0080-\u00bf]|\u00e2[\u20ac\u0080\u201a\u201e\u02c6]|\u00e3[\u0080\u0081\u201a\u0192]"
)
_TWICE_SHARE = 0.003
_LETTERS_SHARE, _PROSE_SHARE = 0.5, 0.8
_PROSE = 8  # Words.
# UTF-16 read of single bytes gives ideographs without a stop or a space.
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uac00-\ud7af]")
_PAUSE = re.compile("[\\s\u3001\u3002\uff0c\uff1a\uff1b.,:;\uff01\uff1f\u30fb\u300c\u300d()\uff08\uff09]")
_LONGEST_BREATH = 60
_BRACE = re.compile("[{}]")
_CODE_SHARE = 0.01


def judge_garbled(look: Look) -> Verdict | None:
    """Whether the text is nonsense to a reader."""
    text = look.page.text[:_LOOKED_AT]
    if not text:
        return None
    return (
        _meaningless(text)
        or _twice_encoded(look, text)
        or _letterless(text)
        or _breathless(text)
        or _code(text)
    )


def _meaningless(text: str) -> Verdict | None:
    odd = [c for c in set(text) if c != "\n" and (c == "\ufffd" or unicodedata.category(c) in _MEANINGLESS)]
    share = sum(map(text.count, odd)) / len(text)
    if share < _MEANINGLESS_SHARE:
        return None
    return verdict(NOT_TEXT, ("meaningless", f"{percent(share)} of the characters have no meaning"))


def _twice_encoded(look: Look, text: str) -> Verdict | None:
    share = len(_TWICE_ENCODED.findall(text)) / len(text)
    before = look.history.text[:_LOOKED_AT] if look.history else ""
    if (
        share < _TWICE_SHARE
        or len(text) < _ENOUGH
        or len(_TWICE_ENCODED.findall(before)) > share * len(before) / 4
    ):
        return None
    words = f"{percent(share)} of the characters look like UTF-8 read in another character set"
    return verdict(NOT_TEXT, ("twice_encoded", words))


def _letterless(text: str) -> Verdict | None:
    """Whether the text is signs, and not a line of it prose: a drawing in letters stands below some real ones."""
    lines = text.split(BLOCK_SEPARATOR)
    if len(text) < _ENOUGH or any(
        _letters(line) >= _PROSE_SHARE for line in lines if len(line.split()) >= _PROSE
    ):
        return None
    share = _letters(text)
    if share >= _LETTERS_SHARE:
        return None
    return verdict(NOT_TEXT, ("letterless", f"only {percent(share)} of the characters are letters or digits"))


def _letters(text: str) -> float:
    dense = "".join(text[:5000].split())
    return sum(map(str.isalnum, dense)) / len(dense) if dense else 0.0


def _breathless(text: str) -> Verdict | None:
    ideographs = len(_IDEOGRAPH.findall(text))
    if ideographs < _ENOUGH or ideographs * 2 < len(text):
        return None
    breath = len(text) / (1 + len(_PAUSE.findall(text)))
    if breath < _LONGEST_BREATH:
        return None
    return verdict(NOT_TEXT, ("breathless", f"{round(breath)} ideographs in a row without a stop"))


def _code(text: str) -> Verdict | None:
    braces = len(_BRACE.findall(text))
    if braces < _CODE_SHARE * len(text) or braces < 4:
        return None
    return verdict(SHELL, ("code", f"the text is code: {braces} braces in {len(text):,} characters"))
