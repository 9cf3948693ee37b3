"""Texts that lost their line breaks get their structure back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.flat_text import MIN_FLAT_LENGTH, split_flat
from clauses.core.glue import joints
from clauses.core.segment import segment
from monitor.core.blocks import Block

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
FILLER = "We answer every letter within a few days and we keep a copy of the letter and of our answer. " * 4
FLAT = (
    "Notes PolicyWe run a note tool. The tool stores notes, data and settings of yours."
    "1. Collection of DataWe collect the following data:"
    "Account Data: your name and your mail address."
    "Usage Data: the pages you open."
    "2. Uses of DataWe use your data for these purposes:To run the tool;To bill you; andTo answer you."
    + FILLER.strip()
    + "Data RetentionWe keep your data until you close the account. "
    + FILLER.strip()
    + "3. ContactYou can write to OpenAI or YouTube as well, e.g. about an iPhone or the U.S. Office. "
    + FILLER * 3
)


def paths(text):
    return [(p.heading_path, p.text) for p in segment(text, [Block("paragraph", 0, len(text))])]


def test_glued_sections_headings_and_items_are_found():
    found = paths(FLAT)
    titles = {title for path, _ in found for title in path}
    assert {
        "1. Collection of Data",
        "2. Uses of Data",
        "3. Contact",
        "Data Retention",
        "Usage Data",
    } <= titles
    passages = segment(FLAT, [Block("paragraph", 0, len(FLAT))])
    items = [p for p in passages if p.intro == "We use your data for these purposes:"]
    assert [p.text for p in items] == ["To run the tool;", "To bill you; and", "To answer you."]


@pytest.mark.parametrize(("times", "is_title"), [(1, True), (2, False)])
def test_words_that_stand_in_several_cells_head_nothing(times, is_title):
    row = "It helps us to answer you.Own InterestsWe like to run a good tool and to be paid for it."
    text = FLAT.replace("Data Retention", row * times + "Data Retention")
    titles = {title for path, _ in paths(text) for title in path}
    assert ("Own Interests" in titles) is is_title
    assert "Data Retention" in titles


def test_names_with_capitals_inside_are_left_whole():
    text = " ".join(words for _, words in paths(FLAT))
    for name in ("OpenAI", "YouTube", "iPhone", "U.S. Office"):
        assert name in text


def test_the_same_text_in_a_short_paragraph_is_left_alone():
    text = "Notes PolicyWe run a tool.We do it well.You pay.We thank.Bye."
    block = Block("paragraph", 0, len(text))
    assert len(text) < MIN_FLAT_LENGTH
    assert split_flat(text, block) == [block]


def test_a_long_paragraph_with_all_its_separators_is_left_alone():
    text = FILLER * 6
    block = Block("paragraph", 0, len(text))
    assert split_flat(text, block) == [block]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ask the U.S.Government about data", ["Ask the U.S.Government about data"]),
        ("your settings.Data counts", ["your settings.", "Data counts"]),
        ("of this policy (section 2).You may", ["of this policy (section 2).", "You may"]),
        ("Effective 3 March 2031Previous text", ["Effective 3 March 2031", "Previous text"]),
        ("personal data. Our dataWe keep data", ["personal data. Our data", "We keep data"]),
        ("ask privacy@example.com today", ["ask privacy@example.com today"]),
        ("the GitHub page and the LinkedIn page", ["the GitHub page and the LinkedIn page"]),
    ],
)
def test_a_separator_is_missing_only_where_signals_agree(text, parts):
    bounds = [0, *joints(text), len(text)]
    assert [text[start:end] for start, end in pairwise(bounds)] == parts


PIECES = st.lists(
    st.sampled_from(
        [
            "We keep it.",
            "Data Use",
            "1. Scope",
            "To run it;",
            "You get this:",
            "Name",
            "in 2031",
            "(“Data”)",
            " ",
        ]
    ),
    min_size=1,
    max_size=60,
)


@given(PIECES)
def test_the_blocks_of_a_flat_text_cover_it_in_order(pieces):
    text = "".join(pieces) + "Long enough. " * 160
    end = 0
    for block in split_flat(text, Block("paragraph", 0, len(text))):
        assert text[end : block.start].strip() == ""
        assert block.start < block.end
        end = block.end
    assert text[end:].strip() == ""


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the shared texts beside the checkout")
def test_a_real_policy_without_line_breaks_gets_its_thirteen_sections():
    text = next(SEEDS.glob("001_*.txt")).read_text(encoding="utf-8").strip()
    passages = segment(text, [Block("paragraph", 0, len(text))])
    numbers = {int(p.heading_path[0].split(".")[0]) for p in passages if p.heading_path}
    assert numbers == set(range(1, 14))
    assert 60 <= len(passages) <= 170
