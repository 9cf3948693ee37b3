"""Denials, their exceptions and consent: who says no, to what, and for how long it holds."""

import pytest

from clauses.core.classify import classify_types
from clauses.core.read import read_clause
from clauses.core.severity import rate_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage

TAXONOMY = shipped_taxonomy()
FOUND = True
NOT_FOUND = False

ROWS = [
    ("not_done", FOUND, 'We don\'t "sell" your personal information, as that word is used by the law of Oz.'),
    ("not_done", FOUND, "The ferry does not “sell” your personal data."),
    ("not_done", NOT_FOUND, 'We "sell" your personal data, as that word is used by the law of Oz.'),
    ("not_done", NOT_FOUND, "We never share your data, other than with our partners."),
    ("not_done", NOT_FOUND, "We never share your data, apart from what our partners ask for."),
    ("not_done", NOT_FOUND, "We do not sell your personal data, save for a list of addresses."),
    ("not_done", NOT_FOUND, "We may not sell your personal data without your written consent."),
    ("not_done", FOUND, "We do not share your data with partners or others."),
    ("not_done", NOT_FOUND, "Share with third parties no information you are not comfortable with."),
    ("not_done", FOUND, "No personal information is ever shared with third parties."),
    ("not_done", NOT_FOUND, "This policy does not apply if you use the ferries of third parties."),
    ("not_done", NOT_FOUND, "These terms do not give third parties any rights to your data."),
    ("not_done", FOUND, "The ferry does not give your data to third parties."),
    ("not_done", NOT_FOUND, "Your browser may send a Do Not Track request."),
    ("not_done", FOUND, "We do not track you across other websites."),
    ("not_done", FOUND, "Voice recordings | Not stored"),
    ("not_done", NOT_FOUND, "Voice recordings | Stored on our servers"),
    (
        "not_done",
        FOUND,
        "Northlight will not: (a) sell your personal data; or (b) train models on your letters.",
    ),
    (
        "not_done",
        NOT_FOUND,
        "Northlight may: (a) sell your personal data; or (b) train models on your letters.",
    ),
    ("not_done", NOT_FOUND, "You may not: (a) share your personal data; or (b) sell seats."),
    ("default_on", NOT_FOUND, "We do not use your letters to train our models unless you opt in."),
    ("default_on", FOUND, "We use your letters to train our models unless you opt out."),
    ("default_on", NOT_FOUND, "We will not use your letters to train our models unless you turn this on."),
    ("default_on", FOUND, "We use your letters to train our models unless you turn this off."),
    (
        "done_only_with_consent",
        FOUND,
        "We will only use your letters for training our models if you have turned this on.",
    ),
    (
        "done_only_with_consent",
        FOUND,
        "WE DO NOT USE YOUR LETTERS TO TRAIN OUR MODELS UNLESS YOU'VE EXPLICITLY AGREED TO IT.",
    ),
    ("done_only_with_consent", FOUND, "We may not sell your personal data without your consent."),
    ("done_only_with_consent", NOT_FOUND, "We may sell your personal data without your consent."),
    ("done_only_with_consent", NOT_FOUND, "If you enable Do Not Track, we still set cookies."),
    ("not_without_consent", FOUND, "We do not sell your personal data unless you have agreed."),
    ("not_without_consent", NOT_FOUND, "We do not sell your personal data unless you opt out."),
    ("not_without_consent", NOT_FOUND, "With your consent we sell your personal data."),
    (
        "opt_out_offered",
        NOT_FOUND,
        "WE DO NOT USE YOUR LETTERS TO TRAIN OUR MODELS UNLESS YOU'VE EXPLICITLY AGREED TO IT.",
    ),
    (
        "signal_ignored",
        NOT_FOUND,
        "If your browser sends a Do Not Track (DNT) signal, the ferry will not set cookies it does not need.",
    ),
    ("signal_ignored", NOT_FOUND, "We honor Do Not Track signals and do not ignore them."),
    ("signal_ignored", FOUND, "Our cookies do not respond to Do Not Track signals."),
    ("signal_ignored", FOUND, "Do Not Track requests are ignored by our cookies."),
    ("signal_ignored", FOUND, "We don't recognize the DNT signal of a browser."),
    (
        "training_excluded",
        FOUND,
        "We exclude your letters from the training of our models.",
    ),
    ("training_excluded", FOUND, "Your letters serve all purposes, except for training our models."),
    ("training_excluded", NOT_FOUND, "We use your letters to train our models, excluding your name."),
    ("training_excluded", NOT_FOUND, "Your letters serve all purposes, also for training our models."),
    ("not_demanded", FOUND, "There is no arbitration clause in these terms."),
    ("not_demanded", FOUND, "You will not be bound by arbitration."),
    ("not_demanded", FOUND, "You waive no rights to a jury trial."),
    ("not_demanded", FOUND, "Unlike other ferries, we do not require you to waive class actions."),
    ("not_demanded", NOT_FOUND, "You may not bring a class action, and you waive a jury trial."),
    ("not_demanded", NOT_FOUND, "There is no right to class arbitration."),
    ("not_demanded", NOT_FOUND, "Unless you opt out, disputes go to arbitration and not before a jury."),
    ("court_closed", NOT_FOUND, "Arbitration: This section does not apply. Disputes go to your local court."),
    ("court_closed", FOUND, "Disputes go to arbitration and not to your local court."),
    ("optional_arbitration", FOUND, "Arbitration: This section does not apply. Go to your local court."),
    (
        "optional_arbitration",
        NOT_FOUND,
        "Claims go to arbitration, and you may not be required to pay your portion of the fee of the arbitrator.",
    ),
    (
        "optional_arbitration",
        FOUND,
        "An individual has the possibility to invoke binding arbitration of such a claim.",
    ),
    ("optional_arbitration", FOUND, "For what is left, you may invoke binding arbitration before a panel."),
    ("optional_arbitration", NOT_FOUND, "You may only invoke binding arbitration, and no court."),
    ("optional_arbitration", NOT_FOUND, "Northlight may invoke binding arbitration of any claim."),
    ("optional_arbitration", FOUND, "You are not required to agree to arbitration of any claim."),
    (
        "user_pays_costs",
        NOT_FOUND,
        "If you are unable to pay your portion of the costs of arbitration, we pay it for you.",
    ),
    ("user_pays_costs", FOUND, "Claims go to arbitration, and you pay half of the costs."),
]


def read(text):
    return rate_clause(text, classify_types(Passage(0, 0, len(text), text), TAXONOMY), (), TAXONOMY)


@pytest.mark.parametrize(("factor", "is_expected", "text"), ROWS)
def test_a_denial_counts_as_far_as_it_goes(factor, is_expected, text):
    quotes = {reason.code: reason.quote for reason in read(text)[1]}
    assert len(quotes) > 0
    assert (factor in quotes) == is_expected
    assert all(quote and quote in text for quote in quotes.values())


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("We don't \"sell\" your personal information.", "none"),
        ("We do not “sell” your details, but we share your details with advertisers.", "medium"),
        ("We may not sell your personal data without your consent.", "low"),
        ("We never share your data, other than with our partners.", "low"),
        ("We do not use your letters to train our models unless you opt in.", "low"),
        ("We use your letters to train our models unless you opt out.", "medium"),
        ("You waive no rights to a jury trial.", "none"),
        ("Letters, for all purposes (excluding model training)", "none"),
        ("You waive your right to a jury trial.", "high"),
        ("There is no arbitration clause in these terms.", "none"),
        ("Claims are heard in the state or local courts in Marlow, which have exclusive jurisdiction.", "high"),
        ("We will not change these terms without 60 days' notice.", "low"),
        ("Voice recordings | Not stored", "none"),
        ("We use tools to filter or mask sensitive data.", "low"),
        ("You have the right to see your data. If we deny your request, you may appeal.", "none"),
    ],
)  # fmt: skip
def test_a_denial_weighs_as_much_as_it_says(text, severity):
    assert read(text)[0] == severity


@pytest.mark.parametrize(
    ("text", "is_expected"),
    [
        ("We retain your messages for 30 days.", True),
        ("We retain your messages for five years, compared to our previous 30-day retention period.", False),
    ],
)
def test_a_period_of_the_past_is_no_credit(text, is_expected):
    result = read_clause(Passage(0, 0, len(text), text), TAXONOMY)
    assert ("kept_at_most_90_days" in {reason.code for reason in result.reasons}) == is_expected


@pytest.mark.parametrize(
    ("intro", "severity"),
    [
        ("We will not:", "none"),
        ("Northlight never does any of this, and will never:", "none"),
        ("We may:", "medium"),
        ("We do none of this except:", "medium"),
        ("You may not:", "low"),
        ("", "medium"),
    ],
)
def test_an_item_of_a_list_is_denied_by_what_introduces_it(intro, severity):
    text = "sell or share your personal data;"
    found = read_clause(Passage(0, 0, len(text), text, ("Data",), intro), TAXONOMY)
    assert found.severity == severity
    assert all(reason.quote in text for reason in found.reasons)
