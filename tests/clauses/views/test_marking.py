"""Marking read and unread from a list, without a script."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clauses.models import ChangeSet, Reader
from clauses.queries.unread import unread
from tests.builders import make_change_set, make_user

pytestmark = pytest.mark.django_db
MARK = "/changes/mark/"


@pytest.fixture
def anna(client: Client) -> User:
    """Somebody signed in, to whom what is recorded later is unread."""
    user = make_user("anna")
    client.force_login(user)
    client.get(reverse("changes"))
    return user


def numbers(user: User) -> set[int]:
    """The numbers of what she has not read."""
    return set(
        unread(ChangeSet.objects.all(), Reader.objects.get(user=user)).values_list("number", flat=True)
    )


def test_chosen_rows_are_marked_read_and_unread_again(client: Client, anna: User):
    first, second = make_change_set(), make_change_set()
    assert client.get(reverse("changes")).content.decode().count("Unread</span>") == 2
    client.post(MARK, {"row": [f"{first.number}.0"], "action": "read"})
    assert numbers(anna) == {second.number}
    client.post(MARK, {"row": [f"{first.number}.0"], "action": "unread"})
    assert numbers(anna) == {first.number, second.number}


def test_all_shown_are_marked_and_no_others(client: Client, anna: User):
    first, second = make_change_set(), make_change_set()
    client.post(MARK, {"shown": f"{first.number}", "action": "all_read"})
    assert numbers(anna) == {second.number}


def test_everything_is_read_up_to_what_there_was_when_the_page_was_made(client: Client, anna: User):
    first = make_change_set()
    text = client.get(reverse("changes")).content.decode()
    assert f'name="newest" value="{first.number}"' in text
    later = make_change_set()
    client.post(MARK, {"newest": f"{first.number}", "action": "everything"})
    assert numbers(anna) == {later.number}


@pytest.mark.parametrize("row", ["", "x", "-1.0", "1.x", "9" * 30, "٣.0", "1.-1"])
def test_rows_that_are_not_understood_mark_nothing(client: Client, anna: User, row: str):
    change_set = make_change_set()
    assert client.post(MARK, {"row": [row], "action": "read", "shown": row}).status_code == 302
    assert numbers(anna) == {change_set.number}


def test_the_way_back_stays_within_the_site(client: Client, anna: User):
    assert client.post(MARK, {"next": "/changes/?severity=high"}).url == "/changes/?severity=high"
    assert client.post(MARK, {"next": "//evil.example/"}).url == reverse("changes")
