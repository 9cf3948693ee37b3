"""What the page of a document says of its next reading."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monitor.models import Document, Host, Source
from tests.builders import KEPT_30_DAYS, capture, make_source

pytestmark = pytest.mark.django_db


def shown(client: Client, source: Source) -> str:
    document = source.document
    return client.get(reverse("document", args=[document.platform.slug, document.slug])).content.decode()


def test_a_host_that_rests_is_said_to(client: Client) -> None:
    source = make_source(url="https://rest.example/terms")
    capture(source, KEPT_30_DAYS, timezone.now())
    assert "asked to be left alone" not in shown(client, source)
    Host.objects.create(name="rest.example:443", free_at=timezone.now() + timedelta(hours=20))
    assert "its host asked to be left alone until" in shown(client, source)


def test_a_document_whose_only_page_has_ended_has_no_next_reading(client: Client) -> None:
    source = make_source(valid_until=timezone.now() - timedelta(days=1))
    Document.objects.update(next_fetch_at=timezone.now() + timedelta(hours=1))
    body = shown(client, source)
    assert "no reading is planned" in body
    assert "Next reading" not in body
