"""Which figures changed between two wordings, and what that means for the user."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple

from clauses.core.change_rubric import ChangeRubric, FactRule, opposite
from clauses.core.equal_passages import equal_matches
from clauses.core.folding import folded
from clauses.core.quantities import PERIOD_UNITS
from clauses.core.values import Direction, Fact, FactChange, Reason


class Effect(NamedTuple):
    """One reason and what it is for the user."""

    reason: Reason
    direction: Direction


def fact_changes(old: Sequence[Fact], new: Sequence[Fact]) -> tuple[FactChange, ...]:
    """The figures that differ, by place in the new wording, vanished ones last.

    Equal figures about the same subject pair first, then figures about the same subject, so that two that were
    swapped show; then equal figures, and what is left of a kind where both sides have as many. The rest
    appeared or vanished.
    """
    if not old and not new:
        return ()
    old_left, new_left = list(old), list(new)
    _take_pairs(old_left, new_left, lambda fact: (fact.kind, _figure(fact), fact.subject.casefold()))
    pairs = _take_pairs(old_left, new_left, lambda fact: _named(fact, _currency(fact)))
    pairs += _take_pairs(old_left, new_left, _named)
    _take_pairs(old_left, new_left, lambda fact: (fact.kind, _figure(fact)))
    pairs += _take_pairs(
        old_left, new_left, lambda fact: (fact.kind, fact.subject.casefold(), _currency(fact))
    )
    pairs += _take_pairs(old_left, new_left, lambda fact: (fact.kind, fact.subject.casefold()))
    before, after = (Counter(fact.kind for fact in side) for side in (old_left, new_left))
    kinds = {kind for kind, count in before.items() if count == after[kind]}
    pairs += _take_pairs(
        old_left,
        new_left,
        lambda fact: fact.kind if fact.kind in kinds and not _IDENTIFIER.search(fact.subject) else None,
    )
    changes = [FactChange(came.kind, came.subject or gone.subject, gone, came) for gone, came in pairs]
    changes += [FactChange(fact.kind, fact.subject, None, fact) for fact in new_left]
    changes.sort(key=lambda change: change.new.start if change.new else -1)
    return (*changes, *(FactChange(fact.kind, fact.subject, fact, None) for fact in old_left))


# The name of a cookie or a file: the figure of another one is another figure.
_IDENTIFIER = re.compile(r"^\S*(?:[a-z]_[a-z]|\d)\S*$")


def _named(fact: Fact, *more: Hashable) -> Hashable | None:
    """Kind and subject of a fact; None for one without a subject, which is like no other."""
    return (fact.kind, fact.subject.casefold(), *more) if fact.subject.strip() else None


def fact_effects(changes: Sequence[FactChange], rubric: ChangeRubric) -> Iterator[Effect]:
    """What the changed figures, laws and courts mean, one effect each; none for kinds without a rule (dates)."""
    for change in changes:
        if change.kind in rubric.places.names:
            yield from _replaced(change, rubric)
            continue
        rule = rubric.facts.get(change.kind)
        if rule is None:
            continue
        if change.old is not None and change.new is not None:
            yield from _moved(rule, change.old, change.new, rubric)
        else:
            yield from _stated(rule, change, rubric)


def _replaced(change: FactChange, rubric: ChangeRubric) -> Iterator[Effect]:
    """Another law or court in place of one: a loss or a gain where it was or is the user's own."""
    if change.old is None or change.new is None:
        return
    is_home = [rubric.places.home.search(folded(fact.value)) is not None for fact in (change.old, change.new)]
    direction: Direction = "neutral" if is_home[0] == is_home[1] else "adverse" if is_home[0] else "favorable"
    yield Effect(Reason(f"{change.kind}_replaced", rubric.places.points, change.new.quote), direction)


def _take_pairs(
    old: list[Fact], new: list[Fact], key: Callable[[Fact], Hashable | None]
) -> list[tuple[Fact, Fact]]:
    """Take the facts of equal key (None is equal to nothing) from both lists, in order."""
    keys = [*map(key, old)]
    known = [i for i, wanted in enumerate(keys) if wanted is not None]
    found = equal_matches(keys, [*map(key, new)], known, range(len(new)))
    pairs = [(old[i], new[j]) for i, j in found]
    old_taken, new_taken = {i for i, _ in found}, {j for _, j in found}
    old[:] = [fact for i, fact in enumerate(old) if i not in old_taken]
    new[:] = [fact for j, fact in enumerate(new) if j not in new_taken]
    return pairs


def _figure(fact: Fact) -> Hashable:
    """What is equal for equal figures: number and currency, or the words where there is no number."""
    if fact.normalized is None:
        return folded(fact.value)
    if isinstance(fact.normalized, str):
        return fact.normalized
    return (_restated(fact) or fact.normalized, _currency(fact))


def _restated(fact: Fact) -> str:
    """A period in months, where it is whole years or months: 24 months are two years, though 720 days are not 730."""
    months = {"month": 1, "year": 12}.get(fact.unit, 0)
    return f"{float(fact.value) * months:g} months" if months and fact.value.isdigit() else ""


# A sum "in dollars" that is written "US$" later is the same sum.
_PLAIN_DOLLAR = {"usd": "dollar"}


def _currency(fact: Fact) -> str:
    """The currency of a cap in money; a cap in months of fees has none."""
    if fact.kind != "liability_cap" or fact.unit in PERIOD_UNITS:
        return ""
    unit = fact.unit.casefold()
    return _PLAIN_DOLLAR.get(unit, unit)


def _moved(rule: FactRule, old: Fact, new: Fact, rubric: ChangeRubric) -> Iterator[Effect]:
    before, after = _size(old, rubric), _size(new, rubric)
    if _currency(old) != _currency(new):
        yield Effect(Reason(f"{rule.kind}_currency", rubric.clauses.currency_points, new.quote), "neutral")
        return
    if before == after or _figure(old) == _figure(new):
        return
    is_more = after > before
    code = f"{rule.kind}_{'raised' if is_more else 'lowered'}"
    direction = rule.more if is_more else opposite(rule.more)
    points = _points(rule, *sorted((before, after)))
    yield Effect(Reason(code, points, new.quote), direction)


def _stated(rule: FactRule, change: FactChange, rubric: ChangeRubric) -> Iterator[Effect]:
    if change.new is not None:
        direction = _worth(rule, change.new, rubric)
        yield Effect(Reason(f"{rule.kind}_stated", rule.stated_points, change.new.quote), direction)
    elif change.old is not None:
        reason = Reason(f"{rule.kind}_dropped", rule.stated_points, change.old.quote)
        yield Effect(reason, opposite(_worth(rule, change.old, rubric)))


def _worth(rule: FactRule, fact: Fact, rubric: ChangeRubric) -> Direction:
    """What it is for the user that a figure is stated. Vague words promise nothing; "without end" is the most of it."""
    size = _size(fact, rubric)
    if math.isinf(size):
        return rule.more
    return "neutral" if size == _VAGUE else rule.stated


# How large a figure without a number counts: more than any number, less than without an end.
_VAGUE = float(2**1000)


def _size(fact: Fact, rubric: ChangeRubric) -> float:
    if isinstance(fact.normalized, int | float):
        return min(float(fact.normalized), _VAGUE / 2)
    return math.inf if rubric.unbounded.search(folded(f"{fact.value} {fact.quote}")) else _VAGUE


def _points(rule: FactRule, smaller: float, larger: float) -> int:
    """Points of the step between two sizes: the same in both directions, never less for a larger step."""
    by_ratio = points_of_step(rule.steps, smaller, larger)
    if math.isinf(larger):
        return max(rule.unbounded_points, rule.vague_points)
    return rule.vague_points if larger == _VAGUE else by_ratio


def points_of_step(steps: Sequence[tuple[float, int]], smaller: float, larger: float) -> int:
    """The points of the largest step whose ratio two sizes reach."""
    ratio = larger / smaller if smaller > 0 else math.inf
    return max((points for least, points in steps if ratio >= least), default=0)
