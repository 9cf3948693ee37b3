"""Cursors: a list goes on where it ended, whatever comes or goes meanwhile, and nothing else is a cursor."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from clauses.api.cursors import cursor_of, mark_of, marks_of, moment_at
from clauses.forms.understood import NotUnderstood
from monitor.models import Platform
from tests.builders import capture, day, make_change_set, make_document, make_platform, make_source
from tests.clauses.api.asking import ask

marks = st.integers(-(10**18) + 1, 10**18 - 1)


@given(st.lists(marks, min_size=1, max_size=3))
def test_a_cursor_says_what_was_put_into_it(given_marks: list[int]) -> None:
    assert marks_of("list", cursor_of("list", *given_marks), len(given_marks)) == tuple(given_marks)


@given(st.text(max_size=60))
def test_no_other_text_is_a_cursor(text: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        marks_of("list", text, 1)
    (mistake,) = error.value.mistakes
    assert mistake.parameter == "cursor"


@pytest.mark.parametrize(
    "plain",
    [
        "other:1",
        "list:1:2",
        "list:",
        "list:01",
        "list:+1",
        "list:1 ",
        "list:١",
        "list:1000000000000000000",
        "list",
    ],
)
def test_what_only_reads_like_a_cursor_is_none(plain: str) -> None:
    text = urlsafe_b64encode(plain.encode()).rstrip(b"=").decode()
    with pytest.raises(NotUnderstood):
        marks_of("list", text, 1)


def test_a_cursor_with_padding_or_loose_bits_is_none() -> None:
    good = cursor_of("list", 12)
    loose = good[:-1] + chr(ord(good[-1]) + 1)
    for text in (f"{good}=", f"{good}A", loose):
        with pytest.raises(NotUnderstood):
            marks_of("list", text, 1)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_kept_to_the_microsecond(at: datetime) -> None:
    assert moment_at(mark_of(at)) == at


@given(marks)
def test_any_mark_is_a_moment(mark: int) -> None:
    assert moment_at(mark).tzinfo is UTC


@pytest.mark.django_db
def test_a_list_by_id_goes_on_while_rows_come_and_go(client: Client) -> None:
    made = [make_platform() for _ in range(5)]
    first = ask(client, "/platforms", limit=2).json()
    assert [row["slug"] for row in first["items"]] == [row.slug for row in made[:2]]
    Platform.objects.filter(pk__in=[made[0].pk, made[2].pk]).delete()
    late = make_platform(name="A name before all others")
    rest = ask(client, "/platforms", cursor=first["next"]).json()
    assert [row["slug"] for row in rest["items"]] == [made[3].slug, made[4].slug, late.slug]
    assert rest["next"] is None


@pytest.mark.django_db
def test_the_newest_first_go_on_while_newer_ones_come(client: Client) -> None:
    source = make_source(make_document())
    for number in range(5):
        capture(source, "<p>One.</p>", day(number), furniture=number)
    path = f"/documents/{source.document.public_id}/captures"
    first = ask(client, path, limit=2).json()
    capture(source, "<p>One.</p>", day(9), furniture=9)
    second = ask(client, path, limit=2, cursor=first["next"]).json()
    third = ask(client, path, limit=2, cursor=second["next"]).json()
    told = [row["at"] for part in (first, second, third) for row in part["items"]]
    assert told == [day(number).isoformat() for number in (4, 3, 2, 1, 0)]
    assert third["next"] is None


@pytest.mark.django_db
def test_rows_of_one_moment_are_each_told_once(client: Client) -> None:
    platform = make_platform()
    made = [make_change_set(platform) for _ in range(3)]
    assert len({row.detected_at for row in made}) == 1
    told: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        part = ask(client, "/change-sets", limit=1, **cursor).json()
        told += [row["id"] for row in part["items"]]
        if part["next"] is None:
            break
        cursor = {"cursor": part["next"]}
    assert told == [row.public_id for row in reversed(made)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/platforms", "/documents", "/versions", "/change-sets", "/records", "/references"]
)
def test_a_bad_cursor_is_named(path: str, client: Client) -> None:
    for cursor in ("abc", cursor_of("elsewhere", 1), cursor_of("platforms", 1, 2, 3, 4)):
        answer = ask(client, path, cursor=cursor)
        assert answer.status_code == 400
        assert answer.json()["parameters"][0]["parameter"] == "cursor"


def test_marks_beyond_all_days_are_the_last_and_the_first_one() -> None:
    assert moment_at(10**18 - 1) - moment_at(-(10**18)) > timedelta(days=3_000_000)
