"""What changes of a few words mean for the user, read from the texts by the whole of the reading."""

import pytest

from bench.changes import read_markdown
from clauses.core.compare import compare
from clauses.core.headline import MAX_LENGTH
from clauses.core.values import severity_rank

FRAME = "# Terms of Northlight\n\n## Letters\n\nThese are the terms between you and Northlight.\n\n{}\n"


def compared(old, new):
    return compare(
        read_markdown(FRAME.format(old)),
        read_markdown(FRAME.format(new)),
        subject="Northlight",
        document="Terms",
    )


@pytest.mark.parametrize(
    ("old", "new", "least", "direction"),
    [
        ("We do not share your data except as required by law.", "", "low", "adverse"),
        ("We never sell your personal data. We keep it safe.", "We keep it safe.", "medium", "adverse"),
        (
            "We share data with partners.",
            "We share data with partners. Even if you opt out, we will use your letters.",
            "medium",
            "adverse",
        ),
        (
            "We keep chat logs for 30 days. We keep billing records for 90 days.",
            "We keep chat logs for 90 days. We keep billing records for 30 days.",
            "medium",
            "mixed",
        ),
        (
            "You may cancel at any time.",
            "You may cancel at any time. You shall give us two months' notice before canceling.",
            "medium",
            "adverse",
        ),
        (
            "We will not use your content to train our models.",
            "We will use your content to train our models only if you opt in.",
            "medium",
            "adverse",
        ),
        (
            "The Developer shall not use output to train other models.",
            "The Developer may use output to train other models.",
            "low",
            "favorable",
        ),
        (
            "We use your data to provide the service.",
            "We use your data to provide the service and to develop other products.",
            "low",
            "adverse",
        ),
        (
            "In this case you choose a refund or a voucher.",
            "In this case we choose a refund or a voucher.",
            "medium",
            "adverse",
        ),
        (
            "Our liability is limited to the greater of 100 USD and the fees you paid.",
            "Our liability is limited to the lesser of 100 USD and the fees you paid.",
            "medium",
            "adverse",
        ),
        (
            "You must report a loss within 24 hours.",
            "You must report a loss within 72 hours.",
            "medium",
            "favorable",
        ),
        ("We encrypt all letters and test our locks every year.", "", "low", "adverse"),
        (
            "The Service will not share your letters with others.",
            "The Service may share your letters with others.",
            "medium",
            "adverse",
        ),
        ("Your account will not be suspended.", "Your account may be suspended.", "medium", "adverse"),
        (
            "We tell you of a breach within 72 hours.",
            "We tell you of a breach within 30 days.",
            "medium",
            "adverse",
        ),
        ("You can appeal within 180 days.", "You can appeal within 30 days.", "medium", "adverse"),
        ("The monthly fee is $10.", "The monthly fee is $100.", "medium", "adverse"),
        ("We may not read your letters.", "We may read your letters.", "medium", "adverse"),
    ],
)
def test_a_change_costs_the_one_whom_its_words_bind(old, new, least, direction):
    found = compared(old, new)
    assert found.direction == direction
    assert severity_rank(found.severity) >= severity_rank(least)
    assert all(reason.quote for change in found.changes for reason in change.reasons)
    back = compared(new, old)
    opposite = {"adverse": "favorable", "favorable": "adverse", "mixed": "mixed"}
    assert back.direction in {opposite[direction], "mixed"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We keep letters for 24 months.", "We keep letters for two years."),
        ("The Sender shall pay the postage.", "The Sender must pay the postage."),
        ("Read our policy.", "Read our policy (opens in a new window)."),
        ("We will never sell your data.", "Your data will never be sold."),
        ("Call us between nine and five.", "Call us between nine and five on weekdays about orders."),
        ("See https://north.example/a for letters.", "See https://north.example/b for letters."),
        ("The Free servces may end.", "The Free services may end."),
        ("Write to us at 5 Mill Lane, Tolby 94110.", "Write to us at 12 Harbor Street, Tolby 94158."),
    ],
)
def test_what_only_reads_otherwise_is_none(old, new):
    found = compared(old, new)
    assert (found.severity, found.direction) == ("none", "neutral")
    assert found.kind != "substantive"


@pytest.mark.parametrize(
    ("old", "new", "code", "direction"),
    [
        ("the laws of France", "the laws of the State of Delaware", "governing_law_replaced", "neutral"),
    ],
)
def test_another_law_counts_though_nobody_can_say_for_whom(old, new, code, direction):
    found = compared(f"These terms are governed by {old}.", f"These terms are governed by {new}.")
    assert (found.severity, found.direction) == ("medium", direction)
    assert found.changes[0].reasons[0].code == code


def test_a_cap_of_severity_is_quoted_from_the_clause_itself():
    old = "If you are a government user, we keep your letters for 30 days."
    found = compared(old, old.replace("30 days", "five years"))
    reasons = {reason.code: reason for reason in found.changes[0].reasons}
    assert found.severity == "medium"
    assert reasons["narrow_audience"].points == 0
    assert reasons["narrow_audience"].quote == "If you are a government user"
    assert compared("We keep letters for 30 days.", "We keep letters for five years.").severity == "high"


def test_a_change_set_shows_its_worst_and_its_best_side_and_goes_on_in_three_sentences():
    old = "We keep letters for 30 days.\n\nWe may sell your data.\n\n## Other\n\nWe write in ink."
    new = "We keep letters for five years.\n\nWe never sell your data.\n\n## Other\n\nWe write in ink."
    found = compared(old, new)
    assert (found.adverse, found.favorable) == ("high", "high")
    assert found.severity == "high"
    assert 0 < len(found.summary) <= 3
    assert all(sentence.endswith(".") for sentence in found.summary)
    assert found.summary[-1].startswith("2 clauses changed: 2 reworded;")
    assert len(found.headline) <= MAX_LENGTH


def test_who_is_named_is_read_from_what_changed_alone():
    old = "Children may write to us.\n\nWe keep letters for 30 days."
    found = compared(old, old.replace("30 days", "five years"))
    assert found.affected == ()
    named = compared(
        old,
        old.replace("We keep letters for 30 days", "We keep letters of enterprise customers for five years"),
    )
    assert named.affected == ("business customers",)
