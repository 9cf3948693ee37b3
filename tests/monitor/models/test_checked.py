"""The checksum of a row is that of what it says, however it came to say it."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import NotSupportedError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import CASCADE, PROTECT, RESTRICT, F, QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from clauses.models import GoldSentence
from monitor.models import Act, ActIsFinal, ActKind, Document, Fetch, Outcome, Platform, Source
from monitor.models.checked import Checked, CheckedQuerySet, sum_anew, sum_missing, sum_of, summed_fields
from monitor.verifying.row_sums import checked_models
from tests.builders import day, make_change_set, make_document, make_platform, make_source

pytestmark = pytest.mark.django_db


def holds(row: Checked) -> bool:
    """Whether a row as it is in the database has the checksum of what it says."""
    fresh: Any = type(row)._base_manager.get(pk=row.pk)
    return bool(fresh.row_sum == sum_of(fresh))


def test_a_row_has_its_checksum_from_the_start() -> None:
    platform = make_platform()
    assert platform.row_sum == sum_of(platform)
    assert holds(platform)


def test_a_row_that_says_something_else_has_another_checksum() -> None:
    platform = make_platform()
    before = sum_of(platform)
    platform.name += "."
    assert sum_of(platform) != before


def test_a_value_counts_the_same_before_it_is_stored_and_after() -> None:
    source = make_source(
        select=("main", "article"), valid_from="2026-03-01T05:00:00+02:00", interval_minutes="60"
    )
    assert holds(source)
    fresh = Source.objects.get(pk=source.pk)
    assert (fresh.select, fresh.valid_from) == (["main", "article"], datetime(2026, 3, 1, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    "number", [1e16, 1e23, -0.0, 365.0, 5e-324, 2**53 + 1, 10**400, 0.1 + 0.2, True, None]
)
def test_a_number_counts_the_same_however_the_database_writes_it(number: Any) -> None:
    assert holds(make_source(request_headers={"number": [number]}))


def test_rows_made_together_have_theirs() -> None:
    source = make_source()
    made = Fetch.objects.bulk_create(
        [Fetch(source=source, at=day(n), outcome=Outcome.UNCHANGED, seconds=0.1 * n) for n in range(5)]
    )
    assert all(holds(fetch) for fetch in made)


def test_rows_changed_together_have_theirs() -> None:
    rows = [make_platform() for _ in range(3)]
    assert Platform.objects.update(name=Concat(F("slug"), Value("!"))) == 3
    assert all(holds(row) for row in rows)
    for row in rows:
        row.name = f"the {row.slug}"
    assert Platform.objects.bulk_update(rows, ["name"]) == 3
    assert all(holds(row) for row in rows)
    assert make_document(rows[0]).platform.documents.update(language="de") == 1
    assert holds(Document.objects.get())


def test_rows_that_django_changes_for_others_have_theirs() -> None:
    document = make_document()
    make_platform().documents.add(document)
    assert holds(document)
    assert Document._base_manager.update(name="Another") == 1
    assert holds(document)


@pytest.mark.parametrize("model", checked_models())
def test_the_manager_that_django_uses_keeps_checksums_and_shows_all_rows(model: type[Checked]) -> None:
    rows = model._base_manager.all()
    assert isinstance(rows, CheckedQuerySet)
    assert str(rows.query) == str(QuerySet(model).query)


def test_rows_that_lose_what_they_lead_to_have_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GoldSentence, "UNSUMMED", frozenset())
    summed_fields.cache_clear()
    try:
        user = User.objects.create(username="leaves")
        sentence = GoldSentence.objects.create(
            clause=make_change_set().changes.all()[0].clause, drawn_at=day(1), claimed_by=user
        )
        user.delete()
        assert GoldSentence.objects.get(pk=sentence.pk).claimed_by is None
        assert holds(sentence)
    finally:
        summed_fields.cache_clear()


@pytest.mark.parametrize("model", checked_models())
def test_no_row_is_changed_past_that_manager_when_another_is_deleted(model: type[Checked]) -> None:
    chosen = [field.remote_field.on_delete for field in model._meta.concrete_fields if field.remote_field]
    others = [how for how in chosen if how not in {CASCADE, PROTECT, RESTRICT}]
    # What Django has not read yet it changes by a queryset, else beneath all of them.
    assert all(getattr(how, "lazy_sub_objs", False) for how in others)


def test_a_row_that_is_there_is_not_changed_by_storing_another() -> None:
    row = make_document(claimed_at=None)
    taken = Document(platform=row.platform, slug="other", number=row.number, name="No", claimed_at=day(1))
    for columns in (["name"], ["claimed_at", "name"]):
        with pytest.raises(NotSupportedError):
            Document.objects.bulk_create(
                [taken], update_conflicts=True, update_fields=columns, unique_fields=["number"]
            )
    Document.objects.bulk_create(
        [taken], update_conflicts=True, update_fields=["claimed_at"], unique_fields=["number"]
    )
    fresh = Document.objects.get()
    assert (fresh.name, fresh.claimed_at) == (row.name, day(1))
    assert holds(row)


@pytest.mark.parametrize("named", [["name"], ("name",), iter(["name"])])
def test_some_columns_are_saved_alone_however_they_are_named(named: Any) -> None:
    row = make_platform(name="One")
    Platform.objects.update(description="theirs")
    row.name = "Two"
    row.save(False, False, None, named)
    assert (Platform.objects.get().name, Platform.objects.get().description) == ("Two", "theirs")
    assert holds(row)


def test_what_only_the_database_works_out_is_never_taken_for_what_a_row_says() -> None:
    row = make_platform(name="One")
    row.name = Concat(F("slug"), Value("!"))
    with pytest.raises(TypeError, match="name"), transaction.atomic():
        row.save()
    row.save(update_fields=["name"])
    assert Platform.objects.get().name == f"{row.slug}!"
    assert holds(row)


def test_only_rows_that_match_are_changed() -> None:
    one, other = make_platform(name="One"), make_platform(name="Other")
    assert Platform.objects.filter(name="One").update(name="Two") == 1
    assert Platform.objects.filter(name="One").update(name="Three") == 0
    names = [Platform.objects.get(pk=row.pk).name for row in (one, other)]
    assert names == ["Two", "Other"]


def test_some_columns_saved_alone_go_with_what_others_have_written_meanwhile() -> None:
    mine = make_platform(name="Mine")
    Platform.objects.filter(pk=mine.pk).update(description="theirs")
    mine.name = "Mine alone"
    mine.save(update_fields=["name"])
    assert holds(mine)
    only = Platform.objects.only("name").get(pk=mine.pk)
    only.name = "Again"
    only.save()
    assert holds(mine)
    assert Platform.objects.get(pk=mine.pk).description == "theirs"


def test_damage_stays_to_be_found_whatever_is_written_beside_it() -> None:
    row, other = make_document(name="Terms"), make_document(name="Policy")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_document SET name = 'Torms' WHERE id = %s", [row.pk])
    row.round_at = day(2)
    row.save(update_fields=["round_at"])
    row.language = "de"
    row.save(update_fields=["language"])
    assert Document.objects.update(audience="everybody") == 2
    row.save(update_fields=[])
    assert (holds(row), holds(other)) == (False, True)


def test_what_is_of_the_moment_is_changed_in_one_query_as_ever() -> None:
    document = make_document()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        Document.objects.filter(pk=document.pk).update(claimed_at=day(1), attempts=2)
    assert len(queries) == 1
    assert holds(document)


@pytest.mark.parametrize("column", ["row_sum", "id", "claimed_at"])
def test_a_checksum_does_not_go_by_itself_nor_by_keys_nor_by_what_is_of_the_moment(column: str) -> None:
    assert column not in {field.name for field in summed_fields(Document)}


def test_the_last_reading_that_pages_tell_goes_into_the_checksum() -> None:
    document = make_document(read_at=day(1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_document SET read_at = '2031-05-04 00:00:00'")
    assert not holds(document)


def test_no_column_of_a_checked_table_fills_itself_after_the_checksum() -> None:
    fields = [field for model in checked_models() for field in model._meta.concrete_fields]
    assert [f for f in fields if getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False)] == []


def test_nothing_and_none_are_not_the_same() -> None:
    source = make_source(interval_minutes=None)
    said = sum_of(source)
    source.interval_minutes = 0
    assert sum_of(source) != said


def test_a_column_that_is_empty_changes_no_checksum() -> None:
    platform = make_platform(description="")
    said = sum_of(platform)
    platform.description = None  # type: ignore[assignment]
    assert sum_of(platform) == said


def test_a_row_that_is_never_saved_again_holds_once_it_is_repaired() -> None:
    act = Act.objects.create(at=day(1), name="ada", kind=ActKind.ADDED, subject="Terms")
    other = Act.objects.create(at=day(1), name="ada", kind=ActKind.ADDED, subject="Policy")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_act SET subject = 'Repaired'")
    with pytest.raises(ActIsFinal):
        act.save()
    with transaction.atomic():
        sum_anew(Act, [act.pk])
    assert (holds(act), holds(other)) == (True, False)


def test_rows_of_before_get_theirs() -> None:
    rows = [make_platform() for _ in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_platform SET row_sum = NULL WHERE slug <> %s", [rows[0].slug])
    sum_missing(Platform)
    assert all(holds(row) for row in rows)


def test_what_the_migration_leaves_out_of_checksums_are_columns_of_its_time() -> None:
    """A name that is none would be left in, and every checksum of its table would be another than ours."""
    at = ("clauses", "0030_row_sums_filled")
    models = MigrationLoader(None).project_state([at]).models
    left_out = import_module("clauses.migrations.0030_row_sums_filled")._UNSUMMED
    columns = {label: models[tuple(label.split("."))].fields.keys() for label in left_out}
    assert left_out
    assert {
        label: names - columns[label] for label, names in left_out.items() if names - columns[label]
    } == {}
