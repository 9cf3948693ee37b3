"""Merging and renaming with everything that speaks of a platform."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clauses import moving
from clauses.models import Clause, Reference, SavedView, Subscription, Webhook
from clauses.models.reference import ReferenceKind
from clauses.moving import CannotRename
from clauses.subscribing import recipient_of
from monitor.models import Document, Platform
from tests.builders import (
    day,
    make_change_set,
    make_platform,
    make_user,
)

pytestmark = pytest.mark.django_db


def _platform(slug: str) -> Platform:
    return make_platform(name=slug.title(), slug=slug)


def _reference(platform: Platform, url: str) -> Reference:
    return Reference.objects.create(
        platform=platform,
        kind=ReferenceKind.NEWS,
        url=url,
        title="News",
        publisher="Paper",
        published_on=day(1).date(),
        added_at=day(1),
    )


def _subscription(user, platform: Platform) -> Subscription:
    return Subscription.objects.create(recipient=recipient_of(user), platform=platform, confirmed_at=day(1))


def test_after_a_merger_everything_is_the_other_platforms_and_nothing_is_doubled() -> None:
    old, new = _platform("old"), _platform("new")
    ada, kim = make_user("ada"), make_user("kim")
    moved, twice, kept = _subscription(ada, old), _subscription(kim, old), _subscription(kim, new)
    for platform, page in ((old, 1), (old, 2), (new, 1)):
        _reference(platform, f"https://news.example/{page}")
    change_set = make_change_set(old)
    record = Clause.objects.filter(document=change_set.document).values_list("number", "severity")
    before = sorted(record)
    told = moving.merge(old, new, day(9))
    assert (told.documents, told.subscriptions, told.references) == (1, 2, 2)
    assert not Platform.everything.filter(slug="old").exists()
    assert Document.objects.get(pk=change_set.document_id).platform == new
    assert sorted(record) == before
    for row in (moved, twice, kept):
        row.refresh_from_db()
    assert (moved.platform, moved.ended_at, kept.ended_at) == (new, None, None)
    assert (twice.platform, twice.ended_at) == (new, day(9))
    standing = Reference.objects.filter(removed_at__isnull=True)
    assert sorted(standing.values_list("platform__slug", "url")) == [
        ("new", "https://news.example/1"),
        ("new", "https://news.example/2"),
    ]


def test_a_merger_that_is_refused_leaves_everything_as_it_was() -> None:
    old = _platform("old")
    subscription = _subscription(make_user("ada"), old)
    with pytest.raises(CannotRename):
        moving.merge(old, make_platform(is_sample=True), day(9))
    with pytest.raises(CannotRename, match="itself"):
        moving.merge(old, old, day(9))
    subscription.refresh_from_db()
    assert subscription.platform == old


def test_saved_views_follow_a_platform_to_its_new_address() -> None:
    platform = _platform("old")
    view = SavedView.objects.create(
        user=make_user("ada"), name="Mine", query="platform=old&severity=high", created_at=day(1)
    )
    other = SavedView.objects.create(
        user=view.user, name="Theirs", query="platform=old-and-gray", created_at=day(1)
    )
    moving.rename_platform(platform, name="New", slug="new", at=day(2))
    view.refresh_from_db()
    other.refresh_from_db()
    assert (view.query, other.query) == ("platform=new&severity=high", "platform=old-and-gray")


def test_a_saved_view_of_two_platforms_that_become_one_names_it_once() -> None:
    user = make_user("ada")
    old, new = _platform("old"), _platform("new")
    view = SavedView.objects.create(
        user=user, name="Both", query="platform=old&platform=new", created_at=day(1)
    )
    moving.merge(old, new, at=day(2))
    view.refresh_from_db()
    assert view.query == "platform=new"


@pytest.fixture
def renamed(client: Client) -> Document:
    """A document whose platform and whose own name were changed, with a change on record."""
    change_set = make_change_set(_platform("old"))
    Document.objects.filter(pk=change_set.document_id).update(slug="terms")
    document = Document.objects.get(pk=change_set.document_id)
    moving.rename_platform(document.platform, name="New", slug="new", at=day(5))
    moving.rename_document(document, name="Rules", slug="rules", at=day(6))
    return document


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("platform", {"slug": "{platform}"}),
        ("platform-json", {"slug": "{platform}"}),
        ("platform-atom", {"slug": "{platform}"}),
        ("document", {"platform": "{platform}", "slug": "{slug}"}),
        ("document-json", {"platform": "{platform}", "slug": "{slug}"}),
        ("document-atom", {"platform": "{platform}", "slug": "{slug}"}),
        ("version", {"platform": "{platform}", "slug": "{slug}", "number": "{version}"}),
        ("version-text", {"platform": "{platform}", "slug": "{slug}", "number": "{version}"}),
        ("compare", {"platform": "{platform}", "slug": "{slug}", "old": "{old}", "new": "{version}"}),
    ],
)
def test_every_address_of_before_leads_to_the_same_page_of_today(
    client: Client, renamed: Document, name: str, kwargs: dict[str, str]
) -> None:
    old, new = renamed.versions.order_by("number")

    def address(platform: str, slug: str) -> str:
        said = {"platform": platform, "slug": slug, "version": new.number, "old": old.number}
        filled: dict[str, Any] = {key: value.format(**said) for key, value in kwargs.items()}
        return reverse(
            name, kwargs={key: int(value) if value.isdigit() else value for key, value in filled.items()}
        )

    former, present = address("old", "terms"), address("new", "rules")
    answer = client.get(f"{former}?on=2025-03-01")
    assert (answer.status_code, answer["Location"]) == (301, f"{present}?on=2025-03-01")
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(present).status_code == 200


def test_what_never_stood_anywhere_stays_not_found(client: Client, renamed: Document) -> None:
    for path in (
        "/platforms/older/",
        "/platforms/old/nothing/",
        "/clauses/old/",
        "/records/P-000999/",
        "/nowhere/",
    ):
        assert client.get(path).status_code == 404


def test_a_post_to_a_former_address_does_nothing(client: Client, renamed: Document) -> None:
    client.force_login(make_user("cleo", role="curator"))
    assert client.post(reverse("document-baseline", args=["old", "terms"]), {}).status_code == 404


def test_after_a_merger_nobody_is_told_less_or_later_and_webhooks_go_on() -> None:
    old, new, kim = _platform("old"), _platform("new"), make_user("kim")
    much, little = _subscription(kim, old), _subscription(kim, new)
    Subscription.objects.filter(pk=much.pk).update(min_severity=1, frequency="instant")
    Subscription.objects.filter(pk=little.pk).update(min_severity=3, frequency="weekly")
    for subscription, url in (
        (much, "https://a.example/"),
        (much, "https://b.example/"),
        (little, "https://b.example/"),
    ):
        Webhook.objects.create(subscription=subscription, url=url)
    moving.merge(old, new, day(9))
    little.refresh_from_db()
    assert (little.min_severity, little.frequency) == (1, "instant")
    assert sorted(little.webhooks.values_list("url", flat=True)) == [
        "https://a.example/",
        "https://b.example/",
    ]


@pytest.mark.parametrize("path", ["/changes.json", "/changes/", "/changes.atom", "/clauses.json"])
def test_a_filter_by_a_former_address_goes_on(client: Client, renamed: Document, path: str) -> None:
    make_change_set(_platform("another"))
    former, present = client.get(f"{path}?platform=old"), client.get(f"{path}?platform=new")
    assert former.status_code == present.status_code == 200
    count = re.compile(rb"P-[0-9]{6}|C-[0-9]{6}")
    assert set(count.findall(former.content)) == set(count.findall(present.content)) != set()


def test_platforms_to_compare_are_found_by_former_addresses(client: Client, renamed: Document) -> None:
    make_change_set(_platform("another"))
    answer = client.get("/compare.json?platform=old&platform=another")
    assert answer.status_code == 200
