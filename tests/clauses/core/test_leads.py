import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core import leads
from clauses.core.leads import CLOSING, led_within

WORDS = """
we may not will : ; (a) (b) (ii) , . sell it or and n't
"""


def items(text):
    """What leads into each item, and the item."""
    return [(led.lead, text[led.start : led.end]) for led in led_within(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Northlight will not: (a) sell letters; or (b) read them.",
            [("Northlight will not", "sell letters"), ("Northlight will not", "read them.")],
        ),
        (
            "It rains. We shall not (i) sell letters, (ii) keep them, or (iii) burn them.",
            [
                ("We shall not", "sell letters, "),
                ("We shall not", "keep them, or "),
                ("We shall not", "burn them."),
            ],
        ),
        ("We won't: sell letters; keep them.", [("We won't", "sell letters"), ("We won't", "keep them.")]),
        ("We may: (a) sell. You may: (a) ask.", [("We may", "sell."), ("You may", "ask.")]),
        ("We will not sell letters (a gift) to anybody; nor keep them.", []),
        ("We keep: letters; stamps.", []),
        ("", []),
    ],
)
def test_the_items_of_a_list_in_a_sentence_are_led_into_by_its_beginning(text, found):
    assert items(text) == found


@given(st.lists(st.sampled_from(WORDS.split())).map(" ".join))
def test_items_stand_in_the_text_in_order_behind_what_leads_into_them(text):
    end = 0
    for led in led_within(text):
        assert text.startswith(led.lead, led.begin)
        assert led.begin + len(led.lead) <= led.start < led.end
        assert end <= led.start
        assert text[led.start : led.end].strip()
        end = led.end


def test_of_a_list_without_end_the_first_items_are_read_in_linear_time():
    began = time.process_time()
    found = list(led_within("We may: " + "sell it; " * 100_000))
    assert len(found) == 100
    assert time.process_time() - began < 5


def test_what_closes_an_introduction_is_no_part_of_what_leads_into_its_items():
    closed = ("We will not:", "We will not –", "We will not", "We will not do any of the following:")
    assert {CLOSING.sub("", text) for text in closed} == {"We will not"}


@given(st.from_regex(leads._OPENING))
def test_whatever_opens_a_list_holds_what_it_is_looked_for_by(text):
    assert any(map(text.__contains__, leads._OPENING_NEEDS))
