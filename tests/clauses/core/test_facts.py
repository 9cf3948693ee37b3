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
from tests.clauses.core.texts import facts, one

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


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
        ("Diese Regeln gelten ab dem 4. Mai 2031 für alle.", "effective_date", "2031-05-04", "date"),
        ("The plan renews every 6 months.", "renewal_period", "6", "month"),
        ("Your seat renews by itself, and is billed annually.", "renewal_period", "1", "year"),
        ("Your pass renews itself every month.", "renewal_period", "1", "month"),
        ("Notes are kept for 3 yrs.", "retention", "3", "year"),
        ("Door logs: up to 60 days.", "retention", "60", "day"),
        ("Door repairs: up to 60 days.", "period", "60", "day"),
        ("You shall promptly erase all drafts within nine (9) days.", "period", "9", "day"),
        ("We shall erase all drafts you leave within nine (9) days.", "retention", "9", "day"),
        ("The court may retain outside counsel for 2 years.", "period", "2", "year"),
        ("The court may retain letters to counsel for 2 years.", "retention", "2", "year"),
        (
            "Our liability is limited to three times the fees paid in the previous four months.",
            "liability_cap",
            "12",
            "month",
        ),
        (
            "Our liability is at all times limited to the fees paid in the previous four months.",
            "liability_cap",
            "4",
            "month",
        ),
        ("Our total liability shall not exceed EUR 2.500,75.", "liability_cap", "2500.75", "EUR"),
        (
            "Our total liability shall not exceed $2,000,000,000,000.00.",
            "liability_cap",
            "2000000000000",
            "dollar",
        ),
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
        "You can renew your pass. We look at prices every year.",
        "You may not renew monthly.",
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
    ("text", "kinds"),
    [
        ("We answer within 20 days. We may extend this by two further weeks.", ["response_time", "period"]),
        ("We respond within 20 days, and may take an additional 10 days.", ["response_time", "period"]),
        ("We keep notes for 20 days, and letters for an additional 10 days.", ["retention", "retention"]),
    ],
)
def test_more_time_is_no_deadline_of_its_own(text, kinds):
    assert [fact.kind for fact in facts(text)] == kinds


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


def test_what_lasts_until_someone_opts_out_is_no_time_to_opt_out():
    text = "Letters: for 30 rolling days to find abuse, unless you validly opt out of it."
    (found,) = find_facts(Passage(0, 0, len(text), text, ("How long we keep data",)))
    assert (found.kind, found.value) == ("retention", "30")


@pytest.mark.parametrize("title", ["Feedback is stored", "How long we keep it", "Retention"])
def test_a_figure_in_a_table_is_of_its_own_cell_and_column(title):
    text = "Teams | As your administrator decides, up to 5 years | Unless your administrator objects"
    header = ("Plan", title, "Used for training")
    (found,) = find_facts(Passage(0, 0, len(text), text, ("Accounts",), "", header))
    assert (found.kind, found.value, found.subject) == ("retention", "5", "Teams")


def test_a_column_of_ways_out_keeps_its_window():
    text = "Teams | Yes | You may object within 30 days"
    (found,) = find_facts(Passage(0, 0, len(text), text, (), "", ("Plan", "Stored", "Way out")))
    assert (found.kind, found.value) == ("opt_out_window", "30")


def test_a_row_that_begins_with_what_is_kept_is_about_that():
    text = "Server logs | 90 days | Safety"
    (found,) = find_facts(Passage(0, 0, len(text), text, (), "", ("Data", "Kept for", "Purpose")))
    assert (found.kind, found.subject) == ("retention", "Server logs")
