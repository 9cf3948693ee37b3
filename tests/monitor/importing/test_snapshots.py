"""Raw captures of small invented archives, imported whole, in parts, and killed at every statement."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.importing.histories import Selection
from monitor.models import Candidate, Document, Fetch, Source, Version
from tests.builders import rolled_back
from tests.monitor.importing.archives import (
    KEPT_2Y,
    KEPT_30,
    KEPT_90,
    URL,
    Commit,
    day,
    page,
    record,
    terms,
)
from tests.monitor.importing.running import PLAIN, built, declared, run
from tests.monitor.test_kills import everything, killed_at

pytestmark = pytest.mark.django_db

PATH = "Larkspur/Terms of Service.html"
HOUR = 1 / 24


def _page(paragraph: str, at: float, token: object = "", url: str = URL) -> Commit:
    return record(PATH, terms(paragraph, token), day(at), url=url)


def _versions() -> list[tuple[str, float, str]]:
    """Cause, day and last words of each version."""
    rows = Version.objects.order_by("document", "ordinal")
    return [
        (row.cause, round((row.first_seen_at - day(0)) / timedelta(days=1), 2), row.text.split("\n")[-1])
        for row in rows
    ]


def _outcomes() -> list[str]:
    return list(Fetch.objects.order_by("at", "source__position").values_list("outcome", flat=True))


def test_each_capture_is_on_record_at_its_own_date(tmp_path: Path) -> None:
    pages = built(
        tmp_path,
        _page(KEPT_30, 0),
        _page(KEPT_30, 0.5, token=1),
        _page(KEPT_90, 9),
        _page(KEPT_90, 9.5, token=2),
    )
    run(declared(PLAIN), pages)
    assert _versions() == [("first", 0, KEPT_30), ("publisher", 9, KEPT_90)]
    assert _outcomes() == ["first", "same_text", "candidate", "confirmed"]
    fetch = Fetch.objects.earliest("at")
    assert fetch.at == day(0)
    assert fetch.snapshot.headers["x-fetcher"] == "htmlOnly"
    assert len(fetch.snapshot.headers["x-archive-commit"]) == 40
    assert fetch.final_url == ""


def test_a_second_run_adds_nothing(tmp_path: Path) -> None:
    pages = built(
        tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 9), _page(KEPT_90, 9.5, token=2), _page(KEPT_30, 20)
    )
    (first,) = run(declared(PLAIN), pages)
    state = everything(first.document)
    (second,) = run(declared(PLAIN), pages)
    assert (first.recorded, second.recorded) == (4, 0)
    assert everything(second.document) == state
    assert Source.objects.count() == 1


def test_a_run_over_more_history_goes_on_where_the_last_one_ended(tmp_path: Path) -> None:
    early = [_page(KEPT_30, 0), _page(KEPT_90, 9), _page(KEPT_90, 9.5, token=1)]
    late = [_page(KEPT_2Y, 30), _page(KEPT_2Y, 30.5, token=2)]
    run(declared(PLAIN), built(tmp_path, *early))
    (again,) = run(declared(PLAIN), built(tmp_path, *early, *late))
    assert again.recorded == 2
    assert [text for _, _, text in _versions()] == [KEPT_30, KEPT_90, KEPT_2Y]


def test_a_text_that_the_archive_did_not_replace_for_36_hours_stood(tmp_path: Path) -> None:
    run(declared(PLAIN), built(tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 9), _page(KEPT_2Y, 20)))
    assert _versions() == [("first", 0, KEPT_30), ("publisher", 9, KEPT_90)]
    assert Candidate.objects.count() == 1


def _daily(paragraph: str, first: int, last: int) -> list[Commit]:
    return [_page(paragraph, number, token=number) for number in range(first, last)]


def _others(*days: float) -> list[Commit]:
    path = "Foxglove/Privacy Policy.html"
    return [record(path, terms(KEPT_2Y, at), day(at), url="https://foxglove.example/privacy") for at in days]


def _of_larkspur() -> list[str]:
    rows = Version.objects.filter(document__platform__slug="larkspur").order_by("ordinal")
    return [row.text.split("\n")[-1] for row in rows]


def test_a_page_with_new_bytes_each_day_is_not_believed_by_a_silence_of_the_whole_archive(
    tmp_path: Path,
) -> None:
    odd = [*_daily(KEPT_30, 0, 10), _page(KEPT_90, 10), *_daily(KEPT_30, 15, 30)]
    run(declared(PLAIN), built(tmp_path, *odd))
    assert _of_larkspur() == [KEPT_30]


@pytest.mark.parametrize(
    ("up_on", "believed"),
    [((11, 13, 16), True), ((11, 13), False), ((8, 9, 11, 13), False), ((11, 13, 16, 40), True)],
)
def test_it_is_believed_after_a_week_in_which_the_archive_recorded_others_on_three_days(
    up_on: tuple[int, ...], believed: bool, tmp_path: Path
) -> None:
    pages = [*_daily(KEPT_30, 0, 10), _page(KEPT_90, 10), *_others(*up_on), *_daily(KEPT_30, 20, 22)]
    run(declared(PLAIN), built(tmp_path, *pages))
    assert (KEPT_90 in _of_larkspur()) is believed


def test_three_days_of_others_within_less_than_a_week_are_not_enough(tmp_path: Path) -> None:
    pages = [*_daily(KEPT_30, 0, 10), _page(KEPT_90, 10), *_others(11, 12, 13, 14), *_daily(KEPT_30, 16, 22)]
    run(declared(PLAIN), built(tmp_path, *pages))
    assert _of_larkspur() == [KEPT_30]


def test_a_text_that_was_replaced_within_a_day_did_not_stand(tmp_path: Path) -> None:
    run(declared(PLAIN), built(tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 9), _page(KEPT_30, 10, token=1)))
    assert [text for _, _, text in _versions()] == [KEPT_30]
    assert _outcomes() == ["first", "transient", "same_text"]


def test_the_last_text_stands_until_the_archive_ends(tmp_path: Path) -> None:
    other = record("Larkspur/Privacy Policy.html", terms(KEPT_2Y), day(12), url=URL + "/privacy")
    run(declared(PLAIN), built(tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 9), other))
    assert ("publisher", 9, KEPT_90) in _versions()


def test_a_return_is_believed_when_it_stood_for_seven_days(tmp_path: Path) -> None:
    swing = [
        _page(KEPT_30, 0),
        _page(KEPT_90, 40),
        _page(KEPT_90, 40.5, token=1),
        _page(KEPT_30, 42, token=2),
    ]
    pages = built(tmp_path, *swing, _page(KEPT_30, 45, token=3), _page(KEPT_2Y, 60))
    run(declared(PLAIN), pages)
    assert [(cause, text) for cause, _, text in _versions()] == [
        ("first", KEPT_30),
        ("publisher", KEPT_90),
        ("publisher", KEPT_30),
    ]


def test_a_page_that_could_not_be_read_confirms_nothing(tmp_path: Path) -> None:
    broken = record(PATH, "<html><body><p>We are back soon.</p></body></html>", day(9.5), url=URL)
    run(
        declared(PLAIN),
        built(tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 9), broken, _page(KEPT_30, 20, token=1)),
    )
    assert [text for _, _, text in _versions()] == [KEPT_30]


def test_the_selectors_of_the_date_are_used_and_a_change_of_them_is_technical(tmp_path: Path) -> None:
    history = {"Terms of Service": [{"fetch": URL, "select": "p", "validUntil": day(5).isoformat()}]}
    run(declared(PLAIN, history), built(tmp_path, _page(KEPT_30, 0), _page(KEPT_30, 9, token=1)))
    assert [(cause, at) for cause, at, _ in _versions()] == [("first", 0), ("technical", 9)]
    first, second = Version.objects.order_by("ordinal")
    assert not first.text.startswith("Terms\n")
    assert second.text.startswith("Terms\n")


def test_a_change_at_the_very_change_of_selectors_is_still_the_publishers(tmp_path: Path) -> None:
    history = {"Terms of Service": [{"fetch": URL, "select": "p", "validUntil": day(5).isoformat()}]}
    pages = built(tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 9), _page(KEPT_90, 9.5, token=1))
    run(declared(PLAIN, history), pages)
    assert [(cause, text) for cause, _, text in _versions()] == [
        ("first", KEPT_30),
        ("technical", KEPT_30),
        ("publisher", KEPT_90),
    ]


GUESTS = "https://larkspur.example/legal/guests"
TWO = {"Terms of Service": {"select": "main", "combine": [{"fetch": URL}, {"fetch": GUESTS}]}}
_TERMS_PATH = "Larkspur/Terms of Service #legal-terms.html"
_GUESTS_PATH = "Larkspur/Terms of Service #legal-guests.html"


def _both(paragraph: str, guests: str, at: float, token: object = "") -> list[Commit]:
    later = at + 5 / 86400
    return [
        record(_TERMS_PATH, terms(paragraph, token), day(at), url=URL),
        record(_GUESTS_PATH, page(guests, token=token), day(later), url=GUESTS),
    ]


def test_pages_captured_seconds_apart_are_one_round(tmp_path: Path) -> None:
    rounds = [*_both(KEPT_30, "Guests may read.", 0), *_both(KEPT_90, "Guests may write.", 9)]
    run(declared(TWO), built(tmp_path, *rounds, *_both(KEPT_90, "Guests may write.", 9.5, token=1)))
    assert [(cause, at) for cause, at, _ in _versions()] == [("first", 0), ("publisher", 9)]
    assert Version.objects.latest("ordinal").text.endswith(f"{KEPT_90}\nTerms\nGuests may write.")


def test_a_page_with_the_same_bytes_has_no_capture_and_is_in_the_text(tmp_path: Path) -> None:
    later = [record(_TERMS_PATH, terms(KEPT_90, token), day(9 + token), url=URL) for token in (0, 1)]
    run(declared(TWO), built(tmp_path, *_both(KEPT_30, "Guests may read.", 0), *later))
    assert [(cause, text) for cause, _, text in _versions()] == [
        ("first", "Guests may read."),
        ("publisher", "Guests may read."),
    ]


def test_a_page_that_joins_is_technical(tmp_path: Path) -> None:
    first = record(PATH, terms(KEPT_30), day(0), url=URL)
    run(declared(TWO), built(tmp_path, first, *_both(KEPT_30, "Guests may read.", 9, token=1)))
    assert [(cause, at) for cause, at, _ in _versions()] == [("first", 0), ("technical", 9)]


def test_new_selectors_read_the_bytes_that_stayed_the_same(tmp_path: Path) -> None:
    older = {"select": "p", "combine": [{"fetch": URL}, {"fetch": GUESTS}], "validUntil": day(5).isoformat()}
    later = record(_TERMS_PATH, terms(KEPT_30, 1), day(9), url=URL)
    pages = built(tmp_path, *_both(KEPT_30, "Guests may read.", 0), later)
    run(declared(TWO, {"Terms of Service": [older]}), pages)
    assert [(cause, at, text) for cause, at, text in _versions()] == [
        ("first", 0, "Guests may read."),
        ("technical", 9, "Guests may read."),
    ]


def test_captures_between_two_on_record_are_passed_over_and_said_so(tmp_path: Path) -> None:
    run(declared(PLAIN), built(tmp_path, _page(KEPT_30, 0), _page(KEPT_30, 9, token=1)))
    (again,) = run(declared(PLAIN), built(tmp_path, _page(KEPT_30, 0), _page(KEPT_90, 5)))
    assert again.recorded == 0
    assert "1 captures passed over: they lie between captures on record" in again.remarks
    assert [text for _, _, text in _versions()] == [KEPT_30]


def test_a_file_above_the_limit_is_a_capture_problem(tmp_path: Path, settings: Any) -> None:
    settings.FETCH_MAX_BYTES = 2000
    huge = record(PATH, terms(KEPT_90 * 100), day(1), url=URL)
    run(declared(PLAIN), built(tmp_path, _page(KEPT_30, 0), huge, _page(KEPT_30, 2, token=1)))
    assert _outcomes() == ["first", "too_large", "same_text"]


def test_a_pdf_is_recorded_as_one(tmp_path: Path) -> None:
    run(pages=built(tmp_path, record(PATH.replace(".html", ".pdf"), b"%PDF-1.4 cut short", day(0), url=URL)))
    fetch = Fetch.objects.get()
    assert fetch.snapshot.content_type == "application/pdf"
    assert fetch.is_problem


def test_a_selection_of_time_takes_only_the_captures_within(tmp_path: Path) -> None:
    pages = built(tmp_path, *(_page(KEPT_30, number, token=number) for number in range(5)))
    run(declared(PLAIN), pages, selection=Selection(since=day(1), until=day(3)))
    assert [fetch.at for fetch in Fetch.objects.order_by("at")] == [day(1), day(2), day(3)]


def test_an_import_killed_at_any_statement_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    pages = built(
        tmp_path,
        *_both(KEPT_30, "Guests may read.", 0),
        *_both(KEPT_90, "Guests may read.", 20),
        record(_TERMS_PATH, terms(KEPT_2Y), day(30), url=URL),
        *_both(KEPT_90, "Guests may write.", 40, token=1),
    )
    older = {"select": "p", "combine": [{"fetch": URL}, {"fetch": GUESTS}], "validUntil": day(25).isoformat()}
    declarations = declared(TWO, {"Terms of Service": [older]})
    with rolled_back():
        (undisturbed,) = run(declarations, pages)
        expected = _lasting(undisturbed.document)
        assert len(expected["versions"]) >= 4
    chance = random.Random(7)
    for _ in range(25):
        with rolled_back():
            for _ in range(3):
                with killed_at(chance.randrange(900)):
                    run(declarations, pages)
            run(declarations, pages)
            assert _lasting(Document.objects.get()) == expected


def _lasting(document: Document) -> dict[str, Any]:
    """All that is on record but when the document is read next: at once, from the moment the import ended."""
    state = everything(document)
    read_at, _, claimed_at, reading_key = state["document"]
    is_paused = Document.objects.get(pk=document.pk).is_paused
    return {**state, "document": (read_at, claimed_at, reading_key, is_paused)}
