"""What was struck and what was written between two wordings, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from rapidfuzz.distance import Indel

from clauses.core.values import Run

# A word with the white space after it: as tokens of its own, white space costs 20 times as much.
# "1,000", "3.5", "30-day", "10:30" and "don't" are one word each; any other punctuation stands alone.
_TOKEN = re.compile(r"(\d+(?:[.,:/]\d+)*\w*(?:-\w+)*|\w+(?:['’]\w+)*|[^\w\s]|)(\s*)")

# A side of more tokens than this, once the common start and end are off, is replaced as one block.
# The exact comparison takes len(old) * len(new) / 8 bytes: 50 MB at the cap, whatever the texts are.
MAX_TOKENS = 20_000

# Kept words between two changes that say nothing alone: a redline reads better without them.
_LIGHT_WORDS = """
a an and any are as at be by can do for from has have if in into is it its may not of on or our shall so such
than that the their them then these they this those to us was we were which will with you your
"""
LIGHT_WORDS = frozenset(_LIGHT_WORDS.split())
# The longest stretch of light words, and of any words, that is given up between two changes.
_MAX_LIGHT_ISLAND = 4
_MAX_ISLAND = 10


@dataclass(frozen=True, slots=True)
class _Change:
    """Tokens old[i1:i2] became new[j1:j2]."""

    i1: int
    i2: int
    j1: int
    j2: int

    @property
    def size(self) -> int:
        return max(self.i2 - self.i1, self.j2 - self.j1)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    space: str


def redline(old: str, new: str) -> tuple[Run, ...]:
    """The way from `old` to `new` as kept, removed and added runs.

    "=" and "-" runs joined are `old`, "=" and "+" runs joined are `new`, byte for byte; a removal stands
    before the addition that replaces it. "30 days" to "five years" is one replacement: a few kept words
    between longer changes are given up, as is a lone "the" or comma. The same texts always give the same
    runs; no clock is read. A side of over MAX_TOKENS differing words is replaced as a whole.
    """
    before, after = _tokens(old), _tokens(new)
    changes = _slide(_join_islands(_changes(before, after), before), before, after)
    return tuple(_merged(_runs(before, after, changes)))


def words(text: str) -> list[str]:
    """The words and marks of a text, without white space: the unit of a redline."""
    return [token.word for token in _tokens(text) if token.word]


def _tokens(text: str) -> list[_Token]:
    return [_Token(match[1], match[2]) for match in _TOKEN.finditer(text) if match[0]]


def _changes(before: Sequence[_Token], after: Sequence[_Token]) -> list[_Change]:
    codes: dict[str, int] = {}
    old = [codes.setdefault(token.word, len(codes)) for token in before]
    new = [codes.setdefault(token.word, len(codes)) for token in after]
    start = _common_start(old, new)
    end = _common_start(old[start:][::-1], new[start:][::-1])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) > MAX_TOKENS or len(new) > MAX_TOKENS:
        return [_Change(start, start + len(old), start, start + len(new))]
    return _edits(old, new, start)


def _common_start(old: Sequence[int], new: Sequence[int]) -> int:
    length = min(len(old), len(new))
    return next((i for i in range(length) if old[i] != new[i]), length)


def _edits(old: Sequence[int], new: Sequence[int], offset: int) -> list[_Change]:
    """The shortest way from old to new, where an insertion beside a deletion is one replacement."""
    changes: list[_Change] = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            continue
        change = _Change(
            code.src_start + offset, code.src_end + offset, code.dest_start + offset, code.dest_end + offset
        )
        if changes and changes[-1].i2 == change.i1 and changes[-1].j2 == change.j1:
            change = _joined(changes.pop(), change)
        changes.append(change)
    return changes


def _joined(left: _Change, right: _Change) -> _Change:
    return _Change(left.i1, right.i2, left.j1, right.j2)


def _join_islands(changes: Sequence[_Change], before: Sequence[_Token]) -> list[_Change]:
    """Changes with the kept words between them given up where these are too few to read by."""
    heavy = [0, *accumulate(int(_is_heavy(token.word)) for token in before)]
    joined: list[_Change] = []
    for change in changes:
        held = change
        while joined and _is_island(joined[-1], held, heavy):
            held = _joined(joined.pop(), held)
        joined.append(held)
    return joined


def _is_heavy(word: str) -> bool:
    return any(map(str.isalnum, word)) and word.casefold() not in LIGHT_WORDS


def _is_island(left: _Change, right: _Change, heavy: Sequence[int]) -> bool:
    length = right.i1 - left.i2
    if heavy[right.i1] == heavy[left.i2]:
        return length <= _MAX_LIGHT_ISLAND
    return length <= _MAX_ISLAND and length < min(left.size, right.size)


def _slide(changes: Sequence[_Change], before: Sequence[_Token], after: Sequence[_Token]) -> list[_Change]:
    """Pure additions and removals moved to where a sentence or phrase begins, when the words allow it."""
    placed: list[_Change] = []
    for change in changes:
        room = change.i1 - (placed[-1].i2 if placed else 0)
        if change.i1 == change.i2:
            shift = _best_shift(after, change.j1, change.j2, room)
        elif change.j1 == change.j2:
            shift = _best_shift(before, change.i1, change.i2, room)
        else:
            shift = 0
        placed.append(_Change(change.i1 - shift, change.i2 - shift, change.j1 - shift, change.j2 - shift))
    return placed


def _best_shift(tokens: Sequence[_Token], start: int, end: int, room: int) -> int:
    """By how many tokens to move tokens[start:end] to the left: the least of the best ones."""
    best, best_score = 0, _boundary(tokens, start)
    for shift in range(1, room + 1):
        if tokens[start - shift].word != tokens[end - shift].word:
            break
        score = _boundary(tokens, start - shift)
        if score > best_score:
            best, best_score = shift, score
    return best


def _boundary(tokens: Sequence[_Token], start: int) -> int:
    """How well a phrase may begin at this token: 3 after a sentence, 2 after a clause, 1 after a comma."""
    mark = tokens[start - 1].word if start else "."
    return {".": 3, "!": 3, "?": 3, "": 3, ":": 2, ";": 2, ",": 1}.get(mark, 0)


def _runs(before: Sequence[_Token], after: Sequence[_Token], changes: Sequence[_Change]) -> Iterator[Run]:
    i = j = 0
    for change in (*changes, _Change(len(before), len(before), len(after), len(after))):
        for old, new in zip(before[i : change.i1], after[j : change.j1], strict=True):
            yield from _kept(old, new)
        yield Run("-", "".join(token.word + token.space for token in before[change.i1 : change.i2]))
        yield Run("+", "".join(token.word + token.space for token in after[change.j1 : change.j2]))
        i, j = change.i2, change.j2


def _kept(old: _Token, new: _Token) -> Iterator[Run]:
    if old.space == new.space:
        yield Run("=", old.word + old.space)
        return
    yield Run("=", old.word)
    yield Run("-", old.space)
    yield Run("+", new.space)


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
