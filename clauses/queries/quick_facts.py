"""The answers people look for first, read from the clauses that stand: each with its words and its record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from clauses.core.quoting import longest_sentence, sentence_around
from clauses.models import Clause, Occurrence
from clauses.queries.quick_facts_earlier import found_earlier
from clauses.queries.quick_facts_today import found_today
from clauses.queries.quick_questions import MOST_TOLD, QUESTIONS, Earlier, Found, Question, earlier_figures
from monitor.models import Platform, Version

_LONGEST_QUOTE = 180


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
class _Asked:
    """What was found for each question, and whether every text that stood is analyzed."""

    found: Sequence[Found]
    earlier: Earlier
    is_analyzed: bool


def quick_facts(
    platform: Platform, at: datetime, among: Collection[int] | None = None, told: int = MOST_TOLD
) -> list[Answer]:
    """An answer for each question, from the versions that stood at a moment. A fixed number of queries.

    `among` are the documents that are asked; None: all. So many clauses of each answer are `told`.
    """
    return quick_facts_of([platform], at, among, told)[0]


def quick_facts_of(
    platforms: Sequence[Platform], at: datetime, among: Collection[int] | None = None, told: int = MOST_TOLD
) -> list[list[Answer]]:
    """The same of several platforms: their words are read at once."""
    asked = [_asked(platform, at, among, told) for platform in platforms]
    rows = _loaded({occurrence for one in asked for found in one.found for occurrence, _ in found.rows})
    return [_answers(one, rows) for one in asked]


def _asked(platform: Platform, at: datetime, among: Collection[int] | None, told: int) -> _Asked:
    latest, is_today = _latest(platform, at)
    if among is not None:
        latest = {document: found for document, found in latest.items() if document in among}
    earlier = earlier_figures(platform, at)
    found = (found_today if is_today else found_earlier)(latest, earlier, told)
    return _Asked(found, earlier, all(is_analyzed for _, is_analyzed in latest.values()))


def _answers(asked: _Asked, rows: Mapping[int, Occurrence]) -> list[Answer]:
    answers = [_answer(*one, rows, asked.earlier) for one in zip(QUESTIONS, asked.found, strict=True)]
    if asked.is_analyzed:
        return answers
    return [answer if answer.occurrence else Answer(answer.question, is_waiting=True) for answer in answers]


def _latest(platform: Platform, at: datetime) -> tuple[dict[int, tuple[int, bool]], bool]:
    """By document, the ordinal of the version that stood at a moment, and whether it is analyzed.

    And whether no version came later, so that what stood then stands.
    """
    versions = Version.objects.filter(document__platform=platform).order_by("ordinal")
    rows = list(versions.values_list("document", "ordinal", "analysis", "first_seen_at"))
    by_then = [row for row in rows if row[3] <= at]
    latest = {document: (ordinal, analysis is not None) for document, ordinal, analysis, _ in by_then}
    return latest, len(by_then) == len(rows)


def _loaded(keys: Collection[int]) -> dict[int, Occurrence]:
    """The occurrences, with `since`, the first sight of the words: a reading of ours may have begun them anew."""
    same_words = Occurrence.objects.filter(clause=OuterRef("clause"), wording=OuterRef("wording"))
    first = same_words.order_by("first_version__ordinal").values("first_version__first_seen_at")
    found = Occurrence.objects.filter(pk__in=keys).annotate(since=Subquery(first[:1]))
    related = ("clause__document__platform", "wording", "classification", "first_version")
    return {row.pk: row for row in found.select_related(*related)}


def _answer(question: Question, found: Found, rows: Mapping[int, Occurrence], earlier: Earlier) -> Answer:
    if not found.rows:
        return Answer(question, was=earlier.dropped.get((question.fact, question.type), ""))
    (key, fact), *others = found.rows
    row = rows[key]
    more = tuple(
        Further(
            other.amount if other else "", other.subject if other else rows[where].heading, rows[where].clause
        )
        for where, other in others
    )
    further = found.total - 1
    if fact is None:
        quote = _words(row, question.type)
        return Answer(question, quote=quote, occurrence=row, more=more, further=further)
    quote = sentence_around(row.wording.text, fact.start, fact.end, _LONGEST_QUOTE)
    was = earlier.replaced.get((row.clause_id, fact.kind, fact.quote), "")
    return Answer(question, fact.amount, quote, fact.subject, was, row, more, further)


def _words(row: Occurrence, slug: str) -> str:
    """The sentence that shows the type, exactly as it stands; the first one for a curator's type."""
    matches = [match for match in row.classification.types if match["slug"] == slug]
    evidence = [words["text"] for match in matches for words in match["evidence"]]
    return longest_sentence(row.wording.text, evidence, _LONGEST_QUOTE)
