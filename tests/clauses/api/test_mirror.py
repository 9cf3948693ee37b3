"""What mirrors are told: everything, in order, once, and what a change set is now."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clauses import faulting
from clauses.api.cursors import cursor_of
from clauses.models import ChangeEvent, ChangeSet
from clauses.rereading import reread_if_stale
from clauses.samples import remove_samples
from tests.builders import make_change_set, make_platform, make_user
from tests.clauses.api.asking import ask

pytestmark = pytest.mark.django_db


def follow(client: Client, since: str = "", limit: int = 2) -> tuple[list[dict[str, Any]], str]:
    """All events since a cursor, and the cursor behind them."""
    events: list[dict[str, Any]] = []
    while True:
        part = ask(client, "/changes", limit=limit, **({"since": since} if since else {})).json()
        events += part["events"]
        since = part["next"]
        if part["is_last"]:
            return events, since


def test_every_change_set_is_told_of_once_in_the_order_of_recording(client: Client) -> None:
    made = [make_change_set() for _ in range(5)]
    events, since = follow(client)
    assert [(row["event"], row["id"]) for row in events] == [("recorded", row.public_id) for row in made]
    assert follow(client, since) == ([], since)
    late = make_change_set()
    (event,), _ = follow(client, since)
    assert event["id"] == event["change_set"]["id"] == late.public_id


def test_a_ruling_and_a_rating_are_told_of_with_what_holds_now(client: Client) -> None:
    change_set = make_change_set()
    _, since = follow(client)
    faulting.rule(change_set, is_real=False, reason="Half a page.", by=make_user("ada"), at=timezone.now())
    (event,), since = follow(client, since)
    assert (event["event"], event["id"]) == ("ruled", change_set.public_id)
    assert event["change_set"]["is_technical"] is True
    assert (event["ruling"]["is_real"], event["ruling"]["reason"]) == (False, "Half a page.")
    ChangeSet.objects.update(rubric_version="2020.1")
    reread_if_stale(change_set.document)
    (event,), _ = follow(client, since)
    assert event["event"] == "rated"
    assert ask(client, f"/change-sets/{change_set.public_id}").json()["earlier_ratings"]


def test_reading_anew_without_another_rating_is_no_event(client: Client) -> None:
    change_set = make_change_set()
    _, since = follow(client)
    assert reread_if_stale(change_set.document) is None or not follow(client, since)[0]
    assert follow(client, since)[0] == []


def test_a_superseded_change_set_names_the_one_that_took_its_place(client: Client) -> None:
    gone, heir = make_change_set(), make_change_set()
    ChangeSet.objects.filter(pk=gone.pk).update(superseded_by=heir)
    events, _ = follow(client)
    assert [row["superseded_by"] for row in events] == [heir.public_id, None]


def test_samples_that_went_are_told_of(client: Client) -> None:
    change_set = make_change_set(make_platform(is_sample=True))
    _, since = follow(client)
    remove_samples()
    (event,), _ = follow(client, since)
    assert (event["event"], event["id"], event["change_set"]) == ("removed", change_set.public_id, None)
    events, _ = follow(client)
    assert [row["change_set"] for row in events] == [None, None]


def test_a_mirror_that_keeps_the_latest_event_of_each_holds_what_the_site_holds(client: Client) -> None:
    made = [make_change_set() for _ in range(3)]
    faulting.rule(made[1], is_real=False, reason="Half.", by=make_user(), at=timezone.now())
    kept = {row["id"]: row for row in follow(client, limit=1)[0]}
    standing = {
        public_id
        for public_id, row in kept.items()
        if row["change_set"] and not row["superseded_by"] and not row["change_set"]["is_technical"]
    }
    listed = {row["id"] for row in ask(client, "/change-sets").json()["items"]}
    assert standing == listed == {made[0].public_id, made[2].public_id}


def test_a_cursor_of_no_event_yet_begins_with_the_first(client: Client) -> None:
    empty = ask(client, "/changes").json()
    assert (empty["events"], empty["is_last"]) == ([], True)
    make_change_set()
    assert len(follow(client, empty["next"])[0]) == 1


@pytest.mark.parametrize("since", ["abc", "0", cursor_of("changes", 1, 2), cursor_of("platforms", 1)])
def test_a_cursor_that_is_none_is_refused(since: str, client: Client) -> None:
    answer = ask(client, "/changes", since=since)
    assert answer.status_code == 400
    assert answer.json()["parameters"][0]["parameter"] == "since"


def test_events_are_numbered_without_a_gap() -> None:
    for _ in range(3):
        make_change_set()
    assert list(ChangeEvent.objects.values_list("number", flat=True)) == [1, 2, 3]
