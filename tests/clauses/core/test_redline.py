import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.redline import redline, words
from clauses.core.values import Run

ROOT = Path(__file__).resolve().parents[3]
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
    "not",
    "cafe\u0301",
    "👩🏽‍🔬",
    "שלום",
    "保留数据",
    "\ud800",
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


@given(TEXTS, TEXTS)
def test_the_way_back_adds_what_the_way_there_removes(old, new):
    swapped = {"=": "=", "-": "+", "+": "-"}
    there = Counter((swapped[run.op], len(run.text)) for run in redline(old, new))
    assert there == Counter((run.op, len(run.text)) for run in redline(new, old))


@given(TEXTS, TEXTS)
def test_a_change_never_begins_or_ends_inside_a_word_or_figure(old, new):
    for side, text in (("-", old), ("+", new)):
        known = words(text)
        found = [word for run in redline(old, new) if run.op in ("=", side) for word in words(run.text)]
        assert found == known


def test_a_redline_is_the_same_in_every_process():
    code = "import sys; from clauses.core.redline import redline; print(ascii(redline(*sys.argv[1:])))"
    old, new = (
        "we keep the data for 30 days , not more " * 9,
        "we may keep data for five years , or more " * 9,
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, old, new],
            env={"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert runs == {f"{redline(old, new)!a}\n".encode()}


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
        ("Pay $100 at once.", "Pay $1,000 at once.", "Pay [-$100-][+$1,000+] at once."),
        ("Pay US$5 at once.", "Pay US$7 at once.", "Pay [-US$5-][+US$7+] at once."),
        ("A fee of 5% applies.", "A fee of 10% applies.", "A fee of [-5%-][+10%+] applies."),
        (
            "Within thirty (30) days of it.",
            "Within sixty (60) days of it.",
            "Within [-thirty (30)-][+sixty (60)+] days of it.",
        ),
        ("You may opt-out here.", "You may opt-in here.", "You may [-opt-out-][+opt-in+] here."),
        ("A non-exclusive license.", "A exclusive license.", "A [-non-exclusive-][+exclusive+] license."),
        ("use it", "use it, including feedback, for us", "use it[+, including feedback, for us+]"),
        ("Apples, pears.", "Figs, plums.", "[-Apples, pears-][+Figs, plums+]."),
        ("We will not sell it.", "We may not rent it.", "We [-will not sell-][+may not rent+] it."),
        ("We do not sell it.", "We do sell it.", "We do [-not -]sell it."),
        ("We don't sell it.", "We sell it.", "We [-don't -]sell it."),
        ("Pay 10\u00a0000 kroner.", "Pay 10\u00a0500 kroner.", "Pay [-10\u00a0000-][+10\u00a0500+] kroner."),
        ("Since v2.0 of it.", "Since v2.1 of it.", "Since [-v2.0-][+v2.1+] of it."),
        ("From 2025-01-31 on.", "From 2025-02-28 on.", "From [-2025-01-31-][+2025-02-28+] on."),
        ("A cafe\u0301 pays.", "A cafe pays.", "A [-cafe\u0301-][+cafe+] pays."),
        ("Yours 👩🏽‍🔬 now", "Yours 👩🏿‍🔬 now", "Yours [-👩🏽‍🔬-][+👩🏿‍🔬+] now"),
        ("אנו שומרים נתונים", "אנו מוכרים נתונים", "אנו [-שומרים-][+מוכרים+] נתונים"),
        ("我们保留数据30天。", "我们保留数据五年。", "我们保留数据[-30天-][+五年+]。"),
        ("個人情報を共有しません。", "個人情報を共有します。", "個人情報を共有しま[-せん-][+す+]。"),
        ("Odd \ud800 sign", "Odd \udfff sign", "Odd [-\ud800-][+\udfff+] sign"),
        ("Our Policy applies.", "Our Policy\u2060 applies.", "Our Policy[+\u2060+] applies."),
        ("An ex\u00adample.", "An example.", "An [-ex\u00adample-][+example+]."),
        ("", "We keep data.", "[+We keep data.+]"),
        ("We keep data.", "", "[-We keep data.-]"),
        ("", "", ""),
    ],
)
def test_a_redline_reads_as_a_person_would_mark_it(old, new, expected):
    assert marked(old, new) == expected


def test_a_long_kept_stretch_between_changes_stays_kept():
    kept = "the service stays open to everyone who has signed up for it and paid in full"
    assert kept in marked(
        f"Alpha beta gamma {kept} delta epsilon zeta", f"One two three {kept} four five six"
    )
