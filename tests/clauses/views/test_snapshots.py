"""Snapshots: what is known of bytes, and the bytes, which no browser may run here."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from monitor.models import Blob, Snapshot
from monitor.tracking import record
from tests.builders import day, make_source, page

pytestmark = pytest.mark.django_db

BODY = page("<p>We keep it for 30 days.</p><script>alert(1)</script>")


def _snapshot(**headers: str) -> Snapshot:
    record(make_source(), BODY, {"content-type": "text/html", **headers}, day(0))
    return Snapshot.objects.get()


def test_the_bytes_come_as_served_and_as_a_download_only(client: Client) -> None:
    snapshot = _snapshot()
    response = client.get(reverse("snapshot-bytes", args=[snapshot.number]))
    assert response.content == BODY
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_the_page_states_hash_size_headers_and_captures(client: Client) -> None:
    snapshot = _snapshot(server="<script>alert(2)</script>", location="javascript:alert(3)")
    text = client.get(reverse("snapshot", args=[snapshot.number])).content.decode()
    assert snapshot.blob_id in text
    assert f"{len(BODY):,} bytes" in text
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text
    assert "Checked now" in text


def test_rotten_bytes_are_stated_and_never_served_as_if_they_were_sound(client: Client) -> None:
    snapshot = _snapshot()
    Blob.objects.update(packed=b"rotten")
    assert (
        "no longer have the hash" in client.get(reverse("snapshot", args=[snapshot.number])).content.decode()
    )
    assert client.get(reverse("snapshot-bytes", args=[snapshot.number])).status_code == 500


@pytest.mark.parametrize("path", ["/snapshots/S-1/", "/snapshots/S-999999/", "/snapshots/S-999999/bytes"])
def test_an_id_that_is_misspelt_or_unknown_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
