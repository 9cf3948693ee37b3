"""The figures of a clause that changed: what each means where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clauses.core.change_facts import Effect, fact_effects
from clauses.core.change_rubric import opposite
from clauses.core.changed_types import figure
from clauses.core.edited import ClauseEdit, Side, Span
from clauses.core.values import Fact, FactChange


def figure_effects(edit: ClauseEdit, facts: Sequence[FactChange]) -> Iterator[Effect]:
    """What the figures mean that changed, came or went; none for one that stands elsewhere or was there unread."""
    for change in facts:
        if not (_is_elsewhere(change, edit) or _is_reread(change, edit) or _is_of_new_power(change, edit)):
            found = fact_effects([change], edit.rubric)
            yield from map(_owed, found) if _is_owed_by_user(change, edit) else found


def _owed(effect: Effect) -> Effect:
    """A notice that the user owes counts the other way round, under a code of its own."""
    code = effect.reason.code.replace("notice_period", "notice_owed")
    return Effect(effect.reason._replace(code=code), opposite(effect.direction))


def _is_reread(change: FactChange, edit: ClauseEdit) -> bool:
    """Whether a figure that came or went stands unchanged in the text: another word beside it made us see it."""
    if (change.old and change.new) or not (edit.old.text and edit.new.text):
        return False
    side, place = _stands(change, edit)
    return place is not None and not side.is_changed(*place)


def _is_of_new_power(change: FactChange, edit: ClauseEdit) -> bool:
    """Whether a notice came, or went, with what it is notice of: "We may end it with three months' notice".

    Nor does what the user may do with notice promise one.
    """
    if change.kind != "notice_period" or (change.old and change.new):
        return False
    side, place = _stands(change, edit)
    norm = side.norm_at(*place) if place else None
    if norm is None or norm.bearer == "other" or norm.force != "may":
        return False
    other = edit.old if side is edit.new else edit.new
    return norm[:3] not in {known[:3] for known in other.norms} or side.is_changed(norm.start, norm.end)


def _is_owed_by_user(change: FactChange, edit: ClauseEdit) -> bool:
    """Whether a notice stands in what the user does, before and after: "you shall give two months' notice"."""
    if change.kind != "notice_period":
        return False
    facts = [(side, fact) for side, fact in ((edit.old, change.old), (edit.new, change.new)) if fact]
    norms = [side.norm_at(*place) for side, fact in facts if (place := _place(side, fact))]
    return len(norms) == len(facts) and all(norm is not None and norm.bearer == "user" for norm in norms)


def _stands(change: FactChange, edit: ClauseEdit) -> tuple[Side, Span | None]:
    """The side and the place where a figure stands: as it is now, or as it was where it went."""
    side, fact = (edit.new, change.new) if change.new else (edit.old, change.old)
    return side, _place(side, fact) if fact else None


def _place(side: Side, fact: Fact) -> Span | None:
    """Where a figure stands that came, went or changed: of several places of its words one that changed."""
    places = [found.span() for found in re.finditer(re.escape(fact.quote), side.text)] if fact.quote else []
    return next((place for place in places if side.is_changed(*place)), places[0] if places else None)


def _is_elsewhere(change: FactChange, edit: ClauseEdit) -> bool:
    """Whether a figure that came or went stands elsewhere on the side that seems to lack it."""
    before, after = edit.versions
    if change.old is None and change.new is not None:
        return figure(change.new) in before.figures
    return change.new is None and change.old is not None and figure(change.old) in after.figures
