"""The answers people look for first, read from the clauses that stand: each with its words and its record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from clauses.core.quoting import sentence_around
from clauses.core.values import Fact
from clauses.models import Change, Clause, Label, Occurrence, ReadFact
from monitor.models import DocumentType, Platform, Version

_LONGEST_QUOTE = 180
_CLEAR_LEAD = 0.15
# What binds every user is told before what binds customers and developers.
_FOR_EVERYBODY = {DocumentType.PRIVACY, DocumentType.TERMS, DocumentType.COMMUNITY}


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


@dataclass(frozen=True, slots=True)
class Further:
    """Another clause that answers: its figure where the question is for one, its subject and its record."""

    value: str
    subject: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands: a figure, or that a clause is there; its exact words and its record; further clauses.

    `occurrence` is None where nothing was found; `is_waiting`: and that is no answer yet, because a text that stood
    is not analyzed. `was` is the figure before it changed or was dropped.
    """

    question: Question
    value: str = ""
    quote: str = ""
    subject: str = ""
    was: str = ""
    occurrence: Occurrence | None = None
    more: tuple[Further, ...] = ()
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """Figures of before: by clause, kind and the words that took their place; by kind and type where they went."""

    replaced: dict[tuple[int, str, str], str]
    dropped: dict[tuple[str, str], str]


def quick_facts(platform: Platform, at: datetime, among: Collection[int] | None = None) -> list[Answer]:
    """An answer for each question, from the versions that stood at a moment. A fixed number of queries.

    `among` are the documents that are asked; None: all.
    """
    latest = _latest(platform, at)
    if among is not None:
        latest = {document: found for document, found in latest.items() if document in among}
    standing = _standing(latest)
    earlier = _earlier_figures(platform, at)
    answers = [_answer(question, standing, earlier) for question in QUESTIONS]
    if all(is_analyzed for _, is_analyzed in latest.values()):
        return answers
    return [answer if answer.occurrence else Answer(answer.question, is_waiting=True) for answer in answers]


def _latest(platform: Platform, at: datetime) -> dict[int, tuple[int, bool]]:
    """By document, the ordinal of the version that stood at a moment, and whether it is analyzed."""
    versions = Version.objects.filter(document__platform=platform, first_seen_at__lte=at)
    rows = versions.order_by("ordinal").values_list("document", "ordinal", "analysis")
    return {document: (ordinal, analysis is not None) for document, ordinal, analysis in rows}


def _standing(latest: Mapping[int, tuple[int, bool]]) -> list[Occurrence]:
    """The occurrences of these versions that carry a figure or a type that a question asks for.

    With `since`, the first sight of the words: a reading of ours may have begun a new occurrence of the same ones.
    """
    if not latest:
        return []
    places = [
        Q(clause__document=document, first_version__ordinal__lte=ordinal)
        & (Q(last_version__isnull=True) | Q(last_version__ordinal__gte=ordinal))
        for document, (ordinal, _) in latest.items()
    ]
    kinds = [question.fact for question in QUESTIONS if question.fact]
    types = [question.type for question in QUESTIONS if question.type]
    asked = Q(classification__facts__kind__in=kinds) | Q(clause__labels__type__in=types)
    found: QuerySet[Occurrence] = Occurrence.objects.filter(reduce(or_, places)).filter(asked).distinct()
    same_words = Occurrence.objects.filter(clause=OuterRef("clause"), wording=OuterRef("wording"))
    first = same_words.order_by("first_version__ordinal").values("first_version__first_seen_at")
    return list(
        found.annotate(since=Subquery(first[:1]))
        .select_related("clause__document__platform", "wording", "classification", "first_version")
        .prefetch_related(
            Prefetch("classification__facts", ReadFact.objects.filter(kind__in=kinds)),
            Prefetch("clause__labels", Label.objects.order_by("rank")),
        )
        .order_by("clause__document__name", "clause__number")
    )


def _answer(question: Question, standing: Sequence[Occurrence], earlier: Earlier) -> Answer:
    if question.fact:
        return _figure(question, standing, earlier)
    having = [row for row in standing if question.type in _types(row)]
    having.sort(
        key=lambda row: (
            not _is_chiefly(row, question.type),
            # What costs nobody anything ("you may go to your local courts") says least of a type.
            not row.clause.severity,
            not _is_for_everybody(row),
            -row.clause.severity,
            row.clause.number,
        )
    )
    if not having:
        return Answer(question)
    more = tuple(Further("", row.heading, row.clause) for row in having[1:])
    return Answer(question, "", _words(having[0], question.type), occurrence=having[0], more=more)


def _figure(question: Question, standing: Sequence[Occurrence], earlier: Earlier) -> Answer:
    found = [
        (fact, row)
        for row in standing
        if not question.type or question.type in _types(row)
        for fact in row.classification.facts.all()
        if fact.kind == question.fact
    ]
    if not found:
        return Answer(question, was=earlier.dropped.get((question.fact, question.type), ""))

    def was(fact: ReadFact, row: Occurrence) -> str:
        return earlier.replaced.get((row.clause_id, fact.kind, fact.quote), "")

    # A number that binds everybody comes first; then one that changed, which is what people come for; then the largest,
    # but the lowest age: it is the minimum.
    sign = 1 if question.fact == "minimum_age" else -1
    found.sort(
        key=lambda item: (
            _size(item[0]) < 0,
            not _is_for_everybody(item[1]),
            not was(*item),
            sign * _size(item[0]),
            item[1].clause.number,
            item[0].start,
        )
    )
    fact, row = found[0]
    quote = sentence_around(row.wording.text, fact.start, fact.end, _LONGEST_QUOTE)
    more = tuple(Further(other.amount, other.subject, where.clause) for other, where in found[1:])
    return Answer(question, fact.amount, quote, fact.subject, was(fact, row), row, more)


def _size(fact: ReadFact) -> float:
    """How large a figure is; one without a number is the smallest, so that a stated number comes first."""
    try:
        return float(fact.normalized)
    except ValueError:
        return -1.0


def _is_for_everybody(row: Occurrence) -> bool:
    return row.clause.document.type in _FOR_EVERYBODY


def _is_chiefly(row: Occurrence, slug: str) -> bool:
    """Whether a clause is about a type before all others; a waiver that mentions arbitration is not."""
    if _types(row)[0] != slug:
        return False
    scores = {match["slug"]: match["score"] for match in row.classification.types}
    own = scores.pop(slug, 1.0)
    return bool(own - max(scores.values(), default=0.0) >= _CLEAR_LEAD)


def _types(row: Occurrence) -> list[str]:
    return [label.type for label in row.clause.labels.all()]


def _words(row: Occurrence, slug: str) -> str:
    """The sentence that shows the type, exactly as it stands; the first one for a curator's type."""
    text = row.wording.text
    matches = [match for match in row.classification.types if match["slug"] == slug]
    evidence = [words["text"] for match in matches for words in match["evidence"]]
    sentences = [_sentence(text, max(text.find(words), 0)) for words in evidence] or [_sentence(text, 0)]
    # A run-in heading ("11.4 Class action waiver.") shows the type and says nothing; the longest does.
    longest = max(sentences, key=len)
    return longest if len(longest) <= _LONGEST_QUOTE else f"{longest[:_LONGEST_QUOTE].rpartition(' ')[0]} …"


def _sentence(text: str, position: int) -> str:
    begin = max(text.rfind(mark, 0, position) for mark in (". ", "; ", "\n")) + 1
    end = text.find(". ", position)
    return text[begin : end + 1 if end >= 0 else len(text)].strip()


def _earlier_figures(platform: Platform, at: datetime) -> Earlier:
    """The figures that changed or went up to a moment, the latest of each."""
    changes = Change.objects.filter(
        change_set__document__platform=platform,
        change_set__detected_at__lte=at,
        change_set__superseded_by__isnull=True,
        change_set__is_technical=False,
    )
    rows = changes.exclude(facts=[]).order_by("change_set__detected_at", "change_set", "position")
    found = Earlier({}, {})
    for clause, types, facts in rows.values_list("clause", "types", "facts"):
        for fact in facts:
            if fact["old"] and fact["new"]:
                found.replaced[clause, fact["kind"], fact["new"]["quote"]] = Fact(**fact["old"]).amount
            elif fact["old"]:
                gone = dict.fromkeys([(fact["kind"], ""), *((fact["kind"], slug) for slug in types)])
                found.dropped.update(dict.fromkeys(gone, Fact(**fact["old"]).amount))
    return found
