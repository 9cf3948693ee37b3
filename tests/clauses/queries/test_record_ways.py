"""What users can do about a clause, as far as its document states it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.models import Clause
from clauses.queries.record_ways import Ways
from clauses.queries.records import record_page, records
from tests.builders import day, make_source, publish

pytestmark = pytest.mark.django_db

THE_DAY_AFTER = day(1)
ARBITRATION = "<p>Any dispute is settled by binding arbitration.</p>"
OPT_OUT = (
    "<p>You may opt out of arbitration within 30 days of signing up, by mail to optout@terms.example or at "
    "https://terms.example/opt-out.</p>"
)
LAW = "<p>These terms are governed by the laws of Estonia.</p>"
CONTACT = "<p>You can write to us at help@terms.example.</p>"


def ways_of(text: str, *html: str, at: datetime = THE_DAY_AFTER) -> Ways:
    """The ways of the clause that begins so, in a document of these parts."""
    publish(make_source(), "".join(html), day(0))
    return record_page(records().get(current__wording__text__startswith=text), at).ways


def test_a_time_of_the_words_is_told_with_the_addresses_they_name() -> None:
    ways = ways_of("You may opt out", ARBITRATION, OPT_OUT, CONTACT)
    assert [(fact.kind, fact.amount) for fact in ways.times] == [("opt_out_window", "30 days")]
    assert ways.mailboxes == ("optout@terms.example",)
    assert ways.web_pages == ("https://terms.example/opt-out",)
    assert ways.document_mailboxes == ("help@terms.example",)


def test_a_time_that_another_clause_of_the_main_type_states_is_told_with_its_record() -> None:
    ways = ways_of("Any dispute", ARBITRATION, OPT_OUT)
    assert ways.times == []
    (row,) = ways.times_elsewhere
    assert (row.fact.kind, row.clause.current.wording.text[:15]) == ("opt_out_window", "You may opt out")


def test_a_time_that_is_said_twice_in_the_same_words_is_told_once() -> None:
    text = (
        "<p>You may use the service during the 14-day cancellation period. If you cancel the Subscription "
        "during the 14-day cancellation period, we refund what you paid.</p>"
    )
    publish(make_source(), text, day(0))
    page = record_page(records().get(current__wording__text__startswith="You may use"), THE_DAY_AFTER)
    assert len(page.facts) == 2
    assert [fact.quote for fact in page.ways.times] == ["the 14-day cancellation period"]
    assert page.told_facts == page.ways.times


def test_a_time_of_a_clause_about_something_else_is_not_told() -> None:
    ways = ways_of("We keep", "<p>We keep your letters for 5 years.</p>", OPT_OUT)
    assert ways.times_elsewhere == []


def test_law_and_courts_are_those_of_the_words_or_else_of_the_document() -> None:
    (row,) = ways_of("Any dispute", ARBITRATION, LAW, LAW.replace("These", "All")).law
    assert (row.fact.kind, row.fact.value) == ("governing_law", "Estonia")


def test_a_day_to_come_is_told_and_one_that_is_past_is_not() -> None:
    text = "<p>Effective date: 1 May 2026</p>"
    before = ways_of("Any dispute", text, ARBITRATION, at=datetime(2026, 4, 1, tzinfo=UTC))
    assert before.begins_on == date(2026, 5, 1)
    clause = Clause.objects.get(current__wording__text__startswith="Any dispute")
    assert record_page(clause, datetime(2026, 5, 1, tzinfo=UTC)).ways.begins_on is None


def test_nothing_is_told_where_nothing_is_stated() -> None:
    assert not ways_of("Any dispute", ARBITRATION, LAW).is_told


def test_a_removed_clause_tells_what_its_words_state_and_nothing_of_today() -> None:
    source = make_source()
    publish(source, ARBITRATION + OPT_OUT + LAW + CONTACT, day(0))
    publish(source, ARBITRATION + LAW + CONTACT, day(30))
    removed = records().get(current__wording__text__startswith="You may opt out")
    assert removed.removed_in
    ways = record_page(removed, day(40)).ways
    assert ways.mailboxes == ("optout@terms.example",)
    assert (ways.document_mailboxes, ways.law, ways.times_elsewhere) == ((), [], [])


def test_more_clauses_with_figures_cost_no_more_queries() -> None:
    source = make_source()
    publish(source, ARBITRATION + OPT_OUT, day(0))
    publish(source, ARBITRATION + OPT_OUT + LAW, day(1))
    clause = records().get(current__wording__text__startswith="Any dispute")
    with CaptureQueriesContext(connection) as few:
        record_page(clause, day(2))
    more = "".join(
        f"<p>You may opt out of rule {n} within {n} days of arbitration.</p>" for n in range(2, 20)
    )
    publish(source, ARBITRATION + OPT_OUT + LAW + more, day(5))
    with CaptureQueriesContext(connection) as many:
        record_page(clause, day(6))
    assert len(many) <= len(few)
