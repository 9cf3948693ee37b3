"""Comparisons that are kept: the same as worked out anew, never stale, and never more than fit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.values import Comparison
from clauses.curation import decide
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries import worked_out
from clauses.queries.comparison import ShownComparison, compared
from clauses.queries.worked_out import Kept, characters_of
from clauses.rereading import reread_if_stale
from monitor.models import Document, Platform, Source, Version
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_source, make_user, publish, versions_of
from tests.clauses.amended_site import own_type, put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    """A document of three versions: 30 days, five years, two years."""
    source = make_source()
    for number, text in enumerate([KEPT_30_DAYS, KEPT_5_YEARS, KEPT_5_YEARS.replace("5 years", "2 years")]):
        publish(source, text, day(number))
    return source


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Nothing is kept when a test begins."""
    found = Kept()
    monkeypatch.setattr(worked_out, "_kept", found)
    return found


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each comparison that was really worked out: its headline."""
    found: list[str] = []

    def noted(*arguments: object, **values: object) -> Comparison:
        result = compare(*arguments, **values)
        found.append(result.headline)
        return result

    monkeypatch.setattr(worked_out, "compare", noted)
    return found


def ends(source: Source) -> tuple[Version, Version]:
    """The first and the last version, read from the database."""
    first, *_, last = versions_of(source)
    return first, last


def shown(source: Source) -> ShownComparison:
    """The first and the last version compared."""
    found = compared(*ends(source))
    assert found
    return found


def test_who_asks_again_gets_the_same_without_a_second_run(source: Source, runs: list[str]) -> None:
    first, again = shown(source), shown(source)
    assert first == again
    assert len(runs) == 1
    old, new = ends(source)
    assert compared(new, old) != first
    assert len(runs) == 2


def test_neighbors_are_not_worked_out(source: Source, runs: list[str]) -> None:
    first, second, _ = versions_of(source)
    assert compared(first, second)
    assert not runs


def _new_rubric(_: Source, patched: pytest.MonkeyPatch) -> None:
    rubric = replace(shipped_change_rubric(), version="9.9", high=1, medium=1)
    for module in ("worked_out", "comparison"):
        patched.setattr(f"clauses.queries.{module}.change_rubric_in_force", lambda: rubric)


def _decision(source: Source, _: pytest.MonkeyPatch) -> None:
    clause = Clause.objects.get(document=source.document, current__wording__text__contains="2 years")
    decide(clause, ["arbitration"], SeverityLevel.LOW, "For show.", make_user())


def _new_name(source: Source, _: pytest.MonkeyPatch) -> None:
    Platform.objects.filter(pk=source.document.platform_id).update(name="Another name")


def _new_document_name(source: Source, _: pytest.MonkeyPatch) -> None:
    Document.objects.filter(pk=source.document_id).update(name="House rules")


def _new_taxonomy(source: Source, _: pytest.MonkeyPatch) -> None:
    row = own_type(name="Feedback storage", plain_phrases=["we keep your feedback"])
    put_in_force({"types": {"feedback_storage": row}})
    assert reread_if_stale(source.document)


@pytest.mark.parametrize(
    "event",
    [_new_rubric, _decision, _new_name, _new_document_name, _new_taxonomy],
    ids=lambda event: event.__name__,
)
def test_whatever_a_comparison_follows_from_changes_it_is_worked_out_anew(
    source: Source, runs: list[str], monkeypatch: pytest.MonkeyPatch, event: Callable[..., None]
) -> None:
    before = shown(source)
    event(source, monkeypatch)
    after = shown(source)
    assert len(runs) == 2
    monkeypatch.setattr(worked_out, "_kept", Kept(0))
    assert shown(source) == after
    if event is not _new_document_name:
        assert after != before


def test_a_new_rubric_rates_at_once(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(source).rubric_version == shipped_change_rubric().version
    _new_rubric(source, monkeypatch)
    assert shown(source).rubric_version == "9.9"


def test_a_decision_counts_as_it_does_between_neighbors(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "arbitration" not in shown(source).changes[0].types
    _decision(source, monkeypatch)
    assert shown(source).changes[0].types[0] == "arbitration"


def make(words: int) -> Comparison:
    """A comparison that weighs a little more than so many characters."""
    empty = compare([], [], subject="It")
    return replace(empty, headline="x" * words, changes=())


def test_the_least_recently_used_are_dropped_where_more_would_not_fit() -> None:
    one = make(1)
    weight = characters_of(one)
    kept = Kept(2 * weight)
    made: list[str] = []

    def ask(key: str) -> None:
        def work_out() -> Comparison:
            made.append(key)
            return one

        assert kept.get(key, work_out) == one

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "b"]
    assert kept.characters == 2 * weight


def test_what_is_larger_than_all_that_fits_is_given_and_not_kept() -> None:
    kept = Kept(1)
    assert kept.get("a", lambda: make(5)) == make(5)
    assert kept.characters == 0


def test_many_threads_get_what_they_ask_for_and_the_bound_holds() -> None:
    weight = characters_of(make(1))
    kept = Kept(3 * weight)

    def ask(number: int) -> bool:
        return kept.get(str(number % 7), lambda: make(number % 7)) == make(number % 7)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(700)))
    assert kept.characters <= 3 * weight
