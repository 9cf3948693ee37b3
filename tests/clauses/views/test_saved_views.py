"""Saved views: from a filter to a feed, and whose they are."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clauses.models import SavedView
from tests.builders import make_change_set, make_user

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


def test_a_view_is_renamed_and_removed_only_after_a_question(client: Client, anna: User):
    save(client)
    view = SavedView.objects.get()
    client.post(reverse("saved-view-change", args=[view.pk]), {"name": "Worst"})
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
    for name in ("saved-view-change", "saved-view-feed", "saved-view-remove"):
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
