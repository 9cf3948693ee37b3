"""Days ahead that watched texts name: when a text comes into force, and by when users have to act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from clauses.core.calendar import Entry
from clauses.core.calendar import calendar as written_calendar
from clauses.models import ChangeSet, Clause, ReadFact
from clauses.queries.scope import counted_change_sets, counted_platforms
from clauses.queries.twins import Json, document_head, public_url, written
from monitor.models import Document, Version

EFFECTIVE = "effective"
DEADLINE = "deadline"
_KINDS = {"deadline": DEADLINE, "effective_date": EFFECTIVE}


@dataclass(frozen=True, slots=True)
class Coming:
    """A day ahead. `quote` are the words of the clause that names it; empty where the whole text states it.

    `source` is the change set, the version without one, or the record of the clause; `known_at` when its words were
    first seen, `about` what the day is for, where the clause says so.
    """

    on: date
    kind: str
    document: Document
    source: ChangeSet | Version | Clause
    known_at: datetime
    quote: str = ""
    about: str = ""

    @property
    def change_set(self) -> ChangeSet | None:
        """The change that brings it, where a change set states the day."""
        return self.source if isinstance(self.source, ChangeSet) else None

    @property
    def version(self) -> Version | None:
        """The text that states it, where that is a document's first."""
        return self.source if isinstance(self.source, Version) else None

    @property
    def clause(self) -> Clause | None:
        """The clause that names it, where one does."""
        return self.source if isinstance(self.source, Clause) else None

    @property
    def words(self) -> str:
        """What happens on that day."""
        return "Last day to act" if self.kind == DEADLINE else "Comes into force"


def coming(today: date, count: int | None = None) -> list[Coming]:
    """The days ahead of counted platforms, the next first, all or so many.

    A last day to act is still ahead on the day itself. A day that a text as a whole states is not said again for a
    clause that repeats it. Five queries at most.
    """
    stated = [*_of_changes(today, count), *_of_first_texts(today, count)]
    known = {(row.document.pk, row.on) for row in stated}
    named = {
        (row.source.pk, row.kind, row.on): row
        for row in _of_clauses(today)
        if row.kind == DEADLINE or (row.document.pk, row.on) not in known
    }
    return sorted([*stated, *named.values()], key=_order)[:count]


def coming_twin(rows: Iterable[Coming]) -> list[Json]:
    """The twin of these days."""
    return [
        {
            "on": written(row.on),
            "kind": row.kind,
            "document": document_head(row.document),
            "source": row.source.public_id,
            "url": _url(row),
            "known_at": written(row.known_at),
            "quote": row.quote or None,
        }
        for row in rows
    ]


def coming_calendar(rows: Iterable[Coming]) -> str:
    """These days as an iCalendar file. Nothing in it depends on when it is asked for."""
    host = urlsplit(settings.SITE_URL).hostname or "proviso"
    return written_calendar("Proviso: coming up", [_entry(row, host) for row in rows])


def _of_changes(today: date, count: int | None) -> list[Coming]:
    found = counted_change_sets().filter(effective_on__gt=today).order_by("effective_on", "number")[:count]
    return [
        Coming(row.effective_on, EFFECTIVE, row.document, row, row.detected_at)
        for row in found
        if row.effective_on
    ]


def _of_first_texts(today: date, count: int | None) -> list[Coming]:
    """A document's first text, which no change set states the day of."""
    found = Version.objects.filter(
        document__platform__in=counted_platforms(), effective_on__gt=today, ordinal=1
    )
    return [
        Coming(row.effective_on, EFFECTIVE, row.document, row, row.first_seen_at)
        for row in found.select_related("document__platform").order_by("effective_on", "number")[:count]
        if row.effective_on
    ]


def _of_clauses(today: date) -> list[Coming]:
    """Of the clauses that stand in the latest texts, the days that their facts name."""
    ahead = Q(kind="deadline", normalized__gte=today.isoformat()) | Q(
        kind="effective_date", normalized__gt=today.isoformat()
    )
    facts = ReadFact.objects.filter(ahead, unit="date")
    return [
        Coming(
            on=date.fromisoformat(fact.normalized),
            kind=_KINDS[fact.kind],
            document=clause.document,
            source=clause,
            known_at=clause.current.first_version.first_seen_at,
            quote=fact.quote,
            about=fact.subject,
        )
        for clause in _naming(facts)
        if clause.current
        for fact in clause.current.classification.facts.all()
    ]


def _naming(facts: QuerySet[ReadFact]) -> QuerySet[Clause]:
    # The few facts first: asked of every clause, this would take long on a large site.
    read = set(facts.values_list("classification", flat=True))
    return (
        Clause.objects.standing()
        .filter(current__classification__in=read, document__platform__in=counted_platforms())
        .select_related("document__platform", "current__classification", "current__first_version")
        .prefetch_related(Prefetch("current__classification__facts", facts))
        .order_by("number")
    )


def _order(row: Coming) -> tuple[date, str, str, str, int]:
    return (row.on, row.document.platform.name, row.document.name, row.kind, row.source.number)


def _entry(row: Coming, host: str) -> Entry:
    where = f"{row.document.platform.name}, {row.document.name}"
    said = f"“{row.quote}”" if row.quote else "As the text itself states it."
    headline = f"{row.change_set.headline}\n" if row.change_set else ""
    return Entry(
        uid=f"{row.source.public_id}-{row.kind}-{row.on.isoformat()}@{host}",
        on=row.on,
        stamp=row.known_at,
        summary=f"{where}: {row.words.lower()}",
        description=f"{headline}{said}",
        url=_url(row),
    )


def _url(row: Coming) -> str:
    if row.change_set:
        return public_url("change-set", row.change_set.number)
    if row.clause:
        return public_url("record", row.clause.number)
    document = row.document
    return public_url("version", document.platform.slug, document.slug, row.source.number)
