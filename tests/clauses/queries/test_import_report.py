"""What an import prints of a document."""

from __future__ import annotations

import pytest

from clauses.analysis import analyze_pending
from clauses.queries.import_report import import_report, would_alert
from monitor.models import Origin
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    fail,
    make_change_set,
    make_document,
    make_source,
)

pytestmark = pytest.mark.django_db


def test_a_document_without_captures_has_empty_lists() -> None:
    document = make_document()
    assert import_report(document, "Larkspur", "Terms") == {
        "service": "Larkspur",
        "terms_type": "Terms",
        "document": document.public_id,
        "captures": {},
        "versions": [],
        "change_sets": [],
    }


def test_a_version_was_last_seen_at_the_last_good_capture_that_showed_it() -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_30_DAYS, day(1), furniture="new")
    fail(source, day(2))
    capture(source, "<p>In passing.</p>", day(3))
    capture(source, KEPT_30_DAYS, day(4), furniture="newer")
    capture(source, KEPT_5_YEARS, day(5))
    capture(source, KEPT_5_YEARS, day(6))
    analyze_pending()
    report = import_report(source.document, "Larkspur", "Terms")
    seen = [(version["first_seen_at"], version["last_seen_at"]) for version in report["versions"]]
    assert seen == [(day(0).isoformat(), day(4).isoformat()), (day(5).isoformat(), day(6).isoformat())]
    assert sum(report["captures"].values()) == 7
    assert report["captures"]["transient"] == 1


def test_an_imported_change_that_matters_would_have_alerted() -> None:
    change_set = make_change_set()
    change_set.new_version.origin = Origin.IMPORT
    assert not change_set.is_alerting
    assert would_alert(change_set)


def test_a_change_without_substance_or_by_our_reading_would_not() -> None:
    same = make_change_set(old="<p>We keep it.</p>", new="<p>We keep  it, still.</p>")
    same.severity = 0
    assert not would_alert(same)
    technical = make_change_set()
    technical.is_technical = True
    assert not would_alert(technical)
