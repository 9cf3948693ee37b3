"""What other rules would change is told before it does: nothing that is shown is touched, and a kill costs nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import amending, rerating, subscribing
from clauses.curation import decide
from clauses.models import (
    Alert,
    Analysis,
    ChangeSet,
    Classification,
    Clause,
    EarlierRating,
    LearnedHead,
    Rerating,
    RereadingClaim,
    RereadProposal,
)
from clauses.models.choices import SeverityLevel
from clauses.queries.site_rules import report_of
from clauses.queries.waiting import stale_documents
from clauses.rerating import forget_discarded, rerate_next
from clauses.rereading import reread_next
from clauses.site_taxonomy import refresh_rules
from clauses.tasks import rerate_documents
from tests.builders import KEPT_5_YEARS, make_change_set, make_user
from tests.clauses.amended_site import LENIENT, put_in_force, read_all, save
from tests.clauses.test_rereading import on_record
from tests.task_queue import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return make_user("ada", role="administrator")


@pytest.fixture
def changed() -> ChangeSet:
    """Thirty days became five years: high."""
    return make_change_set()


def kept() -> Clause:
    return Clause.objects.get(current__wording__text__contains="5 years")


def told_of(run: Rerating) -> dict[str, Any]:
    report = report_of(Rerating.objects.get(pk=run.pk))
    return {
        "counts": {
            key: report.counts[key] for key in ("clauses", "ruled", "changed", "change_sets", "rerated")
        },
        "severity": [(was.word, now.word, count) for was, now, count in report.severity],
        "ratings": [(was.word, now.word, count) for was, now, count in report.ratings],
        "types": report.types,
    }


def test_a_report_tells_what_would_change_and_nothing_has(changed: ChangeSet, ada: User) -> None:
    before = on_record()
    run = save(LENIENT, ada)
    read_all()
    assert told_of(run) == {
        "counts": {"clauses": 2, "ruled": 0, "changed": 1, "change_sets": 1, "rerated": 1},
        "severity": [("medium", "low", 1)],
        "ratings": [("high", "low", 1)],
        "types": [],
    }
    report = report_of(Rerating.objects.get(pk=run.pk))
    (clause,), (change_set,) = report.clauses, report.change_sets
    assert (clause.row, clause.was.severity.word, clause.now.severity.word) == (kept(), "medium", "low")
    assert clause.was.types == clause.now.types == ("data_retention",)
    assert (change_set.row, change_set.was.headline) == (changed, changed.headline)
    assert (report.done, report.total, report.percent) == (1, 1, 100)
    assert on_record() == before


def test_types_that_clauses_would_get_and_lose_are_counted(changed: ChangeSet, ada: User) -> None:
    content = {
        "types": {
            "data_retention": {"void_phrases": ["5 years"]},
            "content_removal": {"plain_phrases": ["you can write"]},
        }
    }
    run = save(content, ada)
    read_all()
    types = {slug: (gained, lost) for slug, gained, lost in told_of(run)["types"]}
    assert types["data_retention"] == (0, 1)
    assert types["content_removal"] == (1, 0)


def test_what_was_learned_from_decisions_is_told_as_it_will_be(changed: ChangeSet, ada: User) -> None:
    lesson = {"bias": 8.0, "trust": 1.0, "words": {}}
    LearnedHead.objects.create(
        taxonomy_version=refresh_rules().taxonomy.version,
        decisions=20,
        lessons={"content_removal": lesson},
        before={},
        after={},
        is_adopted=True,
    )
    while reread_next():
        pass
    assert "content_removal" in [match["slug"] for match in kept().current.classification.types]
    # The figures of changes alone: clauses are read as before, what was learned included.
    run = save({"points": {f"change.figure.retention.{step}": 2 for step in (2, 3, 4)}}, ada)
    read_all()
    assert told_of(run)["counts"]["changed"] == 0
    assert told_of(run)["types"] == []
    amending.accept(run, ada, timezone.now())
    while reread_next():
        pass
    assert "content_removal" in [match["slug"] for match in kept().current.classification.types]
    LearnedHead.objects.all().delete()
    refresh_rules()


def test_what_a_curator_decided_stays_and_is_told(changed: ChangeSet, ada: User) -> None:
    decide(kept(), ["data_retention"], SeverityLevel.HIGH, "Five years are long.", ada)
    run = save(LENIENT, ada)
    read_all()
    assert told_of(run)["counts"]["ruled"] == 1
    assert told_of(run)["counts"]["changed"] == 0
    amending.accept(run, ada, timezone.now())
    while reread_next():
        pass
    assert kept().severity == SeverityLevel.HIGH


def test_what_is_accepted_comes_true_as_told_under_its_label_and_alerts_nobody(
    changed: ChangeSet, ada: User, client: Client
) -> None:
    subscribing.subscribe(ada, changed.document.platform, SeverityLevel.LOW)
    before = [*Clause.objects.values_list("number", flat=True), changed.number]
    put_in_force(LENIENT, ada)
    assert [row.pk for row in stale_documents()] == [changed.document_id]
    while reread_next():
        pass
    rated = ChangeSet.objects.get(pk=changed.pk)
    assert (kept().severity, rated.severity) == (SeverityLevel.LOW, SeverityLevel.LOW)
    assert rated.rubric_version.endswith("+site1")
    assert kept().current.classification.taxonomy_version.endswith("+site1")
    assert EarlierRating.objects.get(change_set=rated).severity == SeverityLevel.HIGH
    assert [*Clause.objects.values_list("number", flat=True), rated.number] == before
    assert not Alert.objects.exists()
    page = client.get(reverse("change-set", args=[rated.number]), follow=True).content.decode()
    assert rated.rubric_version in page
    assert "Earlier ratings" in page
    assert "+site1" in client.get(reverse("record", args=[kept().number])).content.decode()
    assert "+site1" in client.get(reverse("methodology")).content.decode()


def test_an_accepted_version_finds_its_readings_stored(
    changed: ChangeSet, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_force(LENIENT, ada)

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("clauses.reading.read_clause", never)
    assert reread_next()


def test_readings_for_what_was_discarded_are_forgotten_and_those_in_force_kept(
    changed: ChangeSet, ada: User
) -> None:
    before = Classification.objects.count()
    run = save(LENIENT, ada)
    read_all()
    ahead = Classification.objects.count() - before
    assert ahead
    assert forget_discarded() == 0
    amending.discard(run, ada, timezone.now())
    assert forget_discarded() == ahead
    assert Classification.objects.count() == before
    assert forget_discarded() == 0


@pytest.mark.parametrize(
    "at", ["clauses.rerating.read_anew", "clauses.rerating.told", "clauses.rerating.claims.let_go"]
)
def test_killed_at_any_moment_it_ends_the_same(
    at: str, changed: ChangeSet, ada: User, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    make_change_set()
    undisturbed = save(LENIENT, ada)
    read_all()
    expected = told_of(undisturbed)
    run = amending.again(undisturbed, ada, timezone.now())
    before = on_record()

    class Killed(BaseException):
        """As the end of a process: nothing after it runs, not even what cleans up."""

    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(at, kill)
        if at != "clauses.rerating.claims.let_go":
            killing.setattr("clauses.rerating.claims.let_go", lambda *_: None)
        with pytest.raises(Killed):
            rerate_next()
    assert on_record() == before
    assert RereadingClaim.objects.count() == 1
    read_all()
    stuck = Rerating.objects.get(pk=run.pk)
    if at != "clauses.rerating.claims.let_go":
        assert stuck.read_at is None, "what a dead process was at is not passed over"
    settings.CLAIM_SECONDS = 0
    read_all()
    assert told_of(run) == expected
    assert Rerating.objects.get(pk=run.pk).read_at
    assert RereadProposal.objects.filter(rerating=run).count() == 2


def test_a_document_that_cannot_be_read_is_named_and_holds_up_nobody(
    changed: ChangeSet, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_change_set()
    real = rerating.read_anew

    def fails(document, **given):
        if document.pk == changed.document_id:
            raise ValueError("broken")
        return real(document, **given)

    monkeypatch.setattr(rerating, "read_anew", fails)
    run = save(LENIENT, ada)
    read_all()
    report = report_of(Rerating.objects.get(pk=run.pk))
    assert report.failed == [changed.document]
    assert report.counts["changed"] == 1
    amending.accept(run, ada, timezone.now())


def test_two_processes_read_a_document_once(changed: ChangeSet, ada: User) -> None:
    run = save(LENIENT, ada)
    RereadingClaim.objects.create(document=changed.document, claimed_at=timezone.now())
    assert rerate_next() is None
    assert Rerating.objects.get(pk=run.pk).read_at is None
    RereadingClaim.objects.all().delete()
    assert rerate_next()
    assert rerate_next() is None
    assert RereadProposal.objects.count() == 1


def test_the_worker_reads_on_until_all_is_read(changed: ChangeSet, ada: User) -> None:
    for _ in range(2):
        make_change_set(new=KEPT_5_YEARS)
    run = save(LENIENT, ada)
    rerate_documents()
    work_off()
    run.refresh_from_db()
    assert run.read_at
    assert run.proposals.count() == 3


def test_a_document_is_read_by_todays_version_of_ours_before_it_is_told_of(
    changed: ChangeSet, ada: User
) -> None:
    Analysis.objects.update(taxonomy_version="2020.1")
    run = save(LENIENT, ada)
    read_all()
    assert told_of(run)["counts"]["changed"] == 1
    assert not stale_documents().exists()
