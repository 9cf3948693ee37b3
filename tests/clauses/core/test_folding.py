"""The form in which rules read a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.folding import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We DON’T share", "we don't share"),
        ("We don`t share", "we don't share"),
        ("“Service” – ours", '"service" - ours'),
        ("30\u00a0days\u2003or\tmore\n", "30 days or more "),
    ],
)
def test_quotes_dashes_spaces_and_letter_case_are_one(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text())
def test_every_sign_stays_at_its_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(alphabet=[chr(at) for at in range(128)]))
def test_plain_letters_alone_come_out_as_they_do_beside_others(text: str) -> None:
    assert folded(f"{text}é") == f"{folded(text)}é"
