"""Earlier history, killed at any statement or brought in at any time, ends as if it had been imported first."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from clauses.analysis import analyze
from clauses.joining import join_earlier
from monitor.importing.incoming import incoming
from monitor.models import Source, Version
from tests.builders import capture, rolled_back
from tests.clauses.earlier_history import (
    KEEPS_90,
    WATCHED,
    archive,
    bring,
    change_sets,
    numbers,
    on_record,
    watch,
    watched_document,
)
from tests.clauses.edited_documents import FIVE, KEEPS, LAW, RATES, SHARES, html
from tests.clauses.test_random_edits import assert_change_set_holds, assert_holds, histories
from tests.monitor.importing.archives import day
from tests.monitor.importing.running import PLAIN, declared, run
from tests.monitor.test_kills import killed_at

pytestmark = pytest.mark.django_db


def test_an_import_killed_at_any_statement_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES, KEEPS_90, SHARES, LAW])
    pages = archive(tmp_path, [KEEPS, LAW], [RATES, KEEPS], [KEEPS_90, SHARES])
    with rolled_back():
        bring(pages)
        expected, known = on_record(), numbers()
    chance = random.Random(3)
    for _ in range(20):
        with rolled_back():
            for _ in range(3):
                # An undisturbed run takes some 430 statements, the last 170 of them to join.
                with killed_at(chance.randrange(430)):
                    bring(pages)
                # An UPDATE outside of a transaction of its own marks the test's one as broken.
                transaction.set_rollback(False)
            bring(pages)
            assert on_record() == expected
            assert {letter: len(found) for letter, found in numbers().items()} == {
                letter: len(found) for letter, found in known.items()
            }


def test_a_joining_that_is_killed_leaves_all_as_it_was(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE, [RATES, KEEPS_90, SHARES, LAW])
    run(declared(PLAIN), archive(tmp_path, [KEEPS, LAW], [RATES, KEEPS]))
    before, came = on_record(), incoming(watched_document())
    for number in range(0, 120, 10):
        with killed_at(number):
            join_earlier(watched_document())
        assert on_record() == before, number
        assert incoming(watched_document()) == came
    assert join_earlier(watched_document()) is not None
    assert join_earlier(watched_document()) is None


def test_an_analysis_that_a_joining_overtakes_begins_anew(tmp_path: Path) -> None:
    run(declared(PLAIN))
    watch(FIVE)
    run(declared(PLAIN), archive(tmp_path, [KEEPS, LAW], [RATES, KEEPS]))
    (source,) = Source.objects.filter(document=watched_document())
    for hours in (0, 1):
        capture(source, html([RATES, KEEPS_90]), day(WATCHED + 20) + timedelta(hours=hours), furniture=hours)
    latest = watched_document().current_version
    with before_first("SAVEPOINT", lambda: join_earlier(watched_document())):
        assert analyze(latest.pk) is None
    assert analyze(latest.pk) is not None
    assert_holds(Version.objects.get(pk=latest.pk))
    assert [row.old_version.ordinal for row in change_sets()] == [1, 2, 3]


@contextmanager
def before_first(words: str, work: Callable[[], object]) -> Iterator[None]:
    """Do something else just before the first statement that begins with these words."""
    waiting = [work]

    def execute(call: Any, sql: str, *given: Any) -> Any:
        if waiting and sql.startswith(words):
            waiting.pop()()
        return call(sql, *given)

    with connection.execute_wrapper(execute):
        yield


@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories(), cut=st.integers(0, 5))
def test_it_ends_as_if_it_had_been_imported_first(history: list[list[str]], cut: int, tmp_path: Path) -> None:
    texts = [text for text in history if any(not one.startswith("#") for one in text)] or [list(FIVE)]
    earlier, later = texts[: max(1, cut)], texts[max(1, cut) :] or [list(FIVE)]
    pages = archive(tmp_path, *earlier)
    with rolled_back():
        bring(pages)
        watch(*later)
        expected = on_record()
    with rolled_back():
        run(declared(PLAIN))
        watch(*later)
        bring(pages)
        assert on_record() == expected
        for version in watched_document().versions.order_by("-ordinal")[:1]:
            assert_holds(version)
        for change_set in change_sets():
            assert_change_set_holds(change_set)
