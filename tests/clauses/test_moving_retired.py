"""The same terms watched twice: one document is retired, the other read on, and both histories stay."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from clauses import connecting, moving, subscribing
from clauses.models import Alert, ChangeSet, Clause, Frequency, ListedClause, Subscription
from clauses.models.choices import SeverityLevel
from clauses.moving import CannotRetire
from clauses.subscribing import Wish, recipient_of
from monitor.models import Act, Document, Platform
from monitor.pausing import resume
from monitor.watching import due
from tests.builders import (
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Document, Document]:
    """The same terms twice: the first is to go."""
    platform = make_platform(slug="acme", name="Acme")
    first, second = make_change_set(platform).document, make_change_set(platform).document
    return first, second


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("ada", role="administrator"))
    return client


def path(name: str, document: Document) -> str:
    return reverse(name, args=[document.platform.slug, document.slug])


def test_it_asks_first_and_says_what_stays_and_what_follows(desk: Client, two: Any) -> None:
    old, new = two
    subscribing.begin(recipient_of(make_user()), Wish(document=old))
    page = desk.get(path("retire-document", old), {"into": new.pk}).content.decode()
    records = Clause.objects.filter(document=old).count()
    assert f"Its 2 versions and {records} clause records stay" in page
    assert "1 subscription to it goes to" in page
    assert Document.objects.get(pk=old.pk).succeeded_by is None
    answer = desk.post(path("retire-document", old), {"into": new.pk}, follow=True)
    assert "is read instead" in answer.content.decode()
    assert Document.objects.get(pk=old.pk).succeeded_by == new
    assert Act.objects.get().detail == f"retired, {new.public_id} {new.name} is read instead"


def test_every_address_of_the_retired_one_stays_and_both_pages_say_so(client: Client, two: Any) -> None:
    old, new = two
    record = Clause.objects.filter(document=old).latest("number")
    version = old.versions.latest("ordinal")
    at = [old.platform.slug, old.slug]
    addresses = [
        path("document", old),
        reverse("version", args=[*at, version.number]),
        reverse("record", args=[record.number]),
    ]
    others = [
        reverse("version-text", args=[*at, version.number]),
        reverse("document-atom", args=at),
        reverse("change-set", args=[ChangeSet.objects.get(document=old).number]),
    ]
    before = [client.get(one).status_code for one in others]
    moving.retire(old, new, day(9))
    for one in addresses:
        page = client.get(one).content.decode()
        assert "Retired on 10 March 2025." in page
        assert path("document", new) in page
    assert [client.get(one).status_code for one in others] == before
    assert (
        f'also watched as <a href="{path("document", old)}">'
        in client.get(path("document", new)).content.decode()
    )
    assert "1 document watched since" in client.get(reverse("platform", args=["acme"])).content.decode()
    twin = client.get(path("document-json", old)).json()
    assert twin["succeeded_by"]["id"] == new.public_id
    assert twin["retired_at"].startswith("2025-03-10")
    assert client.get(path("document-json", new)).json()["succeeded_by"] is None


def test_it_is_read_no_more_by_no_way(two: Any) -> None:
    old, new = two
    moving.retire(old, new, day(9))
    assert new in due(day(4000))
    assert old not in due(day(4000))
    assert resume(Document.objects.filter(pk=old.pk), day(10)) == 0
    old.is_paused = False
    with pytest.raises(ValidationError, match="is read instead"):
        old.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=old.pk).update(is_paused=False)
    with pytest.raises(CommandError, match="is retired"):
        call_command("fetch", old.public_id)


def test_its_clauses_leave_the_lists_of_what_stands_and_come_back_with_it(two: Any) -> None:
    old, new = two
    listed = ListedClause.objects.filter(document=old)
    before = listed.count()
    assert before
    moving.retire(old, new, day(9))
    assert not listed.exists()
    assert ListedClause.objects.filter(document=new).count() == before
    assert not Clause.objects.standing().filter(document=old).exists()
    moving.bring_back(old, day(10))
    assert listed.count() == before
    old.refresh_from_db()
    assert (old.succeeded_by, old.retired_at, old.is_paused, old.next_fetch_at) == (
        None,
        None,
        False,
        day(10),
    )


def test_subscriptions_follow_and_nobody_has_two(two: Any) -> None:
    old, new = two
    ada, kim = recipient_of(make_user()), recipient_of(make_user())
    moved = subscribing.begin(ada, Wish(document=old))
    twice = subscribing.begin(kim, Wish(document=old, frequency=Frequency.INSTANT))
    kept = subscribing.begin(
        kim, Wish(document=new, frequency=Frequency.DAILY, min_severity=SeverityLevel.HIGH)
    )
    connecting.connect(twice, "https://hook.example/a", "json")
    moving.retire(old, new, day(9))
    for row in (moved, twice, kept):
        row.refresh_from_db()
    assert (moved.document, moved.ended_at) == (new, None)
    assert twice.ended_at == day(9)
    assert (kept.min_severity, kept.frequency) == (SeverityLevel.LOW, Frequency.INSTANT)
    assert [webhook.url for webhook in kept.webhooks.all()] == ["https://hook.example/a"]
    publish(new.sources.get(), KEPT_30_DAYS, day(30))
    told = Alert.objects.filter(change_set__document=new).values_list("recipient", flat=True)
    assert sorted(told) == sorted([ada.pk, kim.pk])
    assert Subscription.objects.filter(document=old).count() == 0


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("itself", "instead of itself"),
        ("elsewhere", "of different platforms"),
        ("retired", "is retired already"),
        ("into retired", "is retired itself"),
        ("sample", "Samples are invented"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(two: Any, case: str, words: str) -> None:
    old, new = two
    third = make_document(old.platform)
    if case == "itself":
        new = old
    elif case == "elsewhere":
        new = make_document()
    elif case == "retired":
        moving.retire(old, third, day(8))
    elif case == "into retired":
        moving.retire(new, third, day(8))
    else:
        Platform.objects.filter(pk=old.platform_id).update(is_sample=True)
    before = list(Document.objects.order_by("pk").values())
    with pytest.raises(CannotRetire, match=words):
        moving.retire(old, new, day(9))
    assert list(Document.objects.order_by("pk").values()) == before


def test_it_is_brought_back_by_a_button_and_that_is_on_record(desk: Client, two: Any) -> None:
    old, new = two
    moving.retire(old, new, day(9))
    page = desk.get(path("watched-document", old)).content.decode()
    assert "Bring it back" in page
    assert 'value="resume"' not in page
    desk.post(path("watched-document", old), {"turn": "bring-back"})
    assert Document.objects.get(pk=old.pk).succeeded_by is None
    assert Act.objects.get().detail == "brought back, read by itself again"


@pytest.mark.parametrize("into", ["", "999999", "x", "-1"])
def test_retired_for_nothing_it_stays(desk: Client, two: Any, into: str) -> None:
    assert desk.post(path("retire-document", two[0]), {"into": into}).status_code == 200
    assert not Document.objects.exclude(succeeded_by=None).exists()
