"""How much a change of a clause matters, for whom, and by which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from clauses.core.audiences import narrow_audience
from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric
from clauses.core.changed_amounts import amount_effects
from clauses.core.changed_extent import extent_effects, is_pointer
from clauses.core.changed_figures import figure_effects
from clauses.core.changed_statements import actor_effects, statement_effects
from clauses.core.changed_types import type_effects, typed
from clauses.core.changed_words import ban_effects, gain_effects, word_effects
from clauses.core.content_words import cannot_hold, content_stems
from clauses.core.contracting import party_effects
from clauses.core.definitions import is_definition
from clauses.core.edited import ClauseEdit, Side
from clauses.core.introduced import introduced_effects
from clauses.core.overruled import without_overruled
from clauses.core.restated import is_of_restated, without_restated
from clauses.core.stances import is_condition, is_mention
from clauses.core.titled import is_bare_title, is_heading
from clauses.core.unread import RESTATED, no_rule
from clauses.core.values import (
    Classification,
    Direction,
    FactChange,
    Reason,
    Severity,
    severity_rank,
)
from clauses.core.whole_statements import is_led_into, whole_norm_effects

# What a circumstance of the clause rubric has at least, that costs something whatever the clause is about.
_OF_WEIGHT = 2


class Rating(NamedTuple):
    """Severity and direction of a change with every reason, heaviest first, and the figures that changed.

    `adverse` and `favorable` are what the points of either side give by themselves.
    """

    severity: Severity
    direction: Direction
    reasons: tuple[Reason, ...]
    facts: tuple[FactChange, ...]
    adverse: Severity = "none"
    favorable: Severity = "none"


def rate_change(edit: ClauseEdit, facts: tuple[FactChange, ...]) -> Rating:
    """The rating of a clause that was edited, split, merged, added or removed, with the figures that changed in it.

    Severity is what the heavier direction's points give, so a favorable change can be high and the size of the edit
    never caps it. Every reason quotes the new or the old wording.
    """
    effects = _whole(edit, facts) if edit.is_whole else _edited(edit, facts)
    rating = _rated(_once(effects, edit.rubric), facts, edit.rubric)
    if rating.severity == "none":
        said_elsewhere = [effect.reason for effect in effects if effect.reason.code == RESTATED][:1]
        return Rating("none", "neutral", tuple(said_elsewhere or _unspoken(edit)), facts)
    return _capped(rating, edit.whole.text)


def _unspoken(edit: ClauseEdit) -> Iterator[Reason]:
    """That no rule speaks of the words that came or went: by the first sentence that got or lost one of content."""
    if not edit.old.text or not edit.new.text:
        yield no_rule("")
        return
    for side, other in ((edit.new, edit.old), (edit.old, edit.new)):
        for start, end in side.changed:
            stems = content_stems(side.folded[start:end])
            # To know what the other wording holds takes a look at each of its words.
            if any(cannot_hold(other.folded, root) for root in stems) or stems - other.content:
                yield no_rule(side.quote(start, end))
                return


def _edited(edit: ClauseEdit, facts: Sequence[FactChange]) -> list[Effect]:
    """The effects of an edit; what only says that something changed counts where nothing else does."""
    if edit.old.text and edit.new.text and is_heading(edit):
        return []
    found = [
        *figure_effects(edit, facts),
        *type_effects(edit),
        *word_effects(edit),
        *statement_effects(edit),
        *actor_effects(edit),
        *amount_effects(edit),
        *introduced_effects(edit),
    ]
    found = without_restated(without_overruled(found), edit)
    of_substance = [effect for effect in found if effect.reason.points]
    if not of_substance:
        less = [*_cost_effects(edit)] or [*extent_effects(edit)]
        of_substance = [effect for effect in less if not is_of_restated(effect, found)] or found
    # Another company says nothing of what else came or went: it stands beside that, and in place of none of it.
    return [*of_substance, *party_effects(edit)]


def _whole(edit: ClauseEdit, facts: Sequence[FactChange]) -> list[Effect]:
    """The effects of a clause that came or went."""
    side = edit.whole
    if is_definition(side.text) or is_bare_title(edit):
        return []
    found = [*figure_effects(edit, facts), *type_effects(edit), *ban_effects(edit)]
    if not side.text.rstrip().endswith(":"):
        # What opens a list says little without its items, which are clauses of their own.
        found = found or [*_whole_cost(edit)] or [*whole_norm_effects(edit)]
    gains = [effect for effect in gain_effects(edit) if not _is_notice_of_power(effect, side)]
    told = {effect.direction for effect in found if effect.reason.code not in edit.rubric.phrases}
    told |= {effect.direction for effect in found if _weighs_more(effect, gains)}
    news = [effect for effect in gains if effect.direction not in told]
    told_better = {effect.direction for effect in news}
    found = [effect for effect in found if effect.direction not in told_better]
    return without_restated(without_overruled([*found, *news], edit.rubric), edit)


def _is_notice_of_power(effect: Effect, side: Side) -> bool:
    """Whether a notice came or went with what it is notice of: "we may charge you in advance and will tell you"."""
    if effect.reason.code not in {"notice_added", "notice_dropped"}:
        return False
    powers = (norm for norm in side.norms if norm.bearer == "provider" and norm.force == "may")
    return any(norm.worth == "adverse" for norm in powers)


def _weighs_more(effect: Effect, others: Iterable[Effect]) -> bool:
    """Whether all others of its direction have fewer points: of equals the one that names its subject is told."""
    return all(
        effect.reason.points > other.reason.points for other in others if other.direction == effect.direction
    )


def _whole_cost(edit: ClauseEdit) -> Iterator[Effect]:
    """What a whole clause costs the user, by its own rating; less where its types stand on both sides."""
    side, came = edit.whole, edit.came
    if {norm.worth for norm in side.norms} == {"favorable"}:
        # It only binds the provider.
        return
    lacking = edit.versions[0] if came else edit.versions[1]
    costliest = max(side.read, key=lambda item: severity_rank(item.severity))
    rank = severity_rank(costliest.severity)
    quote = _reason_quote(costliest, side)
    if rank and quote and _has_cost(side, quote, is_sure=rank > 1 and costliest.confidence != "low"):
        known = set(typed(*side.read)) <= lacking.types
        rule = edit.rubric.clauses
        points = (rule.repeat_points if known else rule.cost_points)[rank - 1]
        if _is_topic_alone(costliest, side, quote):
            points = min(points, rule.content_points)
        code = f"costly_clause_{'added' if came else 'removed'}"
        yield Effect(Reason(code, points, quote), "adverse" if came else "favorable")


def _has_cost(side: Side, quote: str, *, is_sure: bool) -> bool:
    """Whether the sentence quoted lays something on the user; one that only names a topic does not."""
    place = side.place_of(quote)
    if place and (is_pointer(side, place) or is_mention(side, place) or is_condition(side, place)):
        return False
    norm = side.norm_at(*place) if place else None
    return norm.worth == "adverse" if norm else is_sure and not side.norms


def _is_topic_alone(read: Classification, side: Side, quote: str) -> bool:
    """Whether all that makes a clause cost anything is what it is about: an item of a list, or a name of cookies.

    Else the sentence quoted says who may, will or must not do what, or the clause names a circumstance of weight.
    """
    if any(reason.points >= _OF_WEIGHT and not reason.is_of_type for reason in read.reasons):
        return False
    place = side.place_of(quote)
    norm = side.norm_at(*place) if place else None
    return norm is None or is_led_into([norm], side)


def _cost_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """A clause that its own rubric rates otherwise than before, by words that came or went."""
    before = max(edit.old.read, key=lambda item: severity_rank(item.severity))
    after = max(edit.new.read, key=lambda item: severity_rank(item.severity))
    step = severity_rank(after.severity) - severity_rank(before.severity)
    if step == 0:
        return
    side, rated, other, name = (
        (edit.new, after, before, "costlier") if step > 0 else (edit.old, before, after, "cheaper")
    )
    known = {reason.code for reason in other.reasons}
    own = replace(rated, reasons=tuple(reason for reason in rated.reasons if reason.code not in known))
    quote = _reason_quote(own, side, changed_only=True)
    if quote and _has_cost(side, quote, is_sure=True):
        points = edit.rubric.clauses.worse_points[abs(step) - 1]
        yield Effect(Reason(f"clause_{name}", points, quote), "adverse" if step > 0 else "favorable")


def _reason_quote(classification: Classification, side: Side, *, changed_only: bool = False) -> str:
    """The words of the heaviest reason of a clause's rating that stand in the side."""
    for reason in sorted(classification.reasons, key=lambda reason: -reason.points):
        place = side.place_of(reason.quote) if reason.points > 0 else None
        if place and (not changed_only or side.is_changed(*place)):
            return reason.quote
    return ""


def _once(effects: Sequence[Effect], rubric: ChangeRubric) -> list[Effect]:
    """Each code once, and each sentence once in a direction: by its most points. The heaviest first.

    Of equals the one that names a subject is kept before one that any statement could have.
    """
    if len(effects) < 2:
        return [*effects]
    best: dict[str, Effect] = {}
    told: set[tuple[str, Direction]] = set()
    ranked = sorted(effects, key=lambda effect: (effect.reason.code in rubric.phrases, effect.reason.code))
    for effect in sorted(ranked, key=lambda effect: -effect.reason.points):
        place = (effect.reason.quote, effect.direction)
        if effect.reason.code not in best and place not in told:
            best[effect.reason.code] = effect
            told.add(place)
    return list(best.values())


def _rated(effects: Sequence[Effect], facts: tuple[FactChange, ...], rubric: ChangeRubric) -> Rating:
    adverse, favorable = _sum(effects, "adverse"), _sum(effects, "favorable")
    neutral = max([effect.reason.points for effect in effects if effect.direction == "neutral"], default=0)
    severity = rubric.severity(max(adverse, favorable, neutral))
    if severity == "none":
        return Rating("none", "neutral", (), facts)
    reasons = [
        Reason(reason.code, reason.points, reason.quote, direction)
        for reason, direction in effects
        if reason.points > 0
    ]
    sides = rubric.severity(adverse), rubric.severity(favorable)
    return Rating(severity, _direction(adverse, favorable), tuple(reasons), facts, *sides)


def _capped(rating: Rating, text: str) -> Rating:
    """No higher than medium for a clause that says itself that it is for a narrow group alone."""
    quote = narrow_audience(text) if rating.severity == "high" else ""
    if not quote:
        return rating
    capped: dict[Severity, Severity] = {"high": "medium"}
    return rating._replace(
        severity="medium",
        reasons=(*rating.reasons, Reason("narrow_audience", 0, quote)),
        adverse=capped.get(rating.adverse, rating.adverse),
        favorable=capped.get(rating.favorable, rating.favorable),
    )


def _sum(effects: Iterable[Effect], direction: str) -> int:
    return sum([effect.reason.points for effect in effects if effect.direction == direction])


def _direction(adverse: int, favorable: int) -> Direction:
    """Mixed where the lighter direction has at least half the points of the heavier."""
    if not adverse and not favorable:
        return "neutral"
    if 2 * min(adverse, favorable) >= max(adverse, favorable):
        return "mixed"
    return "adverse" if adverse > favorable else "favorable"
