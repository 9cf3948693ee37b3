"""Tokens: told once, kept as a hash, never able to do more than their owner."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core import serializers
from django.utils import timezone

from clauses import tokens
from clauses.models import ApiToken, TokenScope
from monitor.models import Act
from tests.builders import make_user

pytestmark = pytest.mark.django_db


def test_the_secret_is_kept_as_a_hash_only() -> None:
    token, secret = tokens.make(make_user(), "sync", TokenScope.READ, 30, timezone.now())
    assert len(secret) > 40
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in serializers.serialize("json", [*ApiToken.objects.all(), *Act.objects.all()])


def test_two_tokens_have_two_secrets() -> None:
    user, now = make_user(), timezone.now()
    made = {tokens.make(user, "sync", TokenScope.READ, 30, now)[1] for _ in range(5)}
    assert len(made) == 5


@pytest.mark.parametrize(
    ("role", "scopes"),
    [("", ["read"]), ("curator", ["read", "decide"]), ("administrator", ["read", "decide", "watch"])],
)
def test_a_token_may_do_no_more_than_its_owner(role: str, scopes: list[str]) -> None:
    assert tokens.scopes_of(make_user(role=role)) == scopes


def test_a_token_holds_until_its_day() -> None:
    now = timezone.now()
    token, secret = tokens.make(make_user(), "sync", TokenScope.READ, 30, now)
    assert tokens.token_with(secret, now + timedelta(days=29)) == token
    assert tokens.token_with(secret, now + timedelta(days=30)) is None


def test_making_and_revoking_are_on_record_each_once() -> None:
    user, administrator, now = make_user("ada"), make_user("eve", role="administrator"), timezone.now()
    token, secret = tokens.make(user, "sync", TokenScope.READ, 90, now)
    for _ in range(2):
        tokens.revoke(token, administrator, now)
    assert tokens.token_with(secret, now) is None
    told = Act.objects.order_by("pk").values_list("name", "subject", "detail")
    assert list(told) == [
        ("ada", "token: sync", "made, scope: read, for 90 days"),
        ("eve", "token: sync", "of ada, revoked"),
    ]


def test_a_person_has_so_many_tokens_at_most() -> None:
    user, now = make_user(), timezone.now()
    for _ in range(tokens.MOST):
        token, _ = tokens.make(user, "sync", TokenScope.READ, 30, now)
    with pytest.raises(tokens.TooManyTokens):
        tokens.make(user, "sync", TokenScope.READ, 30, now)
    tokens.revoke(token, user, now)
    assert tokens.make(user, "sync", TokenScope.READ, 30, now)
