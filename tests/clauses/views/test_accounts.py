"""Who fails to sign in too often: for how long, from where, and that nobody else pays for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.templatetags.proviso import moment
from tests.builders import make_user

PASSWORD = "violet-anchor-93"
pytestmark = pytest.mark.django_db


def sign_in(client: Client, name: str, password: str, **headers: str) -> Any:
    return client.post(reverse("sign-in"), {"username": name, "password": password}, **headers)


def fail(client: Client, times: int = 10, **headers: str) -> Any:
    for _ in range(times):
        last = sign_in(client, "mara", "wrong", **headers)
    return last


def test_ten_failures_close_the_door_even_for_the_right_password(client: Client) -> None:
    make_user("mara", password=PASSWORD)
    assert fail(client, 9).status_code == 200
    assert fail(client, 1).status_code == 429
    closed = sign_in(client, "mara", PASSWORD)
    assert closed.status_code == 429
    assert "Too many attempts" in closed.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_closed_door_says_when_it_opens_and_then_does(client: Client) -> None:
    make_user("mara", password=PASSWORD)
    fail(client)
    last = AccessAttempt.objects.get().attempt_time
    closed = sign_in(client, "mara", PASSWORD)
    assert moment(last + timedelta(minutes=15)) in closed.content.decode()
    assert 880 <= int(closed["Retry-After"]) <= 900
    fail(client)
    assert AccessAttempt.objects.get().attempt_time == last, "what is tried meanwhile makes it no longer"
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(client, "mara", PASSWORD).status_code == 302


def test_neither_others_here_nor_the_same_account_elsewhere_is_closed(client: Client) -> None:
    make_user("mara", password=PASSWORD)
    make_user("ben", password=PASSWORD)
    fail(client)
    assert sign_in(client, "ben", PASSWORD).status_code == 302
    assert sign_in(Client(), "mara", PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_behind_a_proxy_whoever_it_names_last_is_throttled(client: Client, settings: Any) -> None:
    settings.BEHIND_PROXY = True
    make_user("mara", password=PASSWORD)
    assert fail(client, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.1").status_code == 429
    here = {"HTTP_X_FORWARDED_FOR": "192.0.2.5, 198.51.100.1"}
    assert sign_in(client, "mara", PASSWORD, **here).status_code == 429
    there = {"HTTP_X_FORWARDED_FOR": "198.51.100.2"}
    assert sign_in(client, "mara", PASSWORD, **there).status_code == 302


def test_without_a_proxy_nobody_names_another_address_than_theirs(client: Client) -> None:
    make_user("mara", password=PASSWORD)
    for number in range(10):
        last = fail(client, 1, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert last.status_code == 429


def test_a_private_site_says_nothing_of_reading_without_an_account(client: Client, settings: Any) -> None:
    assert "Reading needs none" in client.get(reverse("sign-in")).content.decode()
    settings.PRIVATE_SITE = True
    assert "Reading needs none" not in client.get(reverse("sign-in")).content.decode()
