from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.recorded_texts import Judged, Label, Text, judged

START = datetime(2024, 1, 1, tzinfo=UTC)
YEAR = START + timedelta(days=366)


def _labels(*texts: tuple[float, str], until: datetime = YEAR) -> list[str]:
    """Labels by day and text; a text in capitals was made anew by the archive, and equals its small letter's."""
    rows = [Text(START + timedelta(days=day), name.lower(), name.isupper()) for day, name in texts]
    return [one.label.value for one in judged(rows, until)]


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        ([(0, "a"), (9, "b"), (10, "c")], ["first", "change", "change"]),
        ([(0, "a"), (1, "a"), (2, "b"), (3, "b")], ["first", "same", "change", "same"]),
        # Two days of another text, then the same as before: in passing.
        ([(0, "a"), (30, "b"), (32, "a")], ["first", "transient", "same"]),
        ([(0, "a"), (30, "b"), (31, "b"), (32, "a")], ["first", "transient", "transient", "same"]),
        # A month of another text, then back: two changes.
        ([(0, "a"), (30, "b"), (60, "a")], ["first", "change", "change"]),
        # A text of two days that a third one follows was there.
        ([(0, "a"), (30, "b"), (32, "c")], ["first", "change", "change"]),
        # The return after a text of two days, when it does not last, and when it does.
        (
            [(0, "a"), (30, "b"), (32, "c"), (33, "a"), (35, "d")],
            ["first", "change", "change", "flip", "change"],
        ),
        (
            [(0, "a"), (30, "b"), (32, "c"), (33, "a"), (60, "d")],
            ["first", "change", "change", "change", "change"],
        ),
        # Two texts that keep replacing each other, twenty days each: from the second return on they alternate.
        (
            [(0, "a"), (20, "b"), (40, "a"), (60, "b"), (80, "c")],
            ["first", "change", "change", "flip", "change"],
        ),
        (
            [(0, "a"), (20, "b"), (40, "a"), (60, "b"), (120, "c")],
            ["first", "change", "change", "change", "change"],
        ),
        # What the archive made anew is technical, and does not restart the clock of the publisher's text.
        ([(0, "a"), (30, "B"), (31, "c")], ["first", "technical", "change"]),
        ([(0, "a"), (30, "A")], ["first", "same"]),
    ],
)
def test_a_text_is_judged_by_what_came_before_and_after(
    texts: list[tuple[float, str]], labels: list[str]
) -> None:
    assert _labels(*texts) == labels


def test_a_return_names_the_text_it_returns_to() -> None:
    texts = [Text(START + timedelta(days=day), name) for day, name in [(0, "a"), (30, "b"), (60, "a")]]
    assert judged(texts, YEAR)[2] == Judged(Label.CHANGE, returns_to=0)


def test_the_last_text_of_an_archive_that_ended_the_same_day_is_not_yet_a_return() -> None:
    texts = [(0, "a"), (30, "b"), (32, "c"), (33, "a")]
    assert _labels(*texts, until=START + timedelta(days=34))[-1] == "flip"
    assert _labels(*texts, until=START + timedelta(days=50))[-1] == "change"


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("abcABC")), max_size=25))
def test_no_change_leads_to_the_text_that_stands(rows: list[tuple[int, str]]) -> None:
    texts = [Text(START + timedelta(days=day), name.lower(), name.isupper()) for day, name in sorted(rows)]
    standing = None
    for text, came in zip(texts, judged(texts, YEAR), strict=True):
        if came.label in {Label.FIRST, Label.CHANGE, Label.TECHNICAL}:
            assert text.fingerprint != standing
            standing = text.fingerprint
        assert (came.label == Label.SAME) == (text.fingerprint == standing and came.label not in _VERSIONS)


_VERSIONS = {Label.FIRST, Label.CHANGE, Label.TECHNICAL}
