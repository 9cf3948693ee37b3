"""The changes of a comparison chosen by severity and clause type, and sorted."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from clauses.models import ChangeSet
from tests.builders import make_change_set

pytestmark = pytest.mark.django_db

OLD = (
    "<h2>Data</h2><p>You can write to our office in the old town.</p>"
    "<h2>Letters</h2><p>We keep your feedback for 30 days after you send it.</p>"
    "<h2>Courts</h2><p>The courts of Lisbon decide.</p>"
)
NEW = (
    "<h2>Data</h2><p>You can write to our office in the new town.</p>"
    "<h2>Letters</h2><p>We keep your feedback for 5 years after you send it.</p>"
    "<h2>Courts</h2><p>Any dispute is settled by binding arbitration.</p>"
)


@pytest.fixture
def change_set() -> ChangeSet:
    return make_change_set(old=OLD, new=NEW)


def shown(client: Client, change_set: ChangeSet, query: str = "") -> list[str]:
    """The anchors of the changes on the page, in order."""
    page = client.get(f"/changes/{change_set.public_id}/{query}").content.decode()
    return re.findall(r'<section class="change[^"]*" id="(p-\d+)"', page)


def test_without_a_choice_all_changes_stand_in_the_order_of_the_text(
    client: Client, change_set: ChangeSet
) -> None:
    assert len(shown(client, change_set)) > 2


def test_changes_are_chosen_by_severity_and_by_type(client: Client, change_set: ChangeSet) -> None:
    everything = shown(client, change_set)
    high = shown(client, change_set, "?severity=high")
    assert 0 < len(high) < len(everything)
    retention = shown(client, change_set, "?type=data_retention")
    assert 0 < len(retention) < len(everything)
    assert set(high) | set(retention) <= set(everything)
    page = client.get(f"/changes/{change_set.public_id}/?type=data_retention").content.decode()
    assert f"{len(retention)} of {len(everything)} changes" in page
    assert "<h2>Data" not in page


def test_the_most_severe_come_first_where_that_is_asked_for(client: Client, change_set: ChangeSet) -> None:
    response = client.get(f"/changes/{change_set.public_id}/?order=severity")
    severities = [step.change.severity for step in response.context["view"].steps]
    assert severities == sorted(severities, reverse=True)
    assert len(set(severities)) > 1
    assert sorted(shown(client, change_set, "?order=severity")) == sorted(shown(client, change_set))


def test_pages_keep_the_choice(
    client: Client, change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clauses.queries.compare_pages.CHANGES_ON_A_PAGE", 1)
    page = client.get(f"/changes/{change_set.public_id}/?order=severity").content.decode()
    assert 'href="?order=severity&amp;page=2"' in page
    pages = [shown(client, change_set, f"?order=severity&page={number}") for number in (1, 2)]
    assert [len(found) for found in pages] == [1, 1]
    assert pages[0] != pages[1]


def test_the_whole_text_keeps_the_choice(client: Client, change_set: ChangeSet) -> None:
    address = f"/changes/{change_set.public_id}/"
    everything, high = shown(client, change_set), shown(client, change_set, "?severity=high")
    page = client.get(f"{address}?severity=high").content.decode()
    assert 'href="?severity=high&amp;all=1" data-keep-place>All text' in page
    whole = client.get(f"{address}?severity=high&all=1").content.decode()
    assert 'href="?severity=high" data-keep-place>Only changes' in whole
    assert '<input type="hidden" name="all" value="1">' in whole
    assert shown(client, change_set, "?severity=high&all=1") == everything
    index = whole[whole.index('class="clause-index"') : whole.index('class="changes"')]
    assert re.findall(r'href="#(p-\d+)"', index) == high
    other = next(anchor for anchor in everything if anchor not in high)
    answer = client.get(f"{address}?severity=high&clause={other.upper()}")
    assert answer["location"] == f"{address}?severity=high&all=1#{other}"


def test_the_list_of_changes_keeps_the_order_in_the_whole_text(
    client: Client, change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_order = shown(client, change_set, "?order=severity")
    assert in_order != shown(client, change_set)
    address = f"/changes/{change_set.public_id}/?order=severity&all=1"
    whole = client.get(address).content.decode()
    assert shown(client, change_set, "?order=severity&all=1") == shown(client, change_set)
    index = whole[whole.index('class="clause-index"') : whole.index('class="changes"')]
    assert re.findall(r'href="#(p-\d+)"', index) == in_order
    monkeypatch.setattr("clauses.queries.compare_pages.CHANGES_ON_A_PAGE", 1)
    monkeypatch.setattr("clauses.queries.compare_pages.MOST_CHARACTERS", 1)
    pages = client.get(address).content.decode()
    index = pages[pages.index('class="clause-index"') : pages.index('class="changes"')]
    assert re.findall(r'href="[^"]*#(p-\d+)"', index) == in_order
    assert "clause-index-page" not in index


def test_what_fits_nothing_and_what_is_not_understood_is_said(client: Client, change_set: ChangeSet) -> None:
    page = client.get(f"/changes/{change_set.public_id}/?severity=severe").content.decode()
    assert "Not understood and ignored: Severity." in page
    assert len(shown(client, change_set, "?severity=severe")) == len(shown(client, change_set))
    none = client.get(f"/changes/{change_set.public_id}/?severity=high&type=feedback_rights")
    assert "Clause type" in none.content.decode()
