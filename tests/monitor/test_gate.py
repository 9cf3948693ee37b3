import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor import quarantine
from monitor.models import Outcome, Quarantine, Snapshot, Source
from monitor.tracking import Arrival, record
from tests.builders import (
    HTML,
    candidate_of,
    capture,
    day,
    make_document,
    make_platform,
    make_source,
    make_user,
    outcomes_of,
    page,
    versions_of,
)
from tests.monitor.core.health.invented import BEDINGUNGEN, PLANS, PRIVACY, TERMS

pytestmark = pytest.mark.django_db


def main(parts):
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts)


WHOLE, HALF = main(TERMS), main(TERMS[: len(TERMS) // 2])
EDITED = WHOLE.replace("sixteen", "eighteen")
ERROR = "<h1>Page not found</h1><p>Sorry, the page you are looking for isn't available.</p>"


@pytest.mark.parametrize(
    ("main_html", "outcome"),
    [
        (ERROR, Outcome.SOFT_ERROR),
        ("<h1>Just a moment...</h1><p>Verify you are human.</p>", Outcome.BOT_WALL),
        ("<h1>Sign in</h1><p>Please sign in to continue. Email Password</p>", Outcome.LOGIN_WALL),
        ("<h1>Before you continue</h1><p>We use cookies. Accept all Reject all</p>", Outcome.CONSENT_WALL),
        ("<p>Loading…</p>", Outcome.SHELL),
        (HALF, Outcome.PARTIAL),
        (main(BEDINGUNGEN), Outcome.OTHER_LANGUAGE),
        (main(PLANS), Outcome.WRONG_DOCUMENT),
    ],
)
def test_a_capture_held_back_is_kept_and_is_never_a_version(main_html, outcome):
    source = make_source()
    capture(source, WHOLE, day(0))
    for number in (1, 2, 3):
        fetch = capture(source, main_html, day(number), furniture=number)
        assert fetch.outcome == outcome
        assert fetch.snapshot.verdict == outcome
        assert fetch.message == "; ".join(words for _, words in fetch.snapshot.reasons)
    source.refresh_from_db()
    assert len(versions_of(source)) == 1
    assert candidate_of(source) is None
    assert source.last_good.captured_at == day(0)
    assert capture(source, WHOLE, day(4), furniture="new").outcome == Outcome.SAME_TEXT


def test_the_same_bytes_of_an_error_page_stay_held_back():
    source = make_source()
    capture(source, WHOLE, day(0))
    for number in (1, 2):
        assert capture(source, ERROR, day(number)).outcome == Outcome.SOFT_ERROR
    assert Snapshot.objects.filter(source=source).count() == 2


def test_an_error_page_as_first_text_is_no_first_version():
    source = make_source()
    assert capture(source, ERROR, day(0)).outcome == Outcome.SOFT_ERROR
    assert versions_of(source) == []
    assert capture(source, WHOLE, day(1)).outcome == Outcome.FIRST


def test_a_first_page_without_an_end_is_believed_when_it_comes_again():
    source = make_source()
    unclosed = page(WHOLE).replace(b"</body></html>", b"")
    assert record(source, unclosed, HTML, day(0)).outcome == Outcome.PARTIAL
    assert record(source, unclosed, HTML, day(1)).outcome == Outcome.FIRST


def test_a_page_in_which_selectors_find_nothing_says_itself_what_it_is():
    source = make_source(select=["article"])
    body = page(ERROR)
    assert record(source, body, HTML, day(0)).outcome == Outcome.SOFT_ERROR
    assert record(source, page(WHOLE), HTML, day(1)).outcome == Outcome.NOTHING_SELECTED


def test_a_page_that_turns_up_healthy_under_mended_selectors_is_believed():
    source = make_source(select=["article"])
    record(source, page("<p>Just a moment.</p>", furniture="nothing"), HTML, day(0))
    Source.objects.filter(pk=source.pk).update(select=["main"])
    assert record(source, page(WHOLE), HTML, day(1)).outcome == Outcome.FIRST


def test_a_real_change_is_confirmed_through_the_gate():
    source = make_source()
    for number, text in enumerate([WHOLE, EDITED, EDITED]):
        capture(source, text, day(number), furniture=number)
    assert outcomes_of(source)[1:] == [Outcome.CANDIDATE, Outcome.CONFIRMED]


def test_an_error_between_two_sights_of_a_candidate_does_not_dismiss_it():
    source = make_source()
    for number, text in enumerate([WHOLE, EDITED, ERROR, EDITED]):
        capture(source, text, day(number), furniture=number)
    assert outcomes_of(source)[1:] == [Outcome.CANDIDATE, Outcome.SOFT_ERROR, Outcome.CONFIRMED]


def test_known_texts_are_not_judged_again():
    """A short text that once was the document's comes back: by the gate's signs it would be half a page."""
    source = make_source()
    for number, text in enumerate([HALF, HALF, WHOLE, WHOLE, HALF]):
        fetch = capture(source, text, day(10 * number), furniture=number)
    assert fetch.outcome == Outcome.CANDIDATE


def test_our_new_selectors_make_no_half_page():
    source = make_source()
    sections = f"<section>{HALF}</section><section class=rest>{main(TERMS[len(TERMS) // 2 :])}</section>"
    capture(source, sections, day(0))
    Source.objects.filter(pk=source.pk).update(select=["section:not(.rest)"])
    assert capture(source, sections, day(1), furniture="new").outcome == Outcome.TECHNICAL


def test_the_text_of_a_sibling_document_is_the_wrong_one():
    platform = make_platform()
    terms = make_source(make_document(platform))
    privacy = make_source(make_document(platform, name="Privacy"))
    capture(terms, WHOLE, day(0))
    capture(privacy, main(PRIVACY), day(0))
    fetch = capture(terms, main(PRIVACY), day(1))
    assert fetch.outcome == Outcome.WRONG_DOCUMENT
    assert "Privacy" in fetch.message


def test_a_page_that_moved_into_another_document_later_was_right_before():
    platform = make_platform()
    terms = make_source(make_document(platform))
    privacy = make_source(make_document(platform, name="Privacy"))
    capture(terms, WHOLE, day(0))
    capture(privacy, main(PRIVACY), day(9))
    assert capture(terms, main(PRIVACY), day(8)).outcome == Outcome.CANDIDATE


def test_documents_that_share_one_page_are_not_wrong():
    platform = make_platform()
    address = "https://one.example/legal"
    terms = make_source(make_document(platform), url=f"{address}#terms", select=["#terms"])
    privacy = make_source(make_document(platform), url=address, select=["#privacy"])
    both = f"<div id=terms>{WHOLE}</div><div id=privacy>{main(PRIVACY)}</div>"
    swapped = f"<div id=terms>{main(PRIVACY)}</div><div id=privacy>{WHOLE}</div>"
    for source in (terms, privacy):
        capture(source, both, day(0))
    assert capture(terms, swapped, day(1)).outcome == Outcome.CANDIDATE


@pytest.mark.parametrize(
    ("address", "outcome"),
    [("https://one.example/terms", Outcome.PARTIAL), ("https://one.example/new-terms", Outcome.CANDIDATE)],
)
def test_only_the_same_page_inherits_the_past_of_the_source_whose_place_it_takes(address, outcome):
    document = make_document()
    old = make_source(document, url="https://one.example/terms")
    capture(old, WHOLE, day(0))
    Source.objects.filter(pk=old.pk).update(valid_until=day(1))
    new = make_source(document, url=address, valid_from=day(1))
    assert capture(new, HALF, day(1)).outcome == outcome


def test_a_page_in_another_ones_place_may_be_in_another_language_but_no_error_page():
    document = make_document()
    old = make_source(document)
    capture(old, WHOLE, day(0))
    Source.objects.filter(pk=old.pk).update(valid_until=day(1))
    new = make_source(document, valid_from=day(1))
    assert capture(new, ERROR, day(1)).outcome == Outcome.SOFT_ERROR
    assert capture(new, main(BEDINGUNGEN), day(2)).outcome == Outcome.CANDIDATE


def test_a_redirect_to_the_front_page_is_an_error():
    source = make_source()
    capture(source, WHOLE, day(0))
    home = Arrival(200, final_url=source.url.replace("/terms", "/"))
    assert record(source, page(main(PLANS)), HTML, day(1), arrival=home).outcome == Outcome.SOFT_ERROR


def test_the_same_text_in_other_bytes_costs_the_gate_no_query():
    source = make_source()
    capture(source, WHOLE, day(0))
    capture(source, WHOLE, day(1), furniture=1)
    with CaptureQueriesContext(connection) as queries:
        capture(source, WHOLE, day(2), furniture=2)
    asked = " ".join(query["sql"] for query in queries)
    assert "monitor_quarantine" not in asked


def reject_what_was_held_back():
    quarantine.reject(Quarantine.objects.get(), by=make_user(), note="No.", at=day(1.5))


def test_a_rejected_first_page_without_an_end_is_not_believed_when_it_comes_again():
    source = make_source()
    unclosed = page(WHOLE).replace(b"</body></html>", b"")
    record(source, unclosed, HTML, day(1))
    reject_what_was_held_back()
    for number in (2, 3):
        assert record(source, unclosed + b" " * number, HTML, day(number)).outcome == Outcome.PARTIAL
    assert versions_of(source) == []


def test_a_rejected_half_page_stays_so_when_the_document_has_changed_since():
    """Held against the edited text, the half of before would have a word of its own, and so a trace of an editor."""
    source = make_source()
    capture(source, WHOLE, day(0))
    held = capture(source, HALF, day(1)).snapshot
    reject_what_was_held_back()
    for number, text in enumerate([EDITED, EDITED, HALF, HALF, HALF], 2):
        fetch = capture(source, text, day(number), furniture=number)
    assert (fetch.outcome, fetch.snapshot.reasons) == (Outcome.PARTIAL, held.reasons)
    assert len(versions_of(source)) == 2


def test_a_page_that_moved_with_its_text_is_not_held_to_its_old_address():
    source = make_source()
    unlike = main(PRIVACY)
    places = [(WHOLE, "en-us"), (WHOLE, "de"), (unlike, "de")]
    for number, (text, place) in enumerate(places):
        arrival = Arrival(200, final_url=source.url.replace("/terms", f"/{place}/terms"))
        fetch = record(source, page(text, furniture=number), HTML, day(number), arrival=arrival)
    assert fetch.outcome == Outcome.CANDIDATE
