"""The migration that takes what an earlier program recorded into chains, and notes checksums."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from monitor.models import Blob, Document, Link, PackedText, Snapshot, Version
from tests.builders import capture, day, make_source
from tests.monitor.test_chain import findings

pytestmark = pytest.mark.django_db(transaction=True)
migration = import_module("monitor.migrations.0010_link_records")


class Editor:
    """What a migration gets besides the models."""

    connection = connection


def _before() -> Document:
    """Rows as an earlier program left them."""
    source = make_source()
    for number, text in enumerate(["One.", "Two.", "Two.", "Three.", "Three."]):
        capture(source, f"<p>{text}</p>", day(number), furniture=number)
    Link.objects.all().delete()
    for model in (Blob, PackedText):
        model.objects.update(checksum=0)
    assert findings()
    return source.document


def _migrate() -> None:
    migration.note_checksums(apps, Editor)
    migration.link_records(apps, Editor)


def test_all_rows_get_their_link_and_checksum() -> None:
    document = _before()
    _migrate()
    assert findings() == []
    order = list(Link.objects.filter(document=document).values_list("record", flat=True))
    assert len(order) == Snapshot.objects.count() + Version.objects.count()
    captures = [name for name in order if name.startswith("S-")]
    assert captures == sorted(captures)
    for version in Version.objects.all():
        for part in version.parts.all():
            assert order.index(part.snapshot.public_id) < order.index(version.public_id)


def test_killed_in_the_middle_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    document = _before()
    monkeypatch.setattr(migration, "_BATCH", 2)
    _migrate()
    whole = list(Link.objects.values_list("record", flat=True))
    Link.objects.filter(document=document, position__gt=4).delete()
    _migrate()
    assert list(Link.objects.values_list("record", flat=True)) == whole
    assert findings() == []


def test_what_is_linked_is_linked_once() -> None:
    _before()
    _migrate()
    before = list(Link.objects.values())
    _migrate()
    assert list(Link.objects.values()) == before
