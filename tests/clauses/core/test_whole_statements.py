"""What a clause that came or went says by itself, by the introduction of its list, or only as an example."""

import pytest

from tests.clauses.core.test_change_phrases import told
from tests.clauses.core.test_compare_true_statements import codes

BASE = "# Safety\n\nNorthlight carries letters."


def added(text):
    """Codes and points of what a text adds, by the words of its clauses."""
    found = told(BASE, f"{BASE}\n\n{text}").changes
    return {
        change.redline[0].text: {reason.code: reason.points for reason in change.reasons if reason.points}
        for change in found
    }


def test_an_item_weighs_less_than_the_promise_that_introduces_it():
    found = added("We protect your letters by the following measures:\n\n- Locks and gates\n- A guard dog")
    assert found["Locks and gates"] == found["A guard dog"] == {"benefit_added": 1}


def test_an_item_with_a_verb_of_its_own_says_it_itself():
    found = added("We will:\n\n- delete your letters after a week")
    assert found["delete your letters after a week"]["benefit_added"] > 1


@pytest.mark.parametrize("is_added", [True, False])
def test_an_item_does_not_bring_or_take_the_type_that_its_introduction_has(is_added):
    text = f"{BASE}\n\n## Liability\n\nIn no event are we liable for damages due to:\n\n- storms\n- wolves on the road"
    found = told(BASE, text) if is_added else told(text, BASE)
    codes = [reason.code for change in found.changes for reason in change.reasons if reason.points]
    event, item = ("added", "extended") if is_added else ("dropped", "narrowed")
    assert sorted(codes) == [f"liability_limitation_{event}", *[f"liability_limitation_{item}"] * 2]


@pytest.mark.parametrize("opening", ["For example, ", "For instance, "])
def test_an_example_lays_down_nothing(opening):
    sentence = "if you write to our office, we respond to you by letter."
    (plain,) = added(sentence.capitalize()).values()
    (example,) = added(f"{opening}{sentence}").values()
    assert "benefit_added" in plain
    assert not example


def test_examples_of_what_is_no_marketing_are_no_exception_to_a_promise():
    found = added("We write to you for purposes other than marketing, such as:\n\n- Telling you of storms")
    assert not any(code.endswith(("_forbidden", "_excepted")) for codes in found.values() for code in codes)


GROUNDS = "{} may end the contract where:\n\n- the rider rides on.\n- {}"


def test_a_ground_below_a_condition_costs_nothing_by_its_own_words():
    ground = "the exporter has suspended the transfer of personal data and it is not restored within a month."
    text = GROUNDS.format("The data exporter", ground)
    assert added(text)[ground].keys() <= {"burden_added"}
    assert "costly_clause_added" in added(ground.capitalize())[ground.capitalize()]


def test_a_ground_to_end_the_contract_is_a_burden_by_the_power_that_it_is_a_ground_of():
    assert added(GROUNDS.format("We", "a letter harms our name."))["a letter harms our name."] == {
        "burden_added": 1
    }


LIMIT = "We do not use or disclose your sensitive data for purposes other than the following:"


def test_a_purpose_that_a_limit_leaves_open_costs_nothing():
    item = "To verify the quality of any other activities with personal data."
    assert not added(f"{LIMIT}\n\n- To carry it.\n- {item}").get(item)
    assert added(f"We do not read your letters except:\n\n- To carry them.\n- {item}")[item]


def test_an_item_below_a_limit_that_takes_more_by_its_own_verb_costs_that():
    item = "We may sell it to data brokers."
    assert added(f"{LIMIT}\n\n- To carry it.\n- {item}")[item]


@pytest.mark.parametrize("came", [True, False])
def test_one_more_condition_of_a_promise_serves_nobody(came):
    short = "## Loss\n\nWe will refund you if:\n\n- your letter was lost on a road of ours.\n"
    long = f"{short}- you must pay a fee of 20 dollars to get your letter.\n"
    found = codes(short, long) if came else codes(long, short)
    assert not {code for code in found if code.startswith("benefit")}
