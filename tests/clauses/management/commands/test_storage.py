"""`storage`: what it reports, counted by hand, and what --remove does."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.models import Blob, PackedText, Snapshot
from tests.builders import capture, day, fail, make_source, make_version

pytestmark = pytest.mark.django_db


def reported(**options) -> dict:
    """What the command says as JSON."""
    out = StringIO()
    call_command("storage", json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def watched():
    """A source with a text, the same in two other markups, and an attempt that failed."""
    source = make_source()
    for number in range(3):
        capture(source, "<p>We keep it.</p>", day(number), furniture=f"token {number}")
    fail(source, day(3))
    return source


def test_each_document_has_its_row_with_the_largest_first() -> None:
    small, source = make_version().document, watched()
    told = reported()
    first, second = told["documents"]
    assert (first["document"], second["document"]) == (source.document.public_id, small.public_id)
    assert (first["attempts"], first["captures"], first["versions"], first["removed"]) == (4, 3, 1, 0)
    blobs = [one.blob for one in source.snapshots.all()]
    assert first["served"] == sum(blob.size for blob in blobs)
    assert first["kept"] == sum(len(blob.packed) for blob in blobs)
    assert first["name"] == str(source.document)


def test_the_total_counts_everything_once() -> None:
    one, other = watched(), watched()
    assert set(one.snapshots.values_list("blob")) == set(other.snapshots.values_list("blob"))
    total = reported()["total"]
    assert total["captures"] == 6
    assert total["kept"] == sum(len(blob.packed) for blob in Blob.objects.all())
    assert total["texts"] == sum(len(text.packed) for text in PackedText.objects.all())


def test_removing_applies_the_rules_now(settings) -> None:
    source = watched()
    settings.KEEP_SAME_TEXT_DAYS = 30
    before = reported()["documents"][0]
    assert (before["removable"], before["removed"]) == (1, 0)
    after = reported(remove=True)["documents"][0]
    assert (after["removable"], after["removed"]) == (0, 1)
    assert after["kept"] < before["kept"]
    assert Snapshot.objects.get(source=source, captured_at=day(1)).bytes_removed_at


def test_removing_without_a_rule_is_refused_in_one_line() -> None:
    watched()
    with pytest.raises(CommandError, match="no rule of retention is set") as error:
        reported(remove=True)
    assert "\n" not in str(error.value)


def test_an_empty_site_has_no_rows_and_no_bytes() -> None:
    assert reported()["documents"] == []
    assert reported()["total"]["kept"] == 0


def test_more_documents_take_no_more_queries() -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            reported()
        return len(queries)

    watched()
    one = count()
    for _ in range(5):
        watched()
    assert count() == one


def test_people_get_a_table_with_names() -> None:
    source = watched()
    out = StringIO()
    call_command("storage", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["document", source.document.public_id, "all"]
    assert lines[1].endswith(str(source.document))
