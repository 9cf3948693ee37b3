"""The curators' pages for references, and what readers find of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clauses import referring
from clauses.models import ChangeSet, Reference, ReferenceKind
from tests.builders import day, make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def change_set() -> ChangeSet:
    """A change from 30 days to five years."""
    return make_change_set()


@pytest.fixture
def curator(client: Client) -> User:
    """A curator, signed in."""
    user = make_user("carla", role="curator")
    client.force_login(user)
    return user


def sent(**values: str) -> dict[str, str]:
    """A form that is filled in well."""
    return {
        "url": "https://news.example/a?x=1",
        "kind": "news",
        "title": "Feedback is kept longer",
        "publisher": "The Courier",
        "published_on": "2025-03-03",
        **values,
    }


def to_change_set(change_set: ChangeSet) -> str:
    """Where a page is attached to a change."""
    return reverse("reference-to-change-set", args=[change_set.number])


def compare_page(client: Client, change_set: ChangeSet) -> str:
    """What a reader sees of a change."""
    return client.get(reverse("change-set", args=[change_set.number])).content.decode()


def timeline(client: Client, change_set: ChangeSet) -> str:
    """What a reader sees of a platform."""
    return client.get(reverse("platform", args=[change_set.document.platform.slug])).content.decode()


def test_a_page_attached_to_a_change_stands_on_its_page_its_timeline_and_in_their_twins(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    answer = client.post(to_change_set(change_set), sent())
    assert answer.url == reverse("change-set", args=[change_set.number])
    row = Reference.objects.get()
    assert (row.change_set, row.added_by) == (change_set, curator)
    client.logout()
    link = (
        '<a href="https://news.example/a?x=1" rel="noopener noreferrer nofollow">Feedback is kept longer</a>'
    )
    assert link in compare_page(client, change_set)
    assert link in timeline(client, change_set)
    told = {
        "kind": "news",
        "url": "https://news.example/a?x=1",
        "title": "Feedback is kept longer",
        "publisher": "The Courier",
        "published_on": "2025-03-03",
    }
    twin = client.get(reverse("change-set-json", args=[change_set.number])).json()
    assert twin["references"] == [told]
    entries = client.get(reverse("platform-json", args=[change_set.document.platform.slug])).json()["entries"]
    assert [entry["references"] for entry in entries if entry["kind"] == "change"] == [[told]]


def test_a_page_about_a_platform_is_an_entry_of_its_timeline_from_its_day_on(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    platform = change_set.document.platform
    answer = client.post(reverse("platform-reference", args=[platform.slug]), sent())
    assert answer.url == reverse("platform", args=[platform.slug])
    client.logout()
    address = reverse("platform-json", args=[platform.slug])
    entries = client.get(address).json()["entries"]
    assert [entry["reference"]["title"] for entry in entries if entry["kind"] == "reference"] == [
        "Feedback is kept longer"
    ]
    before = client.get(address, {"as_of": "2025-03-02"}).json()["entries"]
    assert "reference" not in [entry["kind"] for entry in before]
    assert "Feedback is kept longer" not in compare_page(client, change_set)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("url", "javascript:alert(1)", "begins with https:// or http://"),
        ("url", "ftp://news.example/a", "begins with https:// or http://"),
        ("url", "news.example", "begins with https:// or http://"),
        ("url", "https://user:secret@news.example/", "Leave out the user name"),
        ("url", "https://news.example/" + "a" * 600, "at most 600 characters"),
        ("url", "", "This field is required"),
        ("published_on", (timezone.now() + timedelta(days=2)).date().isoformat(), "still to come"),
        ("published_on", "1620-01-01", "before the web"),
        ("published_on", "yesterday", "YYYY-MM-DD"),
        ("title", "  ", "This field is required"),
        ("publisher", "", "This field is required"),
        ("kind", "rumor", "not one of the available choices"),
    ],
)
def test_what_cannot_be_attached_is_refused_in_words(
    client: Client, curator: User, change_set: ChangeSet, field: str, value: str, says: str
) -> None:
    answer = client.post(to_change_set(change_set), sent(**{field: value}))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Reference.objects.exists()


def test_the_same_page_twice_names_who_attached_it(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    client.post(to_change_set(change_set), sent())
    answer = client.post(to_change_set(change_set), sent(title="Another title"))
    assert "Attached to this change already: on" in answer.content.decode()
    assert "carla" in answer.content.decode()
    answer = client.post(to_change_set(change_set), sent(url="https://news.example/a/?x=1"))
    assert "Attached to this change already: on" in answer.content.decode()
    assert Reference.objects.count() == 1


def test_who_is_overtaken_while_removing_is_told_so(
    client: Client, curator: User, change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(to_change_set(change_set), sent())
    address = reverse("reference-remove", args=[Reference.objects.get().pk])
    monkeypatch.setattr("clauses.referring.remove", lambda *args, **named: False)
    answer = client.post(address, {"reason": "Mine."}, follow=True).content.decode()
    assert "was removed before. Nothing is changed." in answer
    assert "is removed." not in answer


def test_as_of_a_day_a_change_has_no_page_that_was_published_later(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    later = change_set.detected_at.date() + timedelta(days=3)
    client.post(to_change_set(change_set), sent(published_on=later.isoformat()))
    address = reverse("platform-json", args=[change_set.document.platform.slug])
    for as_of, count in ((later - timedelta(days=1), 0), (later, 1)):
        entries = client.get(address, {"as_of": as_of.isoformat()}).json()["entries"]
        (told,) = [entry["references"] for entry in entries if entry["kind"] == "change"]
        assert len(told) == count


def test_who_is_overtaken_while_attaching_is_told_so(
    client: Client, curator: User, change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(to_change_set(change_set), sent())
    monkeypatch.setattr("clauses.forms.references.standing_references", Reference.objects.none)
    answer = client.post(to_change_set(change_set), sent())
    assert "Somebody attached this page just now." in answer.content.decode()
    assert Reference.objects.count() == 1


def test_title_and_publisher_are_text_everywhere(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    for address in (
        to_change_set(change_set),
        reverse("platform-reference", args=[change_set.document.platform.slug]),
    ):
        client.post(address, sent(title=f"Line\n one {HOSTILE}", publisher=HOSTILE))
    row = Reference.objects.first()
    assert row
    assert row.title == f"Line one {HOSTILE}"
    pages = [
        compare_page(client, change_set),
        timeline(client, change_set),
        client.get(reverse("review-references")).content.decode(),
        client.get(reverse("reference-remove", args=[row.pk])).content.decode(),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_removing_asks_first_and_needs_a_reason_that_the_desk_keeps(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    client.post(to_change_set(change_set), sent())
    address = reverse("reference-remove", args=[Reference.objects.get().pk])
    assert "Remove “Feedback is kept longer”?" in client.get(address).content.decode()
    assert "needs a reason" in client.post(address, {"reason": " "}).content.decode()
    assert Reference.objects.get().removed_at is None
    assert client.post(address, {"reason": "About something else."}).status_code == 302
    for answer in (
        client.get(address, follow=True),
        client.post(address, {"reason": "Again."}, follow=True),
    ):
        assert "was removed before by carla. Nothing is changed." in answer.content.decode()
    assert Reference.objects.get().removal_reason == "About something else."
    assert "Feedback is kept longer" not in compare_page(client, change_set)
    desk = client.get(reverse("review-references")).content.decode()
    assert "About something else." in desk
    assert "carla" in desk


def test_without_anything_to_do_the_desk_says_so(client: Client, curator: User) -> None:
    page = client.get(reverse("review-references")).content.decode()
    assert "Nothing to decide" in page
    assert "No page is attached yet." in page
    assert "No announcement waits" in client.get(reverse("review")).content.decode()


def test_what_was_attached_to_a_superseded_change_stands_on_its_successor(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    client.post(to_change_set(change_set), sent())
    heir = make_change_set(change_set.document.platform, at=day(9))
    ChangeSet.objects.filter(pk=change_set.pk).update(superseded_by=heir)
    assert "Feedback is kept longer" in compare_page(client, heir)
    assert client.get(to_change_set(change_set)).url == to_change_set(heir)


def test_references_cost_the_timeline_no_query_more_however_many_there_are(
    client: Client, change_set: ChangeSet
) -> None:
    platform = change_set.document.platform
    curator = make_user(role="curator")
    address = reverse("platform", args=[platform.slug])

    def attach(count: int) -> None:
        for number in range(count):
            for target in (change_set, None):
                page = referring.Page(
                    ReferenceKind.NEWS,
                    f"https://news.example/{target and 1}{count}{number}",
                    "T",
                    "P",
                    day(1).date(),
                )
                referring.attach(page, platform, target, by=curator, at=timezone.now())

    attach(1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    attach(5)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)


def test_an_unknown_platform_has_no_form(client: Client, curator: User) -> None:
    assert client.get(reverse("platform-reference", args=["nowhere"])).status_code == 404
    make_platform(slug="somewhere")
    assert client.get(reverse("platform-reference", args=["somewhere"])).status_code == 200
