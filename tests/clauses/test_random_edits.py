"""Random edits over several versions keep what must hold of records, layouts, counts and redlines."""

from __future__ import annotations

from collections import Counter as Tally

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clauses.analysis import analyze
from clauses.models import ChangeSet, Clause, Occurrence
from monitor.models import Version
from tests.builders import capture, day, make_source, rolled_back, versions_of
from tests.clauses.edited_documents import html, layout_of

WORDS = ("parcels", "photos", "couriers", "labels", "invoices", "maps", "reviews", "wallets")
SENTENCES = [f"We keep your {word} for {n} days after the ride." for word in WORDS for n in (10, 30)]
SENTENCES += [f"You may not sell {word} to anybody without our consent." for word in WORDS]
SENTENCES += [
    "We keep your parcels for 10 days after the ride. You may not sell maps to anybody without our consent."
]
HEADINGS = ["#Data", "#Your content", "#Rules"]


@st.composite
def histories(draw: st.DrawFn) -> list[list[str]]:
    """Several versions of a document, each made from the one before by random edits."""
    text = draw(st.lists(st.sampled_from(SENTENCES + HEADINGS), min_size=1, max_size=10))
    versions = [text]
    for _ in range(draw(st.integers(1, 4))):
        text = list(text)
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, len(text)))
            edit = draw(st.sampled_from(["insert", "remove", "replace", "move", "again"]))
            if edit == "insert":
                text.insert(at, draw(st.sampled_from(SENTENCES + HEADINGS)))
            elif edit == "again":
                text = list(draw(st.sampled_from(versions)))
            elif text:
                taken = text.pop(at % len(text))
                if edit == "replace":
                    text.insert(at, draw(st.sampled_from(SENTENCES)))
                elif edit == "move":
                    text.insert(draw(st.integers(0, len(text))), taken)
        versions.append(text)
    return versions


def assert_holds(version: Version) -> None:
    """What must be true of a document after the analysis of its latest version."""
    layout = layout_of(version)
    standing = Occurrence.objects.filter(clause__document=version.document, last_version=None)
    assert sorted(row.pk for row, _ in layout) == sorted(standing.values_list("pk", flat=True))
    assert len({row.clause_id for row, _ in layout}) == len(layout), "a record stands once in a version"
    assert all(row.wording.text == text for row, text in layout)
    assert all(row.clause.removed_in is None and row.clause.current_id == row.pk for row, _ in layout)
    gone = Clause.objects.filter(document=version.document).exclude(
        pk__in=[row.clause_id for row, _ in layout]
    )
    assert all(clause.removed_in_id or clause.superseded_by_id for clause in gone)
    for clause in gone.filter(superseded_by__isnull=False):
        assert clause.superseded_by_id != clause.pk


def assert_change_set_holds(change_set: ChangeSet) -> None:
    """That its counts, changes and redlines agree with the texts of its versions."""
    old = {row.pk: text for row, text in layout_of(change_set.old_version)}
    new = {row.pk: text for row, text in layout_of(change_set.new_version)}
    changes = list(change_set.changes.all())
    tally = Tally(change.kind for change in changes)
    assert {kind: n for kind, n in change_set.counts.items() if n and kind != "unchanged"} == tally
    untouched = set(new) - {change.new_id for change in changes} - {k for c in changes for k in c.others}
    assert change_set.counts["unchanged"] == len(untouched)
    for change in changes:
        before = [change.old_id, *(key for key in change.others if change.kind == "merged")]
        after = [change.new_id, *(key for key in change.others if change.kind == "split")]
        struck = "".join(text for op, text in change.redline if op in "=-")
        written = "".join(text for op, text in change.redline if op in "=+")
        assert struck == "\n".join(old[key] for key in before if key)
        assert written == "\n".join(new[key] for key in after if key)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_random_edits_keep_what_must_hold(history: list[list[str]]) -> None:
    with rolled_back():
        source = make_source()
        for number, text in enumerate(history):
            if not text:
                continue
            capture(source, html(text), day(20 * number))
            capture(source, html(text), day(20 * number + 1), furniture="again")
        for version in versions_of(source):
            analyze(version.pk)
            assert_holds(version)
        for change_set in ChangeSet.objects.filter(document=source.document):
            assert_change_set_holds(change_set)
