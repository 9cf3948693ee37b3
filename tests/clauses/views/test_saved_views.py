"""Saved views: from a filter to a feed, and whose they are."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import connecting
from clauses.core.taxonomy import shipped_taxonomy
from clauses.models import SavedView, Subscription
from tests.builders import make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client) -> User:
    user = make_user("anna")
    client.force_login(user)
    return user


def save(client: Client, name: str = "High", query: str = "severity=high"):
    return client.post(
        reverse("saved-views"), {"name": name, "query": query, "next": "/changes/?severity=high"}
    )


def test_a_filter_is_saved_listed_on_both_lists_and_marked_where_it_is_in_force(client: Client, anna: User):
    make_change_set()
    assert "Save this filter" not in client.get(reverse("changes")).content.decode()
    assert "Save this filter" in client.get(reverse("changes") + "?severity=high").content.decode()
    assert save(client).url == "/changes/?severity=high"
    for page in ("dashboard", "changes"):
        address = f"{reverse(page)}?severity=high"
        assert f'href="{address}">High</a>' in client.get(reverse(page)).content.decode()
        assert f'href="{address}" aria-current="page">High</a>' in client.get(address).content.decode()


def test_only_what_the_filter_understands_is_saved(client: Client, anna: User):
    save(client, query="severity=high&page=3&status=follow_up&since=yesterday&x=<script>")
    assert SavedView.objects.get().query == "severity=high&status=follow_up"


def test_a_filter_of_every_type_and_many_platforms_is_kept_whole(client: Client, anna: User):
    platforms = [("platform", make_platform(slug=f"harbor-of-the-north-{n}").slug) for n in range(20)]
    query = urlencode([*platforms, *(("type", slug) for slug in shipped_taxonomy().types)])
    save(client, query=query)
    assert SavedView.objects.get().query == query


@pytest.mark.parametrize(
    ("name", "query", "says"),
    [
        ("", "severity=high", "This field is required."),
        ("High", "severity=high", "already"),
        ("Nothing", "severity=huge", "Set a filter first"),
        ("\u202e", "severity=high", "Give the view a name."),
        ("x" * 61, "severity=high", "at most 60"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_form(
    client: Client, anna: User, name: str, query: str, says: str
):
    save(client)
    answer = save(client, name, query)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert SavedView.objects.count() == 1


def alert(client: Client, **values: str):
    view = SavedView.objects.get()
    return client.post(
        reverse("saved-view-alerts", args=[view.pk]), {"min_severity": "1", "frequency": "daily", **values}
    )


def test_alerts_about_a_view_are_begun_after_a_look_ahead_and_shown_beside_it(client: Client, anna: User):
    make_change_set(at=timezone.now() - timedelta(days=9))
    save(client)
    address = reverse("saved-view-alerts", args=[SavedView.objects.get().pk])
    assert f'href="{address}">Alert me about this view' in client.get(reverse("saved-views")).content.decode()
    page = client.get(address).content.decode()
    assert "In the last 90 days this would have sent 1 mail" in page
    assert not Subscription.objects.exists()
    assert alert(client).url == reverse("subscriptions")
    mine = client.get(reverse("subscriptions")).content.decode()
    assert "You will get a daily digest of changes of your view “High”." in mine
    assert 'href="/changes/?severity=high">High</a>' in mine
    assert client.get(reverse("subscriptions-json")).json()["subscriptions"][0]["view"] == "High"
    assert ": daily digest" in client.get(reverse("saved-views")).content.decode()
    assert "You have alerts about this view: daily digest" in client.get(address).content.decode()


def test_a_view_of_the_teams_work_alone_has_no_alerts(client: Client, anna: User):
    save(client, "Mine", "status=follow_up&assignee=me")
    address = reverse("saved-view-alerts", args=[SavedView.objects.get().pk])
    assert "No alerts about Mine" in client.get(address).content.decode()
    alert(client)
    assert not Subscription.objects.exists()


def change(client: Client, **values: str):
    return client.post(reverse("saved-view-change", args=[SavedView.objects.get().pk]), values)


def test_the_filter_of_a_view_is_changed_on_its_page(client: Client, anna: User):
    save(client)
    page = client.get(reverse("saved-view-change", args=[SavedView.objects.get().pk])).content.decode()
    assert '<option value="high" selected>' in page
    assert change(client, name="Date", kind="date", status="new").url == reverse("saved-views")
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Date", "kind=date&status=new")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": "High"}, "Set a filter first"),
        ({"name": "", "severity": "high"}, "This field is required."),
        ({"name": "High", "severity": "huge"}, "Select a valid choice"),
        ({"name": "High", "severity": "low", "since": "yesterday"}, "Enter a valid date"),
        ({"name": "High", "status": "follow_up"}, "Alerts follow this view."),
    ],
)
def test_a_filter_that_cannot_be_kept_is_said_beside_the_form(
    client: Client, anna: User, values: dict[str, str], says: str
):
    save(client)
    alert(client)
    answer = change(client, **values)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert SavedView.objects.get().query == "severity=high"


def test_removing_a_view_names_the_alerts_that_end(client: Client, anna: User):
    save(client)
    view = SavedView.objects.get()
    remove = reverse("saved-view-remove", args=[view.pk])
    assert "These alerts follow it" not in client.get(remove).content.decode()
    alert(client)
    connecting.connect(Subscription.objects.get(), "https://hooks.example/x", "json")
    page = client.get(remove).content.decode()
    assert "your view “High”: daily digest, with the webhook to hooks.example" in page
    client.post(remove)
    assert "No alerts yet" in client.get(reverse("subscriptions")).content.decode()
    assert Subscription.objects.get().ended_at is not None
    token = Subscription.objects.get().token
    assert (
        "your view “High”, which is removed"
        in client.get(reverse("unsubscribe", args=[token])).content.decode()
    )


def test_a_view_is_renamed_and_removed_only_after_a_question(client: Client, anna: User):
    save(client)
    view = SavedView.objects.get()
    client.post(reverse("saved-view-change", args=[view.pk]), {"name": "Worst", "severity": "high"})
    assert SavedView.objects.get().name == "Worst"
    remove = reverse("saved-view-remove", args=[view.pk])
    assert "Remove Worst?" in client.get(remove).content.decode()
    assert SavedView.objects.exists()
    client.post(remove)
    assert not SavedView.objects.exists()
    assert client.get(reverse("saved-view-atom", args=[view.token])).status_code == 404


def test_nobody_touches_the_view_of_another(client: Client, anna: User):
    save(client)
    view = SavedView.objects.get()
    other = Client()
    other.force_login(make_user("ben"))
    for name in ("saved-view-change", "saved-view-alerts", "saved-view-feed", "saved-view-remove"):
        assert other.post(reverse(name, args=[view.pk]), {"name": "Mine"}).status_code == 404
    assert "High" not in other.get(reverse("saved-views")).content.decode()
    assert SavedView.objects.get().token == view.token


def test_a_feed_is_read_with_its_token_alone_until_it_gets_another(client: Client, anna: User):
    change_set = make_change_set()
    save(client)
    old = reverse("saved-view-atom", args=[SavedView.objects.get().token])
    assert change_set.headline in Client().get(old).content.decode()
    client.post(reverse("saved-view-feed", args=[SavedView.objects.get().pk]))
    assert Client().get(old).status_code == 404
    new = reverse("saved-view-atom", args=[SavedView.objects.get().token])
    assert Client().get(new).status_code == 200
    User.objects.update(is_active=False)
    assert Client().get(new).status_code == 404


def test_a_feed_tells_nothing_of_the_teams_work(client: Client, anna: User):
    change_set = make_change_set()
    save(client, "Follow-up", "severity=high&status=follow_up&assignee=me&read=unread")
    feed = Client().get(reverse("saved-view-atom", args=[SavedView.objects.get().token])).content.decode()
    assert change_set.headline in feed, "nothing has the status, yet the feed does not go by it"
    assert "status" not in feed
    assert "assignee" not in feed


def test_a_name_with_markup_is_shown_as_text(client: Client, anna: User):
    save(client, "<b>High</b>")
    for page in ("saved-views", "changes", "dashboard"):
        make_change_set()
        text = client.get(reverse(page)).content.decode()
        assert "&lt;b&gt;High" in text
        assert "<b>High" not in text
