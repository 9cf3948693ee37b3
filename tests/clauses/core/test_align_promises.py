"""No clause becomes another one by an edit below half of its words, a move, a renumbering or a new title."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.align import align
from clauses.core.values import Pair
from tests.clauses.core.invented import passages

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "ne", "pi", "ro", "su", "ta", "ve")
_LIGHT = ("the", "of", "and", "to", "we", "you", "your", "our", "may", "not", "in", "for", "with", "any")
_TITLES = ("Data", "Rules", "Payments", "Disputes")


@st.composite
def words(draw: st.DrawFn, count: int) -> list[str]:
    """So many words as clauses have them: some that all clauses share, others that are rare."""
    rare = st.builds("".join, st.lists(st.sampled_from(_SYLLABLES), min_size=3, max_size=4))
    return draw(st.lists(st.one_of(st.sampled_from(_LIGHT), rare, rare), min_size=count, max_size=count))


@dataclass
class Document:
    """Clauses as words, under titles; `kept` says of each which one of the old document it is, -1 for none."""

    clauses: list[list[str]]
    titles: list[str]
    kept: list[int]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of clauses of six to thirty words that can be told apart: two words of three are a clause's own."""
    lengths = draw(st.lists(st.integers(6, 30), min_size=2, max_size=14))
    titles = sorted(draw(st.lists(st.sampled_from(_TITLES), min_size=len(lengths), max_size=len(lengths))))
    clauses = [_own(draw(words(length)), own) for length, own in zip(lengths, _SYLLABLES, strict=False)]
    return Document(clauses, titles, list(range(len(lengths))))


def _own(clause: list[str], own: str) -> list[str]:
    return [f"{own}{word}" if place % 3 else word for place, word in enumerate(clause)]


@st.composite
def edited(draw: st.DrawFn, clause: list[str]) -> list[str]:
    """The clause with fewer than half of its words replaced, taken out or put in."""
    most = (len(clause) - 1) // 2
    places = draw(st.lists(st.integers(0, len(clause) - 1), max_size=most, unique=True))
    fresh = draw(words(len(places)))
    found = list(clause)
    for place, word in sorted(zip(places, fresh, strict=True), reverse=True):
        match draw(st.sampled_from(["replace", "remove", "insert"])):
            case "replace":
                found[place] = f"new{word}"
            case "remove":
                del found[place]
            case _:
                found.insert(place, f"new{word}")
    return found


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document, and what it is after edits of every clause, clauses that came, and other titles."""
    old = draw(documents())
    found = Document([draw(edited(clause)) for clause in old.clauses], list(old.titles), list(old.kept))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(found.clauses)))
        found.clauses.insert(at, [f"other{word}" for word in draw(words(8))])
        found.titles.insert(at, found.titles[at - 1])
        found.kept.insert(at, -1)
    if draw(st.booleans()):
        found.titles = [f"On {title}" for title in found.titles]
    return old, found


@st.composite
def moves(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document, and what it is with its clauses in any order, under any title."""
    old = draw(documents())
    order = draw(st.permutations(range(len(old.clauses))))
    titles = sorted(draw(st.lists(st.sampled_from(_TITLES), min_size=len(order), max_size=len(order))))
    return old, Document([old.clauses[i] for i in order], titles, list(order))


def aligned(old: Document, new: Document, numbers: tuple[int, int] = (0, 0)) -> tuple[Pair, ...]:
    sides = (
        passages(*map(_text, document.clauses, _numbers(first, document)), headings=document.titles)
        for first, document in zip(numbers, (old, new), strict=True)
    )
    return align(*sides)


def _text(clause: list[str], number: str) -> str:
    return f"{number}{' '.join(clause).capitalize()}."


def _numbers(first: int, document: Document) -> list[str]:
    return [f"{first + at}.1 " if first else "" for at in range(len(document.clauses))]


def ancestors(pairs: tuple[Pair, ...]) -> dict[int, int]:
    """Which old clause each new one goes on with."""
    return {pair.successor[1]: pair.successor[0] for pair in pairs if pair.successor}


def expected(old: Document, new: Document) -> dict[int, int]:
    return {j: i for j, i in enumerate(new.kept) if i >= 0}


@given(edits())
def test_an_edit_below_half_of_the_words_keeps_every_clause(found: tuple[Document, Document]) -> None:
    old, new = found
    kept = ancestors(aligned(old, new))
    assert {j: kept.get(j) for j in expected(old, new)} == expected(old, new)


@given(moves())
def test_a_move_keeps_every_clause(found: tuple[Document, Document]) -> None:
    old, new = found
    kept = ancestors(aligned(old, new))
    assert {j: old.clauses[i] for j, i in kept.items()} == dict(enumerate(new.clauses)), (
        "its words are its own"
    )
    assert set(kept.values()) == set(range(len(old.clauses)))


@given(edits(), st.integers(1, 9), st.integers(1, 9))
def test_a_renumbering_keeps_every_clause_also_with_edits(
    found: tuple[Document, Document], before: int, after: int
) -> None:
    old, new = found
    kept = ancestors(aligned(old, new, (before, after)))
    assert {j: kept.get(j) for j in expected(old, new)} == expected(old, new)


@given(st.one_of(edits(), moves()))
def test_telling_an_edit_or_a_move_backwards_swaps_the_sides_and_nothing_else(
    found: tuple[Document, Document],
) -> None:
    old, new = found
    swapped = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    there = {(pair.kind, pair.old, pair.new, pair.main) for pair in aligned(old, new)}
    back = {(swapped.get(pair.kind, pair.kind), pair.new, pair.old, pair.main) for pair in aligned(new, old)}
    assert there == back


@st.composite
def cuts(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A clause, and the same words as two to five clauses."""
    pieces = [draw(words(draw(st.integers(6, 14)))) for _ in range(draw(st.integers(2, 5)))]
    named = [[f"{word}{at}" for word in piece] for at, piece in enumerate(pieces)]
    return [word for piece in named for word in piece], named


@given(documents(), cuts(), st.integers(0, 13))
def test_a_split_keeps_the_record_with_one_piece_and_a_merger_is_its_mirror(
    around: Document, cut: tuple[list[str], list[list[str]]], place: int
) -> None:
    whole, pieces = cut
    at = place % (len(around.clauses) + 1)
    before = [*around.clauses[:at], whole, *around.clauses[at:]]
    after = [*around.clauses[:at], *pieces, *around.clauses[at:]]
    old = passages(*(_text(clause, "") for clause in before))
    new = passages(*(_text(clause, "") for clause in after))
    there = [pair for pair in align(old, new) if pair.kind == "split"]
    back = [pair for pair in align(new, old) if pair.kind == "merged"]
    parts = tuple(range(at, at + len(pieces)))
    assert [(pair.old, pair.new) for pair in there] == [((at,), parts)]
    assert [(pair.old, pair.new) for pair in back] == [(parts, (at,))]
    longest = max(map(len, pieces))
    assert len(pieces[there[0].main]) == longest, "the piece that holds most of the words"
