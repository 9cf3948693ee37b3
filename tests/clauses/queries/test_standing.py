"""The numbers by which readers cite clauses ("4.2(b)"): kept for each version, shown where a clause is."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.models import Analysis, ChangeSet, Clause, Occurrence
from clauses.queries.standing import numbers_of, placed_clauses, placed_clauses_of_both
from clauses.queries.waiting import is_stale
from clauses.rereading import reread_if_stale
from monitor.models import Version
from tests.builders import capture, day, make_source, publish, versions_of

pytestmark = pytest.mark.django_db

KEPT = "We keep your photos for 30 days."
ADDED = "We may send you letters by post."
ADS = "companies that place advertisements"
COURTS = "courts that ask for it"


def text(*before: str) -> str:
    """A section in which clauses stand before a list."""
    numbered = [*before, f"{KEPT}", "We share your personal data with:"]
    points = "".join(f"<p>4.{number} {words}</p>" for number, words in enumerate(numbered, start=1))
    return f"<h2>4. Your data</h2>{points}<ul><li>(a) {ADS}</li><li>(b) {COURTS}</li></ul>"


def numbers(version: Version) -> dict[str, str]:
    return {clause.text.split(maxsplit=1)[1]: clause.cited_as for clause in placed_clauses(version) or ()}


def record(words: str) -> Clause:
    return Clause.objects.get(current__wording__text__contains=words)


def test_a_clause_is_cited_by_its_number_wherever_it_is_shown(client: Client) -> None:
    publish(make_source(), text(), day(0))
    clause = record(ADS)
    page = client.get(reverse("record", args=[clause.number])).content.decode()
    assert page.count('<span class="cited">no. 4.2(a)</span>') == 2, "over the title and under the words"
    assert ", no. 4.2(a), “" in page, "the citation"
    assert client.get(reverse("record-json", args=[clause.number])).json()["number"] == "4.2(a)"
    assert ", no. 4.2(a): " in client.get(reverse("record-bibtex", args=[clause.number])).content.decode()
    assert ", no. 4.2(a): " in client.get(reverse("record-csl", args=[clause.number])).json()[0]["title"]
    assert '<span class="cited">no. 4.2(a)</span>' in client.get("/clauses/").content.decode()
    slug = record(KEPT).labels.first()
    assert slug
    assert '<span class="cited">no. 4.1</span>' in client.get(f"/clauses/{slug.type}/").content.decode()


def test_an_unchanged_clause_has_the_number_of_each_version_and_is_stored_once(client: Client) -> None:
    source = make_source()
    publish(source, text(), day(0))
    before = Occurrence.objects.get(wording__text__contains=ADS)
    publish(source, text(ADDED), day(9))
    first, second = versions_of(source)
    assert (numbers(first)[ADS], numbers(second)[ADS]) == ("4.2(a)", "4.3(a)")
    assert Occurrence.objects.get(wording__text__contains=ADS) == before
    assert numbers_of(Clause.objects.standing())[record(ADS).pk] == "4.3(a)"
    assert client.get(reverse("record-json", args=[record(ADS).number])).json()["number"] == "4.3(a)"
    twin = client.get(
        reverse("version-json", args=[first.document.platform.slug, first.document.slug, first.number])
    )
    assert "4.2(a)" in [clause["number"] for clause in twin.json()["clauses"]]


def test_a_comparison_says_both_numbers_of_a_clause_that_was_numbered_otherwise(client: Client) -> None:
    source = make_source()
    publish(source, text(), day(0))
    publish(source, text(ADDED).replace("30 days", "5 years"), day(9))
    page = client.get(
        reverse("change-set", args=[ChangeSet.objects.get().number]), follow=True
    ).content.decode()
    assert '<del class="cited">no. 4.1</del> <ins class="cited">no. 4.2</ins>' in page
    assert '<span class="cited">no. 4.1</span>' in page, "of the clause that was added"


def test_a_text_without_numbers_says_nothing_of_them(client: Client) -> None:
    publish(make_source(), f"<h2>Data</h2><p>{KEPT}</p>", day(0))
    for address in ("/clauses/", reverse("record", args=[record(KEPT).number])):
        assert "cited" not in client.get(address).content.decode()
    assert numbers_of(Clause.objects.all()) == {}


def test_what_was_analyzed_without_numbers_gets_them_when_it_is_read_anew() -> None:
    source = make_source()
    publish(source, text(), day(0))
    publish(source, text(ADDED), day(9))
    first, second = versions_of(source)
    before = numbers(first), numbers(second)
    widening = import_module("clauses.migrations.0007_numbers_of_clauses")
    widening._narrow(apps, None)
    assert {len(row) for row in Analysis.objects.get(version=first).layout} == {3}
    widening._widen(apps, None)
    assert set(numbers(first).values()) == {""}
    assert is_stale(source.document)
    assert reread_if_stale(source.document)
    assert (numbers(first), numbers(second)) == before
    assert not is_stale(source.document)


def test_more_clauses_on_a_page_of_the_registry_need_no_more_queries(client: Client) -> None:
    counts = []
    for _ in range(2):
        publish(make_source(), text(), day(0))
        with CaptureQueriesContext(connection) as queries:
            client.get("/clauses/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_clauses_of_two_versions_are_those_of_each_in_two_queries() -> None:
    source = make_source()
    old, new = publish(source, text(), day(0)), publish(source, text(ADDED), day(9))
    old, new = (Version.objects.select_related(*Version.TEXTS).get(pk=row.pk) for row in (old, new))
    with CaptureQueriesContext(connection) as captured:
        both = placed_clauses_of_both(old, new)
    assert len(captured) == 2
    assert both == (placed_clauses(old), placed_clauses(new))
    assert placed_clauses_of_both(new, new) == (placed_clauses(new), placed_clauses(new))


def test_two_versions_of_which_one_waits_have_no_clauses_yet() -> None:
    source = make_source()
    old = publish(source, text(), day(0))
    capture(source, text(ADDED), day(9))
    capture(source, text(ADDED), day(10))
    new = versions_of(source)[-1]
    assert placed_clauses_of_both(old, new) is None
    assert placed_clauses_of_both(new, old) is None
