"""Which clauses answer the quick facts today: chosen from the rows of lists, so that the words of few are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Coalesce

from clauses.models import ListedClause, ListedFigure, ListedType, ReadFact
from clauses.models.choices import SeverityLevel
from clauses.models.listing import number_at, positions_of
from clauses.queries.quick_questions import (
    CLEAR_LEAD,
    FOR_EVERYBODY,
    KINDS,
    QUESTIONS,
    Asked,
    Found,
    Question,
    group_of,
    sign_of,
    size_of,
)
from monitor.models import Document

_TYPES = [question.type for question in QUESTIONS if not question.fact]
_TYPES_OF_FIGURES = {question.type for question in QUESTIONS if question.fact}
# Of so many clauses for each that is told it is looked up first whether they are chiefly about their type.
_LOOKED_AT = 3


# A platform by its place among those asked, and a type.
_OwnedType = tuple[int, str]
# What clauses of a type are told by: whether harmless, whether not for everybody, and the position.
_Key = tuple[bool, bool, int]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure of a clause, by what it is chosen for."""

    position: int
    size: float
    order: tuple[bool, bool, bool, float, int]


@dataclass(frozen=True, slots=True)
class _Read:
    """The present wording of a clause, by its key, and its figures of the kinds that are asked for."""

    occurrence: int
    facts: Sequence[ReadFact]


def found_today(asked: Sequence[Asked], told: int) -> list[list[Found]]:
    """What answers each question in the standing clauses of each platform asked, `told` rows of each.

    A fixed number of queries at most, however many platforms.
    """
    owners = {document: place for place, one in enumerate(asked) for document in one.latest}
    if not owners:
        return [[Found() for _ in QUESTIONS] for _ in asked]
    everybody = set(
        Document.objects.filter(pk__in=owners, type__in=FOR_EVERYBODY).order_by().values_list("pk", flat=True)
    )
    replaced = _replaced(owners, asked)
    figures = _figures(owners, everybody, replaced)
    typed = _of_types(owners, everybody, told)
    shown = {row.position for rows in figures.values() for row in rows[:told]}
    read = _read(shown | {position for rows in typed.values() for position in rows[:told]})
    return [
        [
            _with_figures(question, figures.get((place, question), ()), read, replaced, told)
            if question.fact
            else _without_figures(typed.get((place, question.type), ()), read, told)
            for question in QUESTIONS
        ]
        for place in range(len(asked))
    ]


def _replaced(owners: Collection[int], asked: Iterable[Asked]) -> dict[tuple[int, str], set[str]]:
    """By position and kind, the words of the figures that took the place of others."""
    words: dict[int, list[tuple[str, str]]] = {}
    for clause, kind, quote in (key for one in asked for key in one.earlier.replaced):
        words.setdefault(clause, []).append((kind, quote))
    if not words:
        return {}
    found: dict[tuple[int, str], set[str]] = {}
    listed = ListedClause.objects.filter(document__in=list(owners), clause__in=list(words))
    for clause, position in listed.order_by().values_list("clause", "position"):
        for kind, quote in words[clause]:
            found.setdefault((position, kind), set()).add(quote)
    return found


def _sizes_of_replaced(replaced: Mapping[tuple[int, str], set[str]]) -> set[tuple[int, str, float]]:
    """The sizes of those that the present wordings still state."""
    read = _read({position for position, _ in replaced})
    return {
        (position, kind, _size(fact))
        for (position, kind), quotes in replaced.items()
        if position in read
        for fact in read[position].facts
        if fact.kind == kind and fact.quote in quotes
    }


def _figures(
    owners: Mapping[int, int], everybody: Collection[int], replaced: Mapping[tuple[int, str], set[str]]
) -> dict[tuple[int, Question], list[_Stated]]:
    # The type as it is: by the documents there are few rows, by the type there may be all of the site.
    rows = ListedFigure.objects.alias(of_type=Coalesce("type", Value("")))
    rows = rows.filter(document__in=list(owners), kind__in=KINDS, of_type__in=_TYPES_OF_FIGURES).order_by()
    is_replaced = _sizes_of_replaced(replaced)
    asked = {(question.fact, question.type): question for question in QUESTIONS if question.fact}
    found: dict[tuple[int, Question], list[_Stated]] = {}
    for kind, slug, position, amount, document in rows.values_list(
        "kind", "type", "listed", "amount", "document"
    ):
        question = asked.get((kind, slug))
        if question:
            size = size_of(amount)
            order = (
                size < 0,
                document not in everybody,
                (position, kind, size) not in is_replaced,
                sign_of(question) * size,
                number_at(position),
            )
            found.setdefault((owners[document], question), []).append(_Stated(position, size, order))
    for stated in found.values():
        stated.sort(key=lambda row: row.order)
    return found


def _of_types(
    owners: Mapping[int, int], everybody: Collection[int], told: int
) -> dict[_OwnedType, list[int]]:
    """By platform and type, the positions of its clauses, those told first in front."""
    rows = ListedType.objects.filter(type__in=_TYPES, document__in=list(owners)).order_by()
    above: dict[_OwnedType, list[_Key]] = {}
    besides: dict[_OwnedType, list[_Key]] = {}
    first_harmless, _ = positions_of(SeverityLevel.NONE)
    for slug, position, rank, document in rows.values_list("type", "listed", "rank", "document"):
        # What costs nobody anything ("you may go to your local courts") says least of a type.
        key = position >= first_harmless, document not in everybody, position
        (besides if rank else above).setdefault((owners[document], slug), []).append(key)
    for keys in above.values():
        keys.sort()
    # Most are chiefly about what they are about above all: the readings of a few tell enough.
    most = _LOOKED_AT * told
    chiefly = _chiefly({owned: keys[:most] for owned, keys in above.items()})
    short = {owned: keys[most:] for owned, keys in above.items() if len(chiefly[owned]) < told}
    for owned, more in _chiefly(short).items():
        chiefly[owned] |= more
    found = {}
    for owned in above.keys() | besides.keys():
        groups: tuple[list[_Key], ...] = ([], [], [], [*besides.get(owned, [])])
        for key in above.get(owned, []):
            is_sure = key[2] in chiefly[owned]
            groups[group_of(is_harmless=key[0], is_above=True, is_chiefly=is_sure)].append(key)
        groups[-1].sort()
        found[owned] = [position for keys in groups for *_, position in keys]
    return found


def _chiefly(asked: Mapping[_OwnedType, Sequence[_Key]]) -> dict[_OwnedType, set[int]]:
    """By platform and type, the positions of those clauses that are about it before all others.

    A waiver that mentions arbitration is not about arbitration.
    """
    wanted = {position for keys in asked.values() for *_, position in keys}
    if not wanted:
        return {owned: set() for owned in asked}
    rows = ListedClause.objects.filter(position__in=wanted).order_by()
    matches = dict(rows.values_list("position", "clause__current__classification__types"))
    return {
        owned: {position for *_, position in keys if _leads(matches.get(position, ()), owned[1])}
        for owned, keys in asked.items()
    }


def _leads(matches: Iterable[Mapping[str, float | str]], slug: str) -> bool:
    scores = {str(match["slug"]): float(match["score"]) for match in matches}
    others = [score for other, score in scores.items() if other != slug]
    return scores.get(slug, 1.0) - max(others, default=0.0) >= CLEAR_LEAD


def _read(positions: Collection[int]) -> dict[int, _Read]:
    """The wordings at these positions. Two queries."""
    if not positions:
        return {}
    rows = ListedClause.objects.filter(position__in=positions).order_by()
    keys = list(rows.values_list("position", "clause__current", "clause__current__classification"))
    facts: dict[int, list[ReadFact]] = {}
    for fact in ReadFact.objects.filter(classification__in=[row[2] for row in keys], kind__in=KINDS):
        facts.setdefault(fact.classification_id, []).append(fact)
    return {
        position: _Read(occurrence, facts.get(classification, ()))
        for position, occurrence, classification in keys
    }


def _without_figures(positions: Sequence[int], read: Mapping[int, _Read], told: int) -> Found:
    shown = [position for position in positions[:told] if position in read]
    return Found([(read[position].occurrence, None) for position in shown], len(positions))


def _with_figures(
    question: Question,
    stated: Sequence[_Stated],
    read: Mapping[int, _Read],
    replaced: Mapping[tuple[int, str], set[str]],
    told: int,
) -> Found:
    """Each row with its figure: of several as large in one clause, those that changed first, then as they stand."""
    left: dict[tuple[int, float], list[ReadFact]] = {}
    for row in stated[:told]:
        if (row.position, row.size) not in left and row.position in read:
            quotes = replaced.get((row.position, question.fact), set())
            same = [
                fact
                for fact in read[row.position].facts
                if fact.kind == question.fact and _size(fact) == row.size
            ]
            same.sort(key=lambda fact: (fact.quote not in quotes, fact.start))
            left[row.position, row.size] = same
    found = []
    for row in stated[:told]:
        if facts := left.get((row.position, row.size)):
            found.append((read[row.position].occurrence, facts.pop(0)))
    return Found(found, len(stated))


def _size(fact: ReadFact) -> float:
    amount = fact.value_read().normalized
    return size_of(amount if isinstance(amount, float) else None)
