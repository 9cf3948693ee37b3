"""Platforms, documents and sources from declarations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from monitor.importing.watch_list import slug, type_of
from monitor.models import Document, DocumentType, Platform, Render, Source
from tests.builders import capture, make_document, make_platform
from tests.monitor.importing.archives import KEPT_30, URL, day, record, terms
from tests.monitor.importing.running import PLAIN, built, declared, run

pytestmark = pytest.mark.django_db


def test_a_declared_document_is_watched() -> None:
    run(declared(PLAIN))
    document = Document.objects.get()
    assert (str(document), document.slug, document.type) == (
        "Larkspur, Terms of Service",
        "terms-of-service",
        DocumentType.TERMS,
    )
    assert not document.is_paused
    source = Source.objects.get()
    assert (source.url, source.select, source.remove, source.render) == (URL, ["main"], [], Render.HTTP)


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ({"executeClientScripts": True}, "paused: needs a browser"),
        (
            {"filter": ["cutDates"]},
            "paused: possibly noisy: the archive cleans it with code that is never run here (cutDates)",
        ),
    ],
)
def test_what_cannot_be_watched_as_it_is_waits_and_says_why(extra: dict[str, Any], why: str) -> None:
    (imported,) = run(declared({"Terms of Service": PLAIN["Terms of Service"] | extra}))
    assert Document.objects.get().is_paused
    assert imported.remarks == [why]


def test_link_targets_that_the_archive_cleans_are_no_reason_to_wait() -> None:
    run(declared({"Terms of Service": {"fetch": URL, "filter": [{"removeQueryParams": ["x"]}]}}))
    assert not Document.objects.get().is_paused


def test_a_page_that_needs_a_browser_is_a_source_that_says_so() -> None:
    run(declared({"Terms of Service": {"fetch": URL, "executeClientScripts": True}}))
    assert Source.objects.get().render == Render.BROWSER


def test_a_second_run_finds_what_the_first_made() -> None:
    run(declared(PLAIN))
    before = Source.objects.get().pk
    run(declared(PLAIN))
    assert (Platform.objects.count(), Document.objects.count(), Source.objects.get().pk) == (1, 1, before)


def test_a_declaration_that_ended_since_ends_its_source() -> None:
    run(declared(PLAIN))
    before = Source.objects.get()
    ended = PLAIN["Terms of Service"] | {"validUntil": day(5).isoformat()}
    run(declared({"Terms of Service": {"fetch": URL, "select": ["article"]}}, {"Terms of Service": [ended]}))
    before.refresh_from_db()
    (current,) = Source.objects.valid(timezone.now())
    assert before.valid_until == current.valid_from
    assert (current.select, current.position) == (["article"], before.position)


def test_a_page_that_is_captured_already_is_read_on_as_it_was_set() -> None:
    run(declared(PLAIN))
    Source.objects.update(select=["article"])
    source = Source.objects.get()
    capture(source, "<p>We keep your letters.</p>", day(0))
    (again,) = run(declared(PLAIN))
    assert Source.objects.get() == source
    assert f"{URL} is read on by the selectors that were set here" in again.remarks


def test_what_somebody_paused_stays_paused() -> None:
    run(declared(PLAIN))
    Document.objects.update(is_paused=True)
    (again,) = run(declared(PLAIN))
    assert Document.objects.get().is_paused
    assert again.remarks == ["paused: somebody paused it"]


def test_a_source_with_a_range_is_found_again_whatever_the_order_of_its_keys() -> None:
    between = {"startBefore": "h1", "endAfter": "p:last-of-type"}
    run(declared({"Terms of Service": {"fetch": URL, "select": [between]}}))
    # PostgreSQL sorts the keys of what it keeps by their length.
    Source.objects.update(select=[dict(sorted(between.items(), key=lambda item: len(item[0])))])
    run(declared({"Terms of Service": {"fetch": URL, "select": [between]}}))
    assert Source.objects.count() == 1


def test_a_page_that_needs_a_browser_now_gets_one_and_keeps_what_somebody_chose() -> None:
    run(declared(PLAIN))
    run(declared({"Terms of Service": PLAIN["Terms of Service"] | {"executeClientScripts": True}}))
    assert Source.objects.get().render == Render.BROWSER
    run(declared(PLAIN))
    assert Source.objects.get().render == Render.BROWSER


def test_what_an_import_left_paused_starts_when_its_reason_is_gone() -> None:
    run(declared({"Terms of Service": PLAIN["Terms of Service"] | {"filter": ["cutDates"]}}))
    assert Document.objects.get().is_paused
    run(declared(PLAIN))
    assert not Document.objects.get().is_paused


def test_what_a_killed_import_left_paused_starts_with_the_next() -> None:
    run(declared(PLAIN))
    Document.objects.update(is_paused=True, paused_by_import=True)
    run(declared(PLAIN))
    document = Document.objects.get()
    assert (document.is_paused, document.paused_by_import) == (False, False)


def test_what_somebody_started_and_paused_again_stays_paused() -> None:
    run(declared({"Terms of Service": PLAIN["Terms of Service"] | {"filter": ["cutDates"]}}))
    document = Document.objects.get()
    for is_paused in (False, True):
        document.is_paused = is_paused
        document.full_clean()
        document.save()
    run(declared(PLAIN))
    assert Document.objects.get().is_paused


def test_without_declarations_it_is_said_that_none_were_given(tmp_path: Path) -> None:
    (imported,) = run(pages=built(tmp_path, record("Larkspur/Terms of Service.html", terms(KEPT_30), day(0))))
    assert imported.remarks[-1] == "paused: no declarations were given that would say how to read it"


def test_a_document_on_the_watch_list_is_found_by_its_slug() -> None:
    mine = make_document(make_platform(slug="larkspur"), slug="terms-of-service", name="My name for it")
    run(declared(PLAIN))
    assert Document.objects.get() == mine
    assert Document.objects.get().name == "My name for it"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Claire's Store.eu", "claire-s-store-eu"),
        ("Épicerie Größe", "epicerie-grosse"),
        ("  Lark & Sons ", "lark-sons"),
    ],
)
def test_a_slug_is_letters_and_digits_joined_by_hyphens(name: str, expected: str) -> None:
    assert slug(name, Platform) == expected


def test_names_without_latin_letters_and_long_names_have_slugs_of_their_own() -> None:
    names = ["C++", "C#", "C", "文心一言", "通义千问", "x" * 80, "x" * 81]
    slugs = [slug(name, Platform) for name in names]
    assert len(set(slugs)) == len(names)
    assert all(0 < len(found) <= 50 for found in slugs)


def test_terms_types_are_mapped_to_document_types() -> None:
    assert type_of("Trackers Policy") == DocumentType.COOKIES
    assert type_of("Vulnerability Disclosure Policy") == DocumentType.OTHER
