"""Who lists takes the mark of the lists last, so that nobody who waits for it holds what its holder still needs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from clauses import curation, listing
from clauses.analysis import analyze
from clauses.curation import decide, decide_alike
from clauses.listing import list_anew, mark_change
from clauses.models import Analysis, Clause
from clauses.models.choices import SeverityLevel
from clauses.rereading import reread_if_stale
from clauses.samples import remove_samples
from monitor.models import Document
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
    versions_of,
)
from tests.clauses.listed_truth import listed, truth

_MARK = "clauses_listingstate"
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)


def _after_the_mark(work: Callable[[], object]) -> list[str]:
    """What is asked of the database after the mark is taken, but for the ends of savepoints."""
    with CaptureQueriesContext(connection) as captured:
        work()
    asked = [row["sql"] for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    marked = [at for at, sql in enumerate(asked) if _MARK in sql]
    assert marked, "nothing was listed"
    return [sql for sql in asked[marked[0] :] if _MARK not in sql]


@pytest.mark.django_db
def test_an_analysis_takes_the_mark_last() -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_5_YEARS, day(9))
    capture(source, KEPT_5_YEARS, day(9.1))
    latest = versions_of(source)[-1]
    assert _after_the_mark(lambda: analyze(latest.pk)) == []


@pytest.mark.django_db
def test_a_reading_anew_takes_the_mark_last() -> None:
    document = make_change_set().document
    Analysis.objects.update(segmenter_version=0)
    assert _after_the_mark(lambda: reread_if_stale(document)) == []


@pytest.mark.django_db
def test_a_decision_takes_the_mark_last() -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    clause = Clause.objects.get(labels__type="data_retention")
    user = make_user(role="curator")
    assert _after_the_mark(lambda: decide(clause, [], SeverityLevel.HIGH, "so", user)) == []


@pytest.mark.django_db
def test_ruling_alike_lists_every_document_once_and_takes_the_mark_last() -> None:
    for _ in range(3):
        publish(make_source(), KEPT_30_DAYS, day(0))
    first, *others = Clause.objects.filter(labels__type="data_retention").order_by("pk")
    user = make_user(role="curator")
    decision = decide(first, [], SeverityLevel.HIGH, "so", user)
    assert _after_the_mark(lambda: decide_alike(decision, others, user)) == []
    assert listed() == truth()


@pytest.mark.django_db
def test_a_removal_of_samples_takes_the_mark_last() -> None:
    publish(make_source(make_document(make_platform(is_sample=True))), KEPT_30_DAYS, day(0))
    assert _after_the_mark(remove_samples) == []


@pytest.mark.django_db
def test_listing_everything_anew_takes_the_mark_last() -> None:
    make_change_set()
    make_change_set()
    assert _after_the_mark(lambda: list(list_anew())) == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_ruling_alike_beside_an_analysis_of_one_of_the_documents_ends_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        publish(make_source(), KEPT_30_DAYS, day(0))
    clauses = list(
        Clause.objects.filter(labels__type="data_retention").select_related("current").order_by("pk")
    )
    user = make_user(role="curator")
    first = decide(clauses[0], ["data_retention"], SeverityLevel.HIGH, "so", user)
    has_document, has_listed = threading.Event(), threading.Event()

    def mark() -> None:
        mark_change()
        has_listed.set()

    monkeypatch.setattr(listing, "mark_change", mark)

    def rules() -> None:
        assert has_document.wait(10)
        assert len(decide_alike(first, clauses[1:], user)) == 2

    def analyzes() -> None:
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=clauses[-1].document_id)
            has_document.set()
            # Time for the other one to list what it can without this document.
            has_listed.wait(1)
            mark_change()

    assert _side_by_side(rules, analyzes) == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_batches_in_different_orders_are_both_ruled(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        publish(make_source(), KEPT_30_DAYS, day(0))
    found = Clause.objects.filter(labels__type="data_retention").select_related("current").order_by("pk")
    first, *others = found
    user = make_user(role="curator")
    decision = decide(first, [], SeverityLevel.HIGH, "so", user)
    locked, both = curation._locked, threading.Barrier(2)

    def after_the_other(clause: Clause) -> Clause:
        row = locked(clause)
        with suppress(threading.BrokenBarrierError):
            # Time for the other one to lock what it can.
            both.wait(1)
        return row

    monkeypatch.setattr(curation, "_locked", after_the_other)

    def rules(clauses: list[Clause]) -> None:
        assert len(decide_alike(decision, clauses, user)) == 2

    assert _side_by_side(lambda: rules(others), lambda: rules(others[::-1])) == []


def _side_by_side(*works: Callable[[], None]) -> list[str]:
    """The errors of what runs at the same time, each on a connection of its own."""
    errors: list[str] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except (DatabaseError, AssertionError) as error:
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return errors
