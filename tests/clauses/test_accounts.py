"""Signing in, the first administrator's link, roles."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from clauses.accounts import first_administrator_link
from monitor.roles import is_administrator, is_curator
from tests.builders import make_user

SITE = "https://watch.example"
PASSWORD = "violet-anchor-93"
pytestmark = pytest.mark.django_db


def path_of(link: str | None) -> str:
    assert link is not None
    assert link.startswith(f"{SITE}/welcome/")
    return link.removeprefix(SITE)


def choose(client: Client, path: str, **values: str):
    given = {"username": "nora", "email": "nora@example.org", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(path, given | values)


def sign_in(client: Client, name: str, password: str, **values: str):
    return client.post(reverse("sign-in"), {"username": name, "password": password, **values})


def test_the_first_administrator_chooses_name_and_password_by_the_link(client: Client) -> None:
    path = path_of(first_administrator_link(SITE))
    assert client.get(path).status_code == 200
    assert choose(client, path).url == reverse("dashboard")
    user = User.objects.get()
    assert (user.username, user.email, user.check_password(PASSWORD)) == ("nora", "nora@example.org", True)
    assert is_administrator(user)
    assert client.get(reverse("mail-folder")).status_code == 200


def test_the_sign_in_page_says_where_the_first_link_is(client: Client) -> None:
    hint = "printed in the terminal"
    path = path_of(first_administrator_link(SITE))
    assert hint in client.get(reverse("sign-in")).content.decode()
    choose(client, path)
    assert hint not in Client().get(reverse("sign-in")).content.decode()


def test_opening_the_link_uses_nothing_up(client: Client) -> None:
    path = path_of(first_administrator_link(SITE))
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert not User.objects.get().has_usable_password()


def test_the_link_works_once(client: Client) -> None:
    path = path_of(first_administrator_link(SITE))
    choose(client, path)
    other = Client()
    assert other.get(path).status_code == 410
    assert choose(other, path, username="thief").status_code == 410
    assert User.objects.get().username == "nora"


def test_every_start_gives_a_link_until_one_is_used(client: Client) -> None:
    first_administrator_link(SITE)
    second = first_administrator_link(SITE + "/")
    assert User.objects.count() == 1
    choose(client, path_of(second))
    assert first_administrator_link(SITE) is None


def test_no_link_is_given_while_an_administrator_can_sign_in() -> None:
    make_user(role="administrator", password=PASSWORD)
    assert first_administrator_link(SITE) is None
    assert User.objects.count() == 1


def test_an_inactive_administrator_does_not_lock_the_site() -> None:
    make_user(role="administrator", password=PASSWORD, is_active=False)
    assert first_administrator_link(SITE) is not None


def test_an_analyst_called_admin_is_not_made_administrator() -> None:
    analyst = make_user("admin", password=PASSWORD)
    assert first_administrator_link(SITE) is not None
    analyst.refresh_from_db()
    assert not is_administrator(analyst)
    assert analyst.check_password(PASSWORD)


@pytest.mark.parametrize("uid", ["MQ", "!!", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "4pyT", "x" * 300])
def test_a_made_up_link_says_that_it_does_not_work(client: Client, uid: str) -> None:
    assert client.get(f"/welcome/{uid}/abc-def/").status_code == 410


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"password2": "another-one-77"}, "differ"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "password123", "password2": "password123"}, "too common"),
        ({"username": "taken"}, "already exists"),
        ({"username": ""}, "required"),
    ],
)
def test_a_bad_choice_is_told_and_keeps_the_link(client: Client, values: dict[str, str], words: str) -> None:
    make_user("taken")
    path = path_of(first_administrator_link(SITE))
    response = choose(client, path, **values)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert client.get(path).status_code == 200


def test_who_signs_in_comes_to_the_page_that_needed_it(client: Client) -> None:
    make_user("mara", password=PASSWORD)
    refused = client.get(reverse("subscriptions"))
    assert refused.url == f"{reverse('sign-in')}?next={reverse('subscriptions')}"
    assert sign_in(client, "mara", PASSWORD, next=reverse("subscriptions")).url == reverse("subscriptions")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_never_leads_to_another_site(client: Client, target: str) -> None:
    make_user("mara", password=PASSWORD)
    assert sign_in(client, "mara", PASSWORD, next=target).url == reverse("dashboard")
    assert client.get(reverse("sign-in"), {"next": target}).url == reverse("dashboard")


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("sign-out")).status_code == 405
    assert "_auth_user_id" in client.session
    client.post(reverse("sign-out"))
    assert "_auth_user_id" not in client.session


def test_a_user_changes_password_and_address(client: Client) -> None:
    user = make_user(password=PASSWORD)
    client.force_login(user)
    new = "copper-lantern-58"
    client.post(
        reverse("change-password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    user.refresh_from_db()
    assert user.check_password(new)


def test_the_sign_in_page_shows_hostile_names_as_text(client: Client) -> None:
    body = sign_in(client, '"><script>x</script>', "no").content.decode()
    assert "<script>x" not in body
    assert re.search(r"&lt;script&gt;x", body)


def test_roles_include_the_ones_below() -> None:
    analyst, curator, administrator = make_user(), make_user(role="curator"), make_user(role="administrator")
    root = make_user(is_superuser=True)
    assert [is_curator(user) for user in (analyst, curator, administrator, root)] == [False, True, True, True]
    assert [is_administrator(user) for user in (analyst, curator, administrator, root)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_page_drawn_without_a_user_shows_no_way_to_the_desk() -> None:
    assert "/review/" not in render_to_string("base.html")
    assert "/admin/" not in render_to_string("500.html")
