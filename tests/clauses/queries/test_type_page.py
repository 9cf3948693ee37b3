"""The extremes of a type, its figures and its latest changes."""

from __future__ import annotations

import pytest

from clauses.queries import type_page
from clauses.queries.type_page import counted_documents, extremes, figures_of, recent_changes
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_source,
    publish,
)

pytestmark = pytest.mark.django_db
SHORT = "<p>We keep your feedback for 7 days.</p>"


def test_extremes_are_of_different_platforms_and_in_no_two_lists() -> None:
    for text in (KEPT_30_DAYS, KEPT_5_YEARS, SHORT):
        publish(make_source(), text, day(0))
    found = extremes("data_retention", counted_documents(None))
    rows = [*found.adverse, *found.favorable]
    assert len({row.clause.pk for row in rows}) == len(rows) == 3
    assert [row.points for row in found.adverse] == sorted(
        (row.points for row in found.adverse), reverse=True
    )
    assert found.adverse[0].points == sum(reason["points"] for reason in found.adverse[0].reasons)
    assert "5 years" in found.adverse[0].clause.current.wording.text


def test_one_platform_is_shown_once_at_an_end() -> None:
    document = make_document()
    publish(
        make_source(document), "<p>We keep chats for 9 years.</p><p>We keep calls for 8 years.</p>", day(0)
    )
    assert len(extremes("data_retention", {document.pk}).adverse) == 1


def test_only_the_documents_asked_for_count() -> None:
    sources = [make_source(), make_source()]
    for source, text in zip(sources, (KEPT_30_DAYS, KEPT_5_YEARS), strict=True):
        publish(source, text, day(0))
    one = counted_documents({sources[0].document_id})
    assert one == {sources[0].document_id}
    assert len(extremes("data_retention", one).adverse) == 1
    (spread,) = [row for row in figures_of("data_retention", one) if row.kind == "retention"]
    assert [bar.words for bar in spread.bars] == ["30 days"]


def test_clauses_of_other_documents_take_no_place_of_those_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_page, "_READ_AT_ONCE", 1)
    sources = [make_source() for _ in range(3)]
    for source in sources:
        publish(source, KEPT_30_DAYS, day(0))
    last = {sources[-1].document_id}
    assert [row.clause.document_id for row in extremes("data_retention", last).adverse] == list(last)
    monkeypatch.setattr(type_page, "_FEW_DOCUMENTS", 0)
    assert [row.clause.document_id for row in extremes("data_retention", last).adverse] == list(last)


def test_many_clauses_of_one_platform_take_no_place_of_others() -> None:
    def many(period: str) -> str:
        return "".join(f"<p>We keep your record number {n} for {period}.</p>" for n in range(70))

    between = "<p>We keep your chats until you delete them.</p>"
    for text in (many("9 years"), between, many("1 day")):
        publish(make_source(), text, day(0))
    found = extremes("data_retention", counted_documents(None))
    assert len({row.clause.document_id for row in (*found.adverse, *found.favorable)}) == 3


def test_figures_are_spread_over_platforms() -> None:
    for text in (KEPT_30_DAYS, KEPT_30_DAYS, KEPT_5_YEARS):
        publish(make_source(), text, day(0))
    (spread,) = [
        row for row in figures_of("data_retention", counted_documents(None)) if row.kind == "retention"
    ]
    assert [(bar.words, bar.platforms) for bar in spread.bars] == [("30 days", 2), ("5 years", 1)]


def test_the_latest_changes_of_a_type_come_with_their_change() -> None:
    change_set = make_change_set()
    (row,) = recent_changes("data_retention")
    assert row.change_set == change_set
    assert row.change is not None
    assert "data_retention" in row.change.types
    assert recent_changes("arbitration") == []
