"""A figure has its subject and its quote, which is made of whole phrases."""

from __future__ import annotations

import pytest

from tests.clauses.core.texts import one


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("You must be at least fifteen (15) years old.", "You must be at least fifteen (15) years old"),
        (
            "Suits must be filed within the longer of 30 days or one season.",
            "within the longer of 30 days or one season",
        ),
        ("Suits must be filed within 30 days or not at all.", "within 30 days"),
        ("Our liability is limited to twice the fees of six months.", "to twice the fees of six months"),
    ],
)
def test_a_quote_is_made_of_whole_phrases(text, quote):
    assert one(text).quote == quote


def test_the_quote_holds_the_figure_and_what_qualifies_it():
    fact = one("We delete notes within 28 days of receipt or generation, except where law forbids.")
    assert fact.quote == "within 28 days of receipt or generation"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("You get 30 days' notice of any price increase.", "any price increase"),
        ("Price changes will be effective 20 days after we post them.", "Price changes"),
        ("You may end this plan with 10 days' notice.", "this plan"),
        ("We will notify you of new partners at least 14 days in advance.", "new partners"),
        ("You may opt out of arbitration within 30 days.", "arbitration"),
        ("We respond to your request within 45 days.", "your request"),
        ("Within 14 days you can get a refund for any plan.", "any plan"),
        ("Cancel your plan at least 24 hours before it renews.", "your plan"),
        ("Any claim must be filed within one year.", "Any claim"),
        ("You must pay each invoice within 30 days.", "each invoice"),
        ("In no event will Acme's total liability exceed $100.", "Acme's total liability"),
        ("Acme shall not be liable for more than $100.", "Acme"),
        ("Children under 13 may not join.", "Children"),
        ("These terms take effect on March 3, 2031.", "These terms"),
        ("You have until May 5, 2031 to accept the new rules.", "accept the new rules"),
        ("Our terms are governed by French law.", "Our terms"),
        ("The laws of Utopia govern any dispute.", "any dispute"),
        ("You agree that all claims will be brought in the courts of Utopia.", "all claims"),
    ],
)
def test_a_figure_says_what_it_is_about(text, subject):
    assert one(text).subject == subject
