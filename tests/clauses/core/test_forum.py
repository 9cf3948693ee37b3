"""The law that governs and the place of courts are read where they are named for the agreement."""

from __future__ import annotations

import pytest

from clauses.core.folding import folded
from clauses.core.forum import named_forums


def forums(sentence):
    return [(one.kind, sentence[one.start : one.end]) for one in named_forums(sentence, folded(sentence))]


@pytest.mark.parametrize(
    ("sentence", "law"),
    [
        ("This agreement is governed by the laws of the State of Utopia.", "State of Utopia"),
        ("It shall be construed in accordance with the law of England and Wales.", "England and Wales"),
        ("THE TERMS ARE GOVERNED BY THE LAWS OF NEW YORK WITHOUT REGARD TO CONFLICTS.", "NEW YORK"),
        ("These terms are governed by English law.", "English law"),
        ("If you live in Oz, Utopia law will govern these terms.", "Utopia"),
        ("The laws of the state of Utopia, U.S.A., govern these terms.", "state of Utopia, U.S.A."),
        (
            "The contract is exclusively subject to the laws of the Federal Republic of Utopia.",
            "Federal Republic of Utopia",
        ),
        ("The laws of Utopia, without its rules on conflicts, will apply to any claim.", "Utopia"),
        (
            "These terms are not governed by the rules of the fair but by the laws of Utopia.",
            "Utopia",
        ),
        ("The laws of Utopia, and not those of Oz, will apply.", "Utopia"),
    ],
)
def test_a_governing_law_is_named(sentence, law):
    assert forums(sentence) == [("governing_law", law)]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Claims are heard only in the courts located in Emerald City, Oz.", "Emerald City, Oz"),
        (
            "You submit to the jurisdiction of the courts of the City and County of Oz.",
            "City and County of Oz",
        ),
        ("Both sides accept the exclusive jurisdiction of the English courts.", "English courts"),
        ("The venue for any dispute is Emerald County, Oz, and nowhere else.", "Emerald County, Oz"),
        ("Arbitration will be held in Emerald City.", "Emerald City"),
        ("The seat of arbitration is Emerald City.", "Emerald City"),
    ],
)
def test_a_venue_is_named(sentence, place):
    assert forums(sentence) == [("venue", place)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Any court of competent jurisdiction may hear a claim.",
        "Acme is a company organized under the laws of Utopia.",
        "You may not be barred under the laws of Utopia.",
        "The law of the Oz Member State where you live governs the terms.",
        "The arbitration will be conducted in English.",
        "Disputes are settled as the law of your country says.",
        "We answer an order of a court of Utopia about any claim.",
        "THE LAWS OF SOME REALMS DO NOT ALLOW THIS DISCLAIMER, SO IT MAY NOT APPLY TO YOU.",
        "This contract is not governed by the laws of the Grand Convention on Trade.",
        "These terms are not governed by Utopian law.",
        "The laws of Utopia do not apply to your visit.",
        "We are the controller as governed by Utopian Data Protection Laws.",
        "Consumer Protection law will apply to your visit.",
        "CLAIMS WILL BE RESOLVED IN ARBITRATION RATHER THAN IN COURT IN ACCORDANCE WITH THESE RULES.",
        "This Agreement will be governed by the Governing Laws.",
    ],
)
def test_laws_and_courts_named_for_something_else_are_none(sentence):
    assert forums(sentence) == []
