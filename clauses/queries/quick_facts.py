"""The answers people look for first, read from the clauses that stand: each with its words and its record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from clauses.core.quoting import longest_sentence, sentence_around
from clauses.models import Clause, Occurrence
from clauses.queries.quick_facts_earlier import found_earlier
from clauses.queries.quick_facts_today import found_today
from clauses.queries.quick_questions import (
    MOST_TOLD,
    QUESTIONS,
    Asked,
    Earlier,
    Found,
    Question,
    earlier_figures,
)
from monitor.models import Document, Platform, Version

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
    """The same of several platforms, with as many queries as of one where no text of theirs came later."""
    asked = _asked(platforms, at, among)
    of_today = iter(found_today([one for one in asked if one.is_today], told))
    found = [
        next(of_today) if one.is_today else found_earlier(one.latest, one.earlier, told) for one in asked
    ]
    rows = _loaded({occurrence for one in found for answer in one for occurrence, _ in answer.rows})
    return [_answers(*one, rows) for one in zip(asked, found, strict=True)]


def _answers(asked: Asked, found: Sequence[Found], rows: Mapping[int, Occurrence]) -> list[Answer]:
    answers = [_answer(*one, rows, asked.earlier) for one in zip(QUESTIONS, found, strict=True)]
    if asked.is_analyzed:
        return answers
    return [answer if answer.occurrence else Answer(answer.question, is_waiting=True) for answer in answers]


def _asked(platforms: Sequence[Platform], at: datetime, among: Collection[int] | None) -> list[Asked]:
    """What stood at a moment on each platform, in those of its documents that are asked."""
    versions = Version.objects.filter(document=OuterRef("pk")).order_by("-ordinal")
    rows = list(
        Document.objects.filter(platform__in=platforms)
        .annotate(
            stood=Subquery(versions.filter(first_seen_at__lte=at).values("pk")[:1]),
            is_followed=Exists(versions.filter(first_seen_at__gt=at)),
        )
        .order_by()
        .values_list("pk", "platform", "stood", "is_followed")
    )
    stood = Version.objects.filter(pk__in=[row[2] for row in rows if row[2]])
    texts = {row[0]: row[1:] for row in stood.values_list("document", "ordinal", "analysis")}
    latest: dict[int, dict[int, tuple[int, bool]]] = {platform.pk: {} for platform in platforms}
    for document, platform, _, _ in rows:
        if document in texts and (among is None or document in among):
            ordinal, analysis = texts[document]
            latest[platform][document] = ordinal, analysis is not None
    followed = {platform for _, platform, _, is_followed in rows if is_followed}
    earlier = earlier_figures(platforms, at)
    return [Asked(latest[row.pk], row.pk not in followed, earlier[row.pk]) for row in platforms]


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
