"""Documents made of invented clauses, edited from version to version, and what is on record about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from clauses.models import (
    Alert,
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
from monitor.models import Document, Source, Version
from tests.builders import capture, day, make_source, publish, versions_of

ROWS = (
    Alert,
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
RATES = "You may rate the drivers of Fernbank after each ride and read what others said."
KEEPS = "We keep the photos of your parcels for 30 days after they arrive."
SHARES = "We share your address with the couriers who bring your parcels to you."
ENDS = "We may close your account without notice if you break these rules."
LAW = "These terms are governed by the laws of Estonia."
FIVE = (RATES, KEEPS, SHARES, ENDS, LAW)


def html(clauses: Sequence[str]) -> str:
    """A page of paragraphs; a clause that begins with # is a heading."""
    return "".join(f"<h2>{c[1:]}</h2>" if c.startswith("#") else f"<p>{c}</p>" for c in clauses)


class Edited:
    """A watched document that gets version after version, twenty days apart, each analyzed."""

    def __init__(self, *clauses: str, source: Source | None = None) -> None:
        self.source = source or make_source()
        self._days = count(0, 20)
        self.publish(*clauses)

    @property
    def document(self) -> Document:
        """The document as it stands."""
        return self.source.document

    def publish(self, *clauses: str) -> Version:
        """The next version, with its analysis."""
        return publish(self.source, html(clauses), day(next(self._days)))

    def change_set(self) -> ChangeSet:
        """The latest one."""
        return self.document.change_sets.latest("number")


def unanalyzed(*texts: str, source: Source | None = None) -> list[Version]:
    """Confirmed versions of a document that nobody has analyzed, twenty days apart."""
    source = source or make_source()
    for number, text in enumerate(texts):
        for furniture in ("once", "again"):
            hours = 1 if furniture == "again" else 0
            capture(source, text, day(20 * number) + timedelta(hours=hours), furniture=furniture)
    found = versions_of(source)
    assert len(found) == len(texts)
    return found


def layout_of(version: Version) -> list[tuple[Occurrence, str]]:
    """The occurrence and the words of every clause of a version, in reading order."""
    rows = Occurrence.objects.select_related("clause", "wording").in_bulk()
    return [(rows[key], version.text[start:end]) for key, start, end, _ in version.analysis.layout]


def numbers(version: Version) -> dict[str, int]:
    """The record number of every clause text; of a text that stands twice, the last one's."""
    return {text: occurrence.clause.number for occurrence, text in layout_of(version)}


def kinds(change_set: ChangeSet) -> list[str]:
    """The kinds of its changes, in reading order."""
    return list(change_set.changes.values_list("kind", flat=True))


def row_counts() -> dict[str, int]:
    """How many rows of every kind there are."""
    return {model.__name__: model.objects.count() for model in ROWS}
