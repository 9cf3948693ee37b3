"""The pages of tokens: make one, see its secret once, revoke it; administrators see those of all people."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import tokens
from clauses.models import ApiToken, TokenScope
from monitor.roles import CURATOR
from tests.builders import make_user

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"


def signed_in(name: str = "", role: str = "") -> Client:
    client = Client()
    client.force_login(make_user(name, role=role))
    return client


def test_the_secret_is_shown_once_and_works() -> None:
    client = signed_in()
    answer = client.post(PAGE, {"name": "Sync", "scope": "read", "days": "90"})
    (secret,) = re.findall(r"proviso_[\w-]{20,}", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert secret not in client.get(PAGE).content.decode()
    asked = Client().get("/api/v1/platforms", headers={"Authorization": f"Bearer {secret}"})
    assert asked.status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "scope": "read", "days": "90"},
        {"name": "Sync", "scope": "decide", "days": "90"},
        {"name": "Sync", "scope": "watch", "days": "90"},
        {"name": "Sync", "scope": "all", "days": "90"},
        {"name": "Sync", "scope": "read", "days": "9999"},
        {"name": "x" * 81, "scope": "read", "days": "90"},
    ],
)
def test_what_makes_no_sense_makes_no_token(sent: dict[str, str]) -> None:
    answer = signed_in().post(PAGE, sent)
    assert "errorlist" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_each_role_is_offered_what_it_may() -> None:
    for role, offered in (("", 1), ("curator", 2), ("administrator", 3)):
        page = signed_in(role=role).get(PAGE).content.decode()
        assert page.count('<option value="') - 3 == offered, role


def test_as_many_as_one_may_have_is_said() -> None:
    user = make_user()
    for _ in range(tokens.MOST):
        tokens.make(user, "sync", TokenScope.READ, 30, timezone.now())
    client = Client()
    client.force_login(user)
    answer = client.post(PAGE, {"name": "Sync", "scope": "read", "days": "90"})
    assert "Revoke one first" in answer.content.decode()


def test_a_token_is_revoked_after_asking() -> None:
    client = signed_in("ada")
    client.post(PAGE, {"name": "Sync", "scope": "read", "days": "90"})
    token = ApiToken.objects.get()
    page = reverse("token-revoke", args=[token.pk])
    assert "Revoke “Sync”?" in client.get(page).content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None
    assert client.post(page).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at
    assert "revoked" in client.get(PAGE).content.decode()


def test_nobody_sees_or_revokes_what_is_not_theirs_but_administrators() -> None:
    signed_in("ada").post(PAGE, {"name": "Of Ada", "scope": "read", "days": "90"})
    page = reverse("token-revoke", args=[ApiToken.objects.get().pk])
    other = signed_in(role=CURATOR)
    assert "Of Ada" not in other.get(PAGE).content.decode()
    assert other.post(page).status_code == 404
    assert other.get(reverse("all-tokens")).status_code == 403
    administrator = signed_in(role="administrator")
    assert "Of Ada" in administrator.get(reverse("all-tokens")).content.decode()
    assert "It is a token of ada" in administrator.get(page).content.decode()
    assert administrator.post(page).status_code == 302
    assert ApiToken.objects.get().revoked_at


def test_a_token_whose_role_is_gone_is_marked() -> None:
    user = make_user("ada", role=CURATOR)
    tokens.make(user, "Decider", TokenScope.DECIDE, 30, timezone.now())
    client = Client()
    client.force_login(user)
    assert "the role that it needs is gone" not in client.get(PAGE).content.decode()
    user.groups.remove(Group.objects.get(name=CURATOR))
    assert "the role that it needs is gone" in client.get(PAGE).content.decode()
