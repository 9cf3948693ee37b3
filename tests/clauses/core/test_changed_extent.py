"""How far a statement reaches after words were added to it or cut from it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.core import changed_extent
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.changed_statements import ONLY
from clauses.core.changed_types import inventory
from clauses.core.edited import edit_of
from clauses.core.values import Run
from tests.clauses.core.invented import clause
from tests.clauses.core.test_change_phrases import told

RUBRIC = shipped_change_rubric()


def codes(old, new):
    return {reason.code for change in told(old, new).changes for reason in change.reasons}


@pytest.mark.parametrize(
    ("added", "code"),
    [
        (", or parcels in places where horses sleep", "burden_extended"),
        (" where horses sleep", "burden_limited"),
        (", but only if horses sleep", "burden_limited"),
        (" and only if horses sleep", "burden_limited"),
        (" and to the extent horses sleep", "burden_limited"),
        (", and provided that horses sleep", "burden_limited"),
        (" and green stamps, unless horses sleep", "burden_limited"),
    ],
)
def test_one_more_case_limits_nothing_whatever_it_is_limited_to_itself(added, code):
    old = "You must stamp letters with red seals."
    assert code in codes(old, f"{old[:-1]}{added}.")


@pytest.mark.parametrize(
    ("new", "is_benefit"),
    [
        ("Saddles do not store letters like a shelf.", False),
        ("Our carriers do not store letters.", True),
        ("Human moderators do not store letters.", True),
        ("People do not read your letters.", True),
        ("We do not store letters.", True),
    ],
)
def test_what_things_do_is_no_promise(new, is_benefit):
    assert bool(codes("", new) & {"benefit_added", "ban_added"}) == is_benefit


@pytest.mark.parametrize(
    ("old", "new", "code", "direction"),
    [
        (
            "We do not train our models on your letters.",
            "By default, we do not train our models on your letters.",
            "benefit_limited",
            "adverse",
        ),
        (
            "We collect your personal data. The same boots fit riders in the north.",
            "We collect your personal data. The same boots fit riders in the north and their squires.",
            "content_extended",
            "neutral",
        ),
    ],
    ids=["by default", "a sentence that states nothing"],
)
def test_words_count_for_the_sentence_they_came_into(old, new, code, direction):
    change = told(old, new).changes[0]
    assert {(reason.code, reason.direction) for reason in change.reasons} == {(code, direction)}
    assert change.severity == "low"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the list at https://northlight.example/list", "the list at this house"),
        ("the list of Saddler L.L.C.", "the list of Saddler Union"),
    ],
)
def test_words_in_place_of_an_address_or_of_letters_add_nothing(old, new):
    sides = (f"We share your letters with the riders on {words}." for words in (old, new))
    assert not codes(*sides) & {"burden_extended", "content_extended", "benefit_extended"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "We may share your letter with riders.",
            "We may share your letters and stamps with riders.",
            "extended",
        ),
        (
            "We may share your letters and stamps with riders.",
            "We may share your letter with riders.",
            "narrowed",
        ),
    ],
)
def test_an_inflected_word_is_no_name_that_others_stand_in_place_of(old, new, code):
    assert codes(old, new) == {f"burden_{code}"}


@pytest.mark.parametrize(
    ("old", "direction"),
    [
        ("We may share your letters with riders.", "adverse"),
        ("We share your letters with riders.", "adverse"),
        ("We do not knowingly collect letters of children.", "adverse"),
        ("We may not raise the price of stamps.", "favorable"),
    ],
)
def test_want_of_leave_makes_a_power_larger_and_a_promise_smaller(old, direction):
    leave = "parental consent" if "children" in old else "your consent"
    change = told(old, f"{old[:-1]} without {leave}.").changes[0]
    assert change.direction == direction


@pytest.mark.parametrize("pattern", [changed_extent._OF_PLACE, changed_extent._GROUP, ONLY])
@settings(max_examples=60)
@given(st.data())
def test_whatever_speaks_of_some_holds_what_it_is_looked_for_by(pattern, data):
    assert changed_extent._OF_SOME.search(data.draw(st.from_regex(pattern)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We read your letters with our models.", "We read your letters with our large language models."),
        ("You must stamp the parcel letters.", "You must stamp the letters."),
        ("We share your letters with the carrier.", "We share your letters with the local carrier."),
    ],
)
@pytest.mark.parametrize("is_backwards", [False, True])
def test_words_that_only_name_a_thing_closer_neither_extend_nor_narrow(old, new, is_backwards):
    found = codes(new, old) if is_backwards else codes(old, new)
    assert found == {"no_rule"}


def test_a_limit_before_a_noun_is_no_closer_name():
    text = "# Advertising\n\nThe box shows {}advertisements."
    assert "burden_limited" in codes(text.format(""), text.format("no "))


@pytest.mark.parametrize(
    "limit",
    [
        ", when such option is available for the paid plan",
        ", which option is available only if you pay for the service",
    ],
)
def test_a_choice_that_is_open_to_some_alone_is_a_loss_for_the_others(limit):
    old = "We may read your letters only when you do not opt out of it{}."
    (change,) = told(old.format(""), old.format(limit)).changes
    assert (change.direction, change.reasons[0].code) == ("adverse", "benefit_limited")


def test_a_pronoun_in_place_of_the_name_of_a_party_narrows_nothing():
    runs = (
        Run("=", "We will inform "),
        Run("-", "the Consumer. The Consumer Union"),
        Run("+", "you. We"),
        Run("=", " will answer."),
    )
    old, new = ("".join(run.text for run in runs if run.op in kept) for kept in ("=-", "=+"))
    empty, rubric = inventory([], RUBRIC), RUBRIC
    edit = edit_of(
        [clause(old, "account_termination")],
        [clause(new, "account_termination")],
        runs,
        (empty, empty),
        rubric,
    )
    assert not [*changed_extent.extent_effects(edit)]
