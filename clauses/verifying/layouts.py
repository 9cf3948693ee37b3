"""Whether the clauses of a version are exact slices of its text, with the wording and context that are on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clauses.core.segment import SEGMENTER_VERSION, segment
from clauses.core.values import Passage
from clauses.models import Analysis, Clause, Occurrence, ReadFact, Wording
from monitor.core.normalize import fingerprint
from monitor.core.outline import blocks_of, read_outline
from monitor.models import Version
from monitor.verifying.finding import Finding
from monitor.verifying.versions import body_of

_CHUNK = 500
_NOWHERE = "its words stand nowhere just as they are stored"
Place = Sequence[Any]


class LayoutCheck:
    """Checks analyses one after another.

    `used` are the keys of the wordings that they name so far, `exact` those found word for word.
    """

    def __init__(self) -> None:
        self.used: set[int] = set()
        self.exact: set[int] = set()

    def check(self, analysis: Analysis) -> Iterator[Finding]:
        """That every clause of an analyzed version stands where it is said to stand, in the words on record."""
        version = Version.objects.filter(pk=analysis.version_id).first()
        body = body_of(version.packed_text_id) if version else None
        if version is None or body is None:
            yield Finding(f"analysis {analysis.pk}", "the text it is of cannot be read")
            return
        rows = _rows(analysis.layout)
        if rows is None:
            yield Finding(version.public_id, "the places of its clauses cannot be read")
            return
        text = body.decode()
        yield from _check_places(version, rows, text)
        yield from self._check_words(version, rows, text)
        yield from _check_cut(version, analysis, rows, text)

    def _check_words(self, version: Version, rows: Sequence[Place], text: str) -> Iterator[Finding]:
        occurrences = _in_chunks(Occurrence, [row[0] for row in rows])
        wordings = _in_chunks(Wording, [row.wording_id for row in occurrences.values()])
        clauses = _in_chunks(Clause, [row.clause_id for row in occurrences.values()])
        for key, start, end, _ in rows:
            occurrence = occurrences.get(key)
            clause = occurrence and clauses.get(occurrence.clause_id)
            if occurrence is None or clause is None:
                yield Finding(version.public_id, f"the clause at characters {start + 1} to {end} is gone")
                continue
            wording = wordings.get(occurrence.wording_id)
            if clause.document_id != version.document_id:
                yield Finding(clause.public_id, f"it stands in {version.public_id}, of another document")
            place = f"characters {start + 1} to {end} of {version.public_id}"
            if wording is None or fingerprint(text[start:end]) != wording.sha256:
                yield Finding(clause.public_id, f"its wording does not stand at {place}")
                continue
            self.used.add(wording.pk)
            if text[start:end] == wording.text:
                self.exact.add(wording.pk)
            elif fingerprint(wording.text) != wording.sha256:
                yield Finding(clause.public_id, f"the words stored for it are not those at {place}")


def _rows(layout: object) -> list[Place] | None:
    """The places of clauses: occurrence key, start, end and number; None where the stored list is damaged."""
    if not isinstance(layout, list):
        return None
    is_sound = all(isinstance(row, list) and len(row) == 4 for row in layout)
    return layout if is_sound and all(_is_place(*row) for row in layout) else None


def _is_place(key: object, start: object, end: object, number: object) -> bool:
    return all(type(value) is int and value >= 0 for value in (key, start, end)) and isinstance(number, str)


def _in_chunks(model: type[Any], keys: Sequence[int]) -> dict[int, Any]:
    distinct = list(dict.fromkeys(keys))
    found: dict[int, Any] = {}
    for start in range(0, len(distinct), _CHUNK):
        found |= model._default_manager.in_bulk(distinct[start : start + _CHUNK])
    return found


def _check_places(version: Version, rows: Sequence[Place], text: str) -> Iterator[Finding]:
    before = 0
    for _, start, end, _ in rows:
        if not before <= start < end <= len(text):
            yield Finding(version.public_id, f"no clause can stand at characters {start + 1} to {end}")
        before = end


def _check_cut(version: Version, analysis: Analysis, rows: Sequence[Place], text: str) -> Iterator[Finding]:
    """That today's segmenter, where it is the one that cut the text, cuts it at these places, in this context."""
    outline = body_of(version.packed_outline_id)
    if analysis.segmenter_version != SEGMENTER_VERSION or outline is None:
        return
    passages = segment(text, blocks_of(read_outline(outline)))
    cut = [(passage.start, passage.end, passage.number) for passage in passages]
    if cut != [(start, end, number) for _, start, end, number in rows]:
        yield Finding(version.public_id, "its text is not cut into the clauses that are on record")
        return
    occurrences = _in_chunks(Occurrence, [row[0] for row in rows])
    yield from _check_context(version, passages, [occurrences.get(row[0]) for row in rows])


def _check_context(
    version: Version, passages: Sequence[Passage], occurrences: Sequence[Occurrence | None]
) -> Iterator[Finding]:
    """That headings, introduction and header cells of an occurrence are those where it was first seen."""
    for passage, occurrence in zip(passages, occurrences, strict=True):
        if occurrence is None or occurrence.first_version_id != version.pk:
            continue
        noted = (tuple(occurrence.heading_path), occurrence.intro, tuple(occurrence.header))
        if noted != (passage.heading_path, passage.intro, passage.header):
            yield Finding(
                version.public_id,
                f"the context noted of the clause at characters {passage.start + 1} to {passage.end} is another",
            )


def check_wording(wording: Wording) -> Iterator[Finding]:
    """That a wording has the hash it is stored under."""
    if fingerprint(wording.text) != wording.sha256:
        yield Finding(f"wording {wording.sha256}", "its words have another hash")


def check_quote(fact: ReadFact) -> Iterator[Finding]:
    """That the quote of a figure is what stands at its place in the wording."""
    wording = fact.classification.wording
    if wording.text[fact.start : fact.end] != fact.quote:
        yield Finding(f"wording {wording.sha256}", "the quote of a figure is not what stands at its place")


def check_exact_in(layouts: LayoutCheck) -> Iterator[Finding]:
    """The wordings of these analyses that stand nowhere word for word: not in them, nor where else they are used.

    A wording is stored as it was first read, which may be in another document.
    """
    for wording in Wording.objects.filter(pk__in=layouts.used - layouts.exact).order_by("pk"):
        if not _stands_exactly(wording):
            yield Finding(f"wording {wording.sha256}", _NOWHERE)


def _stands_exactly(wording: Wording) -> bool:
    """Whether one of the places of a wording, in any document, has its words sign by sign."""
    occurrences = Occurrence.objects.filter(wording=wording)
    keys = set(occurrences.values_list("pk", flat=True))
    analyses = Analysis.objects.filter(version__document__in=occurrences.values("clause__document"))
    rows = analyses.order_by("pk").values_list("layout", "version__packed_text")
    for layout, text in rows.iterator(chunk_size=50):
        places = [(start, end) for key, start, end, _ in _rows(layout) or () if key in keys]
        words = (body_of(text) or b"").decode() if places else ""
        if any(words[start:end] == wording.text for start, end in places):
            return True
    return False


def check_exact(exact: Mapping[int, object] | set[int]) -> Iterator[Finding]:
    """The wordings in use that stand nowhere word for word, after all analyses were checked.

    Their hash leaves out white space and the form of quotation marks: a change of these would not show in it.
    """
    used = Wording.objects.filter(occurrences__isnull=False).distinct()
    for key, digest in used.values_list("pk", "sha256").iterator():
        if key not in exact:
            yield Finding(f"wording {digest}", _NOWHERE)
