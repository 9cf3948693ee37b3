"""Counts of types equal what the clauses themselves say, and no answer is older than they are."""

from __future__ import annotations

import pytest

from clauses.models import Clause
from clauses.queries.adoption import Adoption, adoption, platform_counts, severity_split, type_shares
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_document,
    make_platform,
    make_source,
    make_version,
    publish,
)

pytestmark = pytest.mark.django_db
COURTS = "<p>The courts of Lisbon decide all disputes.</p>"


def test_shares_of_all_types_agree_with_the_adoption_of_each() -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    publish(make_source(), COURTS, day(0))
    make_version(main_html=COURTS)
    shares = type_shares()
    assert "data_retention" in shares
    for slug, share in shares.items():
        assert share.adoption == adoption(slug)
        assert share.clauses == Clause.objects.standing().filter(labels__type=slug).count()


def test_shares_are_never_stale() -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    assert type_shares()["data_retention"].adoption == Adoption(1, 1)
    publish(make_source(), COURTS, day(0))
    assert type_shares()["data_retention"].adoption == Adoption(1, 2)
    publish(source, COURTS, day(9))
    assert "data_retention" not in type_shares()


def test_a_document_that_moved_to_another_platform_counts_there() -> None:
    mine, theirs = make_platform(), make_platform()
    source = make_source(make_document(mine))
    publish(source, KEPT_30_DAYS, day(0))
    publish(make_source(make_document(theirs)), KEPT_30_DAYS, day(0))
    assert type_shares()["data_retention"].adoption.having == 2
    source.document.platform = theirs
    source.document.save()
    assert type_shares()["data_retention"].adoption.having == 1


def test_counts_by_platform_and_severity_leave_nothing_out() -> None:
    for text in (KEPT_30_DAYS, KEPT_5_YEARS):
        publish(make_source(), text, day(0))
    rows = platform_counts("data_retention")
    assert [row.total for row in rows] == [1, 1]
    assert sum(count for _, count in severity_split(rows)) == 2
    only = {Clause.objects.order_by("number")[0].document_id}
    assert len(platform_counts("data_retention", only)) == 1


def test_an_empty_site_has_no_types() -> None:
    assert type_shares() == {}
