import pytest

from monitor import quarantine
from monitor.models import Notice, NoticeKind, Outcome, Quarantine, Ruling, Source
from tests.builders import (
    candidate_of,
    capture,
    day,
    fail,
    make_document,
    make_source,
    make_user,
    outcomes_of,
    texts_of,
    versions_of,
)
from tests.monitor.test_gate import EDITED, ERROR, HALF, WHOLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(django_user_model):
    return make_user()


def held(source, *texts, start=1, step=1):
    """Captures after a good one, each with bytes of its own; the quarantined text of the last."""
    for number, text in enumerate(texts):
        fetch = capture(source, text, day(start + number * step), furniture=f"{start} {number}")
    return Quarantine.objects.filter(source=source, fingerprint=fetch.snapshot.fingerprint).first()


def watched():
    source = make_source()
    capture(source, WHOLE, day(0))
    return source


def notices(source):
    return Notice.objects.filter(source=source, kind=NoticeKind.PROBABLY_REAL)


def test_sightings_of_one_text_are_counted_in_a_row():
    source = watched()
    item = held(source, HALF, HALF, HALF)
    assert (item.sightings, item.first_seen_at, item.last_seen_at) == (3, day(1), day(3))
    assert (item.verdict, item.ruling) == (Outcome.PARTIAL, Ruling.WAITING)
    assert item.reasons[0][0] == "half_gone"


@pytest.mark.parametrize("between", [WHOLE, EDITED, ERROR])
def test_another_text_in_between_begins_a_new_run(between):
    source = watched()
    item = held(source, HALF, HALF, between, HALF)
    assert (item.sightings, item.first_seen_at, item.last_seen_at) == (1, day(4), day(4))


def test_an_attempt_that_read_nothing_does_not_end_a_run():
    source = watched()
    held(source, HALF)
    fail(source, day(2))
    assert held(source, HALF, start=3).sightings == 2


def test_a_text_that_keeps_coming_is_offered_once():
    source = watched()
    item = held(source, HALF, HALF, HALF)
    assert item.ruling == Ruling.WAITING
    assert not notices(source).exists()
    item = held(source, HALF, HALF, HALF, start=4)
    assert item.ruling == Ruling.OFFERED
    (notice,) = notices(source)
    assert (notice.began_at, notice.told_at) == (day(1), day(4))
    assert len(versions_of(source)) == 1


def test_repeats_within_a_short_time_are_no_offer():
    source = watched()
    assert held(source, *[HALF] * 8, step=0.1).ruling == Ruling.WAITING


def test_an_offer_ends_with_the_run_that_led_to_it():
    source = watched()
    held(source, *[HALF] * 5)
    assert held(source, WHOLE, HALF, start=10).ruling == Ruling.WAITING
    held(source, *[HALF] * 4, start=20)
    assert notices(source).count() == 2


def test_an_accepted_text_is_a_version_with_the_next_equal_capture(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    quarantine.accept(item, by=curator, note="They did shorten it.", at=day(5))
    source.refresh_from_db()
    source.document.refresh_from_db()
    assert (item.ruling, item.ruled_by, item.ruled_at) == (Ruling.ACCEPTED, curator, day(5))
    assert item.note == "They did shorten it."
    assert source.last_good == item.snapshot
    assert source.document.next_fetch_at == day(5)
    assert candidate_of(source).first_seen_at == day(1)
    assert len(versions_of(source)) == 1
    assert capture(source, HALF, day(5), furniture="other").outcome == Outcome.CONFIRMED
    version = versions_of(source)[-1]
    assert (version.first_seen_at, version.confirmed_at) == (day(1), day(5))
    assert version.parts.get().snapshot == item.snapshot


def test_the_very_bytes_held_back_confirm_an_accepted_text(curator):
    source = watched()
    quarantine.accept(held(source, *[HALF] * 4), by=curator, note="", at=day(5))
    assert capture(source, HALF, day(6), furniture="1 2").outcome == Outcome.CONFIRMED


def test_an_accepted_text_that_the_page_no_longer_shows_is_only_believed_from_then_on(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    capture(source, WHOLE, day(6))
    quarantine.accept(item, by=curator, note="", at=day(7))
    source.refresh_from_db()
    assert candidate_of(source) is None
    assert source.last_good.captured_at == day(0)
    assert capture(source, HALF, day(8), furniture="later").outcome == Outcome.CANDIDATE
    assert capture(source, HALF, day(9), furniture="latest").outcome == Outcome.CONFIRMED


def test_accepting_replaces_a_candidate_that_waits(curator):
    source = watched()
    capture(source, EDITED, day(1))
    item = held(source, *[HALF] * 4, start=2)
    quarantine.accept(item, by=curator, note="", at=day(7))
    assert outcomes_of(source)[1] == Outcome.TRANSIENT
    assert candidate_of(source).first_seen_at == day(2)


def test_accepting_a_first_text_makes_it_the_first_version_with_the_next_capture(curator):
    source = make_source()
    item = held(source, *[ERROR] * 4, start=0)
    quarantine.accept(item, by=curator, note="A document about missing pages.", at=day(4))
    assert capture(source, ERROR, day(5), furniture="more").outcome == Outcome.FIRST


def test_the_other_sources_stand_beside_an_accepted_text(curator):
    document = make_document()
    source, other = make_source(document), make_source(document, position=1)
    for number in range(5):
        capture(source, WHOLE if number == 0 else HALF, day(number), furniture=number)
        capture(other, "<p>Annex.</p>", day(number), furniture=number)
    quarantine.accept(Quarantine.objects.get(source=source), by=curator, note="", at=day(5))
    for each, text in ((source, HALF), (other, "<p>Annex.</p>")):
        capture(each, text, day(6), furniture="six")
    assert len(versions_of(source)) == 2
    assert texts_of(source)[1].endswith("\nAnnex.")


def test_a_rejected_text_stays_held_back_and_is_not_offered_again(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    quarantine.reject(item, by=curator, note="Their server fails.", at=day(5))
    item = held(source, *[HALF] * 5, start=6)
    assert item.ruling == Ruling.REJECTED
    assert outcomes_of(source)[-1] == Outcome.PARTIAL
    assert notices(source).count() == 1


@pytest.mark.parametrize("first", [quarantine.accept, quarantine.reject])
@pytest.mark.parametrize("second", [quarantine.accept, quarantine.reject])
def test_a_text_is_ruled_on_once(curator, first, second):
    source = watched()
    item = held(source, *[HALF] * 4)
    stale = Quarantine.objects.get(pk=item.pk)
    first(item, by=curator, note="first", at=day(5))
    with pytest.raises(quarantine.AlreadyRuled):
        second(stale, by=make_user(), note="second", at=day(6))
    item.refresh_from_db()
    assert (item.note, item.ruled_at) == ("first", day(5))


def test_a_page_that_is_no_longer_read_gets_no_candidate(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    Source.objects.filter(pk=source.pk).update(valid_until=day(5))
    quarantine.accept(item, by=curator, note="", at=day(6))
    assert candidate_of(source) is None


def test_a_withdrawn_acceptance_leaves_nothing_behind(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    good = Source.objects.get(pk=source.pk).last_good
    quarantine.accept(item, by=curator, note="They did shorten it.", at=day(5))
    quarantine.withdraw(item, by=curator, note="They did not.", at=day(5.1))
    source.refresh_from_db()
    assert candidate_of(source) is None
    assert source.last_good == good
    assert (item.ruling, item.ruled_by, item.ruled_at, item.note) == (Ruling.OFFERED, None, None, "")
    assert [(entry["ruling"], entry["note"]) for entry in item.history] == [
        ("accepted", "They did shorten it."),
        ("withdrawn", "They did not."),
    ]
    assert capture(source, HALF, day(6), furniture="1 2").outcome == Outcome.PARTIAL
    assert capture(source, HALF, day(7), furniture="new").outcome == Outcome.PARTIAL
    assert len(versions_of(source)) == 1


def test_a_candidate_of_another_text_survives_a_withdrawal(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    quarantine.accept(item, by=curator, note="", at=day(5))
    capture(source, EDITED, day(6))
    quarantine.withdraw(item, by=curator, note="", at=day(6.1))
    assert candidate_of(source).first_seen_at == day(6)
    assert Source.objects.get(pk=source.pk).last_good.captured_at == day(6)


def test_what_became_a_version_stays_one_when_the_ruling_is_withdrawn(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    quarantine.accept(item, by=curator, note="", at=day(5))
    capture(source, HALF, day(6), furniture="six")
    quarantine.withdraw(item, by=curator, note="", at=day(7))
    assert len(versions_of(source)) == 2
    assert item.ruling == Ruling.WAITING
    assert capture(source, HALF, day(8), furniture="eight").outcome == Outcome.SAME_TEXT


def test_a_withdrawn_rejection_can_be_followed_by_an_acceptance(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    quarantine.reject(item, by=curator, note="", at=day(5))
    quarantine.withdraw(item, by=curator, note="", at=day(5.1))
    assert item.ruling == Ruling.OFFERED
    quarantine.accept(item, by=curator, note="", at=day(5.2))
    assert capture(source, HALF, day(6), furniture="six").outcome == Outcome.CONFIRMED
    assert [entry["ruling"] for entry in item.history] == ["rejected", "withdrawn", "accepted"]


def test_only_a_ruling_can_be_withdrawn(curator):
    item = held(watched(), HALF)
    with pytest.raises(quarantine.NotRuled):
        quarantine.withdraw(item, by=curator, note="", at=day(5))
    assert Quarantine.objects.get(pk=item.pk).history == []


def test_the_server_is_not_asked_for_changes_of_a_text_no_longer_believed(curator):
    source = watched()
    item = held(source, *[HALF] * 4)
    quarantine.accept(item, by=curator, note="", at=day(5))
    Source.objects.filter(pk=source.pk).update(etag='"half"', validated="here")
    quarantine.withdraw(item, by=curator, note="", at=day(5.1))
    source.refresh_from_db()
    assert (source.etag, source.validated) == ("", "")


def test_rejecting_a_text_that_was_let_through_since_dismisses_it(curator):
    source = watched()
    item = held(source, HALF)
    Quarantine.objects.filter(pk=item.pk).update(ruling=Ruling.ACCEPTED)
    capture(source, HALF, day(2), furniture="two")
    Quarantine.objects.filter(pk=item.pk).update(ruling=Ruling.WAITING)
    quarantine.reject(item, by=curator, note="", at=day(2.5))
    assert candidate_of(source) is None
    assert capture(source, HALF, day(3), furniture="two").outcome == Outcome.PARTIAL
