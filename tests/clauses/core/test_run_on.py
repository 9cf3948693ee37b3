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
