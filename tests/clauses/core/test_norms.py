import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core import norms as norms_module
from clauses.core.asides import is_aside
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.folding import folded
from clauses.core.norms import _STATEMENT, _norm, _stated, norms, norms_of
from clauses.core.values import Passage

RULES = shipped_change_rubric().statements


@pytest.mark.parametrize(
    ("text", "bearer", "force", "worth"),
    [
        ("We may share your letters with carriers.", "provider", "may", "adverse"),
        ("We will not sell your letters.", "provider", "not", "favorable"),
        ("We will delete your letters.", "provider", "will", "favorable"),
        ("Northlight will notify the sender.", "provider", "will", "favorable"),
        ("We reserve the right to suspend the account.", "provider", "may", "adverse"),
        ("We are not liable for lost letters.", "provider", "not", "adverse"),
        ("In no event shall Northlight be liable for lost letters.", "provider", "not", "adverse"),
        ("Nothing in these terms limits our liability for fraud.", "provider", "not", "favorable"),
        ("Your letters will be deleted after a year.", "other", "will", "favorable"),
        ("Your letters may be shared.", "other", "may", "adverse"),
        ("You must not open the letters of others.", "user", "not", "adverse"),
        ("The Sender shall pay the postage.", "user", "must", "adverse"),
        ("You may withdraw a letter.", "user", "may", "favorable"),
        ("You may visit the post house.", "user", "may", "neutral"),
        ("You are not required to sign.", "user", "may", "neutral"),
        ("You hereby grant us a license.", "user", "does", "adverse"),
        ("You may be charged for it.", "other", "may", "adverse"),
        ("You will be notified of it.", "other", "will", "favorable"),
        ("Opening the letters of others is strictly prohibited.", "user", "not", "adverse"),
        ("Do not open the letters of others.", "user", "not", "adverse"),
        ("We do not allow the opening of letters.", "user", "not", "adverse"),
        ("You will receive a credit.", "user", "will", "favorable"),
        ("We keep no copies of letters.", "provider", "not", "favorable"),
        ("We share letters with no one.", "provider", "not", "favorable"),
        ("We share them with no third party.", "provider", "not", "favorable"),
        ("We use it for no advertising.", "provider", "not", "favorable"),
        ("We share it with no one but our carriers.", "provider", "does", "adverse"),
        ("We use it with no limits.", "provider", "does", "adverse"),
        ("We delete it for no fee.", "provider", "does", "favorable"),
        ("We share your letters with no restrictions.", "provider", "does", "adverse"),
        ("We keep letters no longer than a week.", "provider", "does", "adverse"),
        ("When your old letter is no longer needed, we keep it.", "provider", "does", "adverse"),
    ],
)
def test_a_statement_says_who_is_bound_and_what_it_is_for_the_user(text, bearer, force, worth):
    found = norms(text, RULES)
    assert [(norm.bearer, norm.force, norm.worth) for norm in found][:1] == [(bearer, force, worth)]


@pytest.mark.parametrize(
    ("text", "is_choice"),
    [
        ("These are the letters or stamps you choose to show.", False),
        ("We carry any parcel you choose to send.", False),
        ("You choose who reads your letters.", True),
        ("In this case you choose a stamp.", True),
        ("We carry the letter and you choose the stamp.", True),
        ("We carry it, but the day you choose.", False),
    ],
)
def test_a_choice_is_given_where_it_is_said_and_not_where_it_describes_a_thing(text, is_choice):
    found = {norm.worth for norm in norms(text, RULES) if norm.bearer == "user"}
    assert found == ({"favorable"} if is_choice else set())


@pytest.mark.parametrize(
    "text",
    [
        "If you do not agree, leave.",
        "The data that you may provide is yours.",
        "A program for letters that were lost.",
        "We provide a house for letters.",
        "Models such as ours are written in ink.",
        "Letters that are not used are old.",
    ],
)
def test_conditions_and_descriptions_are_no_statements(text):
    assert norms(text, RULES) == []


def item(text, intro="", heading=()):
    return Passage(0, 0, len(text), text, tuple(heading), intro)


@pytest.mark.parametrize(
    ("passage", "bearer", "worth"),
    [
        (item("letters of others", intro="You may not open:"), "user", "adverse"),
        (item("your address", intro="We will not share:"), "provider", "favorable"),
        (item("opening the letters of others", heading=("Terms", "Prohibited uses")), "user", "adverse"),
        (item("Not open the letters of others."), "user", "adverse"),
    ],
)
def test_an_item_of_a_list_is_bound_by_its_introduction(passage, bearer, worth):
    (norm,) = norms_of(passage, RULES)
    assert (norm.bearer, norm.worth) == (bearer, worth)
    assert 0 <= norm.start < norm.end <= len(passage.text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Northlight will not: (a) sell your letters; or (b) train models on them.",
            [("provider", "not", "sell"), ("provider", "not", "train")],
        ),
        ("You may not (i) copy it, (ii) resell it.", [("user", "not", "copy"), ("user", "not", "resell")]),
        (
            "We won't: “sell” or “share” letters; keep them.",
            [("provider", "not", "sell"), ("provider", "not", "keep")],
        ),
        # What an item says by itself is not said again.
        (
            "We may: (a) sell letters; and you must pay.",
            [("provider", "may", "sell"), ("user", "must", "pay")],
        ),
    ],
)
def test_an_item_within_a_sentence_is_bound_by_what_leads_into_it(text, said):
    found = norms(text, RULES)
    assert [(norm.bearer, norm.force, norm.verb) for norm in found] == said
    assert all(
        text[norm.start : norm.end].strip("“”").lower().startswith(norm.verb[:3])
        for norm in found[:2]
        if norm.verb != "pay"
    )


def test_a_statement_of_an_items_own_stands_beside_that_of_its_introduction():
    text = "To sort letters. You may object to it."
    found = norms_of(item(text, intro="We use your letters:"), RULES)
    assert [norm.bearer for norm in found] == ["provider", "user"]
    assert found[0].end == len("To sort letters.")


VOCABULARY = """
we you may will not shall must sell delete share letters data if the Northlight nothing limits , . : in no event be
; (a) (b) : (i)
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_statements_never_overlap_and_stand_in_the_text(text):
    found = norms(text, RULES)
    assert all(0 <= norm.start < norm.end <= len(text) for norm in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("word", ["only", "really", "be", "help", "in any way", "we will not"])
def test_a_run_of_words_between_subject_and_verb_is_read_once(word):
    """Four times the words take about four times the time, not sixteen times."""

    def spent(length: int) -> float:
        began = time.process_time()
        norms(f"we may {word} " * 2 + f"{word} " * length, RULES)
        return time.process_time() - began

    # The least of some runs: whatever else the process does, as collecting its garbage, only adds to one of them.
    seconds = [min(spent(length) for _ in range(3)) for length in (4_000, 16_000)]
    assert seconds[1] < 9 * seconds[0] + 0.2


SAID = """
we you The Northlight user's end-user it opt-out also only and our may not will never do don't won't cannot agree to is
are required have the right be been clearly apply at any time share sold shared trains choose use of waive , . ; - ' if
when data that
"""
SAID_WORDS = st.sampled_from(["", *SAID.split()])


@given(st.lists(SAID_WORDS, max_size=25).map(" ".join))
def test_no_word_is_passed_over_that_a_statement_begins_with(text):
    read = folded(text)
    assert list(_stated(read, text, RULES)) == list(_stated_word_by_word(read, text))


def _stated_word_by_word(read, text):
    at = 0
    while match := _STATEMENT.search(read, at):
        at = match.end("subject")
        norm = _norm(match, text, RULES)
        if norm and not is_aside(match, read):
            yield norm
            # A statement begins with a whole word: "user" of "user's" may end one, and "'s" begins none.
            at = re.compile(r"[\w'-]*").match(read, match.end()).end()


def test_clauses_that_differ_in_figures_alone_are_read_once(monkeypatch):
    read = []
    stated = norms_module._stated

    def counted(*given):
        read.append(given[0])
        return stated(*given)

    monkeypatch.setattr(norms_module, "_stated", counted)
    norms_module._shared_norms.cache_clear()
    found = [norms(f"We may sell berth {at} to others.", RULES) for at in range(10, 99)]
    assert len(read) == 1
    assert all(one == found[0] for one in found)


def test_a_figure_that_stands_for_a_verb_is_not_taken_for_another_figure():
    for figure in ("30", "40"):
        assert [norm.verb for norm in norms(f"You must not {figure} it.", RULES)] == [figure]


@given(st.text(st.sampled_from("0159a_'. -é٣")))
def test_figures_that_are_words_of_their_own_are_found_wherever_they_stand(text):
    found = [match.span() for match in norms_module._FIGURE.finditer(text)]
    assert found == [match.span() for match in re.finditer(r"\b[0-9]+\b", text)]


@pytest.mark.parametrize(
    "text",
    ["Each month you decide what we may share.", "Additionally you select the stations of your letters."],
)
def test_what_the_user_decides_is_no_description_of_what_stands_before(text):
    assert [norm.worth for norm in norms(text, RULES)] == ["favorable"]
