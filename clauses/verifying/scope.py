"""Which rows the check of a record takes: itself and all that it rests on, down to the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Model, Q

from clauses.models import Change, ChangeSet, Clause, Occurrence
from monitor.models import Document, Part, Snapshot, Version

RECORDS: dict[str, type[Clause | ChangeSet | Version | Snapshot | Document]] = {
    model.LETTER: model for model in (Clause, ChangeSet, Version, Snapshot, Document)
}
# Numbers that fit into the database.
_MAX_DIGITS = 18


class UnknownRecord(ValueError):
    """An ID that is none, or of no record here; the message is one line."""


@dataclass
class Scope:
    """The keys of the documents, versions, snapshots and change sets to check; documents are checked whole."""

    documents: set[int] = field(default_factory=set)
    versions: set[int] = field(default_factory=set)
    snapshots: set[int] = field(default_factory=set)
    change_sets: set[int] = field(default_factory=set)
    # Whose chain is checked: of everything above.
    chains: set[int] = field(default_factory=set)

    def add(self, record: Model) -> None:
        """Take a record in."""
        if isinstance(record, Document):
            self.documents.add(record.pk)
            self.chains.add(record.pk)
        elif isinstance(record, Snapshot):
            self.snapshots.add(record.pk)
            self.chains.add(record.source.document_id)
        elif isinstance(record, Version):
            self.versions.add(record.pk)
            self.chains.add(record.document_id)
        elif isinstance(record, ChangeSet):
            self.change_sets.add(record.pk)
            self.versions |= {record.old_version_id, record.new_version_id}
            self.chains.add(record.document_id)
        elif isinstance(record, Clause):
            self.versions |= versions_of_clause(record)
            self.change_sets |= _change_sets_of_clause(record)
            self.chains.add(record.document_id)

    @property
    def of_versions(self) -> Q:
        """The versions to check."""
        return Q(pk__in=self.versions) | Q(document__in=self.documents)

    @property
    def of_snapshots(self) -> Q:
        """The snapshots to check: those named, those of documents, and those that the versions rest on."""
        behind = Part.objects.filter(version__in=Version.objects.filter(self.of_versions))
        return (
            Q(pk__in=self.snapshots)
            | Q(source__document__in=self.documents)
            | Q(pk__in=behind.values("snapshot"))
        )

    @property
    def of_change_sets(self) -> Q:
        """The change sets to check."""
        return Q(pk__in=self.change_sets) | Q(document__in=self.documents)


def versions_of_clause(clause: Clause) -> set[int]:
    """The versions in which a clause's wordings begin and end, and the one in force where it still stands."""
    occurrences = Occurrence.objects.filter(clause=clause)
    pairs = list(occurrences.values_list("first_version", "last_version"))
    found = {key for pair in pairs for key in pair if key}
    if any(last is None for _, last in pairs):
        analyzed = Version.objects.filter(document=clause.document_id, analysis__isnull=False)
        found |= set(analyzed.order_by("-ordinal").values_list("pk", flat=True)[:1])
    return found


def _change_sets_of_clause(clause: Clause) -> set[int]:
    """The change sets in which a clause is changed, by itself or as one of several that were split or merged."""
    found = Change.objects.filter(Q(clause=clause) | Q(old__clause=clause) | Q(new__clause=clause))
    keys = set(found.values_list("change_set", flat=True))
    own = set(Occurrence.objects.filter(clause=clause).values_list("pk", flat=True))
    several = Change.objects.filter(change_set__document=clause.document_id).exclude(others=[])
    return keys | {key for key, others in several.values_list("change_set", "others") if own & set(others)}


def record_named(name: str) -> Clause | ChangeSet | Version | Snapshot | Document:
    """The record with an ID as readers cite it. Raises UnknownRecord."""
    letter, dash, digits = name.strip().upper().partition("-")
    model = RECORDS.get(letter)
    if (
        model is None
        or not dash
        or not digits.isascii()
        or not digits.isdecimal()
        or len(digits) > _MAX_DIGITS
    ):
        raise UnknownRecord(
            f"{name!r} is not a record ID; they look like P-000123, C-000456, V-000012, S-000034 or D-00005"
        )
    found = model._default_manager.filter(number=int(digits)).first()
    if found is None:
        raise UnknownRecord(f"there is no record {name}")
    return found


def scope_of(records: Sequence[Model]) -> Scope:
    """What to check for these records."""
    scope = Scope()
    for record in records:
        scope.add(record)
    return scope
