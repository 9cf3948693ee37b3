"""A way out of what nobody does is neither gained nor lost."""

import pytest

from bench.changes import read_markdown
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.changed_types import inventory
from clauses.core.stances import ALLOWED, CONSENT
from tests.clauses.core.test_compare_true_statements import FRAME, codes

ADS = "We use your data to show you personalized advertising."
NO_ADS = "We do not use your data for targeted advertising."
WAY_OUT = "You can also opt out of interest-based advertising with the tool of the guild."


def ways_out(old, new):
    return {code for code in codes(old, new) if code.startswith(("opt_out_", "benefit_"))}


@pytest.mark.parametrize("without", ["", NO_ADS])
def test_a_way_out_that_comes_or_goes_with_its_practice_is_neither_gain_nor_loss(without):
    with_it = f"{ADS}\n\n{WAY_OUT}"
    assert ways_out(with_it, without) == set()
    assert ways_out(without, with_it) == set()


def test_a_way_out_of_a_practice_that_stays_is_lost_when_it_goes_and_gained_when_it_comes():
    assert ways_out(f"{ADS}\n\n{WAY_OUT}", ADS) == {"opt_out_dropped"}
    assert ways_out(ADS, f"{ADS}\n\n{WAY_OUT}") == {"opt_out_added"}


def test_a_way_out_of_a_practice_that_neither_version_tells_of_counts():
    assert ways_out(WAY_OUT, "") == {"opt_out_dropped"}


def test_a_way_out_beside_one_that_is_denied_counts():
    text = f"{ADS}\n\nYou cannot opt out of bills, but you can opt out of advertising."
    assert ways_out("", text) >= {"opt_out_added", "opt_out_forbidden"}


@pytest.mark.parametrize("case", ["In such a case, we", "Once you opt out, we"])
def test_a_promise_to_those_who_opt_out_is_one_of_what_the_other_version_did(case):
    training = "We use your letters to train our models."
    promise = (
        f"Opt out of the model school in your account. {case} will not use your letters to train our models."
    )
    both = f"{training}\n\n{promise}"
    assert codes(training, both)["ai_training_forbidden"] == "favorable"
    assert codes(both, training)["ai_training_ban_dropped"] == "adverse"
    assert not {"ai_training_forbidden", "benefit_added"} & codes("", both).keys()
    assert not {"ai_training_ban_dropped", "benefit_removed"} & codes(both, "").keys()


def test_a_row_that_names_consent_as_the_ground_permits_by_consent():
    table = "| Purpose | Ground |\n|---|---|\n| To write to you | {}for marketing by letter |\n"

    def stood(ground):
        clauses = read_markdown(FRAME + table.format(ground))
        return inventory(clauses, shipped_change_rubric()).stances["ad_targeting"]

    assert stood("Contract: for the post. Consent: ") == {CONSENT}
    assert stood("Contract: ") == {ALLOWED}


def test_a_way_out_counts_beside_a_promise_that_both_versions_make():
    promise = "## Advertising\n\nWe do not use your letters for targeted advertising."
    way = "You can opt out of advertising and marketing emails at any time."
    assert "opt_out_added" in codes(promise, f"{promise}\n\n## Emails\n\n{way}")
    assert "opt_out_dropped" in codes(f"{promise}\n\n## Emails\n\n{way}", promise)


@pytest.mark.parametrize(
    "text",
    [
        "We sell your personal data to brokers and delete it upon your request.",
        "We rely on consent: for marketing letters. We sell your personal data to brokers.",
    ],
)
def test_what_is_done_besides_at_the_users_wish_ties_a_practice_to_nothing(text):
    assert "data_sale_allowed" in codes("", f"## Sale\n\n{text}")
