"""What the quick facts ask, and how the clauses that answer come one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clauses.core.values import Fact
from clauses.models import Change, ReadFact
from monitor.models import Document, DocumentType, Platform

# So many clauses are told of a question: the answer, and further ones.
MOST_TOLD = 13
CLEAR_LEAD = 0.15
# What binds every user is told before what binds customers and developers.
FOR_EVERYBODY = {DocumentType.PRIVACY, DocumentType.TERMS, DocumentType.COMMUNITY}


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the panel: figures of one kind, in clauses of a type if named, or whether a type is there."""

    name: str
    type: str = ""
    fact: str = ""


QUESTIONS = (
    Question("Retention", fact="retention"),
    Question("Notice before changes", type="unilateral_change", fact="notice_period"),
    Question("Changes by the company", type="unilateral_change"),
    Question("Time to opt out", fact="opt_out_window"),
    Question("Minimum age", fact="minimum_age"),
    Question("Liability cap", fact="liability_cap"),
    Question("Governing law", fact="governing_law"),
    Question("Place of courts", fact="venue"),
    Question("Arbitration", type="arbitration"),
    Question("Class action waiver", type="class_action_waiver"),
    Question("AI training", type="ai_training"),
    Question("Rights in feedback", type="feedback_rights"),
    Question("Sale of data", type="data_sale"),
)


KINDS = [question.fact for question in QUESTIONS if question.fact]
TYPES = [question.type for question in QUESTIONS if question.type]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Figures of before: by clause, kind and the words that took their place; by kind and type where they went."""

    replaced: dict[tuple[int, str, str], str]
    dropped: dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A platform's texts of a moment: by document, the ordinal of the version that stood, and if it is analyzed.

    `is_today`: none came later, so that what stood then stands. `earlier` are its figures of before.
    """

    latest: Mapping[int, tuple[int, bool]]
    is_today: bool
    earlier: Earlier

    @property
    def is_analyzed(self) -> bool:
        """Whether all of these texts are."""
        return all(is_analyzed for _, is_analyzed in self.latest.values())


@dataclass(frozen=True, slots=True)
class Found:
    """The clauses that answer a question, by the keys of their wordings, those told first in front, and all counted.

    Each with its figure where the question is for one.
    """

    rows: Sequence[tuple[int, ReadFact | None]] = ()
    total: int = 0


def group_of(*, is_harmless: bool, is_above: bool, is_chiefly: bool) -> int:
    """Which of the clauses of a type are told first, from 0: by what they cost, and how much they are about it.

    "We do not sell your data" is about nothing else, but answers less than a clause that allows it among others.
    """
    if is_chiefly:
        return 2 if is_harmless else 0
    return 1 if is_above and not is_harmless else 3


def size_of(amount: float | None) -> float:
    """How large a figure is; one without a number is the smallest, so that a stated number comes first."""
    return -1.0 if amount is None else amount


def sign_of(question: Question) -> int:
    """The largest figure is told first, but the lowest age: it is the minimum."""
    return 1 if question.fact == "minimum_age" else -1


def earlier_figures(platforms: Sequence[Platform], at: datetime) -> dict[int, Earlier]:
    """By platform, the figures that changed or went up to a moment, the latest of each. Two queries."""
    owners = dict(Document.objects.filter(platform__in=platforms).order_by().values_list("pk", "platform"))
    # Whether a change set stands is looked at here: asked for that, SQLite goes through all that nothing superseded.
    changes = Change.objects.filter(
        change_set__document__in=list(owners),
        change_set__detected_at__lte=at,
        change_set__is_technical=False,
    )
    rows = changes.exclude(facts=[]).order_by("change_set__detected_at", "change_set", "position")
    found = {platform.pk: Earlier({}, {}) for platform in platforms}
    fields = ("change_set__document", "change_set__superseded_by", "clause", "types", "facts")
    for document, successor, clause, types, facts in rows.values_list(*fields):
        if successor is None:
            _take_in(found[owners[document]], clause, types, facts)
    return found


def _take_in(earlier: Earlier, clause: int, types: Sequence[str], facts: Sequence[Mapping[str, Any]]) -> None:
    """What a change says of figures, over what changes before it said."""
    for fact in facts:
        if fact["old"] and fact["new"]:
            earlier.replaced[clause, fact["kind"], fact["new"]["quote"]] = Fact(**fact["old"]).amount
        elif fact["old"]:
            gone = dict.fromkeys([(fact["kind"], ""), *((fact["kind"], slug) for slug in types)])
            earlier.dropped.update(dict.fromkeys(gone, Fact(**fact["old"]).amount))
