"""Long comparisons: pages, permalinks that land on them, all of the text, and what is offered beside."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.models import ChangeSet
from clauses.queries import compare_pages
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, capture, day, make_change_set, make_source, publish

pytestmark = pytest.mark.django_db

QUIET = "You can write to the office in Lisbon about every matter that this page is silent on."


def _address(change_set: ChangeSet, query: str = "") -> str:
    document = change_set.document
    numbers = (change_set.old_version.number, change_set.new_version.number)
    return reverse("compare", args=[document.platform.slug, document.slug, *numbers]) + query


def _terms(time: str, count: int) -> str:
    rules = "".join(
        f"<p>We keep record {n} of what you send for {n} {time}.</p>" for n in range(10, 10 + count)
    )
    return f"<h2>Rules</h2>{rules}<p>{QUIET}</p><p>{QUIET.replace('Lisbon', 'Porto')}</p>"


@pytest.fixture
def few_on_a_page(monkeypatch: pytest.MonkeyPatch) -> ChangeSet:
    """A change set of seven changes, three on a page."""
    monkeypatch.setattr(compare_pages, "CHANGES_ON_A_PAGE", 3)
    return make_change_set(old=_terms("days", 7), new=_terms("years", 7))


def _changed_on(page: str) -> list[str]:
    return re.findall(r'<section class="change[^"]*" id="(p-\d+)"', page)


def test_every_change_is_on_one_page_and_in_the_index_of_each(
    client: Client, few_on_a_page: ChangeSet
) -> None:
    numbers = few_on_a_page.changes.order_by("position").values_list("clause__number", flat=True)
    anchors = [f"p-{number:06d}" for number in numbers]
    seen: list[str] = []
    for number in (1, 2, 3):
        page = client.get(_address(few_on_a_page, f"?page={number}")).content.decode()
        here = _changed_on(page)
        assert 0 < len(here) <= 3
        seen += here
        index = page[page.index('class="clause-index"') : page.index('class="changes"')]
        assert [anchor for anchor in anchors if f"#{anchor}" in index] == anchors
        for anchor in anchors:
            assert page.count(f'id="{anchor}"') == 1
    assert seen == anchors


def test_a_link_to_a_clause_leads_to_the_page_it_is_on(client: Client, few_on_a_page: ChangeSet) -> None:
    last = few_on_a_page.changes.order_by("position").last()
    assert last
    answer = client.get(_address(few_on_a_page, f"?clause={last.clause.public_id}"))
    assert answer.status_code == 302
    anchor = last.clause.public_id.lower()
    assert answer.url == _address(few_on_a_page, f"?page=3#{anchor}")
    assert f'id="{anchor}" data-stop' in client.get(answer.url.split("#")[0]).content.decode()
    by_id = client.get(
        reverse("change-set", args=[few_on_a_page.number]) + f"?clause={last.clause.public_id}"
    )
    assert by_id.url.endswith(f"?page=3#{anchor}")


def test_a_link_to_a_clause_that_did_not_change_leads_to_its_text(client: Client) -> None:
    change_set = make_change_set(old=_terms("days", 1), new=_terms("years", 1))
    page = client.get(_address(change_set, "?all=1")).content.decode()
    (anchor,) = re.findall(r'<li id="(p-\d+)">(?:(?!</li>).)*Porto', page, re.S)
    answer = client.get(_address(change_set, f"?clause={anchor.upper()}"))
    assert answer.url == _address(change_set, f"?all=1#{anchor}")


def test_a_link_to_a_clause_of_another_text_leads_to_the_beginning(client: Client) -> None:
    change_set = make_change_set()
    assert client.get(_address(change_set, "?clause=P-999999")).url == _address(change_set)
    assert client.get(_address(change_set, "?clause=P-1")).status_code == 404


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999999999", "?page=", "?all=2"])
def test_an_address_that_makes_no_sense_shows_the_first_page(client: Client, query: str) -> None:
    view = client.get(_address(make_change_set(), query)).context["view"]
    assert (view.number, view.is_all) == (1, False)


def test_all_of_the_text_stands_open_when_it_is_asked_for(client: Client) -> None:
    rules = "".join(f"<p>{QUIET.replace('Lisbon', town)}</p>" for town in ("Faro", "Braga", "Evora", "Beja"))
    change_set = make_change_set(old=KEPT_30_DAYS + rules, new=KEPT_5_YEARS + rules)
    only_changes = client.get(_address(change_set)).content.decode()
    assert "<summary>4 unchanged clauses</summary>" in only_changes
    assert 'class="context"' in only_changes
    all_text = client.get(_address(change_set, "?all=1")).content.decode()
    assert 'class="folded"' not in all_text
    assert all_text.count("office in") == 4


def test_a_moved_clause_links_to_where_it_stood_and_back(client: Client) -> None:
    towns = [f"<p>{QUIET.replace('Lisbon', town)}</p>" for town in ("Faro", "Braga", "Evora", "Beja")]
    old, new = ("<h2>Rules</h2>" + "".join(order) for order in (towns, [*towns[1:3], towns[0], towns[3]]))
    page = client.get(_address(make_change_set(old=old, new=new))).content.decode()
    (anchor,) = _changed_on(page)
    assert f'id="{anchor}-from"' in page
    assert f'href="#{anchor}-from"' in page
    assert (
        page.index(f'id="{anchor}-from"')
        < page.index("Braga")
        < page.index(f'<section class="change" id="{anchor}"')
    )


def test_a_text_that_waits_to_be_confirmed_is_told_beside_the_latest_change(client: Client) -> None:
    source = make_source()
    old, new = publish(source, KEPT_30_DAYS, day(0)), publish(source, KEPT_5_YEARS, day(10))
    first = ChangeSet.objects.get(old_version=old, new_version=new)
    assert "is being confirmed" not in client.get(_address(first)).content.decode()
    capture(source, KEPT_5_YEARS.replace("5 years", "9 years"), day(20))
    assert "A newer text was seen" in client.get(_address(first)).content.decode()


def test_any_other_pair_of_versions_can_be_chosen(client: Client) -> None:
    source = make_source()
    texts = (KEPT_30_DAYS, KEPT_5_YEARS, KEPT_5_YEARS.replace("5 years", "9 years"))
    first, second, third = (publish(source, text, day(10 * number)) for number, text in enumerate(texts))
    change_set = ChangeSet.objects.get(old_version=first)
    page = client.get(_address(change_set)).content.decode()
    assert f'<option value="{first.public_id}" selected>' in page
    assert f'<option value="{second.public_id}" selected>' in page
    document = change_set.document
    chosen = client.get(
        reverse("choose-comparison", args=[document.platform.slug, document.slug]),
        {"old": third.public_id, "new": first.public_id},
    )
    assert chosen.url == reverse(
        "compare", args=[document.platform.slug, document.slug, third.number, first.number]
    )


def test_words_that_run_from_right_to_left_say_so_by_themselves(client: Client) -> None:
    change_set = make_change_set(
        old="<h2>שמירה</h2><p>אנו שומרים את המשוב שלך למשך 30 ימים לאחר שליחתו.</p>",
        new="<h2>שמירה</h2><p>אנו שומרים את המשוב שלך למשך 90 ימים לאחר שליחתו.</p>",
    )
    page = client.get(_address(change_set)).content.decode()
    assert re.search(r'<p class="redline legal[^"]*" dir="auto">', page)
    assert '<span dir="auto">שמירה</span>' in page


@pytest.mark.parametrize("query", ["", "?all=1", "?page=2"])
def test_pages_of_many_changes_cost_no_more_queries_than_of_one(client: Client, query: str) -> None:
    one = make_change_set()
    many = make_change_set(old=_terms("days", 120), new=_terms("years", 120))
    assert many.changes.count() == 120
    with CaptureQueriesContext(connection) as few:
        client.get(_address(one, query))
    with CaptureQueriesContext(connection) as all_of_them:
        client.get(_address(many, query))
    assert len(all_of_them) <= len(few)


def test_many_versions_and_more_wordings_of_them_cost_no_more_queries_than_few(client: Client) -> None:
    source = make_source()
    for at in range(4):
        publish(source, _terms(f"days and {at} hours", 4), day(1 + at))
    numbers = list(source.document.versions.order_by("ordinal").values_list("number", flat=True))
    path = reverse(
        "compare", args=[source.document.platform.slug, source.document.slug, numbers[0], numbers[2]]
    )
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for at in range(4, 10):
        publish(source, _terms(f"days and {at} hours", 4), day(1 + at))
    with CaptureQueriesContext(connection) as all_of_them:
        client.get(path)
    assert len(all_of_them) <= len(few)


def test_a_change_of_many_words_is_marked_as_long_for_paper(client: Client) -> None:
    for more, marked in ((" Or call.", ""), (f" {QUIET} {QUIET} {QUIET}", " change-long")):
        old, new = (f"<h2>Rules</h2><p>{QUIET}{words}</p>" for words in ("", more))
        page = client.get(_address(make_change_set(old=old, new=new))).content.decode()
        assert re.findall(r'<section class="change[^"]*?( change-long)?" id=', page) == [marked]
