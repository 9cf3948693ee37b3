"""What kinds of changes and figures are called, and figures as a reader says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from clauses.core.values import Fact
from clauses.models import ReadFact

_KINDS = {
    "substantive": "Terms changed",
    "editorial": "Wording only",
    "date": "Date only",
    "renumbered": "Renumbered only",
    "reordered": "Order only",
    "links": "Links only",
    "whitespace": "Whitespace only",
    "none": "No change",
}
_FACTS = {
    "retention": "Retention period",
    "notice_period": "Notice period",
    "minimum_age": "Minimum age",
    "opt_out_window": "Time to opt out",
    "liability_cap": "Liability cap",
    "claim_period": "Time to bring a claim",
    "response_time": "Time to answer a request",
    "refund_period": "Time to ask for a refund",
    "effective_date": "Effective date",
    "deadline": "Day to act by",
    "renewal_notice": "Time to stop a renewal",
    "renewal_period": "Renews for",
    "governing_law": "Governing law",
    "venue": "Place of courts",
}


def kind_name(kind: str) -> str:
    """What a change set's or a change's kind is called."""
    return _KINDS.get(kind) or kind.replace("_", " ").capitalize()


def fact_name(kind: str) -> str:
    """What a figure's kind is called."""
    return _FACTS.get(kind) or kind.replace("_", " ").capitalize()


def fact_amount(fact: Mapping[str, Any] | ReadFact | None) -> str:
    """A stored figure as a reader says it: "30 days", "5 Jan 2026"; "not stated" for none."""
    if not fact:
        return "not stated"
    read = fact.value_read() if isinstance(fact, ReadFact) else Fact(**fact)
    if read.unit != "date" or not isinstance(read.normalized, str):
        return read.amount
    on = date.fromisoformat(read.normalized)
    return f"{on.day} {on:%b %Y}"
