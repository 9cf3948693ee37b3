"""What was struck and what was written between two wordings, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from clauses.core.equal_passages import Gap
from clauses.core.values import Run
from clauses.core.word_diff import changed_words

# Accents, vowel signs and variation selectors belong to the character before them; \w leaves them out.
_MARKS = "".join(char for char in map(chr, range(0x300, 0x10000)) if unicodedata.category(char)[0] == "M")
# Chinese and Japanese write no spaces: each sign is a word.
_UNSPACED = "\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^\W{_UNSPACED}]+(?:[{_MARKS}]+[^\W{_UNSPACED}]*)*"
# "1,000", "3.5", "v2.0", "10:30", "2025-01-31", "30-day", "opt-out" and "don't" are one word each, as are "$100",
# "5%", and "10 000" with the spaces that do not break; any other punctuation and each emoji stand alone.
# Soft hyphens, zero-width joiners and word joiners hold a word together; at its end they are signs of their own.
_INSIDE = (
    r"['’\u00ad\u200c\u200d\u2060\u2010\u2011-]|(?<=\d)[.,:/](?=\d)"
    r"|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))"
)
_SIGN = rf"[^\w\s](?:[{_MARKS}\U0001f3fb-\U0001f3ff]|\u200d[^\w\s])*"
# What most words are, asked first as it takes a third of the time: plain letters with an end that joins nothing.
_PLAIN = r"[A-Za-z]++(?:\s++|(?=[.,;:!?()]))"
# A word with the white space after it: as tokens of its own, white space costs 20 times as much.
_TOKEN = re.compile(
    rf"{_PLAIN}|(?:[{_UNSPACED}][{_MARKS}]*"
    rf"|(?:[A-Z]{{0,3}}[$€£¥](?=\d))?{_WORD}(?:(?:{_INSIDE}){_WORD})*(?:(?<=\d)%)?|{_SIGN}|)\s*"
)

# What is kept, and what is removed and added behind it.
_Step = tuple[str, str, str]

# Kept words between two changes that say nothing alone: a redline reads better without them.
_LIGHT_WORDS = """
a an and any are as at be by can do for from has have if in into is it its may not of on or our shall so such
than that the their them then these they this those to us was we were which will with you your
"""
LIGHT_WORDS = frozenset(_LIGHT_WORDS.split())
# The longest stretch of light words, and of any words, that is given up between two changes.
_MAX_LIGHT_ISLAND = 4
_MAX_ISLAND = 10


def redline(old: str, new: str) -> tuple[Run, ...]:
    """The way from `old` to `new` as kept, removed and added runs.

    "=" and "-" runs joined are `old`, "=" and "+" runs joined are `new`, byte for byte; a removal stands
    before the addition that replaces it. "30 days" to "five years" is one replacement: a few kept words
    between longer changes are given up, as is a lone "the" or comma. The same texts always give the same
    runs; no clock is read. Very large differing stretches are replaced as a whole: see word_diff.MAX_STEPS.
    """
    if old == new or not old or not new:
        return tuple(_runs(old, "", "") if old == new else _runs("", old, new))
    (old_tokens, before), (new_tokens, after) = _split(old), _split(new)
    # Not diff_cleanupSemantic: it counts a comma, "the" and "sell" alike, and would give up each between two words.
    changes = _join_islands(changed_words(before, after), before)
    changes = _slide(_with_brackets(changes, before, after), before, after)
    return tuple(_merged(_steps(old_tokens, new_tokens, changes)))


def words(text: str) -> list[str]:
    """The words and marks of a text, without white space: the unit of a redline."""
    found = _split(text)[1]
    # Only white space at the very beginning is a token without a word.
    return found[1:] if found and not found[0] else found[:]


# Both wordings of a clause are asked for more than once, one after the other.
@lru_cache(maxsize=4)
def _split(text: str) -> tuple[list[str], list[str]]:
    """The words and marks of a text with the white space after them, and without."""
    tokens = [*filter(None, _TOKEN.findall(text))]
    return tokens, [*map(str.rstrip, tokens)]


def _joined(left: Gap, right: Gap) -> Gap:
    return Gap(left.i1, right.i2, left.j1, right.j2)


def _join_islands(changes: Sequence[Gap], before: Sequence[str]) -> list[Gap]:
    """Changes with the kept words between them given up where these are too few to read by."""
    joined: list[Gap] = []
    for change in changes:
        held = change
        while joined and _is_island(joined[-1], held, before):
            held = _joined(joined.pop(), held)
        joined.append(held)
    return joined


# The words of a language come again and again.
@lru_cache(maxsize=16_384)
def _is_heavy(word: str) -> bool:
    return any(map(str.isalnum, word)) and word.casefold() not in LIGHT_WORDS


def _size(change: Gap) -> int:
    return max(change.i2 - change.i1, change.j2 - change.j1)


def _is_island(left: Gap, right: Gap, before: Sequence[str]) -> bool:
    length = right.i1 - left.i2
    if length > _MAX_ISLAND:
        return False
    if any(map(_is_heavy, before[left.i2 : right.i1])):
        return 2 * length < min(_size(left), _size(right))
    return length <= _MAX_LIGHT_ISLAND


def _with_brackets(changes: list[Gap], before: Sequence[str], after: Sequence[str]) -> list[Gap]:
    """Changes that open a bracket on both sides with the kept one that closes it: "thirty (30)" is one figure."""
    if ")" not in before:
        return changes
    found: list[Gap] = []
    for at, change in enumerate(changes):
        end = changes[at + 1].i1 if at + 1 < len(changes) else len(before)
        is_open = change.i2 < end and before[change.i2] == ")"
        is_open = is_open and _opens(before[change.i1 : change.i2]) and _opens(after[change.j1 : change.j2])
        found.append(Gap(change.i1, change.i2 + is_open, change.j1, change.j2 + is_open))
    return found


def _opens(words: Sequence[str]) -> bool:
    return words.count("(") > words.count(")")


def _slide(changes: Sequence[Gap], before: Sequence[str], after: Sequence[str]) -> list[Gap]:
    """Pure additions and removals moved to where a sentence or phrase begins, when the words allow it."""
    placed: list[Gap] = []
    for at, change in enumerate(changes):
        if change.i1 < change.i2 and change.j1 < change.j2:
            placed.append(change)
            continue
        left = change.i1 - (placed[-1].i2 if placed else 0)
        right = (changes[at + 1].i1 if at + 1 < len(changes) else len(before)) - change.i2
        if change.i1 == change.i2:
            shift = _best_shift(after, change.j1, change.j2, left, right)
        else:
            shift = _best_shift(before, change.i1, change.i2, left, right)
        placed.append(Gap(change.i1 + shift, change.i2 + shift, change.j1 + shift, change.j2 + shift))
    return placed


def _best_shift(words: Sequence[str], start: int, end: int, left: int, right: int) -> int:
    """By how many places to move words[start:end], left being negative: the last of the best places."""
    last = next((n for n in range(right) if words[start + n] != words[end + n]), right)
    first = next((n for n in range(left) if words[start - n - 1] != words[end - n - 1]), left)
    return max(range(-first, last + 1), key=lambda shift: (_boundary(words, start + shift), shift))


def _boundary(words: Sequence[str], start: int) -> int:
    """How well a phrase may begin at this word: 3 after a sentence, 2 after a clause, 1 after a comma."""
    mark = words[start - 1] if start else "."
    return {".": 3, "!": 3, "?": 3, "": 3, ":": 2, ";": 2, ",": 1}.get(mark, 0)


def _steps(before: Sequence[str], after: Sequence[str], changes: Sequence[Gap]) -> Iterator[_Step]:
    i = j = 0
    for change in (*changes, Gap(len(before), len(before), len(after), len(after))):
        kept, also_kept = before[i : change.i1], after[j : change.j1]
        removed, added = "".join(before[change.i1 : change.i2]), "".join(after[change.j1 : change.j2])
        if kept == also_kept:
            yield "".join(kept), removed, added
        else:
            yield from _respaced(kept, also_kept)
            yield "", removed, added
        i, j = change.i2, change.j2


def _respaced(before: Sequence[str], after: Sequence[str]) -> Iterator[_Step]:
    """The same words on both sides, with the white space after each that differs."""
    for old, new in zip(before, after, strict=True):
        word = old.rstrip() if old != new else old
        yield word, old[len(word) :], new[len(word) :]


def _merged(steps: Iterable[_Step]) -> Iterator[Run]:
    """The runs of steps: neighbors of one kind joined, empty ones dropped, and each removal before its addition."""
    kept = removed = added = ""
    for same, gone, came in steps:
        if same and (removed or added):
            # White space that both end with did not change.
            space = _shared_space(removed, added)
            yield from _runs(kept, removed.removesuffix(space), added.removesuffix(space))
            kept, removed, added = space, "", ""
        kept += same
        removed += gone
        added += came
    space = _shared_space(removed, added)
    yield from _runs(kept, removed.removesuffix(space), added.removesuffix(space))
    yield from _runs(space, "", "")


def _shared_space(removed: str, added: str) -> str:
    """The white space both end with."""
    left, right = removed[len(removed.rstrip()) :], added[len(added.rstrip()) :]
    if left == right:
        return left
    length = min(len(left), len(right))
    return next((left[len(left) - n :] for n in range(length, 0, -1) if left.endswith(right[-n:])), "")


def _runs(kept: str, removed: str, added: str) -> Iterator[Run]:
    if kept:
        yield Run("=", kept)
    if removed:
        yield Run("-", removed)
    if added:
        yield Run("+", added)
