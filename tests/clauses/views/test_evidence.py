"""The proof of a record on its page: the bundle, the check made now, and what is and is not proven."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import Clause
from clauses.views import evidence
from monitor.models import Version
from monitor.roots import make_root
from tests.builders import day, make_change_set, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause(tmp_path: Path, settings) -> Clause:
    """A record, on a site without a key."""
    settings.VAR_DIR = tmp_path
    make_change_set()
    return Clause.objects.get(current__wording__text__contains="5 years")


@pytest.fixture
def reader() -> Client:
    """Somebody who is signed in."""
    client = Client()
    client.force_login(make_user())
    return client


def page(client: Client, name: str, clause: Clause) -> str:
    return client.get(reverse(name, args=[clause.number])).content.decode()


def test_who_is_signed_in_may_take_the_bundle_along(clause: Clause, reader: Client) -> None:
    assert reverse("record-evidence", args=[clause.number]) in page(reader, "record", clause)
    response = reader.get(reverse("record-evidence", args=[clause.number]))
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == f'attachment; filename="{clause.public_id}-evidence.zip"'
    body = response.getvalue()
    assert int(response["Content-Length"]) == len(body)
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert f"{clause.public_id}/verify.py" in archive.namelist()


def test_a_version_and_a_capture_are_taken_along_from_their_pages(clause: Clause, reader: Client) -> None:
    version = Version.objects.get(ordinal=2)
    snapshot = version.parts.get().snapshot
    names = [version.document.platform.slug, version.document.slug, version.number]
    for kind, args, record in (
        ("version", names, version.public_id),
        ("snapshot", [snapshot.number], snapshot.public_id),
    ):
        bundle = reverse(f"{kind}-evidence", args=args)
        assert bundle in reader.get(reverse(kind, args=args)).content.decode()
        assert bundle not in Client().get(reverse(kind, args=args)).content.decode()
        assert Client().get(bundle).status_code == 302
        with zipfile.ZipFile(BytesIO(reader.get(bundle).getvalue())) as archive:
            assert archive.testzip() is None
            assert f"{record}/verify.py" in archive.namelist()


def test_a_visitor_is_led_to_the_sign_in_and_nothing_is_built(
    clause: Clause, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    monkeypatch.setattr(evidence, "write_bundle", lambda record, stream: built.append(record))
    response = client.get(reverse("record-evidence", args=[clause.number]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("sign-in"))
    assert built == []
    text = page(client, "record", clause)
    assert reverse("record-evidence", args=[clause.number]) not in text
    assert f"{reverse('sign-in')}?next={reverse('record', args=[clause.number])}" in text


def test_the_bundle_is_written_to_a_file_and_not_held(
    clause: Clause, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams: list[Any] = []
    monkeypatch.setattr(evidence, "write_bundle", lambda record, stream: streams.append(stream))
    response = reader.get(reverse("record-evidence", args=[clause.number]))
    assert response.streaming
    assert streams[0].fileno() >= 0
    response.getvalue()
    assert streams[0].closed


def test_the_bundle_of_a_superseded_record_is_that_of_its_heir(clause: Clause, reader: Client) -> None:
    gone = Clause.objects.create(document=clause.document, superseded_by=clause)
    response = reader.get(reverse("record-evidence", args=[gone.number]))
    assert (response.status_code, response.url) == (301, reverse("record-evidence", args=[clause.number]))


def test_the_record_says_which_link_and_root_seal_it(clause: Clause, client: Client) -> None:
    assert "the next daily root will cover it" in page(client, "record", clause)
    make_root(day(3))
    text = page(client, "record", clause)
    assert "as link 6 of the chain of" in text
    assert "/roots/2025-03-04.json" in text
    assert "Not proven" in text
    assert "the number of this record, the names of platform and document" in text


def test_who_is_signed_in_can_have_it_checked_now(clause: Clause, client: Client, reader: Client) -> None:
    assert reverse("record-verify", args=[clause.number]) not in page(client, "record", clause)
    assert reverse("record-verify", args=[clause.number]) in page(reader, "record", clause)
    text = page(reader, "record-verify", clause)
    assert "Everything this record rests on holds" in text
    assert "not proven against somebody who can write to the database: the number of the record" in text
    twin = reader.get(reverse("record-verify-json", args=[clause.number])).json()
    assert (twin["record"], twin["holds"], twin["findings"]) == (clause.public_id, True, [])


def test_what_does_not_hold_is_named_and_escaped(clause: Clause, reader: Client) -> None:
    version = Version.objects.order_by("-number")[0]
    Version.objects.filter(pk=version.pk).update(title="<script>alert(1)</script>")
    text = page(reader, "record-verify", clause)
    assert "Something does not hold" in text
    assert version.public_id in text
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text
