"""The rows of an invented site: platforms, documents, captures, versions, clauses and their changes."""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from bench.invented_clauses import Author, InventedClause
from bench.large_site import Sizes
from bench.large_site_parts import SECTION, finish, laid_out, watched_documents
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.segment import SEGMENTER_VERSION
from clauses.models import (
    Analysis,
    Change,
    ChangedType,
    ChangeSet,
    Classification,
    Clause,
    Label,
    Occurrence,
    ReadFact,
    Wording,
)
from clauses.site_taxonomy import taxonomy_in_force
from monitor.core.extract import EXTRACTOR_VERSION
from monitor.core.normalize import fingerprint, sha256
from monitor.core.packing import pack
from monitor.models import (
    Blob,
    Document,
    Fetch,
    Outcome,
    Part,
    Platform,
    Snapshot,
    Source,
    Version,
)
from monitor.models.version import PackedText

_DOCUMENTS_AT_ONCE = 10
_OUTCOMES = [Outcome.UNCHANGED] * 16 + [
    Outcome.SAME_TEXT,
    Outcome.LINKS,
    Outcome.UNREACHABLE,
    Outcome.BOT_WALL,
]
# What is written before what refers to it.
_ORDER = (
    Source, Blob, Snapshot, Fetch, PackedText, Version, Part, Wording, Classification, ReadFact, Clause, Occurrence,
    Label, Analysis, ChangeSet, Change, ChangedType,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a text: a clause as it stands there."""

    clause: Clause
    occurrence: Occurrence
    invented: InventedClause


def fill(sizes: Sizes) -> None:
    """Fill an empty database."""
    assert not Platform.objects.exists(), "the database is not empty"
    site = _Site(sizes)
    documents = watched_documents(sizes.platforms, sizes.documents)
    for start in range(0, len(documents), _DOCUMENTS_AT_ONCE):
        with transaction.atomic():
            for document in documents[start : start + _DOCUMENTS_AT_ONCE]:
                site.add_history(document)
            site.write()
        print(f"\r{start + _DOCUMENTS_AT_ONCE} of {len(documents)} documents", end="", file=sys.stderr)
    finish(list(_ORDER))


class _Site:
    def __init__(self, sizes: Sizes) -> None:
        self._sizes = sizes
        self._author = Author(7)
        self._chance = random.Random(11)
        self._keys: dict[type[models.Model], Any] = defaultdict(lambda: count(1))
        self._rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._now = timezone.now().astimezone(UTC)
        self._taxonomy = taxonomy_in_force().version

    def _add(self, model: Any, **values: Any) -> Any:
        key = next(self._keys[model])
        if model in {Clause, ChangeSet, Version, Snapshot}:
            values["number"] = key
        row = model(pk=key, **values)
        self._rows[model].append(row)
        return row

    def add_history(self, document: Document) -> None:
        """All versions of a document, a month or so apart, with their clauses and changes."""
        versions = max(1, self._sizes.versions // self._sizes.documents)
        source = self._add(Source, document=document, url=f"https://site-{document.pk}.example/terms")
        # Further back than the versions can reach: none is of a day to come.
        begun = self._now - timedelta(days=34 * versions + self._chance.randint(0, 30))
        at = begun
        slots: list[_Slot] = []
        headings = [self._author.heading() for _ in range(1 + self._clauses_each // SECTION)]
        last: Version | None = None
        base: tuple[PackedText, bytes, PackedText, bytes] | None = None
        for ordinal in range(1, versions + 1):
            before, slots = slots, list(slots)
            rows = self._texts_to_be(document, source, ordinal, at)
            if ordinal == 1:
                slots = [self._slot(document, rows, headings, place) for place in range(self._clauses_each)]
            else:
                self._edit(document, rows, slots, headings, last)
            base = self._store_text(rows, slots, headings, base)
            if last:
                self._change_set(document, last, rows, before, slots)
            last = rows
            at += timedelta(days=self._chance.randint(15, 34))
        for slot in slots:
            for rank, match in enumerate(slot.invented.types):
                self._add(Label, clause=slot.clause, type=match["slug"], rank=rank, basis=match["basis"])
        self._captures(source, begun)

    @property
    def _clauses_each(self) -> int:
        return max(1, self._sizes.clauses // self._sizes.documents)

    def _texts_to_be(self, document: Document, source: Source, ordinal: int, at: datetime) -> Version:
        version: Version = self._add(
            Version, document=document, ordinal=ordinal, cause="first" if ordinal == 1 else "publisher",
            first_seen_at=at, confirmed_at=at + timedelta(hours=1), title=document.name, language=document.language,
            effective_on=at.date() + timedelta(days=30) if ordinal % 3 == 0 else None,
            extractor_version=EXTRACTOR_VERSION,
        )  # fmt: skip
        body = f"<main>{document.pk} {ordinal}</main>".encode()
        key = sha256(body)
        self._rows[Blob].append(Blob(pk=key, size=len(body), packed=pack(body)))
        snapshot = self._add(
            Snapshot, source=source, blob_id=key, captured_at=at, content_type="text/html", reading_key=key
        )
        outcome = Outcome.FIRST if ordinal == 1 else Outcome.CANDIDATE
        self._add(Fetch, source=source, at=at, outcome=outcome, status=200, snapshot=snapshot)
        self._add(
            Part,
            version=version,
            source=source,
            snapshot=snapshot,
            position=0,
            start=0,
            end=0,
            fingerprint=key,
        )
        return version

    def _slot(
        self,
        document: Document,
        version: Version,
        headings: Sequence[str],
        place: int,
        clause: Clause | None = None,
    ) -> _Slot:
        """A new wording at a place, of a new clause or of one that is there."""
        invented = self._author.clause()
        heading = headings[min(place // SECTION, len(headings) - 1)]
        wording = self._add(Wording, sha256=fingerprint(f"{document.pk} {invented.text}"), text=invented.text)
        reading = self._add(
            Classification, wording=wording, context_sha256=fingerprint(heading), taxonomy_version=self._taxonomy,
            types=invented.types, severity=invented.severity, confidence=invented.confidence,
            reasons=invented.reasons,
        )  # fmt: skip
        for fact in invented.facts:
            self._add(ReadFact, classification=reading, **fact)
        if clause is None:
            clause = self._add(Clause, document=document)
        assert clause is not None
        occurrence = self._add(
            Occurrence, clause=clause, wording=wording, classification=reading, heading_path=[heading],
            first_version=version,
        )  # fmt: skip
        clause.current, clause.severity, clause.confidence = (
            occurrence,
            invented.severity,
            invented.confidence,
        )
        return _Slot(clause, occurrence, invented)

    def _edit(
        self,
        document: Document,
        version: Version,
        slots: list[_Slot],
        headings: Sequence[str],
        last: Version | None,
    ) -> None:
        """One clause goes and another comes; two are reworded."""
        for _ in range(2):
            place = self._chance.randrange(len(slots))
            old = slots[place]
            old.occurrence.last_version = last
            slots[place] = self._slot(document, version, headings, place, old.clause)
        place = self._chance.randrange(len(slots))
        gone = slots[place]
        gone.occurrence.last_version, gone.clause.removed_in = last, version
        slots[place] = self._slot(document, version, headings, place)

    def _store_text(
        self, version: Version, slots: Sequence[_Slot], headings: Sequence[str], base: Any
    ) -> tuple[PackedText, bytes, PackedText, bytes]:
        placed = [(slot.occurrence.pk, slot.invented.text) for slot in slots]
        text, body, layout, end = laid_out(placed, headings, SECTION)
        packed_text = self._packed(text, *(base[:2] if base else (None, None)))
        packed_outline = self._packed(body, *(base[2:] if base else (None, None)))
        version.packed_text, version.packed_outline = packed_text, packed_outline
        version.text_sha256 = version.fingerprint = packed_text.pk
        self._rows[Part][-1].end = end
        self._add(
            Analysis, version=version, taxonomy_version=self._taxonomy, segmenter_version=SEGMENTER_VERSION,
            layout=layout,
        )  # fmt: skip
        return base or (packed_text, text, packed_outline, body)

    def _packed(self, body: bytes, root: PackedText | None, against: bytes | None) -> PackedText:
        row = PackedText(pk=sha256(body), size=len(body), base=root, packed=pack(body, against))
        if not any(known.pk == row.pk for known in self._rows[PackedText][-60:]):
            self._rows[PackedText].append(row)
        return row

    def _change_set(
        self, document: Document, old: Version, new: Version, before: Sequence[_Slot], after: Sequence[_Slot]
    ) -> None:
        moved = [pair for pair in zip(before, after, strict=True) if pair[0] is not pair[1]]
        severity = max(max(one.invented.severity, other.invented.severity) for one, other in moved)
        direction = self._chance.choice(("adverse", "adverse", "favorable", "neutral", "mixed"))
        change_set = self._add(
            ChangeSet, document=document, old_version=old, new_version=new, kind="substantive", severity=severity,
            direction=direction, headline=self._author.sentence()[:180], summary=[self._author.sentence()],
            counts={"modified": 2, "added": 1, "removed": 1, "unchanged": len(after) - 3},
            rubric_version=shipped_change_rubric().version, detected_at=new.first_seen_at,
            effective_on=new.effective_on,
        )  # fmt: skip
        types: dict[str, None] = {}
        for position, (one, other) in enumerate(moved):
            slugs = [row["slug"] for row in (*one.invented.types, *other.invented.types)]
            types |= dict.fromkeys(slugs)
            self._add(
                Change, change_set=change_set, position=position, kind="modified", clause=other.clause,
                old=one.occurrence, new=other.occurrence, types=list(dict.fromkeys(slugs)),
                severity=max(one.invented.severity, other.invented.severity), direction=direction,
                reasons=other.invented.reasons[:1], facts=[],
                redline=[["-", one.invented.text], ["+", other.invented.text]],
            )  # fmt: skip
        for slug in types:
            self._add(ChangedType, change_set=change_set, type=slug)

    def _captures(self, source: Source, begun: datetime) -> None:
        for number in range(self._sizes.captures):
            at = self._now - timedelta(hours=12 * number, seconds=self._chance.randint(1, 3000))
            if at <= begun:
                break
            outcome = self._chance.choice(_OUTCOMES)
            self._add(Fetch, source=source, at=at, outcome=outcome, status=200)

    def write(self) -> None:
        """Write what has come together."""
        for model in _ORDER:
            model._default_manager.bulk_create(self._rows[model], batch_size=2000)
        documents = {row.document_id: row.pk for row in self._rows[Version]}
        for document, version in documents.items():
            Document.objects.filter(pk=document).update(current_version=version)
        self._rows.clear()
