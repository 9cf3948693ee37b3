"""The record of a clause tells everything that happened to it, in order."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import Clause
from clauses.queries.record_events import record_events
from tests.builders import day, make_source, publish
from tests.clauses.edited_documents import ENDS, FIVE, KEEPS, LAW, RATES, SHARES, Edited, numbers

pytestmark = pytest.mark.django_db

WHOLE = (
    f"{KEEPS[:-1]}, and we delete the recordings of your calls to our support team within two weeks of the last "
    "answer."
)
PIECES = (
    KEEPS,
    "We delete the recordings of your calls to our support team within two weeks of the last answer.",
)


def kinds(clause: Clause) -> list[str]:
    return [event.kind for event in record_events(clause)]


def record(text: str) -> Clause:
    return Clause.objects.filter(current__wording__text=text).latest("number")


def test_edit_move_removal_and_return_are_events_of_one_record(client: Client) -> None:
    edited = Edited("#Data", *FIVE)
    clause = record(KEEPS)
    longer = KEEPS.replace("30 days", "90 days")
    edited.publish("#Data", RATES, longer, SHARES, ENDS, LAW)
    edited.publish("#Data", RATES, SHARES, ENDS, LAW, longer)
    edited.publish("#Data", RATES, SHARES, ENDS, LAW)
    edited.publish("#Data", RATES, SHARES, ENDS, longer.replace("parcels", "letters"), LAW)
    edited.publish("#Your data", RATES, SHARES, ENDS, longer.replace("parcels", "letters"), LAW)
    found = record_events(clause)
    assert [event.kind for event in found] == ["recorded", "modified", "removed", "reintroduced", "retitled"]
    assert [event.change_set is None for event in found] == [True, False, False, False, False]
    twin = client.get(reverse("record-json", args=[clause.number])).json()
    assert [row["kind"] for row in twin["events"]] == [event.kind for event in found]
    page = client.get(reverse("record", args=[clause.number])).content.decode()
    assert "Back in the text" in page
    assert "Under another heading" in page


def test_an_item_of_which_only_the_introduction_changed_is_not_said_to_be_under_another_heading() -> None:
    source = make_source()
    text = "<h2>Data</h2><p>We keep for you:</p><ul><li>the photos of your parcels;</li><li>your letters.</li></ul>"
    publish(source, text, day(0))
    publish(source, text.replace("keep for you", "store at home"), day(20))
    assert kinds(record("your letters.")) == ["recorded", "reframed"]


def test_a_split_names_both_records_and_a_merger_too(client: Client) -> None:
    edited = Edited(RATES, WHOLE, LAW)
    edited.publish(RATES, *PIECES, LAW)
    main, piece = record(PIECES[1]), record(PIECES[0])
    assert kinds(main) == ["recorded", "split"]
    (split_off,) = record_events(piece)
    assert (split_off.kind, split_off.other) == ("split_off", main)
    version = edited.publish(RATES, WHOLE, LAW)
    assert numbers(version)[WHOLE] == main.number
    assert {event.kind: event.other for event in record_events(main)}["absorbed"] == piece
    assert kinds(Clause.objects.get(pk=piece.pk)) == ["split_off", "superseded"]
    assert client.get(reverse("record", args=[main.number])).status_code == 200
