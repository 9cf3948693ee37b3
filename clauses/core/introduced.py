"""What a changed introduction of a list means for the items that stay below it: "We will not:" became "We may:"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from clauses.core.change_facts import Effect
from clauses.core.changed_statements import statement_effects
from clauses.core.changed_types import type_effects
from clauses.core.edited import ClauseEdit, Side
from clauses.core.leads import CLOSING
from clauses.core.sentences import sentences
from clauses.core.values import ReadClause

# The work for one introduction, however many items it has.
_MOST_ITEMS = 40

Item = tuple[ReadClause, ReadClause]


def kept_items(
    old: Sequence[ReadClause], new: Sequence[ReadClause], at: tuple[int, int], kept: Mapping[int, int]
) -> Iterator[Item]:
    """The items below the introduction at these places of both versions whose words stayed; `kept` gives old by new."""
    first = at[1] + 1
    if not (first < len(new) and new[first].passage.intro):
        return
    before, after = (_last_sentence(side[place]) for side, place in zip((old, new), at, strict=True))
    for index in range(first, len(new)):
        if not after or after not in new[index].passage.intro:
            return
        if index in kept and before and before in old[kept[index]].passage.intro:
            yield old[kept[index]], new[index]


def introduced_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What the items say with the new introduction and did not say with the old one, quoted from the introductions."""
    for was, now in islice(edit.items, _MOST_ITEMS):
        full = replace(edit, old=_in_full(edit.old, was), new=_in_full(edit.new, now), items=())
        for effect in (*type_effects(full), *statement_effects(full)):
            side = edit.old if effect.reason.quote not in full.new.text else edit.new
            yield effect._replace(reason=effect.reason._replace(quote=side.text))


def _in_full(side: Side, item: ReadClause) -> Side:
    """The side as if it said the item in its own sentence: "We will not" and "sell your data"."""
    lead = CLOSING.sub("", side.text)
    text = f"{lead} {item.passage.text}"
    changed = tuple((start, min(end, len(lead))) for start, end in side.changed if start < len(lead))
    clause = replace(item, passage=replace(side.clauses[0].passage, text=text))
    return Side(text, changed, (clause,), side.rules)


def _last_sentence(clause: ReadClause) -> str:
    text = clause.passage.text
    start, end = next(reversed(sentences(text)), (0, 0))
    return text[start:end]
