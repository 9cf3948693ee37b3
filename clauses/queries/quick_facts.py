"""The answers people look for first, read from the clauses that stand: each with its words and its record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, Subquery

from clauses.core.quoting import longest_sentence, sentence_around
from clauses.core.values import Fact
from clauses.models import Change, Classification, Clause, Label, Occurrence, ReadFact
from monitor.models import DocumentType, Platform, Version

_LONGEST_QUOTE = 180
_CLEAR_LEAD = 0.15
# So many clauses are told of a question: the answer, and further ones.
_MOST_TOLD = 13
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


_KINDS = [question.fact for question in QUESTIONS if question.fact]
_TYPES = [question.type for question in QUESTIONS if question.type]


@dataclass(frozen=True, slots=True)
class Further:
    """Another clause that answers: its figure where the question is for one, its subject and its record."""

    value: str
    subject: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands: a figure, or that a clause is there; its exact words and its record.

    `further` is how many others answer; `more` are the first of them.

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
    further: int = 0
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """Figures of before: by clause, kind and the words that took their place; by kind and type where they went."""

    replaced: dict[tuple[int, str, str], str]
    dropped: dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clause that could answer, by what it is chosen for, without its words."""

    occurrence: int
    clause: int
    number: int
    severity: int
    is_for_everybody: bool
    types: Sequence[str]
    scores: Mapping[str, float]
    facts: Sequence[ReadFact]


_Ranked = tuple[ReadFact | None, _Candidate]


def quick_facts(platform: Platform, at: datetime, among: Collection[int] | None = None) -> list[Answer]:
    """An answer for each question, from the versions that stood at a moment. A fixed number of queries.

    `among` are the documents that are asked; None: all.
    """
    latest = _latest(platform, at)
    if among is not None:
        latest = {document: found for document, found in latest.items() if document in among}
    candidates = _candidates(latest)
    earlier = _earlier_figures(platform, at)
    ranked = [(question, _ranked(question, candidates, earlier)) for question in QUESTIONS]
    rows = _loaded({row.occurrence for _, found in ranked for _, row in found[:_MOST_TOLD]})
    answers = [_answer(question, found, rows, earlier) for question, found in ranked]
    if all(is_analyzed for _, is_analyzed in latest.values()):
        return answers
    return [answer if answer.occurrence else Answer(answer.question, is_waiting=True) for answer in answers]


def _latest(platform: Platform, at: datetime) -> dict[int, tuple[int, bool]]:
    """By document, the ordinal of the version that stood at a moment, and whether it is analyzed."""
    versions = Version.objects.filter(document__platform=platform, first_seen_at__lte=at)
    rows = versions.order_by("ordinal").values_list("document", "ordinal", "analysis")
    return {document: (ordinal, analysis is not None) for document, ordinal, analysis in rows}


def _candidates(latest: Mapping[int, tuple[int, bool]]) -> list[_Candidate]:
    """What of these versions carries a figure or a type that a question asks for. Four queries, without the words."""
    if not latest:
        return []
    places = [
        Q(clause__document=document, first_version__ordinal__lte=ordinal)
        & (Q(last_version__isnull=True) | Q(last_version__ordinal__gte=ordinal))
        for document, (ordinal, _) in latest.items()
    ]
    asked = Q(classification__facts__kind__in=_KINDS) | Q(clause__labels__type__in=_TYPES)
    found = Occurrence.objects.filter(reduce(or_, places)).filter(asked).distinct()
    fields = (
        "pk",
        "clause",
        "classification",
        "clause__number",
        "clause__severity",
        "clause__document__type",
    )
    rows = list(found.order_by("clause__document__name", "clause__number").values_list(*fields))
    types = _types([row[1] for row in rows])
    facts = _facts([row[2] for row in rows])
    leading = [row[2] for row in rows if types.get(row[1], [""])[0] in _TYPES]
    scores = dict(Classification.objects.filter(pk__in=leading).values_list("pk", "types"))
    return [
        _Candidate(
            pk,
            clause,
            number,
            severity,
            document_type in _FOR_EVERYBODY,
            types.get(clause, []),
            {match["slug"]: match["score"] for match in scores.get(classification, ())},
            facts.get(classification, []),
        )
        for pk, clause, classification, number, severity, document_type in rows
    ]


def _types(clauses: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Label.objects.filter(clause__in=clauses).order_by("rank").values_list("clause", "type")
    for clause, slug in rows:
        found.setdefault(clause, []).append(slug)
    return found


def _facts(classifications: Collection[int]) -> dict[int, list[ReadFact]]:
    found: dict[int, list[ReadFact]] = {}
    for fact in ReadFact.objects.filter(classification__in=classifications, kind__in=_KINDS):
        found.setdefault(fact.classification_id, []).append(fact)
    return found


def _loaded(keys: Collection[int]) -> dict[int, Occurrence]:
    """The occurrences, with `since`, the first sight of the words: a reading of ours may have begun them anew."""
    same_words = Occurrence.objects.filter(clause=OuterRef("clause"), wording=OuterRef("wording"))
    first = same_words.order_by("first_version__ordinal").values("first_version__first_seen_at")
    found = Occurrence.objects.filter(pk__in=keys).annotate(since=Subquery(first[:1]))
    related = ("clause__document__platform", "wording", "classification", "first_version")
    return {row.pk: row for row in found.select_related(*related)}


def _ranked(question: Question, candidates: Sequence[_Candidate], earlier: Earlier) -> list[_Ranked]:
    """What answers a question, what is told first in front, each with its figure where the question is for one."""
    having = [row for row in candidates if not question.type or question.type in row.types]
    if question.fact:
        return _figures(question, having, earlier)
    having.sort(
        key=lambda row: (
            not _is_chiefly(row, question.type),
            # What costs nobody anything ("you may go to your local courts") says least of a type.
            not row.severity,
            not row.is_for_everybody,
            -row.severity,
            row.number,
        )
    )
    return [(None, row) for row in having]


def _figures(question: Question, having: Sequence[_Candidate], earlier: Earlier) -> list[_Ranked]:
    found = [(fact, row) for row in having for fact in row.facts if fact.kind == question.fact]
    # A number that binds everybody comes first; then one that changed, which is what people come for; then the largest,
    # but the lowest age: it is the minimum.
    sign = 1 if question.fact == "minimum_age" else -1
    found.sort(
        key=lambda item: (
            _size(item[0]) < 0,
            not item[1].is_for_everybody,
            not _was(item[0], item[1], earlier),
            sign * _size(item[0]),
            item[1].number,
            item[0].start,
        )
    )
    return list(found)


def _was(fact: ReadFact, row: _Candidate, earlier: Earlier) -> str:
    return earlier.replaced.get((row.clause, fact.kind, fact.quote), "")


def _answer(
    question: Question, ranked: Sequence[_Ranked], rows: Mapping[int, Occurrence], earlier: Earlier
) -> Answer:
    if not ranked:
        return Answer(question, was=earlier.dropped.get((question.fact, question.type), ""))
    fact, candidate = ranked[0]
    row = rows[candidate.occurrence]
    others = [(other, rows[where.occurrence]) for other, where in ranked[1:_MOST_TOLD]]
    more = tuple(
        Further(other.amount if other else "", other.subject if other else where.heading, where.clause)
        for other, where in others
    )
    further = len(ranked) - 1
    if fact is None:
        quote = _words(row, question.type)
        return Answer(question, quote=quote, occurrence=row, more=more, further=further)
    quote = sentence_around(row.wording.text, fact.start, fact.end, _LONGEST_QUOTE)
    was = _was(fact, candidate, earlier)
    return Answer(question, fact.amount, quote, fact.subject, was, row, more, further)


def _size(fact: ReadFact) -> float:
    """How large a figure is; one without a number is the smallest, so that a stated number comes first."""
    try:
        return float(fact.normalized)
    except ValueError:
        return -1.0


def _is_chiefly(row: _Candidate, slug: str) -> bool:
    """Whether a clause is about a type before all others; a waiver that mentions arbitration is not."""
    if row.types[0] != slug:
        return False
    others = [score for other, score in row.scores.items() if other != slug]
    return bool(row.scores.get(slug, 1.0) - max(others, default=0.0) >= _CLEAR_LEAD)


def _words(row: Occurrence, slug: str) -> str:
    """The sentence that shows the type, exactly as it stands; the first one for a curator's type."""
    matches = [match for match in row.classification.types if match["slug"] == slug]
    evidence = [words["text"] for match in matches for words in match["evidence"]]
    return longest_sentence(row.wording.text, evidence, _LONGEST_QUOTE)


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
