"""What a curator's ruling on one wording says of another wording of the same clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clauses.core.editorial import Rewording, edit_kind
from clauses.core.values import Classification, Pair, ReadClause, TypeMatch

# Figures and dates are no cosmetics: what was ruled of "until 3 May" need not hold of "until 3 May 2030".
_COSMETIC = frozenset({"none", "renumbered", "editorial"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """The types a curator ruled for a clause, and the words that were ruled on."""

    text: str
    types: tuple[str, ...]


def binds(ruled_text: str, text: str) -> bool:
    """Whether a ruling on one wording holds for another: they differ in number, spelling, punctuation or form."""
    return edit_kind(Rewording(ruled_text, text)) in _COSMETIC


def with_rulings(
    old: Sequence[ReadClause],
    new: Sequence[ReadClause],
    pairs: Iterable[Pair],
    rulings: Mapping[int, Sequence[Ruling]],
) -> tuple[list[ReadClause], list[ReadClause]]:
    """Both versions with the types as curators ruled them; `rulings` are by old index, the latest first.

    A ruling on one side of an edited clause counts for both: the other side has its types, plus and minus the
    types that the reading itself sees come and go. So an edit shows a change of type only where the words do.
    """
    before, after = list(old), list(new)
    for pair in pairs:
        for i in pair.old:
            found = rulings.get(i, ())
            ruled_old = _ruled(found, old[i])
            if pair.successor is None or pair.successor[0] != i:
                before[i] = _overlaid(old[i], ruled_old)
                continue
            j = pair.successor[1]
            ruled_new = _ruled(found, new[j])
            read = old[i].classification.slugs, new[j].classification.slugs
            before[i] = _overlaid(old[i], _carried(ruled_old, ruled_new, read[::-1]))
            after[j] = _overlaid(new[j], _carried(ruled_new, ruled_old, read))
    return before, after


def _ruled(rulings: Iterable[Ruling], clause: ReadClause) -> tuple[str, ...] | None:
    found = (ruling.types for ruling in rulings if binds(ruling.text, clause.passage.text))
    return next(found, None)


def _carried(
    own: tuple[str, ...] | None,
    other: tuple[str, ...] | None,
    read: tuple[tuple[str, ...], tuple[str, ...]],
) -> tuple[str, ...] | None:
    """The types ruled for a side, or those of the other side after the changes from its reading to this one's."""
    if own is not None or other is None:
        return own
    theirs, ours = read
    kept = [slug for slug in other if slug not in theirs or slug in ours]
    return (*kept, *(slug for slug in ours if slug not in theirs and slug not in kept))


def _overlaid(clause: ReadClause, types: tuple[str, ...] | None) -> ReadClause:
    if types is None:
        return clause
    read: Classification = clause.classification
    known = {match.slug: match for match in read.types}
    matches = tuple(known.get(slug, TypeMatch(slug, 1.0, "curator")) for slug in types)
    return replace(clause, classification=replace(read, types=matches))
