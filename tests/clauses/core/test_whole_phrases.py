"""A quote cuts neither words nor brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.whole_phrases import whole_phrase


@pytest.mark.parametrize(
    ("text", "found", "quote"),
    [
        ("You must be at least sixteen (16) years old.", "least sixteen (16", "at least sixteen (16)"),
        ("File it within one (1) year of that.", "1) year", "one (1) year"),
        ("File it no later than May.", "later than May", "no later than May"),
        ("Come back later than May.", "later than May", "later than May"),
        ("It will not exceed $1,250.50.", "exceed $", "exceed $1,250.50"),
        ("It will not exceed the price.", "exceed", "exceed"),
        ("We erase recordings daily.", "recording", "recordings"),
        ("We erase (old) notes.", "(old) notes", "(old) notes"),
        ("We erase notes :) often.", "notes :)", "notes :)"),
        ("We erase notes (never closed", "notes (never", "notes (never"),
        ("我们保留数据三十天", "数据", "数据"),
    ],
)
def test_a_cut_phrase_is_made_whole(text, found, quote):
    start = text.index(found)
    first, last = whole_phrase(text, start, start + len(found))
    assert text[first:last] == quote


@given(st.text(alphabet="ab (1)é ", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_span_only_grows_and_stays_in_its_text(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = whole_phrase(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
