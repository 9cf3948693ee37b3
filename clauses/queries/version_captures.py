"""Which captures showed a version, and which text of a document stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Count, Max, Q, QuerySet

from monitor.models import Document, Fetch, Outcome, Version


@dataclass(frozen=True, slots=True)
class VersionCaptures:
    """The captures that showed a version: how many, the first, the one that confirmed it, and the last.

    None and 0 where the text was imported without captures.
    """

    count: int
    first: Fetch | None
    confirmation: Fetch | None
    last: Fetch | None


@dataclass(frozen=True, slots=True)
class OnDay:
    """How sure it is that a version stood on a day: the captures that showed it nearest to the end of that day.

    `before` is the last one up to then, `after` the next one; each None where there is none. `is_first_day`: the
    text was first seen on that very day. `is_to_come`: the day is not over.
    """

    on: date
    before: Fetch | None
    after: Fetch | None
    is_first_day: bool
    is_to_come: bool


def version_captures(version: Version, newer: Version | None) -> VersionCaptures:
    """The captures of a version, of which `newer` is the next one. Three queries, however many captures."""
    shown = _showing(version, newer)
    found = shown.aggregate(count=Count("pk"), last=Max("at"))
    ends = {version.first_seen_at, version.confirmed_at, found["last"]}
    by_moment: dict[datetime, Fetch] = {}
    for fetch in shown.filter(at__in=ends - {None}):
        kept = by_moment.get(fetch.at)
        # In a round of several pages the page with the new words is the one to look at.
        if kept is None or _RANK.get(fetch.outcome, 0) > _RANK.get(kept.outcome, 0):
            by_moment[fetch.at] = fetch
    is_confirmed_later = version.confirmed_at != version.first_seen_at
    return VersionCaptures(
        count=found["count"],
        first=by_moment.get(version.first_seen_at),
        confirmation=by_moment.get(version.confirmed_at) if is_confirmed_later else None,
        last=by_moment.get(found["last"]),
    )


_RANK = {Outcome.CANDIDATE.value: 1, Outcome.CONFIRMED.value: 1, Outcome.FIRST.value: 1}


def version_on(document: Document, on: date) -> Version | None:
    """The version that stood at the end of a day, by first sight; None where nothing was recorded yet."""
    found = document.versions.filter(first_seen_at__lte=_end(on))
    return found.order_by("-ordinal").first()


def first_version(document: Document) -> Version | None:
    """The first text of a document."""
    return document.versions.order_by("ordinal").first()


def on_day(version: Version, newer: Version | None, on: date, now: datetime) -> OnDay | None:
    """What captures say of a version on a day; None where it did not stand at the end of that day."""
    end = _end(on)
    if version.first_seen_at > end or (newer and newer.first_seen_at <= end):
        return None
    shown = _showing(version, newer)
    return OnDay(
        on=on,
        before=shown.filter(at__lte=end).order_by("-at", "-pk").first(),
        after=shown.filter(at__gt=end).order_by("at", "pk").first(),
        is_first_day=version.first_seen_at.astimezone(UTC).date() == on,
        is_to_come=end > now,
    )


def _showing(version: Version, newer: Version | None) -> QuerySet[Fetch]:
    """The captures that showed it, its first sight as a candidate included."""
    first_sight = Q(at=version.first_seen_at, outcome=Outcome.CANDIDATE)
    sources = list(version.document.sources.values_list("pk", flat=True))
    found = Fetch.objects.filter(
        first_sight | Q(outcome__in=Outcome.showing()), source__in=sources, at__gte=version.first_seen_at
    )
    if newer:
        found = found.filter(at__lt=newer.first_seen_at)
    return found.select_related("snapshot", "source")


def _end(on: date) -> datetime:
    return datetime.combine(on, time.max, UTC)
