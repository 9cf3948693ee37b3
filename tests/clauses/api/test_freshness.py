"""ETag and Last-Modified: 304 for what the client has, and never for anything else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from redis.exceptions import ConnectionError as NoRedis

from clauses.api import freshness
from clauses.api.freshness import fresh
from tests.builders import make_platform
from tests.clauses.api.asking import ask

START = datetime(2026, 3, 1, 6, 0, 0, 200_000, tzinfo=UTC)


def answered(body: str, after: float, **headers: str) -> Any:
    """The answer with a body, so many seconds after the start."""
    request = RequestFactory().get("/api/v1/x", headers=headers)
    return fresh(request, HttpResponse(body), START + timedelta(seconds=after))


def test_the_same_bytes_have_the_same_tag_and_others_another() -> None:
    assert answered("a", 0)["ETag"] == answered("a", 100)["ETag"] != answered("b", 200)["ETag"]
    assert answered("a", 0)["ETag"].startswith('"')


def test_what_the_client_has_is_not_sent_again() -> None:
    tag = answered("a", 0)["ETag"]
    again = answered("a", 5, **{"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert answered("b", 6, **{"If-None-Match": tag}).status_code == 200


def test_last_modified_is_when_the_bytes_were_first_the_answer() -> None:
    assert answered("a", 0)["Last-Modified"] == "Sun, 01 Mar 2026 06:00:00 GMT"
    assert answered("a", 90)["Last-Modified"] == "Sun, 01 Mar 2026 06:00:00 GMT"
    assert answered("b", 95)["Last-Modified"] == "Sun, 01 Mar 2026 06:01:35 GMT"
    assert answered("a", 99)["Last-Modified"] == "Sun, 01 Mar 2026 06:01:39 GMT"


def test_since_that_moment_nothing_is_sent_again() -> None:
    since = answered("a", 0)["Last-Modified"]
    assert answered("a", 50, **{"If-Modified-Since": since}).status_code == 304
    assert answered("b", 51, **{"If-Modified-Since": since}).status_code == 200


def test_an_answer_that_changes_within_a_second_is_never_taken_for_the_one_before() -> None:
    since = answered("a", 0)["Last-Modified"]
    changed = answered("b", 0.4, **{"If-Modified-Since": since})
    assert changed.status_code == 200
    assert "Last-Modified" not in changed
    later = answered("b", 2, **{"If-Modified-Since": since})
    assert later.status_code == 200
    assert later["Last-Modified"] == "Sun, 01 Mar 2026 06:00:01 GMT"


def test_a_tag_counts_for_more_than_a_moment() -> None:
    first = answered("a", 0)
    asked = {"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]}
    assert answered("a", 1, **asked).status_code == 200


def test_without_a_cache_there_is_a_tag_and_no_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise NoRedis("gone")

    monkeypatch.setattr(freshness.cache, "get", broken, raising=False)
    answer = answered("a", 0)
    assert "ETag" in answer
    assert "Last-Modified" not in answer


@pytest.mark.django_db
def test_a_list_is_another_one_once_a_row_came(client: Client) -> None:
    tag = ask(client, "/platforms")["ETag"]
    asked = {"If-None-Match": tag}
    assert client.get("/api/v1/platforms", headers=asked).status_code == 304
    make_platform()
    answer = client.get("/api/v1/platforms", headers=asked)
    assert answer.status_code == 200
    assert len(answer.json()["items"]) == 1
