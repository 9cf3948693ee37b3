"""The checks in the order in which they are made, over all rows or those of a scope, a row at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.db.models import Model

from clauses.models import Analysis, ChangeEvent, ChangeSet, Occurrence, ReadFact, SiteRules, Wording
from clauses.verifying.change_sets import check_change_set
from clauses.verifying.layouts import LayoutCheck, check_exact, check_exact_in, check_quote, check_wording
from clauses.verifying.scope import RECORDS, Scope
from clauses.verifying.spans import check_spans
from clauses.verifying.sums import Rows, all_rows, check_sums, rows_of
from monitor.models import Blob, Counter, Document, PackedText, Root, SigningKey, Snapshot, Version
from monitor.verifying.captures import check_snapshot
from monitor.verifying.chains import check_chain
from monitor.verifying.choices import check_choices, choice_fields
from monitor.verifying.finding import Finding
from monitor.verifying.references import check_file, check_references, reference_fields
from monitor.verifying.roots import check_key, check_root
from monitor.verifying.stored import check_packed
from monitor.verifying.versions import check_counter, check_order, check_version

_CHUNK = 1000


@dataclass(frozen=True)
class Step(ABC):
    """One kind of rows and their check. `noun` is what they are called, in the plural."""

    noun: str
    count: int

    @abstractmethod
    def findings(self) -> Iterator[list[Finding]]:
        """What does not hold, a list for each row."""


@dataclass(frozen=True)
class _RowByRow(Step):
    """A check that each row gets.

    Of a table, `rows` gives the keys: each row is read by itself, for one that cannot be read must not end the check.
    """

    rows: Callable[[], Iterable[Any]]
    check: Callable[[Any], Iterator[Finding]]
    model: type[Model] | None = None

    def findings(self) -> Iterator[list[Finding]]:
        """What does not hold, a list for each row."""
        try:
            for row in self.rows():
                # At a second look too: a site goes on recording while it is checked.
                yield self._found(row) and self._found(row)
        except (DatabaseError, ValueError) as error:
            yield [Finding(self.noun, f"they cannot be read to the end: {type(error).__name__}")]

    def _found(self, row: Any) -> list[Finding]:
        model = self.model
        try:
            fresh = model._base_manager.order_by().filter(pk=row).first() if model else row
            return [] if fresh is None else list(self.check(fresh))
        except Exception as error:
            # Damage may come as any error, and must not hide what else is damaged.
            name = f"{model._meta.verbose_name} {row}" if model else self.noun
            return [Finding(name, f"it cannot be read: {type(error).__name__}")]


def _step(noun: str, rows: Any, check: Callable[[Any], Iterator[Finding]]) -> Step:
    def keys() -> Iterator[Any]:
        found: Iterator[Any] = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_CHUNK)
        return found

    return _RowByRow(noun, rows.count(), keys, check, rows.model)


@dataclass(frozen=True)
class _Sums(Step):
    """The checksums of rows, read many at once."""

    tables: Sequence[Rows]

    def findings(self) -> Iterator[list[Finding]]:
        """What does not hold, a list for each row."""
        return check_sums(self.tables)


def _sums(tables: list[Rows]) -> Step:
    return _Sums("checksums of rows", sum(rows.count() for rows in tables), tables)


def all_steps() -> list[Step]:
    """The check of everything that is stored."""
    layouts = LayoutCheck()
    fields = [*reference_fields("monitor"), *reference_fields("clauses")]
    words = [*choice_fields("monitor"), *choice_fields("clauses")]
    return [
        _RowByRow("database files", 1, lambda: [None], check_file),
        _RowByRow("references", len(fields), lambda: fields, check_references),
        _RowByRow("fields of a few words", len(words), lambda: words, check_choices),
        _step("stored bytes", Blob.objects.all(), check_packed),
        _step("stored texts", PackedText.objects.all(), check_packed),
        _step("captures", Snapshot.objects.all(), check_snapshot),
        _step("versions", Version.objects.all(), check_version),
        _step("documents", Document.objects.all(), check_order),
        _step("wordings", Wording.objects.all(), check_wording),
        _step("analyses", Analysis.objects.all(), layouts.check),
        _step("figures", ReadFact.objects.all(), check_quote),
        _step("documents with clauses", Document.objects.all(), check_spans),
        _RowByRow("list of exact wordings", 1, lambda: [layouts.exact], check_exact),
        _step("change sets", ChangeSet.objects.all(), check_change_set),
        _step("chains", Document.objects.all(), check_chain),
        _step("keys", SigningKey.objects.all(), check_key),
        _step("roots", Root.objects.all(), check_root),
        _step("counters", Counter.objects.all(), _check_counter),
        _sums(all_rows()),
    ]


def steps_of(scope: Scope) -> list[Step]:
    """The check of some records and of all they rest on."""
    versions = Version.objects.filter(scope.of_versions)
    snapshots = Snapshot.objects.filter(scope.of_snapshots)
    texts = [
        *versions.values_list("packed_text", flat=True),
        *versions.values_list("packed_outline", flat=True),
    ]
    analyses = Analysis.objects.filter(version__in=versions)
    wordings = Occurrence.objects.filter(clause__document__in=scope.chains).values("wording")
    facts = ReadFact.objects.filter(classification__wording__in=wordings)
    layouts = LayoutCheck()
    return [
        _step("stored bytes", Blob.objects.filter(pk__in=snapshots.values("blob")), check_packed),
        _RowByRow("stored texts", len(set(texts)), lambda: _texts(texts), check_packed),
        _step("captures", snapshots, check_snapshot),
        _step("versions", versions, check_version),
        _step("documents", Document.objects.filter(pk__in=scope.chains), check_order),
        _step("analyses", analyses, layouts.check),
        _step("figures", facts, check_quote),
        _step("documents with clauses", Document.objects.filter(pk__in=scope.chains), check_spans),
        _RowByRow("list of exact wordings", 1, lambda: [layouts], check_exact_in),
        _step("change sets", ChangeSet.objects.filter(scope.of_change_sets), check_change_set),
        _step("chains", Document.objects.filter(pk__in=scope.chains), check_chain),
        _step("roots", Root.objects.filter(links__document__in=scope.chains).distinct(), check_root),
        _sums(rows_of(scope)),
    ]


def _texts(keys: Iterable[str]) -> Iterator[PackedText]:
    for key in sorted(set(keys)):
        yield from PackedText.objects.filter(pk=key)


def _check_counter(counter: Counter) -> Iterator[Finding]:
    counted = {**RECORDS, ChangeEvent.LETTER: ChangeEvent, SiteRules.LETTER: SiteRules}
    if counter.letter not in counted:
        yield Finding(f"counter {counter.letter}", "it counts no kind of record")
    else:
        yield from check_counter(counter.letter, counter.last, counted[counter.letter])
