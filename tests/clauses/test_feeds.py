"""Atom feeds: valid XML whatever a page holds, and nothing that is not a publisher's change."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import Change, ChangeSet
from clauses.models.choices import SeverityLevel
from tests.builders import make_change_set, make_platform

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def _entries(client: Client, url: str) -> list[ElementTree.Element]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_an_empty_feed_is_a_feed(client: Client):
    assert _entries(client, reverse("atom")) == []


def test_an_entry_has_the_headline_the_words_and_the_lasting_address(client: Client):
    change_set = make_change_set(at=PAST)
    (entry,) = _entries(client, reverse("atom"))
    assert entry.findtext(f"{ATOM}title") == change_set.headline
    summary = entry.findtext(f"{ATOM}summary") or ""
    assert "[removed: 30 days]" in summary
    assert "[added: 5 years]" in summary
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].endswith(reverse("change-set", args=[change_set.number]))


def test_what_weighs_nothing_is_said_to_have_no_severity(client: Client):
    change_set = make_change_set(at=PAST)
    ChangeSet.objects.update(severity=SeverityLevel.NONE, direction="neutral")
    Change.objects.update(severity=SeverityLevel.NONE, direction="neutral")
    (entry,) = _entries(client, reverse("atom"))
    assert "No severity, neutral." in (entry.findtext(f"{ATOM}summary") or "")
    page = client.get(reverse("change-set", args=[change_set.number])).content.decode()
    assert '<li class="sum">No severity</li>' in page


def test_a_platform_feed_has_its_own_changes_only(client: Client):
    mine, other = make_change_set(at=PAST), make_change_set(at=PAST)
    titles = [
        entry.findtext(f"{ATOM}title")
        for entry in _entries(client, reverse("platform-atom", args=[mine.document.platform.slug]))
    ]
    assert titles == [mine.headline]
    assert other.headline != mine.headline


def test_a_document_feed_has_its_own_changes_only(client: Client):
    mine = make_change_set(at=PAST)
    make_change_set(mine.document.platform, at=PAST)
    address = reverse("document-atom", args=[mine.document.platform.slug, mine.document.slug])
    (entry,) = _entries(client, address)
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].endswith(reverse("change-set", args=[mine.number]))


def test_a_feed_keeps_to_the_filters_of_its_address_and_says_so_in_its_own_link(client: Client):
    make_change_set(at=PAST)
    make_change_set(old="<p>We write to you.</p>", new="<p>We may write to you.</p>", at=PAST)
    assert len(_entries(client, reverse("atom"))) == 2
    high = f"{reverse('atom')}?severity=high"
    (entry,) = _entries(client, high)
    assert "5 years" in (entry.findtext(f"{ATOM}summary") or "")
    links = ElementTree.fromstring(client.get(high).content).findall(f"{ATOM}link")
    assert {link.attrib["href"].partition("?")[2] for link in links} == {"severity=high"}
    refused = client.get(f"{reverse('atom')}?severity=terrible&since=never")
    assert refused.status_code == 400, "a reader must not take all changes for those it asked for"


def test_changes_of_our_own_reading_are_not_in_a_feed(client: Client):
    change_set = make_change_set(at=PAST)
    ChangeSet.objects.update(is_technical=True)
    assert _entries(client, reverse("atom")) == []
    assert _entries(client, reverse("platform-atom", args=[change_set.document.platform.slug])) == []


def test_a_feed_stays_valid_whatever_a_page_holds(client: Client):
    make_change_set(make_platform(name="A\x0b <b>&]]>"), at=PAST)
    ChangeSet.objects.update(headline="Bell \x07 and <script>")
    Change.objects.update(redline=[["-", "zero \x00\ufffe"], ["+", "]]> &amp;"]])
    (entry,) = _entries(client, reverse("atom"))
    assert entry.findtext(f"{ATOM}title") == "Bell \ufffd and <script>"


def test_samples_leave_the_feed_when_a_real_platform_comes(client: Client):
    make_change_set(make_platform(is_sample=True), at=PAST)
    assert len(_entries(client, reverse("atom"))) == 1
    make_platform()
    assert _entries(client, reverse("atom")) == []


def test_a_type_feed_has_the_changes_that_touch_it_with_their_words(client: Client):
    old = "<p>We charge 20 euros for each late payment.</p><p>We keep invoices for 30 days.</p>"
    new = (
        "<p>We may sell your personal data to advertisers for money at any time without notice.</p>"
        "<p>We keep invoices for 35 days.</p>"
    )
    mine = make_change_set(old=old, new=new, at=PAST)
    make_change_set(
        old="<p>The courts of Lisbon decide.</p>", new="<p>The courts of Porto decide.</p>", at=PAST
    )
    heaviest = mine.changes.order_by("-severity", "position").first()
    assert heaviest is not None
    assert "data_retention" not in heaviest.types
    (entry,) = _entries(client, reverse("clause-type-atom", args=["data_retention"]))
    assert entry.findtext(f"{ATOM}title") == mine.headline
    assert "[removed: 30]" in (entry.findtext(f"{ATOM}summary") or "")
    assert _entries(client, reverse("clause-type-atom", args=["arbitration"])) == []


def test_a_feed_of_a_type_that_is_not_in_the_taxonomy_is_not_found(client: Client):
    assert client.get("/clauses/no_such_type.atom").status_code == 404


def test_a_feed_of_nobody_is_not_found(client: Client):
    assert client.get("/platforms/nobody.atom").status_code == 404
