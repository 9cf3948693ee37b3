import pytest

from bench.changes import read_markdown


def kinds(text):
    """The kinds of the periods in the last clause of a text."""
    return [fact.kind for fact in read_markdown(text)[-1].classification.facts]


@pytest.mark.parametrize(
    "text",
    [
        "# Terms\n\n## Deletion\n\nWe decide within 90 days whether your letters may stay.",
        "# Terms\n\n## Data retention\n\nWithin 90 days we review your account and decide whether to keep it.",
        "# Terms\n\n## Moderation\n\nOur team will rule on it within 90 days and store the outcome.",
    ],
)
def test_the_time_for_a_decision_of_the_company_is_the_time_for_an_answer(text):
    assert kinds(text) == ["response_time"]


def test_the_time_in_which_the_user_decides_is_none():
    assert kinds("# Terms\n\n## Refunds\n\nIf you decide to cancel within 14 days, we pay.") == [
        "refund_period"
    ]


FEES = "# Terms\n\n## Fees and refunds\n\n| Service | Fee | Due |\n|---|---|---|\n| {} |\n"


@pytest.mark.parametrize("row", ["Withdrawal | $5 | within 30 days", "Listing | 3% | 14 days"])
def test_when_a_fee_is_due_is_no_time_to_ask_for_a_refund(row):
    assert "refund_period" not in kinds(FEES.format(row))


def test_what_is_given_back_under_the_same_heading_is():
    text = "# Terms\n\n## Fees and refunds\n\nYou get your fees back within 30 days of your purchase."
    assert kinds(text) == ["refund_period"]
