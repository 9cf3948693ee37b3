"""The history of each document in a repository of an archive: what was recorded when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from monitor.core.archive import Kind, Place, kind_of, place_of, trailers
from monitor.importing.repositories import Commit, Repository

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of an archive is wanted. `since` and `until` are inclusive."""

    service: str = ""
    terms: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def has(self, service: str, terms: str) -> bool:
        """Whether a document is wanted."""
        return self.service in {"", service} and self.terms in {"", terms}

    def covers(self, moment: datetime) -> bool:
        """Whether a moment is wanted."""
        return not (self.since and moment < self.since) and not (self.until and moment > self.until)


@dataclass(frozen=True, slots=True)
class Record:
    """One file that the archive recorded: when, of which page, and the object with its bytes."""

    at: datetime
    kind: Kind
    place: Place
    blob: str
    commit: str
    url: str = ""
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Archive:
    """What a repository holds: records by (service, terms type) in order of time, and when its last was made.

    `days` are all days on which it recorded anything, wanted or not: on others it may have been down.
    """

    records: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    terms_types: frozenset[str] = frozenset()
    ends_at: datetime | None = None
    days: frozenset[date] = frozenset()


def read_archive(
    repository: Repository, endings: frozenset[str], selection: Selection, now: datetime
) -> Archive:
    """The records in files with these endings, of the documents wanted, at whatever time.

    A document without a file at the tip was taken out of the archive and is left out; so are commits of persons,
    of several documents, and dated after `now`: live reading would wait for that day. Order is by author date, then
    as the history has it; moments of one page that are equal are moved apart by a microsecond.
    """
    standing = {
        (p.service, p.terms) for path in repository.paths() if (p := place_of(path)) and p.ending in endings
    }
    records: dict[tuple[str, str], list[Record]] = {}
    ends_at: datetime | None = None
    days: set[date] = set()
    for record in _records(repository.commits(), now):
        days.add(record.at.date())
        key = (record.place.service, record.place.terms)
        if record.place.ending not in endings or key not in standing:
            continue
        ends_at = max(record.at, ends_at or record.at)
        if selection.has(*key):
            records.setdefault(key, []).append(record)
    ordered = {key: _apart(records[key]) for key in sorted(records)}
    return Archive(
        ordered,
        frozenset(service for service, _ in standing),
        frozenset(terms for _, terms in standing),
        ends_at,
        frozenset(days),
    )


def _records(commits: Iterable[Commit], now: datetime) -> Iterator[Record]:
    for commit in commits:
        places = [(file, place_of(file.path)) for file in commit.files]
        known = [(file, place) for file, place in places if place]
        documents = {(place.service, place.terms) for _, place in known}
        if len(documents) != 1 or len(known) != len(places) or not 0 <= commit.authored_at <= now.timestamp():
            # An author date is what somebody's clock said.
            continue
        kind = kind_of(commit.message, known[0][1].service)
        if kind is None:
            continue
        at = datetime.fromtimestamp(commit.authored_at, UTC)
        said = trailers(commit.message)
        notes = tuple((name, said[name]) for name in ("x-engine-version", "x-fetcher") if name in said)
        for file, place in known:
            yield Record(
                at, kind, place, file.blob, commit.sha, said.get("x-source-document-location", ""), notes
            )


def _apart(records: list[Record]) -> list[Record]:
    """The records in order of time, no two of one page at the same moment."""
    last: dict[str, datetime] = {}
    found = []
    for record in sorted(records, key=lambda record: record.at):
        before = last.get(record.place.page)
        at = record.at if before is None or record.at > before else before + _TICK
        last[record.place.page] = at
        found.append(record if at == record.at else replace(record, at=at))
    return sorted(found, key=lambda record: record.at)
