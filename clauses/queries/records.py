"""The record of one clause, with everything its page and its JSON state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from clauses.core.lead import lead_and_rest
from clauses.core.stability import Stability
from clauses.core.taxonomy import ClauseType
from clauses.models import ChangeSet, Clause, ReadFact
from clauses.models.choices import DirectionWord, SeverityLevel
from clauses.queries.adoption import Adoption, adoption
from clauses.queries.clause_types import named_types
from clauses.queries.elsewhere import Likewise, Rarity, elsewhere, rarity
from clauses.queries.proof import Proof, proof_of
from clauses.queries.record_commentary import RecordCommentary, record_commentary
from clauses.queries.record_decisions import RuledDecision, record_decisions
from clauses.queries.record_events import Event, record_events
from clauses.queries.record_history import Entry, record_history, stability_of
from clauses.queries.record_law import RecordLaw, record_law
from clauses.queries.record_ways import Ways, record_ways, told_once
from clauses.queries.references import References, references_by_change_set
from clauses.queries.standing import anchor
from clauses.queries.surroundings import Surroundings, surroundings_of
from clauses.queries.waiting import is_waiting
from clauses.queries.wordings import WordingRow, removal_of, wording_rows
from clauses.site_taxonomy import taxonomy_in_force

_MOST_DIGITS = 9
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
class RecordPage:
    """Everything the record of a clause states. `is_waiting`: the document's present text is being analyzed.

    `told_facts` are the figures without those that only say again what another one says in the same words.
    """

    clause: Clause
    types: list[ClauseType]
    basis: str
    proof: Proof | None
    wordings: list[WordingRow]
    events: list[Event]
    removal: ChangeSet | None
    facts: Sequence[ReadFact]
    told_facts: Sequence[ReadFact]
    reasons: Sequence[dict[str, object]]
    read_severity: SeverityLevel
    points: int
    decisions: list[RuledDecision]
    adoption: Adoption | None
    rarity: Rarity | None
    elsewhere: list[Likewise]
    surroundings: Surroundings
    is_waiting: bool
    history: list[Entry]
    stability: Stability | None
    law: RecordLaw
    ways: Ways
    references: list[References]
    commentary: RecordCommentary | None

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
        """What it is called."""
        return title_of(self.clause, self.types)

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
    def quote(self) -> tuple[str, str]:
        """Its words in two parts: of a long clause what is shown first, and the rest, which is folded."""
        current = self.clause.current
        text = self.proof.quote if self.proof else current.wording.text if current else ""
        return lead_and_rest(text)

    @property
    def circumstances(self) -> list[dict[str, object]]:
        """The reasons that the words give, at most three; not the type by itself."""
        return [row for row in self.reasons if not str(row["code"]).startswith("base:")][:3]

    @property
    def raised_and_lowered(self) -> tuple[int, int]:
        """The points that raise the rating, and those that lower it (0 or less)."""
        points = [int(str(reason["points"])) for reason in self.reasons]
        return sum(one for one in points if one > 0), sum(one for one in points if one < 0)

    @property
    def leaning(self) -> DirectionWord:
        """Whom the clause serves: against the user from the points of a severity on, for the user below zero."""
        if self.severity:
            return DirectionWord.ADVERSE
        return DirectionWord.FAVORABLE if self.points < 0 and not self.is_ruled else DirectionWord.NEUTRAL

    @property
    def last_change(self) -> WordingRow | None:
        """The latest wording that a recorded change brought."""
        return next((row for row in self.wordings if row.change), None)

    @property
    def first_recorded_at(self) -> datetime | None:
        """First sight of its first wording."""
        return self.wordings[-1].since.first_seen_at if self.wordings else None


def title_of(clause: Clause, types: Sequence[ClauseType]) -> str:
    """The nearest heading above a clause of these types, else what it is about, else its opening words."""
    current = clause.current
    if current and current.heading:
        return current.heading
    if types:
        return types[0].name
    return _opening(current.wording.text) if current else clause.public_id


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


def merged_into(clause: Clause, public_id: str) -> Clause | None:
    """The record with an ID, where this one stands for it; None for any other and for what is no ID."""
    number = public_id.removeprefix(f"{Clause.LETTER}-")
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        return None
    found = records().filter(number=int(number), superseded_by__isnull=False).first()
    return found if found and absorbing(found).pk == clause.pk else None


def record_page(clause: Clause, at: datetime) -> RecordPage:
    """The record of a clause as it stands at a moment."""
    labels = list(clause.labels.all())
    types = named_types(label.type for label in labels)
    read = clause.current.classification if clause.current else None
    facts = list(read.facts.all()) if read else []
    first = labels[0].type if labels else ""
    adopted = adoption(first) if first else None
    others = elsewhere(clause, first) if first else []
    proof = proof_of(clause)
    until = clause.document.seen_until(at)
    wordings, events = wording_rows(clause, until), record_events(clause)
    return RecordPage(
        clause=clause,
        types=types,
        basis=labels[0].basis if labels else "",
        proof=proof,
        wordings=wordings,
        events=events,
        removal=removal_of(clause),
        facts=facts,
        told_facts=told_once(facts),
        reasons=read.reasons if read else [],
        read_severity=SeverityLevel(read.severity if read else 0),
        points=read.points if read else 0,
        decisions=record_decisions(clause),
        adoption=adopted,
        rarity=rarity(adopted, others),
        elsewhere=others,
        surroundings=surroundings_of(clause),
        is_waiting=is_waiting(clause.document),
        history=record_history(wordings, events),
        stability=stability_of(wordings, until),
        law=record_law(clause, types, facts),
        ways=record_ways(clause, [found.slug for found in types], facts, proof, at),
        references=_references(events),
        commentary=record_commentary(clause),
    )


def _references(events: Sequence[Event]) -> list[References]:
    """What others say about the changes of a record, the latest change first. Two queries."""
    change_sets = {row.change_set.pk: row.change_set for row in events if row.change_set}
    found = references_by_change_set(list(change_sets.values()))
    return [found[key] for key in reversed(change_sets) if key in found and found[key].is_told]


def _opening(text: str, words: int = 9) -> str:
    found = text.split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")
