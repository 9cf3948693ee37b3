"""What a timeline puts together, and the texts that stood on a day."""

from __future__ import annotations

import pytest

from clauses.queries.timeline import texts_at, timeline
from clauses.queries.timeline_values import timeline_values
from monitor.models import Outcome
from tests.builders import capture, day, fail, make_document, make_platform, make_source, versions_of

pytestmark = pytest.mark.django_db
KEPT, SOLD = "<p>We keep it.</p>", "<p>We sell it.</p>"


def test_documents_that_fail_on_one_day_for_one_reason_are_one_entry_and_several_gaps():
    platform = make_platform()
    for outcome in (Outcome.UNREACHABLE, Outcome.UNREACHABLE, Outcome.TIMED_OUT):
        source = make_source(make_document(platform))
        capture(source, KEPT, day(0))
        fail(source, day(2), outcome)
    told = timeline(platform, day(5))
    entries = [entry for entry in told.entries if entry.kind == "gap"]
    assert sorted(len(entry.gaps) for entry in entries) == [1, 2]
    (year,) = told.years(entries[:1])
    assert (year.entries, year.gap_count) == (entries[:1], 3), (
        "of the whole year, whatever a page shows of it"
    )
    twin = timeline_values(platform, told, [], day(5))
    assert [entry["kind"] for entry in twin["entries"]].count("gap") == 3


def test_on_a_day_the_text_that_had_come_last_stood():
    source = make_source()
    capture(source, KEPT, day(0))
    capture(source, SOLD, day(2))
    capture(source, SOLD, day(3), furniture=3)
    first, second = versions_of(source)
    document = source.document
    assert texts_at(document.platform, day(-1)) == [(document, None)]
    assert texts_at(document.platform, day(1)) == [(document, first)]
    assert texts_at(document.platform, day(2)) == [(document, second)]
