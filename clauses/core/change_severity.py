"""How much a change of a clause matters, for whom, and by which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clauses.core.change_facts import Effect, fact_changes, fact_effects
from clauses.core.change_rubric import ChangeRubric, opposite
from clauses.core.changed_statements import statement_effects
from clauses.core.changed_types import Edit, Inventory, figure, type_effects, typed
from clauses.core.changed_words import Side, sides, word_effects
from clauses.core.redline import LIGHT_WORDS, words
from clauses.core.values import (
    Classification,
    Direction,
    Fact,
    FactChange,
    Reason,
    Run,
    Severity,
    severity_rank,
)

# Factors that say something was permitted or forbidden, and those that say nothing against them: the way
# out of what only now begins, and the purpose a promise named to exclude it.
_PERMISSIONS = (
    *("_allowed", "_forbidden", "_restricted"),
    *("promise_dropped", "promise_added", "promise_limited", "promise_widened"),
)
_OVERRULED = ("opt_out_", "training_purpose_")


@dataclass(frozen=True, slots=True)
class Rating:
    """Severity and direction of a change with every reason, heaviest first, and the figures that changed."""

    severity: Severity
    direction: Direction
    reasons: tuple[Reason, ...]
    facts: tuple[FactChange, ...]


def rate_change(
    old: Sequence[Classification],
    new: Sequence[Classification],
    runs: Sequence[Run],
    versions: tuple[Inventory, Inventory],
    rubric: ChangeRubric,
) -> Rating:
    """The rating of a clause that was edited, split, merged, added (`old` empty) or removed (`new` empty).

    `runs` is its redline, `versions` are the inventories of the old and the new version. Severity is what the
    heavier direction's points give, so a favorable change can be high and the size of the edit never caps it.
    Every reason quotes the new or the old wording.
    """
    edit = Edit(old, new, *sides(runs), versions)
    facts = fact_changes(_facts(old), _facts(new))
    return _rated(_once(_effects(edit, facts, rubric)), facts, rubric)


def _effects(edit: Edit, facts: Sequence[FactChange], rubric: ChangeRubric) -> list[Effect]:
    """The effects that apply; what only says that something changed counts where nothing else does."""
    found = [*fact_effects([change for change in facts if not _is_elsewhere(change, edit)], rubric)]
    found += type_effects(edit, rubric)
    if edit.old and edit.new:
        found += word_effects(edit.old_side, edit.new_side, rubric)
        found += statement_effects(edit.old_side, edit.new_side, rubric)
        return _without_overruled(found) or [*_cost_effects(edit, rubric)] or [*_amount_effects(edit, rubric)]
    found = found or [*_whole_cost(edit, rubric)]
    told = {effect.direction for effect in found}
    found += [effect for effect in _gains(edit, rubric) if effect.direction not in told]
    return found or [*statement_effects(edit.old_side, edit.new_side, rubric)] or [*_whole(edit, rubric)]


def _without_overruled(effects: Sequence[Effect]) -> list[Effect]:
    """The effects, less what a permission overrules: the opt-out that comes with it is no gain."""
    begun = {effect.direction for effect in effects if effect.reason.code.endswith(_PERMISSIONS)}
    return [
        effect
        for effect in effects
        if not effect.reason.code.startswith(_OVERRULED) or opposite(effect.direction) not in begun
    ]


def _is_elsewhere(change: FactChange, edit: Edit) -> bool:
    """Whether a figure that came or went stands elsewhere on the side that seems to lack it."""
    before, after = edit.versions
    if change.old is None and change.new is not None:
        return figure(change.new) in before.figures
    return change.new is None and change.old is not None and figure(change.old) in after.figures


def _facts(classifications: Iterable[Classification]) -> list[Fact]:
    return [fact for classification in classifications for fact in classification.facts]


def _gains(edit: Edit, rubric: ChangeRubric) -> Iterator[Effect]:
    """Rights, notice and ways out that an added clause brings or a removed one takes away."""
    favorable = {rule.code for rule in rubric.words if rule.added == "favorable"}
    for effect in word_effects(edit.old_side, edit.new_side, rubric):
        if effect.reason.code.removesuffix("_ban_dropped") in favorable or (
            effect.reason.code.rpartition("_")[0] in favorable
        ):
            yield effect


def _whole_cost(edit: Edit, rubric: ChangeRubric) -> Iterator[Effect]:
    """What a whole clause costs the user, by its own rating; less where its types stand on both sides."""
    side, classifications, lacking, direction = _whole_side(edit)
    costliest = max(classifications, key=lambda item: severity_rank(item.severity))
    rank = severity_rank(costliest.severity)
    quote = _reason_quote(costliest, side)
    if rank and quote:
        known = set(typed(*classifications)) <= lacking.types
        points = (rubric.clauses.repeat_points if known else rubric.clauses.cost_points)[rank - 1]
        yield Effect(Reason(f"costly_clause_{_event(edit)}", points, quote), direction)


def _whole(edit: Edit, rubric: ChangeRubric) -> Iterator[Effect]:
    side, classifications, _, _ = _whole_side(edit)
    if typed(*classifications) and side.text.strip():
        quote = side.quote(*side.sentence(0, 1))
        yield Effect(Reason(f"clause_{_event(edit)}", rubric.clauses.typed_points, quote), "neutral")


def _whole_side(edit: Edit) -> tuple[Side, Sequence[Classification], Inventory, Direction]:
    if edit.new:
        return edit.new_side, edit.new, edit.versions[0], "adverse"
    return edit.old_side, edit.old, edit.versions[1], "favorable"


def _event(edit: Edit) -> str:
    return "added" if edit.new else "removed"


def _cost_effects(edit: Edit, rubric: ChangeRubric) -> Iterator[Effect]:
    """A clause that its own rubric rates otherwise than before, by words that came or went."""
    before = max(edit.old, key=lambda item: severity_rank(item.severity))
    after = max(edit.new, key=lambda item: severity_rank(item.severity))
    step = severity_rank(after.severity) - severity_rank(before.severity)
    if step == 0:
        return
    side, rated, name = (edit.new_side, after, "costlier") if step > 0 else (edit.old_side, before, "cheaper")
    quote = _reason_quote(rated, side, changed_only=True)
    if quote:
        points = rubric.clauses.worse_points[abs(step) - 1]
        yield Effect(Reason(f"clause_{name}", points, quote), "adverse" if step > 0 else "favorable")


def _reason_quote(classification: Classification, side: Side, *, changed_only: bool = False) -> str:
    """The words of the heaviest reason of a clause's rating that stand in the side."""
    for reason in sorted(classification.reasons, key=lambda reason: -reason.points):
        start = side.text.find(reason.quote)
        if reason.points <= 0 or start < 0 or not reason.quote:
            continue
        if not changed_only or side.is_changed(start, start + len(reason.quote)):
            return reason.quote
    return ""


def _amount_effects(edit: Edit, rubric: ChangeRubric) -> Iterator[Effect]:
    """Words of content that came or went without others in their place, in a clause that has a type."""
    if not typed(*edit.old, *edit.new):
        return
    for side, other, name in (
        (edit.new_side, edit.old_side, "content_added"),
        (edit.old_side, edit.new_side, "content_dropped"),
    ):
        known = {word.casefold() for word in words(other.text)} | LIGHT_WORDS
        for start, end in side.changed:
            fresh = {word.casefold() for word in words(side.text[start:end]) if word.isalnum()} - known
            if len(fresh) >= rubric.clauses.amount_words:
                reason = Reason(name, rubric.clauses.amount_points, side.quote(start, end))
                yield Effect(reason, "neutral")
                break


def _once(effects: Iterable[Effect]) -> list[Effect]:
    """Each code once, with its most points; the heaviest first."""
    best: dict[str, Effect] = {}
    for effect in effects:
        code = effect.reason.code
        if code not in best or effect.reason.points > best[code].reason.points:
            best[code] = effect
    return sorted(best.values(), key=lambda effect: (-effect.reason.points, effect.reason.code))


def _rated(effects: Sequence[Effect], facts: tuple[FactChange, ...], rubric: ChangeRubric) -> Rating:
    adverse, favorable, neutral = (_sum(effects, d) for d in ("adverse", "favorable", "neutral"))
    severity = rubric.severity(max(adverse, favorable, neutral))
    if severity == "none":
        return Rating("none", "neutral", (), facts)
    reasons = tuple(effect.reason for effect in effects if effect.reason.points > 0)
    return Rating(severity, _direction(adverse, favorable), reasons, facts)


def _sum(effects: Iterable[Effect], direction: str) -> int:
    return sum(effect.reason.points for effect in effects if effect.direction == direction)


def _direction(adverse: int, favorable: int) -> Direction:
    """Mixed where the lighter direction has at least half the points of the heavier."""
    if not adverse and not favorable:
        return "neutral"
    if 2 * min(adverse, favorable) >= max(adverse, favorable):
        return "mixed"
    return "adverse" if adverse > favorable else "favorable"
