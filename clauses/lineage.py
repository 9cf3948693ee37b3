"""Which clause of the new version is which lasting record: records are carried over, minted, merged and revived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from clauses.core.values import Pair, ReadClause
from clauses.curation import put_in_force
from clauses.models import Clause, Occurrence
from clauses.reading import store_readings
from monitor.models import Version
from monitor.models.counter import Counter

_CHUNK = 500


class Lineage:
    """Carries the clauses of a document from one version to the next. Used once, inside a transaction."""

    def __init__(self, version: Version, predecessor: Version | None, standing: Sequence[Occurrence]) -> None:
        self._version = version
        self._predecessor = predecessor
        self._standing = standing

    def carry(
        self, clauses: Sequence[ReadClause], pairs: Sequence[Pair], taxonomy_version: str
    ) -> list[Occurrence]:
        """Store what is new and end what is gone. The occurrence of every clause of the version, in order.

        A clause with the same wording in the same context keeps its occurrence: nothing is stored for it.
        """
        records = self._records(clauses, pairs)
        kept = {
            index: self._standing[pair.old[0]]
            for pair in pairs
            for index in pair.new[:1]
            if pair.old and self._is_same(self._standing[pair.old[0]], clauses[index])
        }
        fresh = [index for index in range(len(clauses)) if index not in kept]
        rows = self._store(
            [clauses[index] for index in fresh], [records[index] for index in fresh], taxonomy_version
        )
        self._end(pairs, {occurrence.pk for occurrence in kept.values()}, records)
        placed = kept | dict(zip(fresh, rows, strict=True))
        return [placed[index] for index in range(len(clauses))]

    def _records(self, clauses: Sequence[ReadClause], pairs: Sequence[Pair]) -> dict[int, Clause]:
        """The lasting record of every clause. The first piece of a split keeps the record, others get their own."""
        records: dict[int, Clause] = {}
        for pair in pairs:
            if pair.old and pair.new:
                records[pair.new[0]] = self._standing[pair.old[0]].clause
        records |= self._revive(clauses, [index for index in range(len(clauses)) if index not in records])
        return records | self._mint([index for index in range(len(clauses)) if index not in records])

    def _revive(self, clauses: Sequence[ReadClause], unknown: Sequence[int]) -> dict[int, Clause]:
        """Removed records that go on with clauses of their last wording: those under its heading first."""
        removed = self._removed_records()
        revived: dict[int, Clause] = {}
        for key in (_words_and_heading, _words):
            waiting: dict[Hashable, list[Clause]] = defaultdict(list)
            for record, occurrence in removed:
                if record.removed_in_id is not None:
                    waiting[key(occurrence.wording.sha256, occurrence.heading_path)].append(record)
            for index in unknown:
                passage = clauses[index].passage
                same = waiting[key(passage.sha256, passage.heading_path)]
                if index not in revived and same:
                    revived[index] = same.pop(0)
                    revived[index].removed_in = None
        return revived

    def _removed_records(self) -> list[tuple[Clause, Occurrence]]:
        """The removed clauses of the document with their last occurrence, by number."""
        removed = Clause.objects.filter(
            document=self._version.document_id, removed_in__isnull=False, superseded_by__isnull=True
        )
        rows = removed.select_related("current__wording").order_by("number")
        return [(clause, clause.current) for clause in rows if clause.current]

    def _mint(self, indexes: Sequence[int]) -> dict[int, Clause]:
        if not indexes:
            return {}
        numbers = Counter.take(Clause.LETTER, len(indexes))
        document = self._version.document
        minted = [Clause(document=document, number=number) for number in numbers]
        return dict(zip(indexes, Clause.objects.bulk_create(minted, batch_size=_CHUNK), strict=True))

    @staticmethod
    def _is_same(occurrence: Occurrence, clause: ReadClause) -> bool:
        read = occurrence.classification
        passage = clause.passage
        return occurrence.wording.sha256 == passage.sha256 and read.context_sha256 == passage.context_sha256

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
        changed = [occurrence.clause for occurrence in stored]
        Clause.objects.bulk_update(changed, ["current", "removed_in"], batch_size=200)
        put_in_force(changed)
        return stored

    def _end(self, pairs: Sequence[Pair], kept: set[int], records: dict[int, Clause]) -> None:
        """Close the occurrences that no longer stand, and the records of clauses removed or merged into another."""
        ended = [occurrence.pk for occurrence in self._standing if occurrence.pk not in kept]
        for start in range(0, len(ended), _CHUNK):
            rows = Occurrence.objects.filter(pk__in=ended[start : start + _CHUNK])
            rows.update(last_version=self._predecessor)
        removed: list[Clause] = []
        for pair in pairs:
            survivors = {records[index].pk for index in pair.new}
            for gone in pair.old if not pair.new else pair.old[1:]:
                clause = self._standing[gone].clause
                if clause.pk in survivors:
                    continue
                clause.removed_in = self._version
                clause.superseded_by = records[pair.new[0]] if pair.new else None
                removed.append(clause)
        Clause.objects.bulk_update(removed, ["removed_in", "superseded_by"], batch_size=200)


def _words_and_heading(sha256: str, heading_path: Sequence[str]) -> Hashable:
    return sha256, tuple(heading_path)


def _words(sha256: str, _: Sequence[str]) -> Hashable:
    return sha256
