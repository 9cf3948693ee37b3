"""One byte changed in what the site shows, and in what that rests on, is found: all but what is of the moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    JSONField,
    TextField,
)
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from clauses.archive_file.tables import RECORD
from clauses.models import (
    Change,
    ChangedType,
    ChangeRuling,
    ChangeSet,
    Clause,
    Commentary,
    EarlierRating,
    GoldLabel,
    GoldSentence,
    LearnedHead,
    QueueNotice,
)
from clauses.verifying.steps import all_steps
from clauses.verifying.sums import check_sums
from monitor.models import (
    Blob,
    Candidate,
    Counter,
    Document,
    FormerAddress,
    Link,
    Notice,
    NoticeKind,
    OutsideCopy,
    PackedText,
    Source,
    Version,
)
from monitor.models.checked import Checked, summed_fields
from monitor.roots import make_root
from monitor.verifying.row_sums import checked_models
from tests.builders import capture, day, make_change_set, rolled_back
from tests.full_site import furnish

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it changes values as SQLite stores them"),
]

# What has hashes or links of its own.
_HASHED: tuple[type[Any], ...] = (Blob, PackedText, Link)


def columns_of(model: type[Any]) -> list[str]:
    """The columns of a table of which every change is found: all but our own row keys and what is of the moment."""
    if model in _HASHED:
        return [str(field.column) for field in model._meta.fields if field.name != "id"]
    return [*(str(field.column) for field in summed_fields(model)), "row_sum"]


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
    """Every value that is to be found changed, but empty ones."""
    found = [
        place
        for model in (*_HASHED, *checked_models())
        for column in columns_of(model)
        for place in places_in(model, column)
    ]
    return [place for place in found if place.value not in (None, "", b"")]


def places_in(model: type[Any], column: str) -> list[Place]:
    """The values of a column, row by row."""
    table, pk = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        # An expression: of a column, Django would make moments.
        cursor.execute(f'SELECT "{pk}", coalesce("{column}", NULL) FROM "{table}" ORDER BY "{pk}"')
        return [Place(model, key, column, value) for key, value in cursor.fetchall()]


def flipped(value: Any, at: float, by: int) -> Any:
    """A value with one of its bytes changed."""
    if isinstance(value, int):
        return value ^ (by & 0x7F or 1)
    if isinstance(value, float):
        return value + by
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
    """A site with rows of every kind, among them a returned text, and a root with links after it; all of it holds."""
    settings.VAR_DIR = tmp_path
    furnish("two tall ships")
    source = make_change_set().new_version.parts.get().source
    make_root(day(3))
    for number in (40, 41):
        capture(source, "<h2>Data</h2><p>We sell it.</p><ul><li>All of it.</li></ul>", day(number))
    for row in _of_every_other_kind():
        row.save()
    assert findings() == []
    return Places(places())


def _of_every_other_kind() -> Iterator[Checked]:
    """Rows of the tables that are empty so far."""
    document, version, user = Document.objects.first(), Version.objects.first(), User.objects.first()
    change_set, sentence = ChangeSet.objects.first(), GoldSentence.objects.first()
    clause = Clause.objects.exclude(current=None).select_related("current")[0]
    source, at = Source.objects.first(), day(42)
    rating = {
        "kind": "substantive",
        "severity": 2,
        "direction": "adverse",
        "headline": "It was.",
        "counts": {"added": 1},
    }
    made_by = {"rubric_version": "1", "taxonomy_version": "1", "segmenter_version": 1}
    yield EarlierRating(change_set=change_set, **rating, **made_by, rated_at=at, replaced_at=at)
    yield ChangeRuling(
        change_set=change_set, is_real=True, reason="It is theirs.", ruled_by=user, ruled_at=at
    )
    yield Commentary(
        clause=clause, wording=clause.current.wording, text="Mind this.", written_by=user, written_at=at
    )
    yield GoldLabel(sentence=sentence, types=["data_sale"], labeled_by=user, labeled_at=at)
    yield LearnedHead(
        taxonomy_version="1", decisions=3, lessons={"bias": 0.5}, before={"f1": 0.5}, after={"f1": 0.7}
    )
    yield QueueNotice(queue="fetch", began_at=at, told_at=at, words="It stands still.")
    yield Notice(source=source, kind=NoticeKind.FAILED, began_at=at, told_at=at, words="It fails.")
    yield FormerAddress(platform_slug="before", document_slug="old", document=document, made_at=at)
    yield OutsideCopy(version=version, url="https://harbor.example/terms", due_at=at, message="Not yet.")
    yield Candidate(
        document=document, fingerprint="0" * 64, snapshots=[[1, 1]], first_seen_at=at, last_seen_at=at
    )


def test_every_table_of_the_record_has_checksums_or_hashes() -> None:
    # What was counted is checked against what is there.
    assert {*RECORD} <= {*checked_models(), *_HASHED, Counter}


# Another value of a column, as SQLite stores it, by the kind of the column; else a number that no key has.
_ANOTHER: dict[type[Field[Any, Any]], Any] = {
    DateTimeField: "2031-05-04 00:00:00",
    DateField: "2031-05-04",
    JSONField: '["another"]',
    BinaryField: b"another",
    CharField: "another",
    TextField: "another",
}


def test_another_value_of_any_column_is_found_by_the_checksum(stored: Places) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    missed = [
        (model.__name__, column)
        for model in checked_models()
        for column in columns_of(model)
        if not _is_found(model, column)
    ]
    assert missed == []


def _is_found(model: type[Any], column: str) -> bool:
    """Whether another value of a column shows, in a row of a table that holds so far."""
    rows = [model._base_manager.all()]
    assert rows[0].exists(), f"there is no row of {model.__name__}"
    place = places_in(model, column)[0]
    with rolled_back():
        place.write(_another(model._meta.get_field(column), place.value))
        return any(check_sums(rows))


def _another(field: Any, value: Any) -> Any:
    while field.remote_field:
        field = field.target_field
    if isinstance(field, BooleanField):
        return 1 - value
    return next((other for kind, other in _ANOTHER.items() if isinstance(field, kind)), 7_000_003)


_SHARE = st.floats(0, 1, exclude_max=True)


# Each example checks everything: what was changed is told as it is, and no simpler case looked for.
@settings(
    max_examples=25, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(column=_SHARE, row=_SHARE, at=_SHARE, by=st.integers(1, 255))
def test_one_byte_changed_in_any_column_with_a_checksum_or_hash_is_found(
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


def test_a_type_of_a_change_set_that_is_missing_from_its_list_or_has_no_change_is_found() -> None:
    change_set = make_change_set()
    listed = ChangedType.objects.filter(change_set=change_set)
    assert listed.exists()
    with rolled_back():
        listed.delete()
        assert findings() == [change_set.public_id] * len({*Change.objects.get().types})
    with rolled_back():
        ChangedType.objects.create(change_set=change_set, type="of_nothing")
        assert findings() == [change_set.public_id]
