"""Rules of retention: what they give up, and that nothing on record ever rests on what is gone."""

from __future__ import annotations

import pytest
from django.db.models import Q

from clauses.verifying.steps import all_steps
from monitor import storage
from monitor.chain import append_all
from monitor.models import Blob, Candidate, Outcome, Part, Quarantine, Snapshot, Source
from monitor.retention import aged, remove_aged
from monitor.storage import CorruptBytes
from monitor.tracking import record
from tests.builders import HTML, capture, day, fail, hold_back, make_source, page, texts_of

pytestmark = pytest.mark.django_db

LATER = day(400)
TEXT = "<p>We keep what you write for 30 days.</p>"
OTHER = "<p>We keep what you write for five years.</p>"


@pytest.fixture(autouse=True)
def rules(settings):
    settings.KEEP_SAME_TEXT_DAYS = 30
    settings.KEEP_TRANSIENT_DAYS = 100
    settings.KEEP_PROBLEM_DAYS = 10
    return settings


def watched() -> Source:
    """A source with a first text, its markup again on nine days, a text seen once, a wall, and an empty page."""
    source = make_source()
    capture(source, TEXT, day(0))
    for number in range(1, 10):
        capture(source, TEXT, day(number), furniture=f"token {number}")
    capture(source, OTHER, day(10))
    capture(source, TEXT, day(11), furniture="token 11")
    hold_back(source, "<p>Are you human?</p>", day(12))
    append_all(source.document)
    record(source, b"<html><main></main></html>", HTML, day(13))
    capture(source, TEXT, day(14), furniture="token 14")
    return source


def given_up() -> set[Snapshot]:
    return set(Snapshot.objects.exclude(bytes_removed_at=None))


def findings() -> list[str]:
    return [
        f"{one.record}: {one.words}" for step in all_steps() for found in step.findings() for one in found
    ]


def test_without_a_rule_everything_is_kept_for_ever(rules) -> None:
    rules.KEEP_SAME_TEXT_DAYS = rules.KEEP_TRANSIENT_DAYS = rules.KEEP_PROBLEM_DAYS = 0
    watched()
    assert not aged(LATER).exists()
    assert list(remove_aged(LATER)) == []


def test_what_a_version_a_candidate_a_text_held_back_or_the_next_reading_rests_on_stays() -> None:
    source = watched()
    capture(source, "<p>Being confirmed.</p>", day(15))
    list(remove_aged(LATER))
    waiting = [key for _, key, _ in Candidate.objects.get().snapshots]
    source.refresh_from_db()
    needed = Snapshot.objects.filter(
        Q(pk__in=Part.objects.values("snapshot"))
        | Q(pk__in=Quarantine.objects.values("snapshot"))
        | Q(pk__in=[*waiting, source.last_good_id])
    )
    assert needed.count() == 3
    for snapshot in needed:
        assert snapshot.bytes_removed_at is None
        assert storage.get(snapshot.blob)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("KEEP_SAME_TEXT_DAYS", {Outcome.SAME_TEXT}),
        ("KEEP_TRANSIENT_DAYS", {Outcome.TRANSIENT}),
        ("KEEP_PROBLEM_DAYS", {Outcome.NOTHING_SELECTED, Outcome.EMPTY}),
    ],
)
def test_a_rule_names_one_kind_of_captures(rules, setting: str, expected: set[Outcome]) -> None:
    watched()
    for other in ("KEEP_SAME_TEXT_DAYS", "KEEP_TRANSIENT_DAYS", "KEEP_PROBLEM_DAYS"):
        setattr(rules, other, 30 if other == setting else 0)
    outcomes = {fetch.outcome for one in aged(LATER) for fetch in one.fetches.all()}
    assert outcomes
    assert outcomes <= expected


def test_age_counts_from_the_last_time_the_bytes_were_seen() -> None:
    source = make_source()
    capture(source, TEXT, day(0))
    capture(source, TEXT, day(1), furniture="a")
    capture(source, TEXT, day(2), furniture="b")
    capture(source, TEXT, day(40), furniture="a")
    capture(source, TEXT, day(41), furniture="c")
    seen_once = Snapshot.objects.get(fetches__at=day(2))
    assert list(aged(day(41))) == [seen_once]


def test_bytes_that_were_ever_a_new_text_have_no_rule() -> None:
    source = make_source()
    capture(source, TEXT, day(0))
    capture(source, OTHER, day(1), furniture="first sight")
    capture(source, OTHER, day(2), furniture="second sight")
    capture(source, OTHER, day(3), furniture="third")
    capture(source, OTHER, day(4), furniture="fourth")
    assert {one.fetches.get().at for one in aged(LATER)} == {day(3)}


def test_a_site_that_gave_up_bytes_verifies_and_its_chains_say_when() -> None:
    source = watched()
    before = Blob.objects.exclude(packed=b"").count()
    count = len(list(remove_aged(LATER)))
    assert count == len(given_up()) > 8
    assert Blob.objects.exclude(packed=b"").count() == before - count
    assert findings() == []
    for snapshot in given_up():
        link = source.document.links.filter(record=snapshot.public_id).order_by("-position").first()
        assert '"format":"proviso-snapshot-2"' in link.manifest
        assert '"bytes_removed_at":"2026-04-05T06:00:00.000000Z"' in link.manifest
        with pytest.raises(CorruptBytes, match="removed by a rule of retention"):
            storage.get(snapshot.blob)


def test_a_second_run_finds_nothing_to_do() -> None:
    watched()
    list(remove_aged(LATER))
    assert list(remove_aged(LATER)) == []


def test_bytes_that_go_without_a_rule_are_found_by_verify() -> None:
    source = watched()
    snapshot = source.snapshots.order_by("number")[3]
    storage.take_away(snapshot.blob)
    key = snapshot.blob_id
    assert findings() == [
        f"blob {key}: its bytes are gone, and no rule of retention gave them up",
        f"{snapshot.public_id}: its bytes, {key}, do not hold",
    ]
    Snapshot.objects.filter(pk=snapshot.pk).update(bytes_removed_at=LATER)
    (found,) = findings()
    assert found.startswith(f"{snapshot.public_id}: its chain says otherwise: ")


def test_bytes_that_others_are_packed_against_go_after_them() -> None:
    source = watched()
    root = source.snapshots.order_by("number")[0].blob
    assert Blob.objects.filter(base=root).exists()
    # Only a capture that a rule names has the root now: what is packed against it still needs it.
    source.refresh_from_db()
    Part.objects.update(snapshot=source.last_good)
    list(remove_aged(LATER))
    for snapshot in Snapshot.objects.filter(bytes_removed_at=None):
        assert storage.get(snapshot.blob)


def test_bytes_that_come_again_are_kept_again() -> None:
    source = watched()
    list(remove_aged(LATER))
    snapshot = Snapshot.objects.get(fetches__at=day(3))
    assert snapshot.blob.is_removed
    capture(source, TEXT, day(401), furniture="token 3")
    snapshot.refresh_from_db()
    assert snapshot.bytes_removed_at is None
    assert storage.get(Blob.objects.get(pk=snapshot.blob_id)) == page(TEXT, furniture="token 3")
    assert len(texts_of(source)) == 1
    assert findings() == []


def test_a_problem_that_comes_again_after_its_bytes_went_is_kept_again() -> None:
    source = watched()
    empty = b"<html><main></main></html>"
    list(remove_aged(LATER))
    snapshot = Snapshot.objects.get(fetches__at=day(13))
    assert snapshot.blob.is_removed
    record(source, empty, HTML, day(401))
    assert storage.get(Blob.objects.get(pk=snapshot.blob_id)) == empty
    assert findings() == []


def test_bytes_of_two_documents_stay_until_both_gave_them_up() -> None:
    one, other = make_source(), make_source()
    for source in (one, other):
        capture(source, TEXT, day(0), furniture="first")
        capture(source, TEXT, day(1), furniture="shared")
        capture(source, TEXT, day(2), furniture="last")
    capture(other, TEXT, day(390), furniture="shared")
    capture(other, TEXT, day(391), furniture="newest")
    list(remove_aged(LATER))
    kept = Snapshot.objects.get(source=other, fetches__at=day(1))
    gone = Snapshot.objects.get(source=one, fetches__at=day(1))
    assert gone.bytes_removed_at == LATER
    assert (kept.blob_id, kept.bytes_removed_at) == (gone.blob_id, None)
    assert storage.get(kept.blob)
    assert findings() == []


def test_a_page_that_fails_for_years_keeps_what_its_text_rests_on() -> None:
    source = make_source()
    capture(source, TEXT, day(0))
    capture(source, TEXT, day(1), furniture="last good")
    for number in range(2, 300):
        fail(source, day(number))
    list(remove_aged(LATER))
    assert given_up() == set()
