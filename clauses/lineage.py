"""Which clause of the new version is which lasting record: records are carried over, minted, merged and revived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clauses.core.revival import Gone, came_back
from clauses.core.values import Pair, ReadClause
from clauses.models import Clause, Occurrence
from clauses.reading import store_readings
from monitor.models import Document, Version
from monitor.models.counter import Counter

_CHUNK = 500
Records = Mapping[int, Clause]


class Lineage:
    """Carries the clauses of a document from one version to the next. Used once, inside a transaction.

    `assigned` are the records by index, where a reading anew has found them already. `changed` are, after
    `carry`, the records that got another occurrence: what is in force for them is to be set.
    """

    def __init__(
        self,
        version: Version,
        predecessor: Version | None,
        standing: Sequence[Occurrence],
        assigned: Records | None = None,
    ) -> None:
        self._version = version
        self._predecessor = predecessor
        self._standing = standing
        self._assigned = assigned
        self.changed: list[Clause] = []

    def carry(
        self, clauses: Sequence[ReadClause], pairs: Sequence[Pair], taxonomy_version: str
    ) -> list[Occurrence]:
        """Store what is new and end what is gone. The occurrence of every clause of the version, in order.

        A clause with the same wording in the same context keeps its occurrence: nothing is stored for it.
        """
        records = self._assigned if self._assigned is not None else self._records(clauses, pairs)
        kept = {
            found[1]: self._standing[found[0]]
            for pair in pairs
            if (found := pair.successor) and self._goes_on(found[0], clauses[found[1]], records[found[1]])
        }
        fresh = [index for index in range(len(clauses)) if index not in kept]
        rows = self._store(
            [clauses[index] for index in fresh], [records[index] for index in fresh], taxonomy_version
        )
        self._end(pairs, {occurrence.pk for occurrence in kept.values()}, records)
        placed = kept | dict(zip(fresh, rows, strict=True))
        return [placed[index] for index in range(len(clauses))]

    def _records(self, clauses: Sequence[ReadClause], pairs: Sequence[Pair]) -> dict[int, Clause]:
        """The lasting record of every clause. The piece with most words of a split keeps it, others get their own."""
        records = {found[1]: self._standing[found[0]].clause for pair in pairs if (found := pair.successor)}
        records |= self._revive(clauses, [index for index in range(len(clauses)) if index not in records])
        unknown = [index for index in range(len(clauses)) if index not in records]
        records |= dict(zip(unknown, minted(self._version.document, len(unknown)), strict=True))
        self._note_pieces(pairs, records, set(unknown))
        return records

    @staticmethod
    def _note_pieces(pairs: Sequence[Pair], records: Records, fresh: set[int]) -> None:
        """Say of the new records that are pieces of a clause what they were split from."""
        pieces: list[Clause] = []
        for pair in pairs:
            if len(pair.new) > 1 and pair.successor:
                whole = records[pair.successor[1]]
                pieces += [records[index] for index in pair.new if index in fresh]
                for index in pair.new:
                    if index in fresh:
                        records[index].split_from = whole
        Clause.objects.bulk_update(pieces, ["split_from"], batch_size=200)

    def _revive(self, clauses: Sequence[ReadClause], unknown: Sequence[int]) -> dict[int, Clause]:
        """Removed records that go on with clauses of their last wording, or nearly that."""
        removed = self._removed_records()
        gone = [Gone(row.wording.text, tuple(row.heading_path)) for _, row in removed]
        back = came_back(gone, [clauses[index].passage for index in unknown])
        revived = {unknown[at]: removed[which][0] for at, which in sorted(back.items())}
        for record in revived.values():
            record.removed_in = None
        return revived

    def _removed_records(self) -> list[tuple[Clause, Occurrence]]:
        """The removed clauses of the document with their last occurrence, by number."""
        removed = Clause.objects.filter(
            document=self._version.document_id, removed_in__isnull=False, superseded_by__isnull=True
        )
        rows = removed.select_related("current__wording").order_by("number")
        return [(clause, clause.current) for clause in rows if clause.current]

    def _goes_on(self, old: int, clause: ReadClause, record: Clause) -> bool:
        """Whether an occurrence still stands: the same record has the same wording in the same context."""
        occurrence = self._standing[old]
        read = occurrence.classification
        passage = clause.passage
        is_same = (
            occurrence.wording.sha256 == passage.sha256 and read.context_sha256 == passage.context_sha256
        )
        return is_same and occurrence.clause.pk == record.pk

    def _store(
        self, clauses: Sequence[ReadClause], records: Sequence[Clause], taxonomy_version: str
    ) -> list[Occurrence]:
        readings = store_readings(clauses, taxonomy_version)
        occurrences = []
        for clause, record in zip(clauses, records, strict=True):
            passage = clause.passage
            reading = readings[passage.sha256, passage.context_sha256]
            occurrences.append(
                Occurrence(
                    clause=record,
                    wording=reading.wording,
                    classification=reading,
                    heading_path=list(passage.heading_path),
                    intro=passage.intro,
                    header=list(passage.header),
                    first_version=self._version,
                )
            )
        stored = Occurrence.objects.bulk_create(occurrences, batch_size=_CHUNK)
        for occurrence in stored:
            occurrence.clause.current = occurrence
            occurrence.clause.removed_in = occurrence.clause.superseded_by = None
        self.changed = [occurrence.clause for occurrence in stored]
        Clause.objects.bulk_update(self.changed, ["current", "removed_in", "superseded_by"], batch_size=200)
        return stored

    def _end(self, pairs: Sequence[Pair], kept: set[int], records: Records) -> None:
        """Close the occurrences that no longer stand, and the records of clauses removed or merged into another."""
        ended = [occurrence.pk for occurrence in self._standing if occurrence.pk not in kept]
        for start in range(0, len(ended), _CHUNK):
            rows = Occurrence.objects.filter(pk__in=ended[start : start + _CHUNK])
            rows.update(last_version=self._predecessor)
        standing = {record.pk for record in records.values()}
        removed: list[Clause] = []
        for pair in pairs:
            heir = records[pair.successor[1]] if pair.successor else None
            for gone in pair.old:
                clause = self._standing[gone].clause
                if clause.pk not in standing:
                    clause.removed_in = self._version
                    clause.superseded_by = heir
                    removed.append(clause)
        Clause.objects.bulk_update(removed, ["removed_in", "superseded_by"], batch_size=200)


def minted(document: Document, count: int) -> list[Clause]:
    """So many new records of a document. Inside a transaction."""
    if not count:
        return []
    numbers = Counter.take(Clause.LETTER, count)
    rows = [Clause(document=document, number=number) for number in numbers]
    return Clause.objects.bulk_create(rows, batch_size=_CHUNK)
