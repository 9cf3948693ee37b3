"""All analyzed versions of a document read anew and written over what was read before: records and numbers stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from clauses.change_sets import compared, is_as_compared, recorded, write
from clauses.chronicling import put_down
from clauses.core.align import align
from clauses.core.amendments import Rules
from clauses.core.rereading import Mapped, Placed, Reread, joined, map_records, note_history
from clauses.core.segment import SEGMENTER_VERSION
from clauses.core.values import Comparison, Passage, ReadClause
from clauses.curation import put_in_force
from clauses.lineage import Lineage, minted
from clauses.listing import list_document
from clauses.models import (
    Analysis,
    Change,
    ChangedType,
    ChangeEventKind,
    ChangeSet,
    Clause,
    EarlierRating,
    Label,
    Occurrence,
)
from clauses.queries.decided import rulings
from clauses.reading import layout_of, passages, read_passages, store_readings
from clauses.site_taxonomy import refresh_rules
from monitor.models import Document, Version


@dataclass(frozen=True, slots=True)
class Rerun:
    """What reading a document anew came to."""

    document: Document
    versions: int
    kept: int
    minted: int
    superseded: int
    rated_otherwise: int


@dataclass(frozen=True, slots=True)
class Anew:
    """Everything that is to be written of a document, worked out before a row is locked.

    The first `earlier` analyses are new: of versions that come in before those on record.
    """

    analyses: Sequence[Analysis]
    clauses: Sequence[Sequence[ReadClause]]
    comparisons: Sequence[Comparison]
    mapped: Mapped
    rules: Rules
    earlier: int = 0


def _analyses(document: Document) -> list[Analysis]:
    rows = Analysis.objects.filter(version__document=document)
    return list(rows.select_related("version").order_by("version__ordinal"))


def is_as_read(document: Document, anew: Anew) -> bool:
    """Whether nobody else has analyzed or read the document anew meanwhile."""
    return _mark(_analyses(document)) == _mark(anew.analyses[anew.earlier :])


def _mark(analyses: Sequence[Analysis]) -> list[tuple[int, int, str]]:
    return [(row.pk, row.segmenter_version, row.taxonomy_version) for row in analyses]


def read_anew(document: Document, earlier: Sequence[Version] = (), rules: Rules | None = None) -> Anew:
    """The analyzed versions as they are read today, their changes, and the records of their clauses.

    `earlier` are versions that come in before them, oldest first, and were never analyzed. `rules` are others than
    those in force, to see what they would do.
    """
    rules = rules or refresh_rules()
    taxonomy = rules.taxonomy
    analyses = [*(Analysis(version=version, layout=[]) for version in earlier), *_analyses(document)]
    clauses: list[list[ReadClause]] = []
    for row in analyses:
        clauses.append(read_passages(passages(row.version), taxonomy))
        # Stored at once: what a kill leaves of it need not be classified again.
        store_readings(clauses[-1], taxonomy.version)
    mapped = _mapped(document, analyses, clauses)
    note_history(mapped, [[clause.passage for clause in found] for found in clauses], len(earlier))
    comparisons = [
        compared(
            document,
            clauses[at],
            clauses[at + 1],
            rulings(mapped.records[at]),
            rules,
            joined(step.pairs, mapped.records[at], mapped.records[at + 1]),
        )
        for at, step in enumerate(mapped.steps[1:])
    ]
    return Anew(analyses, clauses, comparisons, mapped, rules, len(earlier))


def write_anew(document: Document, anew: Anew) -> Rerun:
    """Write what was read over what is on record. Inside a transaction that has locked the document."""
    return _Writing(document, anew).write()


def rated(document: Document, anew: Anew) -> Iterator[tuple[ChangeSet, Comparison]]:
    """The change sets between neighbors, each with its new comparison."""
    at = {row.version_id: index for index, row in enumerate(anew.analyses)}
    for change_set in ChangeSet.objects.filter(document=document).order_by("pk"):
        index = at[change_set.old_version_id]
        if at[change_set.new_version_id] == index + 1:
            yield change_set, anew.comparisons[index]


def _mapped(
    document: Document, analyses: Sequence[Analysis], clauses: Sequence[Sequence[ReadClause]]
) -> Mapped:
    records = dict(Occurrence.objects.filter(clause__document=document).values_list("pk", "clause"))
    steps: list[Reread] = []
    before: list[Passage] = []
    for row, found in zip(analyses, clauses, strict=True):
        now = [clause.passage for clause in found]
        was = [Placed(records[key], start, end) for key, start, end, _ in row.layout]
        pairs = align(before, now) if steps else ()
        steps.append(Reread(was, [(one.start, one.end) for one in now], pairs))
        before = now
    return map_records(steps)


class _Writing:
    """Writes what was read anew over what was read before. Used once, inside a transaction."""

    def __init__(self, document: Document, anew: Anew) -> None:
        self._document = document
        self._anew = anew
        self._records = Clause.objects.in_bulk(
            list(Clause.objects.filter(document=document).values_list("pk", flat=True))
        )
        self._assigned = {key for found in anew.mapped.records for key in found}
        self._redirected = {pk: row.superseded_by_id for pk, row in self._records.items()}

    def write(self) -> Rerun:
        """Replace occurrences, analyses and changes; keep records and change sets, and what these said before."""
        rated_otherwise = self._keep_ratings()
        self._clear()
        self._mint()
        placed = self._carry()
        self._rate(placed)
        put_down(ChangeEventKind.RATED, rated_otherwise)
        self._settle()
        standing = [self._records[key] for key in sorted(self._assigned)]
        put_in_force(standing)
        list_document(self._document.pk)
        fresh = sum(key < 0 for key in self._assigned)
        return Rerun(
            self._document,
            versions=len(placed),
            kept=len(self._assigned) - fresh,
            minted=fresh,
            superseded=len(self._anew.mapped.heirs),
            rated_otherwise=len(rated_otherwise),
        )

    def _keep_ratings(self) -> list[int]:
        """Put down the ratings that are about to be replaced by others. The numbers of their change sets."""
        analyses = {row.version_id: row for row in self._anew.analyses}
        now = timezone.now()
        earlier = [
            EarlierRating(
                change_set=change_set,
                rubric_version=change_set.rubric_version,
                taxonomy_version=analyses[change_set.new_version_id].taxonomy_version,
                segmenter_version=analyses[change_set.new_version_id].segmenter_version,
                kind=change_set.kind,
                severity=change_set.severity,
                direction=change_set.direction,
                headline=change_set.headline,
                counts=change_set.counts,
                rated_at=analyses[change_set.new_version_id].analyzed_at,
                replaced_at=now,
            )
            for change_set, comparison in rated(self._document, self._anew)
            if not is_as_compared(change_set, comparison, self._anew.rules.change_rubric.version)
        ]
        return [row.change_set.number for row in EarlierRating.objects.bulk_create(earlier)]

    def _clear(self) -> None:
        change_sets = ChangeSet.objects.filter(document=self._document)
        Change.objects.filter(change_set__in=change_sets).delete()
        ChangedType.objects.filter(change_set__in=change_sets).delete()
        Analysis.objects.filter(version__document=self._document).delete()
        clauses = Clause.objects.filter(document=self._document)
        Label.objects.filter(clause__in=clauses).delete()
        clauses.update(current=None)
        clauses.filter(pk__in=self._assigned).update(removed_in=None, superseded_by=None)
        Occurrence.objects.filter(clause__document=self._document).delete()
        for record in self._records.values():
            record.current = None
            if record.pk in self._assigned:
                record.removed_in = record.superseded_by = None

    def _mint(self) -> None:
        fresh = sorted((key for key in self._assigned if key < 0), reverse=True)
        self._records |= dict(zip(fresh, minted(self._document, len(fresh)), strict=True))
        pieces = []
        for key, origin in self._anew.mapped.cut_from.items():
            self._records[key].split_from = self._records[origin]
            pieces.append(self._records[key])
        Clause.objects.bulk_update(pieces, ["split_from"], batch_size=200)

    def _carry(self) -> list[list[Occurrence]]:
        """The occurrences of every version, with an analysis for each."""
        anew = self._anew
        placed: list[list[Occurrence]] = []
        predecessor: Version | None = None
        for at, (row, clauses) in enumerate(zip(anew.analyses, anew.clauses, strict=True)):
            assigned = {index: self._records[key] for index, key in enumerate(anew.mapped.records[at])}
            lineage = Lineage(row.version, predecessor, placed[-1] if placed else (), assigned)
            pairs = anew.comparisons[at - 1].pairs if at else ()
            placed.append(lineage.carry(clauses, pairs, anew.rules.taxonomy.version))
            Analysis.objects.create(
                version=row.version,
                taxonomy_version=anew.rules.taxonomy.version,
                segmenter_version=SEGMENTER_VERSION,
                layout=layout_of(placed[-1], clauses),
            )
            predecessor = row.version
        return placed

    def _rate(self, placed: Sequence[Sequence[Occurrence]]) -> None:
        at = {row.version_id: index for index, row in enumerate(self._anew.analyses)}
        rubric = self._anew.rules.change_rubric.version
        for change_set, comparison in rated(self._document, self._anew):
            index = at[change_set.new_version_id]
            write(change_set, comparison, placed[index - 1], placed[index], rubric)
        versions = [row.version for row in self._anew.analyses]
        for index, comparison in enumerate(self._anew.comparisons[: self._anew.earlier], start=1):
            before, after = placed[index - 1], placed[index]
            recorded(versions[index], versions[index - 1], comparison, before, after, rubric)

    def _settle(self) -> None:
        """Redirect the records that hold nothing any more, and those that were redirected before and do not stand."""
        heirs = self._anew.mapped.heirs
        for record, heir in heirs.items():
            self._records[record].superseded_by = self._records[heir]
        for record, heir_id in self._redirected.items():
            row = self._records[record]
            if heir_id and row.removed_in_id and not row.superseded_by_id:
                row.superseded_by = self._records[heir_id]
        changed = [self._records[record] for record in self._redirected]
        Clause.objects.bulk_update(changed, ["superseded_by"], batch_size=200)
