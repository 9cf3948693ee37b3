import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.redline import MAX_TOKENS, redline
from clauses.core.values import Run

VOCABULARY = [
    "we",
    "may",
    "keep",
    "the",
    "data",
    ",",
    "for",
    "30",
    "days",
    ".",
    " ",
    "\n",
    "’",
    "\u00a0",
    "1,000",
    "🦊",
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join))


def marked(old, new):
    brackets = {"=": "{}", "-": "[-{}-]", "+": "[+{}+]"}
    return "".join(brackets[run.op].format(run.text) for run in redline(old, new))


@given(TEXTS, TEXTS)
def test_kept_and_removed_is_the_old_text_and_kept_and_added_the_new(old, new):
    runs = redline(old, new)
    assert "".join(run.text for run in runs if run.op in "=-") == old
    assert "".join(run.text for run in runs if run.op in "=+") == new
    assert all(run.text for run in runs)


@given(TEXTS, TEXTS)
def test_neighboring_runs_differ_and_a_removal_stands_before_its_addition(old, new):
    ops = [run.op for run in redline(old, new)]
    assert all(
        (left, right) in {("=", "-"), ("=", "+"), ("-", "+"), ("-", "="), ("+", "=")}
        for left, right in itertools.pairwise(ops)
    )


@given(TEXTS)
def test_a_text_against_itself_is_all_kept(text):
    assert redline(text, text) == ((Run("=", text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "We keep chats for up to 30 days.",
            "We keep chats for up to five years.",
            "We keep chats for up to [-30 days-][+five years+].",
        ),
        ("We will not sell it.", "We may sell it.", "We [-will not-][+may+] sell it."),
        (
            "We host. We share it.",
            "We host. We scan it. We share it.",
            "We host. [+We scan it. +]We share it.",
        ),
        ("We keep data.", "We keep data. We share it.", "We keep data.[+ We share it.+]"),
        ("Pay 1,000 euros.", "Pay 1,500 euros.", "Pay [-1,000-][+1,500+] euros."),
        ("A rate of 3.5 applies.", "A rate of 3.7 applies.", "A rate of [-3.5-][+3.7+] applies."),
        ("A 30-day window.", "A 60-day window.", "A [-30-day-][+60-day+] window."),
        ("use it", "use it, including feedback, for us", "use it[+, including feedback, for us+]"),
        ("Apples, pears.", "Figs, plums.", "[-Apples, pears-][+Figs, plums+]."),
    ],
)
def test_a_redline_reads_as_a_person_would_mark_it(old, new, expected):
    assert marked(old, new) == expected


def test_a_long_kept_stretch_between_changes_stays_kept():
    kept = "the service stays open to everyone who has signed up for it and paid in full"
    assert kept in marked(
        f"Alpha beta gamma {kept} delta epsilon zeta", f"One two three {kept} four five six"
    )


def test_over_the_cap_the_differing_middle_is_replaced_as_one_block():
    old = "start " + "a b " * MAX_TOKENS + "end"
    new = "start " + "c d " * MAX_TOKENS + "end"
    assert [run.op for run in redline(old, new)] == ["=", "-", "+", "="]
