"""What the lines of a rating are called, of a clause and of a change."""

from __future__ import annotations

from functools import cache

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.queries.clause_types import reason_label
from clauses.site_taxonomy import taxonomy_in_force

_EVENTS = {
    "raised": "longer or higher",
    "lowered": "shorter or lower",
    "stated": "now stated",
    "dropped": "no longer stated",
    "added": "new",
    "allowed": "now allowed",
    "forbidden": "now ruled out",
    "restricted": "only with consent",
    "excepted": "ruled out, with exceptions",
    "extended": "more of it",
    "narrowed": "less of it",
    "replaced": "another one",
    "currency": "in another currency",
    "ban_dropped": "no longer ruled out",
}
_WHOLE = {
    "costly_clause_added": "a clause that costs the user is new",
    "costly_clause_removed": "a clause that costs the user is gone",
    "clause_costlier": "the clause is rated heavier by these words",
    "clause_cheaper": "the clause is rated lighter without these words",
    "amount_raised": "a figure is larger",
    "amount_lowered": "a figure is smaller",
    "no_rule": "no rule of the rubric speaks of these words",
    "restated": "the other version says the same in another clause",
    "not_rated_language": "not rated: language",
    "narrow_audience": "no higher than medium: for a narrow group alone",
    "control_gained": "the user decides what the company did",
    "control_lost": "the company decides what the user did",
    "duty_shifted": "what the company did is now the user's task",
    "duty_taken_over": "what the user did is now the company's task",
} | {
    f"{side}_{event}": f"what {what} {words}"
    for side, what in (
        ("burden", "costs the user"),
        ("benefit", "serves the user"),
        ("content", "the clause says"),
    )
    for event, words in (
        ("added", "is new"),
        ("removed", "is gone"),
        ("extended", "reaches further"),
        ("narrowed", "reaches less far"),
        ("limited", "has a new limit"),
        ("limit_dropped", "has one limit less"),
    )
}


def reason_name(code: str) -> str:
    """The words for a line of a rating; the code itself, made readable, where no rubric names it."""
    if code in _WHOLE:
        return _WHOLE[code]
    for event in sorted(_EVENTS, key=len, reverse=True):
        subject = code.removesuffix(f"_{event}")
        if subject != code and (name := _subject(subject)):
            return f"{name}: {_EVENTS[event]}"
    return reason_label(code)


def _subject(code: str) -> str:
    """What a change is about: a clause type, words that count, or a kind of fact; empty for none of these."""
    found = taxonomy_in_force().types.get(code)
    return found.name if found else _counted().get(code, "")


@cache
def _counted() -> dict[str, str]:
    rubric = shipped_change_rubric()
    words = {rule.code: rule.name for rule in rubric.words}
    figures = {kind: rule.name for kind, rule in rubric.facts.items()}
    return words | figures | dict(rubric.places.names)
