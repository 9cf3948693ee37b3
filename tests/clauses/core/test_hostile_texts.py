"""Texts made of one repeated unit: reading one of twice the length takes about twice the time.

Where the work is done inside regular expressions there are no calls to count: a text is long enough that the
square of its length takes minutes, and the bound on CPU time is many times what the work takes.
"""

import time
from datetime import date

import pytest

from clauses.core.classify import classify_types
from clauses.core.compare import compare
from clauses.core.facts import find_facts
from clauses.core.glue import joints
from clauses.core.segment import segment
from clauses.core.sentences import parts, sentences
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Classification, Passage, ReadClause
from monitor.core.blocks import Block
from monitor.core.effective_date import find_effective_date

LENGTH = 100_000
MOST_SECONDS = 12


def passage(text):
    return Passage(index=0, start=0, end=len(text), text=text, heading_path=(), intro="", header=())


def segmented(text):
    return segment(text, [Block("paragraph", 0, len(text), 0, ())])


def facts(text):
    return find_facts(passage(text), date(2025, 1, 1))


def types(text):
    return classify_types(passage(text), shipped_taxonomy())


@pytest.mark.parametrize(
    ("read", "unit"),
    [
        (joints, "a"),
        (joints, "aB"),
        (segmented, "a"),
        (segmented, "Title Case "),
        (sentences, " "),
        (sentences, "\n"),
        (sentences, "a. "),
        (parts, "but we "),
        (parts, "we do not sell, "),
        (facts, "1 May 2025, "),
        (facts, "a, 2025-01-01"),
        (facts, "until "),
        (facts, "$1,"),
        (facts, "any claim 1 year "),
        (facts, "(a) 1 day "),
        (facts, "governed by the laws of Oz, "),
        (facts, "until the notes "),
        (types, "a"),
        (find_effective_date, "effective "),
        (find_effective_date, "updated: "),
    ],
)
def test_a_text_of_one_repeated_unit_is_read_in_time_that_grows_with_its_length(read, unit):
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    before = time.process_time()
    read(text)
    assert time.process_time() - before < MOST_SECONDS


def test_a_glued_word_is_still_split_in_the_middle_of_a_long_one():
    text = "We keep data. Retention is short. Some dataRetention follows. " + "x" * 1000
    assert [text[at:][:9] for at in joints(text)] == ["Retention"]


@pytest.mark.parametrize("unit", ["`a`", "a’", "but we ", "a. ", "W", "1 May, "])
def test_two_texts_of_one_repeated_unit_are_compared_in_time_that_grows_with_their_length(unit):
    old = (unit * (LENGTH // len(unit)))[:LENGTH]
    new = f"{old[: LENGTH // 2]} not for 30 days {old[LENGTH // 2 :]}"
    readings = [[ReadClause(passage(text), Classification((), "none", "low", (), ()))] for text in (old, new)]
    before = time.process_time()
    compare(*readings, subject="Northlight")
    assert time.process_time() - before < MOST_SECONDS
