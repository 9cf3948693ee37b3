"""From a version to clauses and a change set: once, in order, whole or not at all, whatever happens on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clauses import analysis, subscribing
from clauses.analysis import analyze, analyze_pending, pending
from clauses.models import Alert, Analysis, Change, ChangeSet, Classification, Clause, Label, Occurrence
from clauses.models.choices import SeverityLevel
from clauses.queries.timeline import timeline
from monitor.models import Cause, Document, Origin, Source, Version
from monitor.models.counter import Counter
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_document,
    make_source,
    make_user,
    publish,
    rolled_back,
    versions_of,
)
from tests.clauses.edited_documents import (
    ENDS,
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
    unanalyzed,
)
from tests.monitor.test_kills import at_once, killed_at

EDITS = {
    SeverityLevel.NONE: "<p>Have a nice day, and greet your couriers.</p>",
    SeverityLevel.LOW: "<p>You may not post rude pictures of couriers.</p>",
    SeverityLevel.MEDIUM: "<p>The courts of Tartu have exclusive jurisdiction over any quarrel about these terms.</p>",
    SeverityLevel.HIGH: "<p>Any dispute with Fernbank will be settled by final and binding arbitration in Graz.</p>",
}


def on_record(document: Document) -> dict[str, Any]:
    """All that the analysis recorded about a document, without row keys."""
    clauses = Clause.objects.filter(document=document).order_by("number")
    rows = Occurrence.objects.filter(clause__document=document).order_by("clause__number", "first_version")
    changes = Change.objects.filter(change_set__document=document).order_by("change_set__number", "position")
    labels = Label.objects.filter(clause__document=document).order_by("clause__number", "rank")
    return {
        "clauses": [
            (c.number, c.severity, c.removed_in_id, c.superseded_by and c.superseded_by.number)
            for c in clauses
        ],
        "current": [c.current and c.current.wording.text for c in clauses],
        "occurrences": [
            (o.clause.number, o.wording.text, o.first_version_id, o.last_version_id) for o in rows
        ],
        "layouts": [
            [(row.clause.number, text) for row, text in layout_of(version)]
            for version in Version.objects.filter(document=document, analysis__isnull=False).order_by(
                "ordinal"
            )
        ],
        "sets": list(ChangeSet.objects.filter(document=document).values_list("number", "headline", "counts")),
        "changes": [(c.kind, c.clause.number, c.redline, c.severity) for c in changes],
        "labels": list(labels.values_list("clause__number", "type", "rank")),
        "alerts": Alert.objects.filter(change_set__document=document).count(),
        "rows": row_counts(),
        "numbers": list(Counter.objects.order_by("letter").values_list("letter", "last")),
    }


@pytest.mark.django_db
def test_a_first_version_gives_clauses_and_no_change_set() -> None:
    (version,) = unanalyzed(KEPT_30_DAYS)
    found = analyze(version.pk)
    assert found is not None
    assert [row.clause.number for row, _ in layout_of(version)] == [1, 2]
    assert not ChangeSet.objects.exists()
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_version_of_headings_alone_has_no_clauses_and_those_before_it_are_removed() -> None:
    edited = Edited("#Data", KEEPS, RATES)
    version = edited.publish("#Terms of Fernbank", "#Rules of the road")
    assert version.analysis.layout == []
    assert kinds(edited.change_set()) == ["removed", "removed"]
    version = edited.publish("#Terms of Fernbank", KEEPS, RATES)
    assert sorted(numbers(version).values()) == [1, 2]


@pytest.mark.django_db
def test_a_version_waits_for_its_predecessor() -> None:
    first, second, third = unanalyzed(KEPT_30_DAYS, KEPT_5_YEARS, html(FIVE))
    assert analyze(third.pk) is None
    assert analyze(second.pk) is None
    assert not Clause.objects.exists()
    assert analyze(first.pk) is not None
    assert analyze(third.pk) is None, "its predecessor is still to come"
    assert analyze(second.pk) is not None
    assert analyze(third.pk) is not None
    assert [row.number for row in ChangeSet.objects.order_by("new_version__ordinal")] == [1, 2]


@pytest.mark.django_db
def test_what_waits_is_analyzed_predecessors_first() -> None:
    versions = unanalyzed(KEPT_30_DAYS, KEPT_5_YEARS, html(FIVE))
    other = unanalyzed(html(FIVE))
    assert pending() == [version.pk for version in (*versions, *other)]
    assert analyze_pending() == 4
    assert pending() == []
    assert analyze_pending() == 0


@pytest.mark.django_db
def test_a_version_that_cannot_be_analyzed_does_not_hold_up_other_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, after_it = unanalyzed(KEPT_30_DAYS, KEPT_5_YEARS)
    (good,) = unanalyzed(html(FIVE))
    passages = analysis.passages

    def fail_on_one(version: Version) -> Any:
        if version == bad:
            raise ValueError("no clause can be read")
        return passages(version)

    monkeypatch.setattr(analysis, "passages", fail_on_one)
    with pytest.raises(ValueError, match="no clause can be read"):
        analyze_pending()
    assert pending() == [bad.pk, after_it.pk]
    assert Analysis.objects.get().version == good
    monkeypatch.undo()
    assert analyze_pending() == 2


@pytest.mark.django_db
def test_analyzing_twice_records_once() -> None:
    first, second = unanalyzed(KEPT_30_DAYS, KEPT_5_YEARS)
    for version in (first, second):
        assert analyze(version.pk) is not None
        before = on_record(version.document)
        assert analyze(version.pk) is None
        assert on_record(version.document) == before


@pytest.mark.django_db(transaction=True)
def test_threads_that_analyze_the_same_versions_record_once() -> None:
    source = make_source()
    subscribing.subscribe(make_user(), source.document.platform, SeverityLevel.LOW)
    for version in unanalyzed(KEPT_30_DAYS, KEPT_5_YEARS, source=source):
        results = at_once(*[lambda v=version: analyze(v.pk)] * 3)
        assert sorted(type(result).__name__ for result in results) == ["Analysis", "NoneType", "NoneType"]
    found = on_record(source.document)
    assert [number for number, *_ in found["clauses"]] == [1, 2]
    assert found["rows"]["ChangeSet"] == found["rows"]["Alert"] == 1
    assert found["rows"]["Occurrence"] == 3


@pytest.mark.django_db(transaction=True)
def test_documents_with_the_same_clauses_may_be_analyzed_at_the_same_time() -> None:
    versions = [unanalyzed(KEPT_30_DAYS)[0] for _ in range(3)]
    at_once(*[lambda v=version: analyze(v.pk) for version in versions])
    analyze_pending()
    assert Analysis.objects.count() == 3
    assert Classification.objects.count() == 2
    assert sorted(Clause.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db
def test_an_analysis_killed_at_any_statement_leaves_nothing_and_is_done_by_the_next() -> None:
    source = make_source()
    subscribing.subscribe(make_user(), source.document.platform, SeverityLevel.LOW)
    old = html((RATES, "We delete labels.", KEEPS, ENDS, SHARES))
    new = html((LAW, RATES, KEEPS.replace("30 days", "5 years"), SHARES, "Nobody may sell a parcel twice."))
    first, second = unanalyzed(old, new, source=source)
    analyze(first.pk)
    document = source.document
    before = on_record(document)
    with rolled_back():
        analyze(second.pk)
        expected = on_record(document)
    assert expected["alerts"] == 1
    assert {kind for kind, *_ in expected["changes"]} >= {"added", "removed", "modified"}
    statement = 0
    while True:
        with rolled_back():
            with killed_at(statement):
                analyze(second.pk)
            found = on_record(document)
            assert found in (before, expected), f"killed at statement {statement}"
            analyze(second.pk)
            assert on_record(document) == expected, f"killed at statement {statement}"
        if found == expected:
            break
        statement += 1
    assert statement > 25


@pytest.mark.django_db
def test_a_change_set_is_unique_to_its_two_versions() -> None:
    edited = Edited(*FIVE)
    edited.publish(*FIVE[1:])
    row = edited.change_set()
    row.pk = None
    row.number = 99
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def technical(source: Source, number: int, main_html: str) -> Version:
    """The version that another selector gives of a page."""
    Source.objects.filter(pk=source.pk).update(select=["main h2", "main p"])
    capture(source, main_html, day(number), furniture="x")
    analyze_pending()
    return versions_of(source)[-1]


@pytest.mark.django_db
def test_our_own_new_reading_carries_all_records_is_hidden_and_owes_nothing() -> None:
    source = make_source()
    subscribing.subscribe(make_user(), source.document.platform, SeverityLevel.NONE)
    publish(source, KEPT_30_DAYS + "<div>More of it by Fernbank.</div>", day(0))
    before = numbers(versions_of(source)[0])
    version = technical(source, 10, KEPT_30_DAYS + "<div>More of it by Fernbank.</div>")
    assert version.cause == Cause.TECHNICAL
    assert numbers(version).items() <= before.items()
    change_set = ChangeSet.objects.get()
    assert change_set.is_technical
    assert not change_set.is_alerting
    assert not Alert.objects.exists()
    shown = timeline(source.document.platform, day(99))
    assert shown.change_sets == []
    assert shown.technical_count == 1
    asked_for = timeline(source.document.platform, day(99), with_technical=True)
    assert "technical" in [entry.kind for entry in asked_for.entries]


@pytest.mark.django_db
def test_a_publishers_change_after_our_new_reading_is_compared_with_that_reading() -> None:
    source = make_source()
    user = subscribing.subscribe(make_user(), source.document.platform, SeverityLevel.LOW)
    extra = "<div>More of it by Fernbank.</div>"
    publish(source, KEPT_30_DAYS + extra, day(0))
    technical(source, 10, KEPT_30_DAYS + extra)
    publish(source, KEPT_5_YEARS + extra, day(20))
    theirs = ChangeSet.objects.get(is_technical=False)
    assert kinds(theirs) == ["modified"]
    assert theirs.old_version.cause == Cause.TECHNICAL
    assert Alert.objects.get().subscription == user


@pytest.mark.django_db
@pytest.mark.parametrize("origin", [Origin.SAMPLE, Origin.IMPORT])
def test_samples_and_imports_owe_no_alert(origin: Origin) -> None:
    source = make_source()
    subscribing.subscribe(make_user(), source.document.platform, SeverityLevel.NONE)
    for number, text in enumerate((KEPT_30_DAYS, KEPT_5_YEARS, KEPT_5_YEARS)):
        capture(source, text, day(number), furniture=number, origin=origin)
    analyze_pending()
    assert ChangeSet.objects.get().severity == SeverityLevel.HIGH
    assert not Alert.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("severity", list(EDITS))
def test_an_alert_is_owed_from_the_asked_for_severity_on(severity: SeverityLevel) -> None:
    source = make_source()
    platform = source.document.platform
    rows = [subscribing.subscribe(make_user(), platform, level) for level in SeverityLevel]
    elsewhere = make_document()
    subscribing.subscribe(make_user(), elsewhere.platform, SeverityLevel.NONE)
    ended = subscribing.subscribe(make_user(), platform, SeverityLevel.NONE)
    subscribing.end(ended)
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_30_DAYS + EDITS[severity], day(1))
    assert ChangeSet.objects.get().severity == severity
    owed = set(Alert.objects.values_list("subscription", flat=True))
    assert owed == {row.pk for row in rows if row.min_severity <= severity}
