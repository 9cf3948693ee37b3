"""What is dumped and loaded is what it was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import JSONField, QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.page_prints import addresses
from clauses.archive_file.loading import DoesNotHold, NotEmpty
from clauses.archive_file.tables import RECORD, tables
from clauses.models import Clause
from monitor.models import Blob, Counter, Document, PackedText, Platform, Snapshot, Version
from tests.builders import day, make_change_set, make_platform, make_source, make_user
from tests.clauses.archive_file.reading import members, sums
from tests.clauses.archive_file.sites import archived, counts, empty, loaded, make_site, rows
from tests.services.site import ROOT

pytestmark = pytest.mark.django_db


def test_every_row_comes_back_and_what_is_made_anew_is_as_it_was() -> None:
    make_site()
    before, numbers, archive = rows(), counts(), archived()
    empty()
    assert not any(counts().values())
    result = loaded(archive)
    assert result.findings == []
    assert result.rows == {name: len(found) for name, found in before.items()}
    assert rows() == before
    assert counts() == numbers
    assert result.checked["stored bytes"] == Blob.objects.count()


def test_the_same_records_give_the_same_bytes_also_after_a_load() -> None:
    make_site()
    first = archived()
    assert archived() == first
    empty()
    loaded(first)
    assert archived() == first


def test_twins_are_what_they_were_in_whichever_order_a_database_keeps_the_keys_of_json(monkeypatch) -> None:
    make_site()
    monkeypatch.setattr(timezone, "now", lambda: day(90))
    twins = [address for address in addresses(3) if ".json" in address]
    before = {address: Client().get(address).content for address in twins}
    for model in RECORD:
        for field in model._meta.concrete_fields:
            if isinstance(field, JSONField):
                rows_of: QuerySet[Any] = QuerySet(model)
                for row in rows_of.all():
                    turned = {field.name: _turned(getattr(row, field.attname))}
                    rows_of.filter(pk=row.pk).update(**turned)
    assert len(before) > 20
    assert [address for address in twins if Client().get(address).content != before[address]] == []


def _turned(stored: Any) -> Any:
    """The same JSON with the keys of every object from the last to the first."""
    if isinstance(stored, dict):
        return {key: _turned(stored[key]) for key in reversed(stored)}
    return [_turned(value) for value in stored] if isinstance(stored, list) else stored


def test_a_site_at_another_address_differs_in_the_manifest_alone(settings) -> None:
    make_site()
    first = members(archived())
    settings.SITE_URL = "https://elsewhere.example"
    second = members(archived())
    assert {name for name in first | second if first[name] != second[name]} == {"manifest.json", "SHA256SUMS"}
    told = [json.loads(found["manifest.json"]) for found in (first, second)]
    assert [key for key in told[0] if told[0][key] != told[1][key]] == ["site"]


def test_pages_are_what_they_were() -> None:
    change_set = make_site()
    document = change_set.document
    part = {"startAfter": "h1", "endBefore": "footer"}
    make_source(document, select=[part], remove=[part], request_headers={"referer": "b", "accept": "a"})
    clause = Clause.objects.filter(decision__isnull=False).get()
    addresses = [
        reverse("record", args=[clause.number]),
        reverse("record-json", args=[clause.number]),
        reverse("change-set", args=[change_set.number]),
        reverse("document-json", args=[document.platform.slug, document.slug]),
        reverse("clauses") + "?q=feedback&type=arbitration",
    ]
    before = {address: Client().get(address).content for address in addresses}
    assert clause.public_id.encode() in before[addresses[-1]]
    archive = archived(with_people=False)
    empty()
    loaded(archive)
    assert {address: Client().get(address).content for address in addresses} == before


def test_without_people_accounts_are_names_that_nobody_can_sign_in_with() -> None:
    make_site()
    archive = archived(with_people=False)
    empty()
    loaded(archive)
    curator = User.objects.get()
    assert (curator.username, curator.email, curator.is_active) == ("curator", "", False)
    assert not curator.has_usable_password()
    assert not curator.groups.exists()
    assert archived(with_people=False) == archive


def test_with_people_they_sign_in_and_have_their_roles() -> None:
    make_site()
    archive = archived()
    empty()
    loaded(archive)
    curator = User.objects.get(username="curator")
    assert curator.check_password("a long password")
    assert [group.name for group in curator.groups.all()] == ["curator"]


def test_new_rows_and_numbers_come_after_those_that_were_loaded() -> None:
    make_site()
    archive = archived()
    last = {model: model.objects.latest("pk").pk for model in (Platform, Document, User)}
    numbers = dict(Counter.objects.values_list("letter", "last"))
    empty()
    loaded(archive)
    change_set = make_change_set()
    made = {
        Platform: change_set.document.platform_id,
        Document: change_set.document_id,
        User: make_user("new").pk,
    }
    assert all(made[model] > last[model] for model in last)
    assert change_set.number == numbers["C"] + 1


def test_an_archive_is_loaded_into_an_empty_database_only() -> None:
    make_platform(name="Here first")
    with pytest.raises(NotEmpty, match="into an empty database, and this one has platforms"):
        loaded(archived())
    assert Platform.objects.get().name == "Here first"


def test_an_account_is_something() -> None:
    archive = archived()
    make_user()
    with pytest.raises(NotEmpty, match="users"):
        loaded(archive)


def test_an_empty_site_is_an_archive_too() -> None:
    archive = archived()
    assert sorted(members(archive)) == ["SHA256SUMS", "manifest.json"]
    assert sum(loaded(archive).rows.values()) == 0


def test_the_members_are_those_of_the_documentation() -> None:
    make_site()
    found = members(archived())
    *names, last = found
    assert names[0] == "manifest.json"
    assert last == "SHA256SUMS"
    assert found[last] == sums([(name, found[name]) for name in names])
    assert {name.split("/")[1] for name in names if name.startswith("rows/")} == {
        table.name for table in tables(with_people=True) if table.chosen.exists()
    }
    packed = {name.split("/")[2] for name in names if name.startswith("bytes/")}
    keys = [*Blob.objects.values_list("pk", flat=True), *PackedText.objects.values_list("pk", flat=True)]
    assert packed == {f"{key}.zst" for key in keys}


def test_what_was_damaged_before_is_refused_unless_it_is_asked_for() -> None:
    make_site()
    text = PackedText.objects.filter(base__isnull=True).order_by("pk")[0]
    damaged = bytearray(text.packed)
    damaged[-1] ^= 1
    PackedText.objects.filter(pk=text.pk).update(packed=bytes(damaged))
    archive = archived()
    empty()
    with pytest.raises(DoesNotHold) as refused, transaction.atomic():
        loaded(archive)
    assert f"packed text {text.pk}" in {found.record for found in refused.value.findings}
    assert not any(counts().values())
    assert loaded(archive, keep_damaged=True).findings
    assert archived() == archive


def test_a_signs_half_that_a_server_sent_travels_too() -> None:
    make_site()
    if connection.vendor == "postgresql":
        pytest.skip("jsonb takes no half a sign")
    row = Snapshot.objects.order_by("number")[0]
    Snapshot.objects.filter(pk=row.pk).update(headers={"server": "\ud800"})
    archive = archived()
    before = rows()
    empty()
    loaded(archive, keep_damaged=True)
    assert rows() == before


def test_the_example_of_the_documentation_reads_the_texts(tmp_path: Path) -> None:
    make_site()
    (tmp_path / "archive.tar.zst").write_bytes(archived())
    page = (ROOT / "docs" / "archive-format.md").read_text()
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "read.py").write_text(example)
    command = [sys.executable, "-I", "read.py", "archive.tar.zst"]
    subprocess.run(command, cwd=tmp_path, check=True)
    texts = {path.stem: path.read_text() for path in tmp_path.glob("V-*.txt")}
    assert texts == {version.public_id: version.text for version in Version.objects.all()}
    assert len(texts) == 4
    (tmp_path / "archive.tar.zst").write_bytes(archived()[:-900])
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode
