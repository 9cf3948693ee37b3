"""Texts whose line breaks became spaces get their sections back."""

from __future__ import annotations

import pytest

from clauses.core.flat_text import MIN_FLAT_LENGTH
from clauses.core.run_on import run_on_sections
from clauses.core.segment import segment
from monitor.core.blocks import Block

FILLER = "We answer every letter within a few days and we keep a copy of the letter and of our answer. " * 12
RUN_ON = (
    f"Terms of the tool {FILLER}1. Fees and taxes You pay each month. {FILLER}2. Use of the Tool 2.1 Rights. You may "
    f"use it as stated in Section 3. We may stop that. {FILLER}2.2. Limits. You may not resell it. 3. End {FILLER}"
)


def test_numbers_that_count_on_cut_the_text():
    assert len(RUN_ON) > MIN_FLAT_LENGTH
    passages = segment(RUN_ON, [Block("paragraph", 0, len(RUN_ON))])
    assert [(passage.number, passage.heading_path) for passage in passages] == [
        ("", ()),
        ("1", ("1. Fees and taxes",)),
        ("2.1", ("2. Use of the Tool", "2.1 Rights")),
        ("2.2", ("2. Use of the Tool", "2.2. Limits")),
        ("3", ("3. End",)),
    ]
    assert passages[2].text.startswith("2.1 Rights. You may use it as stated in Section 3. We")


@pytest.mark.parametrize(
    "text",
    [
        "We keep 3. Parts of it.",
        "See Section 1. We do.",
        "It costs 1.50 Euro and 2. We pay.",
        "Step 1. Open it.",
    ],
)
def test_other_figures_cut_nothing(text):
    assert run_on_sections(text) == []


SHORT = (
    "Terms of the Tool Last updated: May 1, 2031 1. Access You may use the tool when you are 18. 2. Your notes You "
    "keep what you write. 3. Money We take no fee. 4. Governing law These terms stand under the laws of Utopia."
)


def test_a_short_text_whose_sections_have_titles_is_cut_too():
    assert len(SHORT) < MIN_FLAT_LENGTH
    found = [p.heading_path for p in segment(SHORT, [Block("paragraph", 0, len(SHORT))])]
    assert found == [(), ("1. Access",), ("2. Your notes",), ("3. Money",), ("4. Governing law",)]


@pytest.mark.parametrize(
    "text",
    [
        "To leave us, follow these steps, in this order, and wait a little after each of them: 1. Account You open it. "
        "2. Settings You look for the button at the end of the page. 3. Button You press it and wait for a letter.",
        "1. Open the page of your account in the tool. 2. Look for the button at the end of the page, which is red. "
        "3. Press it. 4. Wait for our letter, which takes a day at most, and keep it with your own papers for a while.",
        "1. Access You may use it. 2. Money We take no fee, nor does anybody else who works with us, as stated in "
        "Section 3. We may change that, and then we will write to you in good time, so that you can think it over.",
    ],
)
def test_a_list_in_a_sentence_stays_whole(text):
    assert len(segment(text, [Block("paragraph", 0, len(text))])) == 1
