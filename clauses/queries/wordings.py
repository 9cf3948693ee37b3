"""The wordings of a clause through time: how each differs from the one before, and how long it stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clauses.core.periods import elapsed_in_words
from clauses.core.redline import redline
from clauses.core.rulings import binds
from clauses.models import Change, ChangeSet, Clause, Decision, Occurrence
from clauses.models.choices import SeverityLevel
from monitor.models import Version


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A wording of a clause, from its first version to `ended_at` (None: it still stands).

    `severity` is the one in force for these words: a curator's where one has ruled on them.
    `runs` is the redline from the wording before; empty for the first one and where only the context changed.
    `absent` says how long the clause was gone before this wording; empty where it was not.
    """

    occurrence: Occurrence
    since: Version
    ended_at: datetime | None
    stood: str
    severity: SeverityLevel
    runs: Sequence[tuple[str, str]]
    change: Change | None
    is_first: bool
    is_context_only: bool
    absent: str


def wording_rows(clause: Clause, at: datetime) -> list[WordingRow]:
    """The wordings of a clause, newest first, as of a moment."""
    occurrences = list(
        clause.occurrences.select_related("wording", "classification").order_by("first_version__ordinal")
    )
    versions = _versions(clause)
    changes = _changes(clause)
    ruled = list(clause.decisions.standing().select_related("wording"))
    before: list[Occurrence | None] = [None, *occurrences]
    rows = [
        replace(
            _row(earlier, occurrence, versions, changes.get(occurrence.first_version_id), at),
            severity=_severity(occurrence, ruled),
        )
        for earlier, occurrence in zip(before, occurrences, strict=False)
    ]
    return rows[::-1]


def removal_of(clause: Clause) -> ChangeSet | None:
    """The change set that removed a clause, or None where it stands or its removal has none."""
    if clause.removed_in_id is None:
        return None
    found = ChangeSet.objects.filter(new_version=clause.removed_in_id, superseded_by__isnull=True)
    return found.select_related("document__platform", "old_version", "new_version").first()


def _versions(clause: Clause) -> dict[int, Version]:
    """The document's versions by ordinal."""
    found = Version.objects.filter(document=clause.document_id)
    return {version.ordinal: version for version in found}


def _severity(occurrence: Occurrence, decisions: Sequence[Decision]) -> SeverityLevel:
    """That of the latest decision that binds these words, else the one that was read."""
    text = occurrence.wording.text
    ruled = (row.severity for row in decisions if binds(row.wording.text, text))
    return SeverityLevel(next(ruled, occurrence.classification.severity))


def _changes(clause: Clause) -> dict[int, Change]:
    """The recorded changes of a clause by the version that brought them."""
    rows = Change.objects.filter(clause=clause, change_set__superseded_by__isnull=True).select_related(
        "change_set__document__platform", "change_set__old_version", "change_set__new_version"
    )
    return {row.change_set.new_version_id: row for row in rows}


def _row(
    earlier: Occurrence | None,
    occurrence: Occurrence,
    versions: Mapping[int, Version],
    change: Change | None,
    at: datetime,
) -> WordingRow:
    by_key = {version.pk: version for version in versions.values()}
    since = by_key[occurrence.first_version_id]
    ended_at = _ended_at(occurrence, by_key, versions)
    is_same = earlier is not None and earlier.wording_id == occurrence.wording_id
    runs = redline(earlier.wording.text, occurrence.wording.text) if earlier and not is_same else ()
    return WordingRow(
        occurrence=occurrence,
        since=since,
        ended_at=ended_at,
        stood=elapsed_in_words(((ended_at or at) - since.first_seen_at).total_seconds()),
        severity=SeverityLevel(occurrence.classification.severity),
        runs=[(run.op, run.text) for run in runs],
        change=change,
        is_first=earlier is None,
        is_context_only=is_same,
        absent=_absence(earlier, since, by_key, versions),
    )


def _ended_at(
    occurrence: Occurrence, by_key: Mapping[int, Version], versions: Mapping[int, Version]
) -> datetime | None:
    if occurrence.last_version_id is None:
        return None
    after = versions.get(by_key[occurrence.last_version_id].ordinal + 1)
    return after.first_seen_at if after else None


def _absence(
    earlier: Occurrence | None, since: Version, by_key: Mapping[int, Version], versions: Mapping[int, Version]
) -> str:
    if earlier is None:
        return ""
    gone_at = _ended_at(earlier, by_key, versions)
    return (
        elapsed_in_words((since.first_seen_at - gone_at).total_seconds())
        if gone_at and gone_at < since.first_seen_at
        else ""
    )
