"""An upgrade of ours reads documents anew: same records, same change sets, today's clauses, nobody alerted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from clauses import rewriting, subscribing
from clauses.analysis import analyze
from clauses.core.segment import SEGMENTER_VERSION, segment
from clauses.core.sentences import sentences
from clauses.core.values import Passage
from clauses.curation import decide
from clauses.models import Alert, Analysis, ChangeSet, Clause, EarlierRating, RereadingClaim
from clauses.models.choices import SeverityLevel
from clauses.queries.waiting import is_stale, stale_documents
from clauses.queries.waiting import rereading as progress
from clauses.rereading import reread_if_stale, reread_next
from monitor.core.blocks import Block
from tests.builders import capture, day, make_source, make_user, rolled_back, versions_of
from tests.clauses.edited_documents import (
    FIVE,
    KEEPS,
    LAW,
    RATES,
    SHARES,
    Edited,
    html,
    kinds,
    layout_of,
    numbers,
    row_counts,
)
from tests.clauses.test_random_edits import assert_change_set_holds, assert_holds, histories

pytestmark = pytest.mark.django_db

LONG = (
    f"{KEEPS} Ask us and we delete all of them at once, whatever it is that they show and whoever sent them."
)
OlderSegmenter = Callable[[], None]


def by_sentence(text: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The clauses as a segmenter of an earlier version of ours might have cut them: each sentence one."""
    found: list[Passage] = []
    for passage in segment(text, blocks):
        for start, end in sentences(passage.text):
            at = passage.start + start
            words = passage.text[start:end]
            found.append(Passage(len(found), at, at + len(words), words, passage.heading_path))
    return tuple(found)


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> OlderSegmenter:
    """Read by an older version of ours until the test calls this: the upgrade."""
    monkeypatch.setattr("clauses.reading.segment", by_sentence)

    def upgraded() -> None:
        monkeypatch.undo()
        Analysis.objects.update(segmenter_version=SEGMENTER_VERSION - 1)

    return upgraded


def outdated() -> None:
    """Everything on record as read by an older version of ours, that read it alike."""
    Analysis.objects.update(segmenter_version=SEGMENTER_VERSION - 1, taxonomy_version="2020.1")


def on_record() -> dict[str, object]:
    """What readers know: which clause is which record, what changed, and which records redirect."""
    return {
        "layouts": {
            row.version.public_id: [(one.clause.number, text) for one, text in layout_of(row.version)]
            for row in Analysis.objects.select_related("version")
        },
        "change sets": {
            row.number: (row.kind, row.severity, row.headline, row.counts, kinds(row))
            for row in ChangeSet.objects.all()
        },
        "records": {
            row.number: (row.removed_in_id, row.superseded_by_id, row.severity, row.doubt, row.split_from_id)
            for row in Clause.objects.all()
        },
    }


def test_a_document_read_by_todays_versions_is_left_alone() -> None:
    edited = Edited(*FIVE)
    assert not stale_documents().exists()
    assert reread_if_stale(edited.document) is None
    assert reread_next() is None


@pytest.mark.parametrize(
    "older",
    [
        {"segmenter_version": 0},
        {"taxonomy_version": "2020.1"},
    ],
)
def test_a_document_read_by_another_version_of_ours_is_read_anew_once(older: dict[str, object]) -> None:
    edited = Edited(*FIVE)
    edited.publish(RATES, KEEPS.replace("30 days", "5 years"), SHARES, LAW)
    before = on_record(), row_counts()
    Analysis.objects.update(**older)
    rerun = reread_if_stale(edited.document)
    assert rerun is not None
    assert (rerun.versions, rerun.kept, rerun.minted, rerun.superseded) == (2, 5, 0, 0)
    assert (on_record(), row_counts()) == before
    assert reread_if_stale(edited.document) is None


def test_another_rubric_rates_change_sets_anew_and_keeps_what_was_said_before(client: Client) -> None:
    edited = Edited(*FIVE)
    edited.publish(RATES, KEEPS.replace("30 days", "5 years"), SHARES, LAW)
    change_set = edited.change_set()
    rated = change_set.severity
    ChangeSet.objects.update(rubric_version="2020.1", severity=SeverityLevel.NONE, headline="Fernbank did it")
    rerun = reread_if_stale(edited.document)
    assert rerun is not None
    assert rerun.rated_otherwise == 1
    again = ChangeSet.objects.get(number=change_set.number)
    assert (again.severity, again.headline) == (rated, change_set.headline)
    earlier = EarlierRating.objects.get(change_set=again)
    assert (earlier.rubric_version, earlier.severity, earlier.headline) == ("2020.1", 0, "Fernbank did it")
    page = client.get(reverse("change-set", args=[again.number]), follow=True).content.decode()
    assert "Earlier ratings" in page
    assert "Fernbank did it" in page
    twin = client.get(reverse("change-set-json", args=[again.number]), follow=True).json()
    assert twin["earlier_ratings"][0]["rubric_version"] == "2020.1"
    assert twin["rubric_version"] == again.rubric_version


def test_a_text_cut_otherwise_keeps_the_record_of_the_largest_piece_and_redirects_the_others(
    client: Client, upgrade: OlderSegmenter
) -> None:
    edited = Edited("#Data", RATES, LONG, LAW)
    first = edited.document.versions.get()
    assert [row.clause.number for row, _ in layout_of(first)] == [1, 2, 3, 4]
    edited.publish("#Data", RATES, LONG.replace("30 days", "5 years"), LAW)
    change_set = edited.change_set()
    upgrade()
    rerun = reread_if_stale(edited.document)
    assert rerun is not None
    assert (rerun.kept, rerun.minted, rerun.superseded) == (3, 0, 1)
    first, latest = versions_of(edited.source)
    assert list(numbers(latest).values()) == [1, 3, 4]
    assert list(numbers(first).values()) == [1, 3, 4]
    assert (
        client.get(reverse("record", args=[2]))["Location"]
        == f"{reverse('record', args=[3])}?merged=P-000002"
    )
    again = ChangeSet.objects.get()
    assert again.number == change_set.number
    assert again.changes.get().clause.number == 3
    assert_change_set_holds(again)
    assert_holds(latest)
    for name, number in (("record", 3), ("record-json", 3), ("change-set", again.number)):
        assert client.get(reverse(name, args=[number]), follow=True).status_code == 200


def test_after_an_upgrade_a_publishers_edit_shows_as_that_edit_alone(upgrade: OlderSegmenter) -> None:
    edited = Edited("#Data", RATES, LONG, LAW)
    upgrade()
    edited.publish("#Data", RATES, LONG, LAW.replace("Estonia", "Finland"))
    assert kinds(edited.change_set()) == ["modified"]
    assert edited.change_set().counts["unchanged"] == 2


def test_reading_anew_owes_no_alert() -> None:
    edited = Edited(*FIVE)
    user = make_user()
    subscribing.subscribe(user, edited.document.platform, SeverityLevel.NONE)
    edited.publish(RATES, KEEPS.replace("30 days", "5 years"), SHARES, LAW)
    owed = Alert.objects.count()
    outdated()
    ChangeSet.objects.update(rubric_version="2020.1", severity=SeverityLevel.NONE)
    assert reread_if_stale(edited.document) is not None
    assert Alert.objects.count() == owed


def test_a_decision_stays_in_force_through_a_new_reading() -> None:
    edited = Edited(*FIVE)
    clause = Clause.objects.get(current__wording__text=KEEPS)
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "Read with the law.", make_user(role="curator"))
    outdated()
    reread_if_stale(edited.document)
    present = Clause.objects.get(pk=clause.pk)
    assert (present.severity, list(present.labels.values_list("type", flat=True))) == (3, ["arbitration"])


def test_a_run_that_is_killed_changes_nothing_and_the_next_one_does_it_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edited = Edited(*FIVE)
    edited.publish(*reversed(FIVE))
    outdated()
    before = on_record()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rewriting, "put_in_force", killed)
        with pytest.raises(KeyboardInterrupt):
            reread_if_stale(edited.document)
    assert on_record() == before
    assert list(stale_documents()) == [edited.document]
    assert reread_next() is not None
    assert on_record() == before
    assert not RereadingClaim.objects.exists()


def test_progress_goes_by_documents_and_ends_with_the_last() -> None:
    first, second = Edited(*FIVE), Edited(RATES)
    second.publish(LAW)
    assert progress() is None
    outdated()
    seen = progress()
    assert seen is not None
    assert (seen.done, seen.total, seen.left) == (0, 2, 2)
    reread_if_stale(second.document)
    seen = progress()
    assert seen is not None
    assert (seen.done, seen.total, seen.left) == (1, 2, 1)
    reread_if_stale(first.document)
    assert progress() is None


def test_a_superseded_rating_of_an_older_rubric_has_nothing_read_anew_for_ever() -> None:
    edited = Edited(*FIVE)
    edited.publish(*FIVE[:-1])
    edited.publish(*FIVE[:-2])
    first, second = ChangeSet.objects.order_by("number")
    ChangeSet.objects.filter(pk=first.pk).update(superseded_by=second, rubric_version="2020.1")
    assert not stale_documents().exists()
    assert not is_stale(edited.document)


def test_two_processes_do_not_read_the_same_document_anew() -> None:
    first, second = Edited(*FIVE), Edited(RATES)
    outdated()
    RereadingClaim.objects.create(document=first.document, claimed_at=timezone.now())
    rerun = reread_next()
    assert rerun is not None
    assert rerun.document == second.document
    assert reread_next() is None, "the other one is held by somebody"
    RereadingClaim.objects.update(claimed_at=day(0))
    rerun = reread_next()
    assert rerun is not None
    assert rerun.document == first.document


def test_a_document_that_cannot_be_read_anew_holds_up_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Edited(*FIVE), Edited(RATES)
    outdated()

    def fails(*_: object) -> None:
        raise ValueError("no")

    with monkeypatch.context() as patch:
        patch.setattr(rewriting, "map_records", fails)
        with pytest.raises(ValueError, match="no"):
            reread_next()
    rerun = reread_next()
    assert rerun is not None
    assert rerun.document == second.document
    assert list(stale_documents()) == [first.document]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_reading_the_same_way_again_changes_nothing_on_record(history: list[list[str]]) -> None:
    with rolled_back():
        source = make_source()
        for number, text in enumerate(history):
            if text:
                capture(source, html(text), day(20 * number))
                capture(source, html(text), day(20 * number + 1), furniture="again")
        for version in versions_of(source):
            analyze(version.pk)
        before = on_record()
        outdated()
        rerun = reread_if_stale(source.document)
        assert on_record() == before
        assert rerun is None or (rerun.minted, rerun.superseded, rerun.rated_otherwise) == (0, 0, 0)
