"""The one sentence for all changes between two versions: how long it is, and what it never leaves out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.changes import read_markdown
from clauses.core.change_phrases import MAX_LENGTH, Wording
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.headline import headline

WORDING = Wording("Northlight", "Terms", {}, shipped_change_rubric())
CHANGE = compare([], read_markdown("We may sell your personal data."), subject="Northlight").changes[0]


def told(summary, others):
    lead = CHANGE._replace(summary=summary)
    return headline(WORDING, "substantive", lead, [lead] + [CHANGE] * others, {})


WORDS = st.lists(st.text("abc,:“”", min_size=1, max_size=20), min_size=1, max_size=40)


@given(WORDS, st.integers(1, 1500))
def test_a_headline_tells_the_number_of_the_other_changes_however_long_the_first_is(words, others):
    found = told(" ".join(words)[:MAX_LENGTH], others)
    assert f", and makes {others} other change" in found
    assert len(found) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("length", "ending"),
    [
        (99, " riders, and makes 10 other changes of substance"),
        (100, " riders, and makes 10 other changes"),
        (112, " riders, and makes 10 other changes"),
        (113, "x…, and makes 10 other changes"),
        (140, "x…, and makes 10 other changes"),
    ],
)
def test_the_number_is_told_in_fewer_words_before_the_change_itself_is_cut(length, ending):
    change = f"Northlight adds {'x' * 74}{' xxxxxx' * 7}"[: length - 7] + " riders"
    assert len(change) == length
    assert told(change, 10).endswith(ending)


@pytest.mark.parametrize(
    ("words", "ending"),
    [("We will gladly repair it", "term: “We will…”"), ("W" * 24, "term…")],
)
def test_a_quotation_is_cut_with_its_end_or_left_out(words, ending):
    change = f"Northlight adds a {'most noble ' * 7}term: “{words}”"
    assert told(change, 3) == f"{change[:95]}{ending}, and makes 3 other changes"
    assert told(change, 0) == change


def test_one_other_change_is_one():
    assert told("Northlight sells data", 1) == "Northlight sells data, and makes 1 other change of substance"
