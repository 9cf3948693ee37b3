"""Putting pages on the watch list: all of a document or nothing of it."""

from __future__ import annotations

import pytest

from monitor.adding import CannotAdd, NewDocument, add_all, add_document, plan_all
from monitor.core.declaration import Page
from monitor.core.watch_file import WatchEntry
from monitor.models import Document, Platform, Source
from tests.builders import day, make_document, make_platform, make_source

pytestmark = pytest.mark.django_db
URL = "https://acme.example/terms"


def _entry(url: str = URL, platform: str = "Acme", name: str = "Terms", **values) -> WatchEntry:
    return WatchEntry(2, platform, name, (Page(url),), **{"type": "terms_of_service", **values})


def _rows() -> tuple[int, int, int]:
    return Platform.everything.count(), Document.objects.count(), Source.objects.count()


def test_a_new_document_is_due_at_once_with_its_pages_in_order() -> None:
    pages = (Page(URL, ("main",)), Page(f"{URL}/2", needs_browser=True))
    document = add_document(NewDocument("Acme Ltd.", "House rules", pages, language="en"), day(1))
    assert (document.platform.slug, document.slug, document.next_fetch_at) == (
        "acme-ltd",
        "house-rules",
        day(1),
    )
    assert [(one.url, one.select, one.render) for one in document.sources.all()] == [
        (URL, ["main"], "http"),
        (f"{URL}/2", [], "browser"),
    ]


def test_a_platform_of_that_name_is_found_whatever_its_capitals() -> None:
    known = make_platform(name="Acme", slug="acme-known")
    assert add_document(NewDocument("ACME ", "Terms", (Page(URL),)), day(1)).platform == known


def test_a_slug_that_is_taken_gets_a_number() -> None:
    make_platform(name="Another", slug="acme", is_sample=True)
    document = make_document(make_platform(name="Real", slug="real"), slug="terms", name="Old terms")
    assert add_document(NewDocument("Acme", "Terms", (Page(URL),)), day(1)).platform.slug == "acme-2"
    assert add_document(NewDocument("Real", "Terms", (Page(URL),)), day(1)).slug == "terms-2"
    assert document.slug == "terms"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (NewDocument("Acme", "Terms", (Page("ftp://acme.example/"),)), "web address"),
        (NewDocument("Acme", "Terms", (Page(URL), Page("https://user@acme.example/"))), "user name"),
        (NewDocument("Acme", "Terms", (Page(URL, ("main >",)),)), "CSS selector"),
        (NewDocument("Acme", "Terms", (Page(URL),), type="novel"), "novel"),
        (NewDocument("Acme", "", (Page(URL),)), "blank"),
        (NewDocument("A" * 121, "Terms", (Page(URL),)), "120"),
        (NewDocument("Acme", "Terms", (Page("https://acme.example/" + "a" * 1000),)), "1000"),
    ],
)
def test_what_cannot_be_watched_leaves_nothing_behind(wanted: NewDocument, words: str) -> None:
    with pytest.raises(CannotAdd, match=words):
        add_document(wanted, day(1))
    assert _rows() == (0, 0, 0)


def test_a_second_document_of_the_same_name_is_refused() -> None:
    add_document(NewDocument("Acme", "Terms", (Page(URL),)), day(1))
    with pytest.raises(CannotAdd, match="another name"):
        add_document(NewDocument("acme", "terms", (Page(f"{URL}2"),)), day(1))


def test_of_a_list_the_faulty_and_the_known_are_left_out_and_named() -> None:
    known = make_document(make_platform(name="Known"))
    make_source(known, url="http://www.known.example/terms/")
    entries = [
        _entry(),
        _entry("https://known.example/terms", "Known"),
        _entry("nowhere", "Nowhere"),
        _entry("https://acme.example/p", name="Privacy"),
        _entry(name="Terms again"),
        _entry("https://b.example/", "B", problem="It is a feed"),
    ]
    done = add_all(entries, day(1))
    assert [one.is_added for one in done] == [True, False, False, True, False, False]
    assert done[1].known == known
    assert "web address" in done[2].problem
    assert [one.is_new_platform for one in done[:4]] == [True, False, False, False]
    assert done[4].problem == "Its page is listed already, as Acme, Terms"
    assert not Platform.objects.filter(name__in=["Nowhere", "B"]).exists()


def test_a_plan_says_what_adding_does_and_saves_nothing() -> None:
    entries = [_entry(), _entry("https://acme.example/p", name="Privacy"), _entry("nowhere", "Nowhere")]
    planned = plan_all(entries, day(1))
    assert _rows() == (0, 0, 0)
    assert [(one.is_added, one.is_new_platform, one.problem) for one in planned] == [
        (one.is_added, one.is_new_platform, one.problem) for one in add_all(entries, day(1))
    ]


@pytest.mark.parametrize("said", ["privacy_policy", "Privacy policy", " PRIVACY POLICY "])
def test_a_list_names_a_kind_by_its_value_or_as_pages_show_it(said: str) -> None:
    add_all([_entry(type=said)], day(1))
    assert Document.objects.get().type == "privacy_policy"


def test_a_kind_that_there_is_not_is_named_with_those_there_are() -> None:
    (planned,) = plan_all([_entry(type="pizza")], day(1))
    assert planned.problem.startswith(
        "“pizza” is no kind of document; kinds are terms_of_service, privacy_policy"
    )
