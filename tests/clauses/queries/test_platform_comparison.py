"""Platforms beside each other as wholes: every count is that of its own documents."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.queries.like_documents import LikeDocuments
from clauses.queries.platform_comparison import platform_comparison
from tests.builders import (
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    publish,
)

pytestmark = pytest.mark.django_db
ANY = LikeDocuments()


def test_each_side_counts_its_own() -> None:
    one, two = make_platform(), make_platform()
    make_change_set(one)
    publish(make_source(make_document(two)), "<p>The courts of Lisbon decide all disputes.</p>", day(0))
    found = platform_comparison([two, one], ANY, day(30))
    courts, kept = found.sides
    assert (courts.total, kept.total) == (1, 2)
    assert (courts.change_count, kept.change_count) == (0, 1)
    assert platform_comparison([two, one], ANY, day(300)).sides[1].change_count == 0
    assert kept.top[0].severity >= kept.top[-1].severity
    retention = next(row for row in found.facts if row.question.name == "Retention")
    assert [answer.value for answer in retention.answers] == ["", "5 years"]
    assert {row.type.slug: list(row.counts) for row in found.types}["data_retention"] == [0, 1]


def test_unlike_documents_are_left_out_where_asked() -> None:
    one, two = make_platform(), make_platform()
    for platform, language in ((one, "en"), (one, "de"), (two, "en")):
        publish(make_source(make_document(platform, language=language)), KEPT_30_DAYS, day(0))
    found = platform_comparison([one, two], LikeDocuments(language="en"), day(9))
    assert [side.total for side in found.sides] == [2, 2]
    retention = next(row for row in found.facts if row.question.name == "Retention")
    assert [len(answer.more) for answer in retention.answers] == [0, 0]


def test_more_clauses_cost_no_more_queries() -> None:
    pair = [make_platform(), make_platform()]

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            platform_comparison(pair, ANY, day(9))
        return len(captured)

    for platform in pair:
        publish(make_source(make_document(platform)), KEPT_30_DAYS, day(0))
    few = queries()
    for platform in pair * 3:
        publish(make_source(make_document(platform)), KEPT_30_DAYS, day(0))
    assert queries() <= few


def test_a_superseded_change_set_is_not_counted() -> None:
    platforms = [make_platform(), make_platform()]
    old, new = [make_change_set(platforms[0]) for _ in range(2)]
    old.superseded_by = new
    old.save()
    assert [side.change_count for side in platform_comparison(platforms, ANY, day(30)).sides] == [1, 0]


def test_more_platforms_cost_one_query_each() -> None:
    platforms = [make_platform() for _ in range(4)]
    for platform in platforms:
        make_change_set(platform)

    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            platform_comparison(platforms[:count], ANY, day(9))
        return len(captured)

    assert queries(4) == queries(2) + 2
