"""Figures are read with their meaning, scope and quote."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.facts import find_facts
from clauses.core.segment import segment
from clauses.core.values import Passage
from monitor.core.blocks import Block

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def facts(text, **context):
    return find_facts(Passage(0, 0, len(text), text, **context))


def one(text, **context):
    (fact,) = facts(text, **context)
    return fact


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("We keep server logs for 90 days.", "retention", "90", "day"),
        ("Deleted notes are erased from our disks within thirty (30) days.", "retention", "30", "day"),
        ("Drafts are stored for up to five years.", "retention", "5", "year"),
        ("We will tell you at least 14 days before any change.", "notice_period", "14", "day"),
        ("Either side may end this with two months' written notice.", "notice_period", "2", "month"),
        ("Price changes are effective 15 days after we post them.", "notice_period", "15", "day"),
        ("You may opt out of arbitration within 30 days of signing up.", "opt_out_window", "30", "day"),
        ("You must be at least sixteen (16) years old to join.", "minimum_age", "16", "year"),
        ("The tool is not meant for children under 13.", "minimum_age", "13", "year"),
        ("Our total liability shall not exceed $250.", "liability_cap", "250", "dollar"),
        (
            "Our liability is limited to the fees you paid in the twelve months before the claim.",
            "liability_cap",
            "12",
            "month",
        ),
        ("We answer requests and respond to you within 45 days.", "response_time", "45", "day"),
        ("You can ask for a refund within 14 days of buying.", "refund_period", "14", "day"),
        ("Cancel at least 24 hours before the plan renews.", "renewal_notice", "24", "hour"),
        ("Invoices must be paid within 30 days.", "period", "30", "day"),
        ("You can sue us within two years.", "claim_period", "2", "year"),
        ("A lawsuit has to be started within 18 months of the event.", "claim_period", "18", "month"),
        ("No complaint may be raised more than 1 year after the loss.", "claim_period", "1", "year"),
        ("You have six months to bring a claim.", "claim_period", "6", "month"),
        ("If we cannot settle it within 60 days, you may file a claim.", "period", "60", "day"),
        ("You may file a claim if we have not resolved it within 60 days.", "period", "60", "day"),
        ("You may decline this clause by mail to a@b.example within 30 days.", "opt_out_window", "30", "day"),
        ("The 14-day cancellation period has begun if you told us.", "refund_period", "14", "day"),
        ("The plan renews for successive one-year terms.", "renewal_period", "1", "year"),
        ("Fees in dispute must be raised within the later of: (a) 60 days.", "claim_period", "60", "day"),
        ("Changes will be binding 20 days after we post them.", "notice_period", "20", "day"),
        ("For example, sketches are kept for 20 days.", "retention", "20", "day"),
        ("Our liability is limited to $500 (five hundred dollars).", "liability_cap", "500", "dollar"),
        ("Our liability is limited to US $500.", "liability_cap", "500", "USD"),
        (
            "These terms are governed by the laws of the State of Utopia.",
            "governing_law",
            "State of Utopia",
            "law",
        ),
        ("Disputes are resolved in the courts of Atlantis.", "venue", "Atlantis", "venue"),
        ("Wir speichern Notizen 30 Tage lang.", "retention", "30", "day"),
        ("These terms are effective March 3, 2031.", "effective_date", "2031-03-03", "date"),
        ("You have until May 5, 2031 to choose.", "deadline", "2031-05-05", "date"),
    ],
)
def test_a_figure_gets_its_kind(text, kind, value, unit):
    fact = one(text)
    assert (fact.kind, fact.value, fact.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Support is there 24/7.",
        "Support is there 24 hours a day, 7 days a week.",
        "See Section 30 of these terms.",
        "Requests under 18 U.S.C. 2703 are answered.",
        "Storage costs $5 per day.",
        "We began 18 months ago.",
        "We sold nothing in the preceding 12 months.",
        "Last updated: March 3, 2031.",
        "Accounts made before May 5, 2031 look different.",
        "Partners may use it as long as they obey the rules.",
        "In the 12 months before this day we sold nothing.",
        "No copies are kept indefinitely.",
        "Your physical store gets help as long as you pay.",
        "You keep access for the duration of your plan and are responsible for it.",
        "Do not build tools that target users under 13 years of age.",
        "“Minor” means anyone under the age of 18.",
        "Accounts of teams that hire people under contract are fine.",
    ],
)
def test_other_figures_are_no_facts(text):
    assert facts(text) == ()


@pytest.mark.parametrize(
    ("text", "subject", "condition"),
    [
        ("For all plans, we keep abuse scores for 7 years.", "abuse scores", "For all plans"),
        (
            "We retain notes and drafts for a maximum of 2 years if you report a note.",
            "notes and drafts",
            "if you report a note",
        ),
        (
            "If you pay (e.g., by card): unless we agree, we delete notes on the disk within 28 days.",
            "notes",
            "If you pay (e.g., by card): unless we agree",
        ),
        ("After 30 days, old drafts are removed.", "old drafts", ""),
        ("Session logs: 30 days from collection.", "Session logs", "from collection"),
        ("The five-year retention period also applies to ratings you send.", "ratings you send", ""),
        ("You can clear single notes, which are erased within 30 days.", "single notes", ""),
    ],
)
def test_retention_says_what_is_kept_and_when(text, subject, condition):
    context = {"heading_path": ("How long we keep data",)}
    fact = one(text, **context)
    assert (fact.kind, fact.subject, fact.condition) == ("retention", subject, condition)


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


def test_a_law_says_for_whom_it_is():
    first, second = facts(
        "(a) For members in Utopia, the laws of Utopia apply; (b) for all others, the laws of Atlantis apply."
    )
    assert [(fact.value, fact.condition) for fact in (first, second)] == [
        ("Utopia", "For members in Utopia"),
        ("Atlantis", "for all others"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We keep notes for the period necessary to answer you.", "for the period necessary to answer you"),
        ("Notes are kept until the appeal ends.", "until the appeal ends"),
        ("We delete notes once they are no longer needed.", "once they are no longer needed"),
        ("We keep notes as long as necessary.", "as long as necessary"),
        ("Logs are retained indefinitely.", "indefinitely"),
        ("We store your notes until you delete them.", "until you delete them"),
    ],
)
def test_retention_without_a_number_keeps_the_words(text, value):
    fact = one(text)
    assert (fact.kind, fact.value, fact.unit, fact.normalized) == ("retention", value, "", None)


@pytest.mark.parametrize(
    ("context", "kind"),
    [
        ({"intro": "We retain:"}, "retention"),
        ({"heading_path": ("Data retention",)}, "retention"),
        ({"heading_path": ("Notice",)}, "notice_period"),
        ({"header": ("Cookie", "Duration")}, "retention"),
        ({"heading_path": ("Responsible use",)}, "period"),
        ({}, "period"),
    ],
)
def test_the_context_decides_what_a_bare_period_means(context, kind):
    assert one("Letters | for 30 days", **context).kind == kind


def test_a_row_is_about_the_cell_that_names_it():
    fact = one("Acme | session_id | 2 years", header=("Provider", "Cookie", "Lifespan"))
    assert (fact.subject, fact.normalized) == ("session_id", 730)


def test_the_quote_holds_the_figure_and_what_qualifies_it():
    fact = one("We delete notes within 28 days of receipt or generation, except where law forbids.")
    assert fact.quote == "within 28 days of receipt or generation"


def test_a_day_without_a_year_needs_the_day_of_publication():
    text = "You must choose by September 28."
    passage = Passage(0, 0, len(text), text)
    assert find_facts(passage) == ()
    assert [f.normalized for f in find_facts(passage, date(2031, 8, 1))] == ["2031-09-28"]


SENTENCE_PARTS = (
    "we keep|delete|notice|opt-out|within|for|30|five (5)|days|years-old|age of|13|$100|liability"
    "|exceed|until you|March 3, 2031|.|;|:|if|after|24/7|indefinitely|refund|é|“data”|İ|Notes | 2 days"
)
WORDS = st.sampled_from(SENTENCE_PARTS.split("|"))


@given(st.lists(WORDS, max_size=40))
def test_every_quote_is_an_exact_slice(words):
    text = " ".join(words)
    for fact in facts(text):
        assert text[fact.start : fact.end] == fact.quote != ""


@given(st.integers(1, 900), st.integers(1, 900))
def test_longer_retention_is_longer_when_normalized(one_length, other):
    first, second = (one(f"We keep logs for {n} days.").normalized for n in (one_length, other))
    assert (one_length < other) == (first < second)


def _seed(number):
    lines = next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8").split("\n")
    text = "\n".join(line.strip() for line in lines if line.strip())
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    return [fact for passage in segment(text, blocks) for fact in find_facts(passage)]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the shared texts beside the checkout")
def test_a_real_announcement_gives_its_periods_and_its_deadline():
    found = {(fact.kind, fact.normalized) for fact in _seed("002")}
    assert {("retention", 30.0), ("retention", 1825.0), ("deadline", "2025-09-28")} <= found


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the shared texts beside the checkout")
def test_a_real_help_page_gives_five_periods_with_subject_and_condition():
    found = [fact for fact in _seed("004") if fact.normalized is not None]
    assert [fact.normalized for fact in found] == [28, 90, 730, 2555, 3650]
    assert all(fact.kind == "retention" and fact.subject and fact.condition for fact in found)
