"""What the desk deletes and what it keeps, and what it never offers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from monitor.models import Document, Fetch, Source
from tests.builders import day, fail, make_platform, make_source, make_user, make_version
from tests.monitor.desk_forms import document_form, existing_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make_user("root", role="administrator"))
    return client


def test_what_was_captured_is_not_deleted(administrator: Client) -> None:
    version = make_version()
    document = version.document
    path = reverse("admin:monitor_document_delete", args=[document.pk])
    assert "Pause it instead" in administrator.post(path, {"post": "yes"}, follow=True).content.decode()
    path = reverse("admin:monitor_platform_delete", args=[document.platform_id])
    assert (
        "Pause its documents instead"
        in administrator.post(path, {"post": "yes"}, follow=True).content.decode()
    )
    source = document.sources.get()
    form = existing_form(source, **{"sources-0-DELETE": "on"})
    page = administrator.post(reverse("admin:monitor_document_change", args=[document.pk]), form)
    assert "was captured before, so it stays" in page.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_document_that_was_never_read_is_deleted_with_its_sources(administrator: Client) -> None:
    source = make_source()
    path = reverse("admin:monitor_document_delete", args=[source.document_id])
    administrator.post(path, {"post": "yes"})
    assert not Document.objects.exists()


def test_a_document_no_page_was_captured_for_is_deleted_with_its_failed_attempts(
    administrator: Client,
) -> None:
    source = make_source()
    fail(source, day(0))
    path = reverse("admin:monitor_document_delete", args=[source.document_id])
    assert "Failed attempts: 1" in administrator.get(path).content.decode()
    administrator.post(path, {"post": "yes"})
    assert not Document.objects.exists()
    assert not Fetch.objects.exists()


def test_a_sample_platform_takes_no_new_document(administrator: Client) -> None:
    sample = make_platform(is_sample=True)
    path = reverse("admin:monitor_document_add")
    assert sample.name not in administrator.get(path).content.decode()
    administrator.post(path, document_form(sample, "https://hollowreed.example/privacy"))
    assert not Document.objects.exists()
