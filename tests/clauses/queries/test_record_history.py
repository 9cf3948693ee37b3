"""The history of a record as one list, and how steady its words are."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import Clause
from clauses.queries.record_history import Entry, stability_of
from clauses.queries.records import RecordPage, record_page, records
from monitor.models import Document
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_source, publish
from tests.clauses.edited_documents import ENDS, FIVE, KEEPS, LAW, RATES, SHARES, Edited

pytestmark = pytest.mark.django_db


def page_of(text: str) -> RecordPage:
    clause = Clause.objects.filter(current__wording__text=text).latest("number")
    return record_page(records().get(pk=clause.pk), day(900))


def told(entries: list[Entry]) -> list[tuple[str, bool]]:
    return [(entry.words, entry.wording is not None) for entry in entries]


def test_every_event_stands_once_newest_first_with_the_words_it_brought() -> None:
    edited = Edited("#Data", *FIVE)
    longer = KEEPS.replace("30 days", "90 days")
    edited.publish("#Data", RATES, longer, SHARES, ENDS, LAW)
    edited.publish("#Data", RATES, SHARES, ENDS, LAW)
    edited.publish("#Data", RATES, longer, SHARES, ENDS, LAW)
    page = page_of(longer)
    assert told(page.history) == [
        ("back in the text", True),
        ("removed", False),
        ("modified", True),
        ("first recorded", True),
    ]
    assert len(page.events) == sum(len(entry.events) for entry in page.history)
    assert [entry.wording for entry in page.history if entry.wording] == page.wordings


def test_stability_counts_rewordings_and_days() -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_5_YEARS, day(300))
    clause = records().get(labels__type="data_retention")
    found = stability_of(record_page(clause, day(365)).wordings, day(365))
    assert found is not None
    assert (found.rewordings, found.watched_days, found.standing_days) == (1, 365, 65)
    assert (found.a_year, found.word) == (1.0, "Reworded")


def test_the_days_of_the_stability_and_of_the_history_are_the_same() -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    Document.objects.update(read_at=day(99.7))
    page = record_page(records().get(labels__type="data_retention"), day(200))
    assert page.stability is not None
    assert page.wordings[0].stood == f"{page.stability.standing_days} days" == "100 days"


def test_another_heading_is_no_rewording_and_does_not_begin_the_days_anew() -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_30_DAYS.replace("Data", "Your data"), day(200))
    clause = records().get(labels__type="data_retention")
    page = record_page(clause, day(400))
    assert len(page.wordings) == 2
    found = stability_of(page.wordings, day(400))
    assert found is not None
    assert (found.rewordings, found.standing_days, found.word) == (0, 400, "Steady")


def test_another_number_is_no_rewording() -> None:
    source = make_source()
    items = "<p>1. You can write to us.</p><p>{}. We keep your feedback for 30 days after you send it.</p>"
    publish(source, items.format(2), day(0))
    publish(source, items.format(3), day(200))
    clause = records().get(labels__type="data_retention")
    page = record_page(clause, day(400))
    assert [entry.words for entry in page.history] == ["renumbered", "first recorded"]
    assert page.stability is not None
    assert page.stability.rewordings == 0


def test_the_days_of_a_removed_clause_end_with_its_removal() -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, "<h2>Data</h2><p>You can write to us.</p>", day(100))
    clause = records().get(labels__type="data_retention")
    found = stability_of(record_page(clause, day(900)).wordings, day(900))
    assert found is not None
    assert (found.watched_days, found.standing_days) == (100, 100)


def test_a_record_without_words_has_no_stability() -> None:
    assert stability_of([], day(1)) is None


def badges(page: str) -> list[list[str]]:
    """The ratings that each entry of the history shows; what follows "clause:" is that of the words."""
    entries = page[page.index('class="wordings') :].split("<h3>")[1:]
    heads = [entry[: entry.index("</h3>")] for entry in entries]
    return [re.findall(r"clause:|(?<=severity-)\w+|Adverse|Favorable", head) for head in heads]


def test_an_entry_shows_the_rating_of_its_change_and_names_that_of_the_clause(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_5_YEARS, day(0))
    publish(source, KEPT_30_DAYS, day(100))
    publish(source, "<h2>Data</h2><p>You can write to us.</p>", day(200))
    clause = records().get(labels__type="data_retention")
    page = client.get(reverse("record", args=[clause.number])).content.decode()
    assert badges(page) == [
        ["low", "Adverse"],
        ["high", "Favorable", "clause:", "low"],
        ["clause:", "medium"],
    ]
    events = client.get(reverse("record-json", args=[clause.number])).json()["events"]
    assert [(row["kind"], row["severity"], row["direction"]) for row in events] == [
        ("recorded", None, None),
        ("modified", "high", "favorable"),
        ("removed", "low", "adverse"),
    ]
