"""Changes and folds in reading order, and what a change says of itself."""

from __future__ import annotations

import pytest

from clauses.models import ChangeSet
from clauses.queries.changed_clauses import Departure, Fold, ShownChange, Stop
from clauses.queries.comparison import ShownComparison, compared
from monitor.models import Version
from tests.builders import make_change_set

pytestmark = pytest.mark.django_db

ENDING = "You may end the contract at any time by writing to us at the address below."
BANNING = "We may suspend an account that harms other people, after a warning that names the rule."
COURTS = "The courts of Lisbon decide all disputes between us, whatever the amount may be."
PICTURES = "You keep all rights in the pictures that you upload to your gallery."


def _shown(change_set: ChangeSet) -> ShownComparison:
    old, new = (Version.objects.get(pk=key) for key in (change_set.old_version_id, change_set.new_version_id))
    shown = compared(old, new)
    assert shown is not None
    return shown


def _paragraphs(*texts: str) -> str:
    return "<h2>Rules</h2>" + "".join(f"<p>{text}</p>" for text in texts)


def _told(stops: list[Stop]) -> list[str]:
    return [_word(stop) for stop in stops]


def _word(stop: Stop) -> str:
    if isinstance(stop, Fold):
        return f"{stop.count} unchanged"
    return stop.kind.value if isinstance(stop, ShownChange) else f"left: {stop.change.old[0].text}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ((ENDING, BANNING, COURTS), (BANNING, COURTS), ["removed", "2 unchanged"]),
        ((ENDING, BANNING, COURTS), (ENDING, BANNING), ["2 unchanged", "removed"]),
        ((ENDING, BANNING, COURTS), (ENDING, COURTS), ["1 unchanged", "removed", "1 unchanged"]),
        ((ENDING, COURTS), (ENDING, PICTURES, COURTS), ["1 unchanged", "added", "1 unchanged"]),
        ((BANNING, COURTS), (ENDING, BANNING, COURTS), ["added", "2 unchanged"]),
    ],
)
def test_changes_stand_where_their_clauses_stood(
    old: tuple[str, ...], new: tuple[str, ...], told: list[str]
) -> None:
    shown = _shown(make_change_set(old=_paragraphs(*old), new=_paragraphs(*new)))
    assert _told(list(shown.stops)) == told


def test_a_split_clause_has_all_its_pieces_and_no_marks_on_white_space() -> None:
    old = _paragraphs(f"{ENDING} {BANNING}", COURTS, PICTURES)
    shown = _shown(make_change_set(old=old, new=_paragraphs(ENDING, BANNING, COURTS)))
    change = next(change for change in shown.changes if change.kind == "split")
    assert [piece.text for piece in change.new] == [ENDING, BANNING]
    assert change.is_several
    assert change.is_same_words
    assert {op for op, _ in change.readable_redline} == {"="}
    assert "".join(text for _, text in change.readable_redline) == f"{ENDING}\n{BANNING}"


def test_a_clause_under_another_heading_names_both_paths() -> None:
    old = f"<h2>First</h2><p>{ENDING}</p><p>{BANNING}</p><h2>Second</h2><p>{COURTS}</p>"
    new = f"<h2>First</h2><p>{ENDING}</p><h2>Second</h2><p>{COURTS}</p><p>{BANNING}</p>"
    moved = next(
        change for change in _shown(make_change_set(old=old, new=new)).changes if change.kind == "moved"
    )
    assert (moved.old_path, moved.new_path) == (["First"], ["Second"])
    assert moved.is_elsewhere
    assert moved.heading == "Second"


def test_a_moved_clause_leaves_a_mark_where_it_stood() -> None:
    old, new = _paragraphs(BANNING, ENDING, COURTS, PICTURES), _paragraphs(ENDING, COURTS, BANNING, PICTURES)
    shown = _shown(make_change_set(old=old, new=new))
    assert _told(list(shown.stops)) == [f"left: {BANNING}", "2 unchanged", "moved", "1 unchanged"]
    left = shown.stops[0]
    assert isinstance(left, Departure)
    assert left.anchor == f"{left.change.anchor}-from"


def test_a_clause_that_only_a_heading_passed_leaves_no_mark() -> None:
    old = f"<h2>First</h2><p>{ENDING}</p><p>{BANNING}</p><h2>Second</h2><p>{COURTS}</p>"
    new = f"<h2>First</h2><p>{ENDING}</p><h2>Second</h2><p>{BANNING}</p><p>{COURTS}</p>"
    shown = _shown(make_change_set(old=old, new=new))
    assert _told(list(shown.stops)) == ["1 unchanged", "moved", "1 unchanged"]


def test_a_row_of_a_table_names_its_columns() -> None:
    table = "<table><tr><th>What</th><th>How long</th></tr><tr><td>Calls with support</td><td>{}</td></tr></table>"
    old, new = (f"<h2>Rules</h2><p>{ENDING}</p>{table.format(time)}" for time in ("13 months", "nine years"))
    (change,) = _shown(make_change_set(old=old, new=new)).changes
    assert change.header == ["What", "How long"]
    assert change.is_both


def test_a_change_of_many_words_is_long_on_paper() -> None:
    short, long = (
        _shown(make_change_set(old=_paragraphs(ENDING), new=_paragraphs(ENDING + more)))
        for more in (" Or call.", f" {BANNING} {COURTS} {PICTURES}")
    )
    assert [change.is_long for change in short.changes] == [False]
    assert [change.is_long for change in long.changes] == [True]
