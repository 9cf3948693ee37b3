"""What a round means that had to skip a source whose host is busy."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitor.models import Document, Host
from monitor.watching import fetch_document
from tests.builders import capture, make_document, make_source
from tests.web_site import web_site

pytestmark = pytest.mark.django_db
WAIT = timedelta(minutes=20)


@pytest.fixture
def document(settings):
    """A document of two pages, read yesterday, the second at a host that is busy for some minutes."""
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 5
    with web_site() as site:
        document = make_document()
        here = make_source(document, url=site.publish("/terms", "<p>Here.</p>"))
        there = make_source(document, url="https://busy.example/terms", position=1)
        for source in (here, there):
            capture(source, "<p>Here.</p>", timezone.now() - timedelta(days=1))
        Host.objects.create(pk="busy.example:443", free_at=timezone.now() + WAIT)
        yield Document.objects.get(pk=document.pk)


def test_a_source_that_was_skipped_counts_as_not_read_and_is_read_when_its_host_is_free(document):
    before = document.read_at
    assert [fetch.source.url for fetch in fetch_document(document)] == [document.sources.all()[0].url]
    document.refresh_from_db()
    assert document.read_at == before
    assert document.next_fetch_at == Host.objects.get(pk="busy.example:443").free_at


def test_a_host_that_is_busy_for_long_does_not_keep_the_document_from_its_next_reading(document):
    Host.objects.update(free_at=timezone.now() + timedelta(days=30))
    list(fetch_document(document))
    document.refresh_from_db()
    assert document.next_fetch_at < timezone.now() + timedelta(hours=13)
