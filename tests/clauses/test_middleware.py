"""What a reader is told where stored bytes are damaged, and that visits are noted on every page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.models import Clause, Reader
from monitor.models import PackedText, Version
from tests.builders import day, make_source, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def damaged() -> Version:
    """A version whose stored text can no longer be unpacked."""
    version = publish(make_source(), "<h2>Data</h2><p>We keep your feedback for 30 days.</p>", day(0))
    PackedText.objects.filter(pk=version.packed_text_id).update(packed=b"rotten")
    return version


@pytest.mark.parametrize("name", ["version", "version-text", "version-json"])
def test_a_page_of_a_damaged_text_says_so_and_shows_no_words(
    name: str, damaged: Version, client: Client
) -> None:
    document = damaged.document
    address = reverse(name, args=[document.platform.slug, document.slug, damaged.number])
    response = client.get(address)
    assert response.status_code == 500
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert damaged.text_sha256 in response.content.decode()
    assert "30 days" not in response.content.decode()


def test_the_record_of_a_clause_states_that_its_text_is_damaged(damaged: Version, client: Client) -> None:
    clause = Clause.objects.get(document=damaged.document)
    checks = client.get(reverse("record-json", args=[clause.number])).json()["proof"]["checks"]
    assert [check["holds"] for check in checks] == [False, False, True]


def test_pages_that_show_no_text_are_as_they_were(damaged: Version, client: Client) -> None:
    document = damaged.document
    for name, values in [("dashboard", []), ("document", [document.platform.slug, document.slug])]:
        assert client.get(reverse(name, args=values)).status_code == 200


def test_any_page_keeps_a_visit_going(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.get(reverse("dashboard"))
    long_ago = timezone.now() - timedelta(minutes=20)
    Reader.objects.update(last_at=long_ago, seen_at=long_ago)
    client.get(reverse("methodology"))
    reader = Reader.objects.get(user=user)
    assert reader.last_at > long_ago
    assert reader.since_at is None
    Client().get(reverse("methodology"))
    assert Reader.objects.count() == 1
