"""What every request passes: who asks, how often, by which method, and what is said where there is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as NoRedis

from clauses import tokens
from clauses.api import door, limits
from clauses.models import ApiToken
from monitor.roles import CURATOR
from tests.builders import make_change_set, make_user
from tests.clauses.api.asking import BASE, ask, bearing, secret_of, send

pytestmark = pytest.mark.django_db


def problem(answer: Any, status: int, error: str) -> dict[str, Any]:
    """The refusal, which has one shape whatever it is about."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/json")
    said = answer.json()
    assert said.keys() == {"error", "detail", "parameters"}
    assert said["error"] == error
    return said


def test_a_public_site_is_read_by_anybody(client: Client) -> None:
    assert ask(client, "/platforms").status_code == 200


def test_a_private_site_asks_for_a_token_or_a_session(client: Client, settings: Any) -> None:
    settings.PRIVATE_SITE = True
    user = make_user()
    for path in ("/platforms", "/openapi.json", "/platforms/nothing", "/changes"):
        refused = ask(client, path)
        problem(refused, 401, "not signed in")
        assert refused["WWW-Authenticate"].startswith("Bearer")
    assert ask(bearing(secret_of(user)), "/platforms").status_code == 200
    client.force_login(user)
    assert ask(client, "/platforms").status_code == 200
    assert ask(client, "/openapi.json").status_code == 200


def test_a_token_that_does_not_hold_is_refused_everywhere(client: Client) -> None:
    user = make_user()
    good = secret_of(user)
    for scheme in ("Basic", "Token", ""):
        refused = client.get(f"{BASE}/platforms", headers={"Authorization": f"{scheme} {good}".strip()})
        problem(refused, 401, "not signed in")
    for secret in ("", "proviso_x", good[:-1], f"{good}x", "\udcff"):
        problem(ask(bearing(secret), "/platforms"), 401, "not signed in")
    assert ask(bearing(good), "/platforms").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    problem(ask(bearing(good), "/platforms"), 401, "not signed in")
    other = secret_of(user)
    user.is_active = False
    user.save()
    problem(ask(bearing(other), "/platforms"), 401, "not signed in")


def test_a_revoked_token_holds_no_more() -> None:
    user = make_user()
    secret = secret_of(user)
    tokens.revoke(ApiToken.objects.get(), user, timezone.now())
    problem(ask(bearing(secret), "/platforms"), 401, "not signed in")


def test_what_curators_read_is_for_them(client: Client) -> None:
    problem(ask(client, "/decisions"), 401, "not signed in")
    problem(ask(bearing(secret_of(make_user())), "/decisions"), 403, "not allowed")
    curator = make_user(role=CURATOR)
    assert ask(bearing(secret_of(curator)), "/decisions").status_code == 200
    client.force_login(curator)
    assert ask(client, "/decisions").status_code == 200


def test_a_session_never_acts(client: Client) -> None:
    client.force_login(make_user(role="administrator"))
    for path in ("/platforms", "/documents", "/decisions/1/revert", "/documents/D-00001/pause"):
        problem(send(client, path, {}), 401, "not signed in")


def test_another_method_is_refused_with_those_there_are(client: Client) -> None:
    make_change_set()
    refused = client.delete(f"{BASE}/platforms")
    problem(refused, 405, "method not allowed")
    assert set(refused["Allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert client.delete(f"{BASE}/openapi.json")["Allow"] == "GET, HEAD"
    refused = client.get(f"{BASE}/documents/D-00001/pause")
    assert refused["Allow"] == "POST"


def test_the_head_is_that_of_the_answer_without_its_body(client: Client) -> None:
    whole, head = client.get(f"{BASE}/platforms"), client.head(f"{BASE}/platforms")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


@pytest.mark.parametrize("path", ["/nothing", "/platforms/", "/platforms/a/b", "/records/", "/%00"])
def test_where_there_is_nothing_that_is_said_as_json(path: str, client: Client) -> None:
    for method in (client.get, client.post, client.put):
        problem(method(f"{BASE}{path}"), 404, "not found")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What time it is at the door: the last one of these."""
    moments = [timezone.now().replace(second=20, microsecond=0)]
    monkeypatch.setattr(door, "timezone", SimpleNamespace(now=lambda: moments[-1]))
    return moments


def test_who_asks_too_often_waits(settings: Any, client: Client, clock: list[datetime]) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    told = [ask(client, "/coming") for _ in range(5)]
    assert [answer.status_code for answer in told] == [200, 200, 200, 429, 429]
    assert [answer["RateLimit-Remaining"] for answer in told] == ["2", "1", "0", "0", "0"]
    assert {answer["RateLimit-Limit"] for answer in told} == {"3"}
    problem(told[-1], 429, "too many requests")
    assert told[-1]["Retry-After"] == told[-1]["RateLimit-Reset"] == "40"
    assert "Retry-After" not in told[0]
    clock.append(clock[-1] + timedelta(seconds=40))
    assert ask(client, "/coming").status_code == 200


def test_each_token_and_each_address_has_its_own_minute(
    settings: Any, client: Client, clock: list[datetime]
) -> None:
    settings.API_REQUESTS_A_MINUTE = settings.API_TOKEN_REQUESTS_A_MINUTE = 1
    user = make_user()
    first, second = bearing(secret_of(user)), bearing(secret_of(user))
    for one in (first, second, client, Client(REMOTE_ADDR="192.0.2.7")):
        assert ask(one, "/coming").status_code == 200
        assert ask(one, "/coming").status_code == 429


def test_made_up_tokens_are_counted_by_their_address(settings: Any, clock: list[datetime]) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    codes = [ask(bearing(f"proviso_{number}"), "/coming").status_code for number in range(6)]
    assert codes == [401, 401, 429, 429, 429, 429]


def test_without_a_cache_all_are_answered(
    monkeypatch: pytest.MonkeyPatch, settings: Any, client: Client
) -> None:
    settings.API_REQUESTS_A_MINUTE = 1

    def broken(*_: object, **__: object) -> None:
        raise NoRedis("gone")

    monkeypatch.setattr(limits.cache, "add", broken, raising=False)
    assert [ask(client, "/coming").status_code for _ in range(3)] == [200, 200, 200]


def test_answers_are_for_who_asked_only(client: Client) -> None:
    answer = ask(client, "/coming")
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))


def test_a_token_is_noted_as_used_every_few_minutes() -> None:
    secret = secret_of(make_user())
    ask(bearing(secret), "/coming")
    first = ApiToken.objects.get().last_used_at
    assert first
    ask(bearing(secret), "/coming")
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=6))
    ask(bearing(secret), "/coming")
    again = ApiToken.objects.get().last_used_at
    assert again
    assert again >= first
