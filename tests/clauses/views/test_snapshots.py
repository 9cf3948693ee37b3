"""Snapshots: what is known of bytes, and the bytes, which no browser may run here."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from monitor.models import Blob, Outcome, Snapshot
from monitor.retention import remove_aged
from monitor.tracking import record
from tests.builders import capture, day, hold_back, make_source, make_user, page

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


def test_bytes_that_a_rule_of_retention_removed_are_gone_and_the_page_says_so(
    client: Client, settings
) -> None:
    settings.KEEP_SAME_TEXT_DAYS = 30
    source = make_source()
    for number in range(3):
        capture(source, "<p>We keep it.</p>", day(number), furniture=number)
    (snapshot,) = remove_aged(day(100))
    text = client.get(reverse("snapshot", args=[snapshot.number])).content.decode()
    assert "by a rule of retention of this site" in text
    assert "no longer have the hash" not in text
    assert "Download the bytes" not in text
    client.force_login(make_user())
    for name in ("snapshot-bytes", "snapshot-warc", "snapshot-evidence"):
        response = client.get(reverse(name, args=[snapshot.number]))
        assert response.status_code == 410
        assert "removed by a rule of retention" in response.content.decode()


def test_a_capture_leaves_as_a_warc_file(client: Client) -> None:
    snapshot = _snapshot(server="nginx")
    client.force_login(make_user())
    response = client.get(reverse("snapshot-warc", args=[snapshot.number]))
    assert response["Content-Disposition"] == f'attachment; filename="{snapshot.public_id}.warc.gz"'
    kinds = {
        one.rec_type: one.content_stream().read()
        for one in ArchiveIterator(BytesIO(b"".join(response)), check_digests="raise")
    }
    assert list(kinds) == ["warcinfo", "request", "response"]
    assert kinds["response"] == BODY


@pytest.mark.parametrize("path", ["/snapshots/S-1/", "/snapshots/S-999999/", "/snapshots/S-999999/bytes"])
def test_an_id_that_is_misspelt_or_unknown_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_capture_held_back_says_why_and_shows_its_text_as_text(client: Client) -> None:
    source = make_source()
    item = hold_back(
        source, "<p>Only people read on. &lt;b&gt;Bold&lt;/b&gt;</p>", day(0), Outcome.LOGIN_WALL
    )
    text = client.get(reverse("snapshot", args=[item.snapshot.number])).content.decode()
    assert "Held back: Login wall" in text
    assert "the test says so" in text
    assert "Only people read on. &lt;b&gt;Bold&lt;/b&gt;" in text
    assert "<b>Bold" not in text


def test_a_healthy_capture_is_not_read_again(client: Client) -> None:
    snapshot = _snapshot()
    response = client.get(reverse("snapshot", args=[snapshot.number]))
    assert response.context["page"].read is None
    assert "The text read" not in response.content.decode()


def test_a_page_too_large_to_read_again_can_still_be_downloaded(client: Client) -> None:
    item = hold_back(make_source(), "<p>Only people read on.</p>", day(0))
    Blob.objects.update(size=50_000_000)
    text = client.get(reverse("snapshot", args=[item.snapshot.number])).content.decode()
    assert "Only people read on." not in text
    assert "too large to be read again" in text


def test_anybody_may_have_only_a_page_of_moderate_size_read_again(client: Client) -> None:
    item = hold_back(make_source(), f"<p>Only people read on.</p><!--{'x' * 300_000}-->", day(0))
    text = client.get(reverse("snapshot", args=[item.snapshot.number])).content.decode()
    assert "too large to be read again here" in text
    assert "Download the stored bytes to read it" in text
    assert "Only people read on." not in text


def test_of_a_long_text_the_beginning_is_shown(client: Client) -> None:
    item = hold_back(make_source(), f"<p>{'Only people read on. ' * 5000}The end.</p>", day(0))
    text = client.get(reverse("snapshot", args=[item.snapshot.number])).content.decode()
    assert "the beginning is shown" in text
    assert "The end." not in text
    assert len(text) < 60_000


def test_bytes_that_show_a_known_text_lead_to_the_version_that_has_it(client: Client) -> None:
    source = make_source()
    for number in range(2):
        record(
            source, page("<p>We keep it.</p>", furniture=number), {"content-type": "text/html"}, day(number)
        )
    first, again = Snapshot.objects.order_by("number")
    text = client.get(reverse("snapshot", args=[again.number])).content.decode()
    version = first.source.document.versions.get()
    assert "None: its text was known from other bytes." in text
    assert f'It shows the same text as <a class="id" href="/platforms/{source.document.platform.slug}' in text
    assert f">{version.public_id}</a>" in text
