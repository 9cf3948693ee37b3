import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.classify import classify_types
from clauses.core.severity import rate_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Fact, Passage
from tests.clauses.core.type_sentences import SENTENCES

TAXONOMY = shipped_taxonomy()
GOOD = [text for good, _ in SENTENCES.values() for text in good]


def rate(text, facts=()):
    matches = classify_types(Passage(0, 0, len(text), text), TAXONOMY)
    return rate_clause(text, matches, facts, TAXONOMY)


def retention(days, quote, value="12", unit="months"):
    return Fact("retention", value, unit, days, "", "", quote, 0, len(quote))


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Disputes are settled by binding arbitration, and you give up your right to go to court.", "high"),
        ("Disputes go to arbitration; you may opt out within 30 days.", "low"),
        ("We may terminate your account at any time, for any reason, without notice.", "high"),
        ("We may terminate your account if you breach our rules; we will notify you.", "low"),
        ("You may close your account at any time.", "none"),
        ("We may change these terms at any time without notice to you.", "high"),
        ("We may change these terms and will notify you at least 30 days before.", "none"),
        ("We do not sell your personal information.", "none"),
        ("We sell your personal information to data brokers.", "medium"),
        ("We use your conversations to train our models, even if you opted out.", "high"),
        ("We use your conversations to train our models; you can opt out in the settings.", "low"),
        ("We never use your conversations to train our models.", "none"),
        ("We do not rent out your data, but we pass your data to advertising partners.", "medium"),
        ("While we do not sell your details, we share your details with advertisers.", "medium"),
        ("Advertisers. We do not share your personal data with advertisers.", "none"),
        ("You grant us a perpetual, sublicensable license to use your content for any purpose.", "high"),
        ("You grant us a license to your content, only to operate the service, until you delete it.", "none"),
        ("Personal data are kept indefinitely, even after you delete your account.", "high"),
        ("You own your content.", "none"),
        ("You must be at least 16 years old.", "low"),
    ],
)  # fmt: skip
def test_severity_follows_the_words_not_the_type(text, severity):
    assert rate(text)[0] == severity


@pytest.mark.parametrize("text", GOOD)
def test_points_add_up_and_every_quote_is_in_the_clause(text):
    severity, reasons = rate(text)
    assert severity == TAXONOMY.rubric.severity(sum(reason.points for reason in reasons))
    assert reasons[0].code.startswith("base:")
    assert all(reason.quote and reason.quote in text for reason in reasons)


@given(st.lists(st.sampled_from(GOOD), min_size=1, max_size=5).map(" ".join))
def test_points_add_up_in_long_clauses(text):
    severity, reasons = rate(text)
    assert severity == TAXONOMY.rubric.severity(sum(reason.points for reason in reasons))
    assert all(reason.quote in text for reason in reasons)


def test_a_clause_without_a_type_is_rated_none_without_reasons():
    assert rate("The garden is open on Sundays.") == ("none", ())


def test_a_long_retention_period_costs_more_than_a_short_one():
    text = "We keep your messages for the period shown."
    short = sum(r.points for r in rate(text, [retention(30.0, "We keep")])[1])
    long = sum(r.points for r in rate(text, [retention(730.0, "We keep")])[1])
    assert short < long


def test_a_fact_of_another_kind_adds_nothing():
    text = "We keep your messages for the period shown."
    other = Fact("minimum_age", "900", "years", 900.0, "", "", "We keep", 0, 7)
    assert rate(text, [other]) == rate(text)


def test_a_factor_far_from_the_words_of_the_type_does_not_count():
    far = "We may terminate your account. The shop is red. The door is green. Gulls eat without notice."
    assert [reason.code for reason in rate(far)[1]] == ["base:account_termination"]


def test_a_denial_is_no_opt_out_and_says_nothing_of_another_sentence():
    codes = {
        reason.code for reason in rate("We never sell your data. We share it with partners for marketing.")[1]
    }
    assert codes.isdisjoint({"not_done", "opt_out_offered"})
    assert "base:third_party_sharing" in codes


def test_a_type_that_only_the_heading_gives_costs_low_at_most():
    passage = Passage(0, 0, 28, "Write to the clerk about it.", ("Governing law",))
    matches = classify_types(passage, TAXONOMY)
    severity, reasons = rate_clause(passage.text, matches, (), TAXONOMY)
    assert (severity, [reason.code for reason in reasons]) == ("low", ["base:choice_of_law"])


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The license of the ferry hangs in the hall.", "low"),
        ("You give us a license to the letters you upload.", "medium"),
        ("Forms for arbitration lie at the desk.", "low"),
        ("We do research, including model training.", "medium"),
        ("Disputes are settled by arbitration.", "medium"),
    ],
)
def test_a_type_that_one_weak_sign_gives_costs_low_at_most(text, severity):
    assert rate(text)[0] == severity
