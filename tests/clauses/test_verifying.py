"""One byte changed anywhere in the rows that a record rests on is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clauses.models import Analysis, Change, Occurrence, Wording
from clauses.verifying.steps import all_steps
from monitor.models import Blob, Link, PackedText, Part, Root, SigningKey, Snapshot, Version
from monitor.roots import make_root
from tests.builders import capture, day, make_change_set, rolled_back

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it changes values as SQLite stores them"),
]

# The columns of each table that say what was published and where its words stand. Left out are our own row keys, which
# say nothing, opinions (classifications, ratings), and when our own programs ran.
EVIDENCE: dict[type[Any], list[str]] = {
    Blob: ["sha256", "size", "base_id", "packed", "checksum"],
    PackedText: ["sha256", "size", "base_id", "packed", "checksum"],
    Snapshot: [field.column for field in Snapshot._meta.fields if field.name != "id"],
    Version: [field.column for field in Version._meta.fields if field.name != "id"],
    Part: [field.column for field in Part._meta.fields if field.name != "id"],
    Link: [field.column for field in Link._meta.fields if field.name != "id"],
    Root: ["on", "manifest", "sha256", "key_id", "signature"],
    SigningKey: ["fingerprint", "public"],
    Wording: ["sha256", "text"],
    Occurrence: [
        "clause_id",
        "wording_id",
        "heading_path",
        "intro",
        "header",
        "first_version_id",
        "last_version_id",
    ],
    Analysis: ["version_id", "layout"],
    Change: ["redline"],
}


@dataclass(frozen=True)
class Place:
    """A value as the database stores it."""

    model: type[Any]
    key: Any
    column: str
    value: Any

    def __repr__(self) -> str:
        return f"{self.model.__name__} {self.key} {self.column}"

    def write(self, value: Any) -> None:
        """Store another value beneath Django."""
        table, pk = self.model._meta.db_table, self.model._meta.pk.column
        marker = "CAST(%s AS TEXT)" if isinstance(self.value, str) else "%s"
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{table}" SET "{self.column}" = {marker} WHERE "{pk}" = %s', [value, self.key]
            )

    def read(self) -> object:
        """What Django reads there, or that it cannot."""
        name = next(field.attname for field in self.model._meta.fields if field.column == self.column)
        try:
            return list(self.model._base_manager.order_by("pk").values_list(name, flat=True))
        except (DatabaseError, ValueError, TypeError):
            return "unreadable"


def places() -> list[Place]:
    """Every value of the rows that are evidence, but empty ones."""
    found = []
    for model, columns in EVIDENCE.items():
        table, pk = model._meta.db_table, model._meta.pk.column
        for column in columns:
            with connection.cursor() as cursor:
                # An expression: of a column, Django would make moments.
                cursor.execute(f'SELECT "{pk}", coalesce("{column}", NULL) FROM "{table}" ORDER BY "{pk}"')
                found += [Place(model, key, column, value) for key, value in cursor.fetchall()]
    return [place for place in found if place.value not in (None, "", b"")]


def flipped(value: Any, at: float, by: int) -> Any:
    """A value with one of its bytes changed."""
    if isinstance(value, int):
        return value ^ (by & 0x7F or 1)
    body = bytearray(value.encode() if isinstance(value, str) else value)
    body[int(at * len(body))] ^= by
    return bytes(body)


def findings() -> list[str]:
    """What does not hold."""
    return [one.record for step in all_steps() for found in step.findings() for one in found]


class Places(list[Place]):
    """Many places, told in short."""

    def __repr__(self) -> str:
        return f"{len(self)} places"


@pytest.fixture
def stored(tmp_path: Path, settings) -> Places:
    """A document of three versions, one of them a return, with a root and links after it; all of it holds."""
    settings.VAR_DIR = tmp_path
    source = make_change_set().new_version.parts.get().source
    make_root(day(3))
    for number in (40, 41):
        capture(source, "<h2>Data</h2><p>We sell it.</p><ul><li>All of it.</li></ul>", day(number))
    assert findings() == []
    return Places(places())


_SHARE = st.floats(0, 1, exclude_max=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=_SHARE, row=_SHARE, at=_SHARE, by=st.integers(1, 255))
def test_one_byte_changed_in_what_is_evidence_is_found(
    stored: Places, column: float, row: float, at: float, by: int
) -> None:
    columns = sorted({(place.model.__name__, place.column) for place in stored})
    chosen = columns[int(column * len(columns))]
    rows = [place for place in stored if (place.model.__name__, place.column) == chosen]
    place = rows[int(row * len(rows))]
    with rolled_back():
        before = place.read()
        try:
            place.write(flipped(place.value, at, by))
        except DatabaseError:
            # The database itself refuses it.
            assume(False)
        # What reads as the same value says the same: a blank for another between the parts of a list.
        assume(place.read() != before)
        assert findings(), f"{place} changed at {at} by {by} is not found"
