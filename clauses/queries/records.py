"""The record of one clause, with everything its page and its JSON state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clauses.core.rulings import binds
from clauses.core.taxonomy import ClauseType
from clauses.models import ChangeSet, Clause, Decision, ReadFact
from clauses.models.choices import SeverityLevel
from clauses.queries.adoption import Adoption, adoption
from clauses.queries.clause_types import named_types
from clauses.queries.elsewhere import Likewise, Rarity, elsewhere, rarity
from clauses.queries.proof import Proof, proof_of
from clauses.queries.record_events import Event, record_events
from clauses.queries.standing import anchor
from clauses.queries.surroundings import Surroundings, surroundings_of
from clauses.queries.waiting import is_waiting
from clauses.queries.wordings import WordingRow, removal_of, wording_rows
from clauses.site_taxonomy import taxonomy_in_force

_CONFIDENCE_MEANS = {
    "high": "its words leave little doubt",
    "medium": "likely, not certain",
    "low": "a weak sign says so",
}
_EXPLICIT = ("Explicit", "in the words, by rule")
_WEAKLY = ("Inferred", "from words in it, by rule")
_WEAKLY_BY_BOTH = ("Inferred", "from words in it, by rule and model")
_BY_CONTEXT = ("Inferred", "from the heading or list above, by rule")
_BY_BOTH = ("Explicit", "in the words, by rule and model")
_BY_MODEL = ("Inferred", "by a model")
_BY_CURATOR = ("Decided", "by a curator")


@dataclass(frozen=True, slots=True)
class RuledDecision:
    """A curator's decision. `is_present`: on the present wording or a cosmetic variant; `is_binding`: and no later
    one is. `is_proposal`: the text changed since, and no decision is in force; `made_on` is the record it was
    made on where that is another one, absorbed by this one or the one this was split from.
    """

    decision: Decision
    types: list[ClauseType]
    severity: SeverityLevel
    is_binding: bool
    is_present: bool
    is_proposal: bool = False
    made_on: Clause | None = None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Everything the record of a clause states. `is_waiting`: the document's present text is being analyzed."""

    clause: Clause
    types: list[ClauseType]
    basis: str
    proof: Proof | None
    wordings: list[WordingRow]
    events: list[Event]
    removal: ChangeSet | None
    facts: Sequence[ReadFact]
    reasons: Sequence[dict[str, object]]
    read_severity: SeverityLevel
    points: int
    decisions: list[RuledDecision]
    adoption: Adoption | None
    rarity: Rarity | None
    elsewhere: list[Likewise]
    surroundings: Surroundings
    is_waiting: bool

    @property
    def slugs(self) -> list[str]:
        """Its types in force, strongest first."""
        return [found.slug for found in self.types]

    @property
    def anchor(self) -> str:
        """Where the clause stands on pages with its words."""
        return anchor(self.clause.number)

    @property
    def rubric_version(self) -> str:
        """The version that gave the points: of the rubric, or of the older taxonomy it was part of."""
        taxonomy = taxonomy_in_force()
        current = self.clause.current
        read_with = current.classification.taxonomy_version if current else taxonomy.version
        return taxonomy.rubric.version if read_with == taxonomy.version else read_with

    @property
    def severity(self) -> SeverityLevel:
        """The severity in force."""
        return SeverityLevel(self.clause.severity)

    @property
    def title(self) -> str:
        """The nearest heading above the clause, else what it is about, else its opening words."""
        current = self.clause.current
        if current and current.heading:
            return current.heading
        if self.types:
            return self.types[0].name
        return _opening(current.wording.text) if current else self.clause.public_id

    @property
    def is_ruled(self) -> bool:
        """Whether a curator's decision is in force."""
        return any(row.is_binding for row in self.decisions)

    @property
    def basis_words(self) -> tuple[str, str]:
        """Whether the strongest type is explicit in the words, and by what it was found."""
        if self.is_ruled:
            return _BY_CURATOR
        if not self.types or not self.clause.current:
            return ("None", "of no type")
        if self.basis == "model":
            return _BY_MODEL
        matches = self.clause.current.classification.types
        if not any(match["slug"] == self.types[0].slug and match["evidence"] for match in matches):
            return _BY_CONTEXT
        if self.clause.confidence != "high":
            return _WEAKLY_BY_BOTH if self.basis == "both" else _WEAKLY
        return _BY_BOTH if self.basis == "both" else _EXPLICIT

    @property
    def confidence_means(self) -> str:
        """What the confidence rests on."""
        if self.is_ruled:
            return "a curator has ruled"
        if not self.types:
            is_sure = self.clause.confidence == "high"
            return "surely of no type" if is_sure else "no type was found, one may fit"
        return _CONFIDENCE_MEANS[self.clause.confidence]

    @property
    def thresholds(self) -> list[tuple[str, int]]:
        """The least points of each severity, highest first."""
        rubric = taxonomy_in_force().rubric
        return [("high", rubric.high), ("medium", rubric.medium), ("low", rubric.low)]

    @property
    def rewordings(self) -> int:
        """How often its words changed since it was first recorded."""
        return sum(bool(row.runs) for row in self.wordings)

    @property
    def first_recorded_at(self) -> datetime | None:
        """First sight of its first wording."""
        return self.wordings[-1].since.first_seen_at if self.wordings else None


def records() -> QuerySet[Clause]:
    """All clause records with what their page needs."""
    return Clause.objects.select_related(
        "document__platform",
        "current__wording",
        "current__classification",
        "removed_in",
        "superseded_by",
        "split_from",
        "proposal__clause",
        "proposal__decided_by",
    )


def absorbing(clause: Clause) -> Clause:
    """The record that stands for a superseded one, through all mergers; else the record itself."""
    seen = {clause.pk}
    while clause.superseded_by and clause.superseded_by_id not in seen:
        clause = clause.superseded_by
        seen.add(clause.pk)
    return clause


def record_page(clause: Clause, at: datetime) -> RecordPage:
    """The record of a clause as it stands at a moment."""
    labels = list(clause.labels.all())
    read = clause.current.classification if clause.current else None
    first = labels[0].type if labels else ""
    adopted = adoption(first) if first else None
    others = elsewhere(clause, first) if first else []
    return RecordPage(
        clause=clause,
        types=named_types(label.type for label in labels),
        basis=labels[0].basis if labels else "",
        proof=proof_of(clause),
        wordings=wording_rows(clause, at),
        events=record_events(clause),
        removal=removal_of(clause),
        facts=list(read.facts.all()) if read else [],
        reasons=read.reasons if read else [],
        read_severity=SeverityLevel(read.severity if read else 0),
        points=read.points if read else 0,
        decisions=_decisions(clause),
        adoption=adopted,
        rarity=rarity(adopted, others),
        elsewhere=others,
        surroundings=surroundings_of(clause),
        is_waiting=is_waiting(clause.document),
    )


def _decisions(clause: Clause) -> list[RuledDecision]:
    """All decisions, the latest first, an inherited proposal before them. The latest one that binds is in force."""
    text = clause.current.wording.text if clause.current else None
    rows = []
    is_open = True
    if clause.proposal and clause.proposal.clause_id != clause.pk:
        rows.append(_ruled(clause, clause.proposal, made_on=clause.proposal.clause))
    for decision in clause.decisions.select_related("decided_by", "wording"):
        is_present = text is not None and binds(decision.wording.text, text)
        rows.append(_ruled(clause, decision, is_present=is_present, is_binding=is_present and is_open))
        is_open = is_open and not is_present
    return rows


def _ruled(
    clause: Clause,
    decision: Decision,
    *,
    is_present: bool = False,
    is_binding: bool = False,
    made_on: Clause | None = None,
) -> RuledDecision:
    return RuledDecision(
        decision,
        named_types(decision.types),
        SeverityLevel(decision.severity),
        is_binding,
        is_present,
        is_proposal=decision.pk == clause.proposal_id,
        made_on=made_on,
    )


def _opening(text: str, words: int = 9) -> str:
    found = text.split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")
