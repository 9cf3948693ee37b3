"""How two versions of a document differ: the stored change set of neighbors, or compared on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC

from django.db.models import QuerySet

from clauses.core.values import ClauseChange
from clauses.models import Change, ChangeRuling, ChangeSet, EarlierRating
from clauses.models.choices import ChangeWord, DirectionWord, SeverityLevel
from clauses.queries.changed_clauses import ShownChange, Stop, in_reading_order
from clauses.queries.counted_changes import counted_changes
from clauses.queries.documents import change_sets_of
from clauses.queries.odd_changes import latest_ruling
from clauses.queries.references import References, references_of
from clauses.queries.standing import PlacedClause, placed_clauses_of_both
from clauses.queries.worked_out import comparison_of
from clauses.site_taxonomy import change_rubric_in_force
from monitor.models import Candidate, Document, Part, Version


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """All changes between two versions. `change_set` is None where they were compared on the spot."""

    document: Document
    old: Version
    new: Version
    change_set: ChangeSet | None
    kind: str
    severity: SeverityLevel
    direction: DirectionWord
    adverse: SeverityLevel
    favorable: SeverityLevel
    headline: str
    summary: Sequence[str]
    affected: Sequence[str]
    counts: Mapping[str, int]
    rubric_version: str
    changes: Sequence[ShownChange]
    stops: Sequence[Stop]

    @property
    def span(self) -> str:
        """From when to when; with the times where both texts are of one day."""
        old, new = (version.first_seen_at.astimezone(UTC) for version in (self.old, self.new))
        if old.date() == new.date():
            return f"{old.day} {old:%B %Y, %H:%M} to {new:%H:%M} UTC"
        return f"{old.day} {old:%B %Y} to {new.day} {new:%B %Y}"

    @property
    def told_in_short(self) -> str:
        """Headline and summary as a link preview tells them."""
        if self.is_identical:
            return "The two texts are identical."
        return ". ".join(part.rstrip(".") for part in (self.headline, *self.summary) if part) + "."

    @property
    def has_two_sides(self) -> bool:
        """Whether something in it is worse for the user and something better."""
        return self.adverse > SeverityLevel.NONE and self.favorable > SeverityLevel.NONE

    @property
    def is_identical(self) -> bool:
        """Whether both texts are the same, white space and typography aside."""
        return self.old.fingerprint == self.new.fingerprint

    @property
    def ruling(self) -> ChangeRuling | None:
        """What a curator ruled last, where so much changed at once that somebody looked."""
        return latest_ruling(self.change_set) if self.change_set else None

    @property
    def earlier_ratings(self) -> list[EarlierRating]:
        """How the change set was rated by earlier versions of ours, the latest first."""
        return list(self.change_set.earlier_ratings.all()) if self.change_set else []

    @property
    def told(self) -> References | None:
        """What others say about the change set; None where the texts were compared on the spot."""
        return references_of(self.change_set) if self.change_set else None

    @property
    def counted(self) -> str:
        """How many clauses changed, in words."""
        return counted_changes(self.kind, self.counts)

    @property
    def by_severity(self) -> list[tuple[SeverityLevel, int]]:
        """How many changes of each severity, most severe first, without zeros."""
        found = [change.severity for change in self.changes]
        return [(level, found.count(level)) for level in reversed(SeverityLevel) if level in found]


def change_sets() -> QuerySet[ChangeSet]:
    """All change sets with their versions and documents."""
    return ChangeSet.objects.select_related(
        "document__platform", "old_version", "new_version", "superseded_by"
    )


def change_sets_with_texts() -> QuerySet[ChangeSet]:
    """The same, with the texts of both versions, which a comparison shows."""
    texts = [f"{side}__{text}" for side in ("old_version", "new_version") for text in Version.TEXTS]
    return change_sets().select_related(*texts)


def versions_of(change_set: ChangeSet) -> tuple[Version, Version]:
    """Its two versions, which know their document without asking for it."""
    for version in (change_set.old_version, change_set.new_version):
        version.document = change_set.document
    return change_set.old_version, change_set.new_version


def compared(old: Version, new: Version) -> ShownComparison | None:
    """Two versions of one document, or None while one of them waits for its analysis. No row is written."""
    stored = change_sets_of(new.document).filter(old_version=old, new_version=new).first()
    return shown_change_set(stored, old, new) if stored else _on_the_spot(old, new)


def shown_change_set(change_set: ChangeSet, old: Version, new: Version) -> ShownComparison | None:
    """A stored change set with every word of both versions."""
    placed = placed_clauses_of_both(old, new)
    if placed is None:
        return None
    before, after = placed
    rows = change_set.changes.select_related("clause").order_by("position")
    old_places, new_places = _by_key(before), _by_key(after)
    changes = [_stored_change(row, old_places, new_places) for row in rows]
    return ShownComparison(
        document=new.document,
        old=old,
        new=new,
        change_set=change_set,
        kind=change_set.kind,
        severity=SeverityLevel(change_set.severity),
        direction=DirectionWord(change_set.direction),
        adverse=SeverityLevel(change_set.adverse),
        favorable=SeverityLevel(change_set.favorable),
        headline=change_set.headline,
        summary=change_set.summary,
        affected=change_set.affected,
        counts=change_set.counts,
        rubric_version=change_set.rubric_version,
        changes=changes,
        stops=in_reading_order(changes, before, after),
    )


def neighbors_of(comparison: ShownComparison) -> tuple[ChangeSet | None, ChangeSet | None]:
    """The change sets of the document before and after the compared versions."""
    found = change_sets_of(comparison.document).prefetch_related(None)
    first, last = sorted((comparison.old.ordinal, comparison.new.ordinal))
    before = found.filter(new_version__ordinal__lte=first).order_by("-new_version__ordinal").first()
    after = found.filter(old_version__ordinal__gte=last).order_by("old_version__ordinal").first()
    return before, after


def parts_of(version: Version) -> list[Part]:
    """The snapshots a version rests on."""
    return list(version.parts.select_related("source", "snapshot__blob").order_by("position"))


def versions_to_compare(document: Document) -> list[Version]:
    """All versions of a document without their texts, the newest first: what a form offers."""
    return list(document.versions.only("document", "number", "first_seen_at", "ordinal").order_by("-ordinal"))


def candidate_after(version: Version) -> Candidate | None:
    """The text that was seen after the latest version and waits to be confirmed; None after an earlier one."""
    if version.document.current_version_id != version.pk:
        return None
    return Candidate.objects.filter(document=version.document_id, is_flip=False).first()


def _on_the_spot(old: Version, new: Version) -> ShownComparison | None:
    placed = placed_clauses_of_both(old, new)
    if placed is None:
        return None
    before, after = placed
    found = comparison_of(old, new, before, after)
    changes = [_fresh_change(change, before, after) for change in found.changes]
    return ShownComparison(
        document=new.document,
        old=old,
        new=new,
        change_set=None,
        kind=found.kind,
        severity=SeverityLevel[found.severity.upper()],
        direction=DirectionWord(found.direction),
        adverse=SeverityLevel[found.adverse.upper()],
        favorable=SeverityLevel[found.favorable.upper()],
        headline=found.headline,
        summary=found.summary,
        affected=found.affected,
        counts=found.counts,
        rubric_version=change_rubric_in_force().version,
        changes=changes,
        stops=in_reading_order(changes, before, after),
    )


def _by_key(placed: Iterable[PlacedClause]) -> dict[int, PlacedClause]:
    return {clause.occurrence.pk: clause for clause in placed}


def _stored_change(
    row: Change, before: Mapping[int, PlacedClause], after: Mapping[int, PlacedClause]
) -> ShownChange:
    return ShownChange(
        number=row.clause.number,
        kind=ChangeWord(row.kind),
        types=row.types,
        severity=SeverityLevel(row.severity),
        direction=DirectionWord(row.direction),
        summary=row.summary,
        reasons=row.reasons,
        redline=[(op, text) for op, text in row.redline],
        facts=row.facts,
        old=[before[key] for key in (row.old_id, *row.others) if key in before],
        new=[after[key] for key in (row.new_id, *row.others) if key in after],
    )


def _fresh_change(
    change: ClauseChange, before: Sequence[PlacedClause], after: Sequence[PlacedClause]
) -> ShownChange:
    old = [before[index] for index in change.pair.old]
    new = [after[index] for index in change.pair.new]
    successor = change.pair.successor
    return ShownChange(
        number=after[successor[1]].number if successor else (new or old)[0].number,
        kind=ChangeWord(change.kind),
        types=change.types,
        severity=SeverityLevel[change.severity.upper()],
        direction=DirectionWord(change.direction),
        summary=change.summary,
        reasons=[reason.row for reason in change.reasons],
        redline=[(run.op, run.text) for run in change.redline],
        facts=[asdict(fact) for fact in change.facts],
        old=old,
        new=new,
    )
