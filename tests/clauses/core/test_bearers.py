"""Who a statement is about, where its subject may be the user as well as the provider."""

import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.norms import norms
from tests.clauses.core.test_compare_signed import rated
from tests.clauses.core.test_compare_true_statements import codes

_RULES = shipped_change_rubric().statements


@pytest.mark.parametrize(
    "text",
    [
        "The data importer shall notify the data exporter of any request.",
        "The data exporter shall delete the data of the users.",
        "Each party shall be liable to the other party for its own breaches.",
        "Both parties will notify each other of a strike.",
    ],
)
def test_what_either_side_may_have_to_do_is_worth_nothing_to_the_user(text):
    assert {norm.worth for norm in norms(text, _RULES)} == {"neutral"}


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Third parties may disclose your letters.", "adverse"),
        ("All third parties may disclose your letters.", "adverse"),
        ("Northlight shall notify the user of any request.", "favorable"),
    ],
)
def test_others_than_the_two_sides_are_known_to_be_others(text, worth):
    assert [norm.worth for norm in norms(text, _RULES)] == [worth]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Each party shall be liable to the other party for any damages that it causes by a breach.", "none"),
        ("The data importer may not invoke the conduct of a processor to avoid its own liability.", "low"),
        ("Northlight shall not be liable for any damages that it causes by a breach.", "medium"),
    ],
)
def test_to_answer_to_each_other_limits_nobody_s_liability(text, severity):
    assert rated("", f"## Liability\n\n{text}")[0] == severity


def test_arbitration_that_people_may_invoke_binds_nobody():
    text = "A member has the possibility, under some conditions, to invoke binding arbitration."
    assert "binding_arbitration_added" not in codes("", f"## Complaints\n\n{text}")
    settled = codes("", "## Complaints\n\nDisputes are settled by binding arbitration.")
    assert settled.keys() & {"binding_arbitration_added", "arbitration_added"}


def test_to_agree_to_a_payment_is_a_duty_and_no_consent_taken_for_given():
    assert "deemed_consent_added" not in codes("", "## Fees\n\nBy using the post you agree to pay its fees.")
    assert "deemed_consent_added" in codes(
        "", "## Fees\n\nBy using the post you agree to be bound by its terms."
    )


def test_third_parties_are_not_both_sides():
    text = "As to the third parties, we are not liable to you for any indirect damages."
    assert rated("", f"## Liability\n\n{text}") == ("medium", "adverse")
