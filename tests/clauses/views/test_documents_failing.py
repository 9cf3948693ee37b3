"""A document of which several pages cannot be read: one notice for all of them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from monitor.models import Outcome
from tests.builders import KEPT_30_DAYS, day, fail, make_document, make_source, publish

pytestmark = pytest.mark.django_db


def _notices(client: Client, pages: int) -> str:
    document = make_document()
    for number in range(pages):
        source = make_source(document)
        if not number:
            publish(source, KEPT_30_DAYS, day(0))
        fail(source, day(1), Outcome.TIMED_OUT)
    text = client.get(reverse("document", args=[document.platform.slug, document.slug])).content.decode()
    return text[text.index('class="notices"') : text.index("Versions</h2>")]


@pytest.mark.parametrize(("pages", "folded"), [(2, 0), (7, 2)])
def test_several_failing_pages_are_one_notice_with_a_short_list(
    client: Client, pages: int, folded: int
) -> None:
    notices = _notices(client, pages)
    assert notices.count("notice-problem") == 1
    assert f"At {pages} of its pages the last reading did not give the text of the document." in notices
    assert notices.count("<li>") == notices.count("no complete answer") == pages
    shown, _, more = notices.partition("<details")
    assert (more.count("<li>"), "more page" in more) == (folded, folded > 0)
    assert notices.count("It has given no text yet.") == pages - 1
    assert shown.count("nothing is called removed") == 1


def test_one_failing_page_is_told_at_length(client: Client) -> None:
    notices = _notices(client, 1)
    assert "<li>" not in notices
    assert "What was read before stands; nothing is called removed." in notices
