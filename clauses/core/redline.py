"""What was struck and what was written between two wordings, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

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
# A word with the white space after it: as tokens of its own, white space costs 20 times as much.
_TOKEN = re.compile(
    rf"(?:[{_UNSPACED}][{_MARKS}]*|(?:[A-Z]{{0,3}}[$€£¥](?=\d))?{_WORD}(?:(?:{_INSIDE}){_WORD})*(?:(?<=\d)%)?|{_SIGN}|)\s*"
)

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
        return tuple(_nonempty(Run("=", old)) if old == new else _nonempty(Run("-", old), Run("+", new)))
    old_tokens, new_tokens = _tokens(old), _tokens(new)
    before, after = _bare(old_tokens), _bare(new_tokens)
    # Not diff_cleanupSemantic: it counts a comma, "the" and "sell" alike, and would give up each between two words.
    changes = _join_islands(changed_words(before, after), before)
    changes = _slide(_with_brackets(changes, before, after), before, after)
    return tuple(_merged(_runs(old_tokens, new_tokens, changes)))


def words(text: str) -> list[str]:
    """The words and marks of a text, without white space: the unit of a redline."""
    return [word for word in _bare(_tokens(text)) if word]


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if token]


def _bare(tokens: Iterable[str]) -> list[str]:
    return [token.rstrip() for token in tokens]


def _joined(left: Gap, right: Gap) -> Gap:
    return Gap(left.i1, right.i2, left.j1, right.j2)


def _join_islands(changes: Sequence[Gap], before: Sequence[str]) -> list[Gap]:
    """Changes with the kept words between them given up where these are too few to read by."""
    heavy = [0, *accumulate(int(_is_heavy(word)) for word in before)]
    joined: list[Gap] = []
    for change in changes:
        held = change
        while joined and _is_island(joined[-1], held, heavy):
            held = _joined(joined.pop(), held)
        joined.append(held)
    return joined


def _is_heavy(word: str) -> bool:
    return any(map(str.isalnum, word)) and word.casefold() not in LIGHT_WORDS


def _size(change: Gap) -> int:
    return max(change.i2 - change.i1, change.j2 - change.j1)


def _is_island(left: Gap, right: Gap, heavy: Sequence[int]) -> bool:
    length = right.i1 - left.i2
    if heavy[right.i1] == heavy[left.i2]:
        return length <= _MAX_LIGHT_ISLAND
    return length <= _MAX_ISLAND and 2 * length < min(_size(left), _size(right))


def _with_brackets(changes: Sequence[Gap], before: Sequence[str], after: Sequence[str]) -> list[Gap]:
    """Changes that open a bracket on both sides with the kept one that closes it: "thirty (30)" is one figure."""
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
        left = change.i1 - (placed[-1].i2 if placed else 0)
        right = (changes[at + 1].i1 if at + 1 < len(changes) else len(before)) - change.i2
        if change.i1 == change.i2:
            shift = _best_shift(after, change.j1, change.j2, left, right)
        elif change.j1 == change.j2:
            shift = _best_shift(before, change.i1, change.i2, left, right)
        else:
            shift = 0
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


def _runs(before: Sequence[str], after: Sequence[str], changes: Sequence[Gap]) -> Iterator[Run]:
    i = j = 0
    for change in (*changes, Gap(len(before), len(before), len(after), len(after))):
        yield from _kept(before[i : change.i1], after[j : change.j1])
        yield Run("-", "".join(before[change.i1 : change.i2]))
        yield Run("+", "".join(after[change.j1 : change.j2]))
        i, j = change.i2, change.j2


def _kept(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """The same words on both sides, with the white space after each that differs."""
    if before == after:
        yield Run("=", "".join(before))
        return
    for old, new in zip(before, after, strict=True):
        word = old.rstrip() if old != new else old
        yield Run("=", word)
        yield Run("-", old[len(word) :])
        yield Run("+", new[len(word) :])


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs with neighbors of one kind joined, empty ones dropped, and each removal before its addition."""
    kept = ""
    for is_kept, group in groupby((run for run in runs if run.text), key=lambda run: run.op == "="):
        found = list(group)
        if is_kept:
            kept += "".join(run.text for run in found)
            continue
        removed = "".join(run.text for run in found if run.op == "-")
        added = "".join(run.text for run in found if run.op == "+")
        space = _shared_space(removed, added)
        yield from _nonempty(
            Run("=", kept),
            Run("-", removed[: len(removed) - len(space)]),
            Run("+", added[: len(added) - len(space)]),
        )
        kept = space
    yield from _nonempty(Run("=", kept))


def _shared_space(removed: str, added: str) -> str:
    """The white space both end with: it did not change."""
    left, right = removed[len(removed.rstrip()) :], added[len(added.rstrip()) :]
    length = min(len(left), len(right))
    return next((left[len(left) - n :] for n in range(length, 0, -1) if left.endswith(right[-n:])), "")


def _nonempty(*runs: Run) -> Iterator[Run]:
    return (run for run in runs if run.text)
