"""Comparisons of two versions, and change sets."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.models import Change, ChangeSet
from clauses.models.choices import SeverityLevel
from clauses.queries.changed_clauses import Fold
from monitor.models import Version
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_change_set,
    make_source,
    publish,
    versions_of,
)

pytestmark = pytest.mark.django_db


def _address(old: Version, new: Version, name: str = "compare") -> str:
    document = old.document
    return reverse(name, args=[document.platform.slug, document.slug, old.number, new.number])


def _section(*items: str) -> str:
    return "<h2>Rules</h2>" + "".join(f"<p>{item}</p>" for item in items)


ALPHA = "You may end the contract at any time by writing to us."
BETA = "We may suspend an account that harms other people."
GAMMA = "The courts of Lisbon decide all disputes between us."
DELTA = "You keep all rights in the pictures that you upload."


def test_neighbors_are_shown_as_their_change_set_records_them(client: Client) -> None:
    change_set = make_change_set()
    response = client.get(_address(change_set.old_version, change_set.new_version))
    page = response.content.decode()
    assert response.context["shown"].change_set == change_set
    assert change_set.headline in page
    assert "<strong>1 clause changed: 1 high.</strong> 1 unchanged." in page
    assert "<ins>" in page
    assert "<del>" in page


def test_every_reason_says_for_whom_it_is(client: Client) -> None:
    change_set = make_change_set(old=BEFORE, new=TWO_SIDES)
    page = client.get(_address(change_set.old_version, change_set.new_version)).content.decode()
    margins = page.split('<ul class="reasons">')[1:]
    assert any("Adverse" in margin.split("</ul>")[0] for margin in margins)
    assert any("Favorable" in margin.split("</ul>")[0] for margin in margins)
    twin = client.get(reverse("change-set-json", args=[change_set.number])).json()
    assert {reason["direction"] for change in twin["changes"] for reason in change["reasons"]} == {
        "adverse",
        "favorable",
    }


TWO_SIDES = _section(
    "We keep the letters of children under 13 for five years.",
    "We will not sell your data to anybody.",
    "You write in ink.",
)
BEFORE = _section(
    "We keep the letters of children under 13 for 30 days.",
    "We may sell your data to anybody.",
    "You write in ink.",
)


def test_the_worst_and_the_best_and_whom_it_names_are_told(client: Client) -> None:
    change_set = make_change_set(old=BEFORE, new=TWO_SIDES)
    assert (change_set.adverse, change_set.favorable) == (SeverityLevel.HIGH, SeverityLevel.HIGH)
    page = client.get(_address(change_set.old_version, change_set.new_version)).content.decode()
    assert "Worst for users" in page
    assert "Best for users" in page
    assert "children and minors" in page
    assert change_set.summary[0] in page
    twin = client.get(reverse("change-set-json", args=[change_set.number])).json()
    assert (twin["adverse"], twin["favorable"]) == ("high", "high")
    assert (twin["summary"], twin["affected"]) == (change_set.summary, ["children and minors"])


def test_a_comparison_on_the_spot_tells_the_same_as_a_stored_one(client: Client) -> None:
    source = make_source()
    old, _, new = (
        publish(source, f"<main>{text}</main>", at=day(number))
        for number, text in ((1, BEFORE), (11, BEFORE.replace("ink", "blue ink")), (21, TWO_SIDES))
    )
    shown = client.get(_address(old, new)).context["shown"]
    assert shown.change_set is None
    assert (shown.adverse, shown.favorable) == (SeverityLevel.HIGH, SeverityLevel.HIGH)
    assert len(shown.summary) <= 3


def test_a_figure_that_changed_is_stated_before_and_after(client: Client) -> None:
    change_set = make_change_set()
    response = client.get(_address(change_set.old_version, change_set.new_version))
    (row,) = response.context["figures"]
    assert (row.fact["old"]["value"], row.fact["new"]["value"]) == ("30", "5")
    assert "Figures that changed" in response.content.decode()


def test_two_texts_of_one_day_are_told_apart_by_their_time(client: Client) -> None:
    source = make_source()
    old, new = publish(source, KEPT_30_DAYS, day(0)), publish(source, KEPT_5_YEARS, day(0.25))
    assert client.get(_address(old, new)).context["shown"].span == f"1 {day(0):%B %Y}, 06:00 to 12:00 UTC"
    later = publish(source, KEPT_30_DAYS, day(30))
    assert f"1 {day(0):%B %Y} to 31 {day(0):%B %Y}</h1>" in client.get(_address(new, later)).content.decode()


def test_a_change_set_shows_the_same_comparison(client: Client) -> None:
    change_set = make_change_set()
    by_id = client.get(reverse("change-set", args=[change_set.number]))
    assert by_id.status_code == 200
    assert change_set.headline in by_id.content.decode()
    by_id_twin = client.get(reverse("change-set-json", args=[change_set.number])).json()
    assert (
        by_id_twin
        == client.get(_address(change_set.old_version, change_set.new_version, "compare-json")).json()
    )


def test_a_superseded_change_set_leads_to_the_one_that_took_its_place(client: Client) -> None:
    first, second = make_change_set(), make_change_set()
    ChangeSet.objects.filter(pk=first.pk).update(superseded_by=second)
    response = client.get(reverse("change-set", args=[first.number]))
    assert response.status_code == 302
    assert response.url == reverse("change-set", args=[second.number])


def test_versions_that_are_no_neighbors_are_compared_and_nothing_is_stored(client: Client) -> None:
    source = make_source()
    for number, years in enumerate((1, 2, 7)):
        publish(source, f"<h2>Data</h2><p>We keep your feedback for {years} years.</p>", day(10 * number))
    first, _, last = versions_of(source)
    before = ChangeSet.objects.count(), Change.objects.count()
    response = client.get(_address(first, last))
    assert "Nothing of it is recorded." in response.content.decode()
    (row,) = response.context["figures"]
    assert (row.fact["old"]["value"], row.fact["new"]["value"]) == ("1", "7")
    assert (ChangeSet.objects.count(), Change.objects.count()) == before


def test_a_comparison_can_go_backward_in_time(client: Client) -> None:
    change_set = make_change_set()
    twin = client.get(_address(change_set.new_version, change_set.old_version, "compare-json")).json()
    assert twin["id"] is None
    assert [fact["new"]["value"] for change in twin["changes"] for fact in change["facts"]] == ["30"]


def test_identical_versions_say_so(client: Client) -> None:
    version = publish(make_source(), KEPT_30_DAYS, day(0))
    response = client.get(_address(version, version))
    assert "The two texts are identical" in response.content.decode()
    assert client.get(_address(version, version, "compare-json")).json()["changes"] == []


def test_versions_of_different_documents_are_not_compared(client: Client) -> None:
    one, other = publish(make_source(), KEPT_30_DAYS, day(0)), publish(make_source(), KEPT_5_YEARS, day(0))
    assert client.get(_address(one, other)).status_code == 404
    assert client.get(_address(other, one)).status_code == 404


def test_a_text_without_analysis_is_waited_for(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_5_YEARS, day(1))
    capture(source, KEPT_5_YEARS, day(2))
    old, new = versions_of(source)
    assert "still being read clause by clause" in client.get(_address(old, new)).content.decode()
    assert client.get(_address(old, new, "compare-json")).status_code == 404


def test_the_twin_counts_what_the_page_counts(client: Client) -> None:
    change_set = make_change_set(old=_section(ALPHA, BETA, GAMMA), new=_section(ALPHA, GAMMA, DELTA))
    shown = client.get(_address(change_set.old_version, change_set.new_version)).context["shown"]
    twin = client.get(_address(change_set.old_version, change_set.new_version, "compare-json")).json()
    assert twin["counts"] == shown.counts
    assert (
        len(twin["changes"]) == len(shown.changes) == sum(shown.counts.values()) - shown.counts["unchanged"]
    )
    for change in twin["changes"]:
        old = "".join(text for op, text in change["redline"] if op in "=-")
        new = "".join(text for op, text in change["redline"] if op in "=+")
        assert old == (change["old"]["text"] if change["old"] else "")
        assert new == (change["new"]["text"] if change["new"] else "")


def test_every_clause_of_both_texts_is_on_the_page_in_reading_order(client: Client) -> None:
    change_set = make_change_set(old=_section(ALPHA, BETA, GAMMA), new=_section(ALPHA, GAMMA, DELTA))
    stops = client.get(_address(change_set.old_version, change_set.new_version)).context["shown"].stops
    told = []
    for stop in stops:
        told += (
            [clause.text for clause in stop.clauses]
            if isinstance(stop, Fold)
            else [(stop.new or stop.old)[0].text]
        )
    assert told == [ALPHA, BETA, GAMMA, DELTA]


def test_a_moved_clause_is_shown_as_moved_with_its_words_untouched(client: Client) -> None:
    old = "<h2>First</h2><p>" + ALPHA + "</p><p>" + BETA + "</p><h2>Second</h2><p>" + GAMMA + "</p>"
    new = "<h2>First</h2><p>" + ALPHA + "</p><h2>Second</h2><p>" + GAMMA + "</p><p>" + BETA + "</p>"
    change_set = make_change_set(old=old, new=new)
    page = client.get(_address(change_set.old_version, change_set.new_version)).content.decode()
    assert "redline-moved" in page
    assert "The words are the same; only their place changed." in page


def test_markup_in_changed_words_is_shown_and_never_run(client: Client) -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;"
    change_set = make_change_set(
        old=_section(ALPHA), new=f"<h2>{hostile}</h2><p>{ALPHA}</p><p>We keep {hostile} for 9 years.</p>"
    )
    page = client.get(_address(change_set.old_version, change_set.new_version)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_many_changes_cost_no_more_queries_than_one(client: Client) -> None:
    one = make_change_set()
    many = make_change_set(
        old=_section(*(f"We keep record {n} of what you send for {n} days." for n in range(10, 90))),
        new=_section(*(f"We keep record {n} of what you send for {n} years." for n in range(10, 90))),
    )
    assert many.changes.count() == 80
    with CaptureQueriesContext(connection) as few:
        client.get(_address(one.old_version, one.new_version))
    with CaptureQueriesContext(connection) as all_of_them:
        client.get(_address(many.old_version, many.new_version))
    assert len(all_of_them) <= len(few)


@pytest.mark.parametrize("path", ["/changes/C-1/", "/changes/c-000001/", "/changes/C-999999999999/"])
def test_an_id_that_is_misspelt_or_unknown_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
