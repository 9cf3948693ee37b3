"""Announcements and changes: what both name, with the words, and nothing on a vague likeness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.change_facts import fact_changes
from clauses.core.mention import (
    LEAST_POINTS,
    SIGNS,
    Announcement,
    ChangedClause,
    ChangedDocument,
    Mention,
    mention,
    reach,
)
from clauses.core.read import read_clause
from clauses.core.segment import segment
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage, ReadClause
from monitor.core.blocks import Block

SEEN = date(2025, 8, 28)
OLD = "We keep your conversations for 30 days after you delete them."
NEW = "We keep your conversations for 5 years after you delete them."
TOLD = "We now keep your conversations for five years instead of 30 days. We keep your conversations for 5 years."


def read(text: str) -> ReadClause:
    """A text as one clause."""
    passage = Passage.alone(text)
    return ReadClause(passage, read_clause(passage, shipped_taxonomy()))


def announcement(*texts: str, seen_on: date = SEEN) -> Announcement:
    """An announcement of these paragraphs."""
    return Announcement([read(text) for text in texts], seen_on)


def changed(
    old: str = OLD,
    new: str = NEW,
    *,
    on: date = SEEN,
    effective_on: date | None = None,
    types: tuple[str, ...] = (),
) -> ChangedDocument:
    """A document in which one clause changed."""
    facts = fact_changes(
        read(old).classification.facts if old else (), read(new).classification.facts if new else ()
    )
    return ChangedDocument(
        "Privacy Policy", "privacy_policy", on, effective_on, [ChangedClause(old, new, facts, types)]
    )


def codes(found: Mention | None) -> dict[str, str]:
    """The signs found, each with its first value."""
    assert found
    values: dict[str, str] = {}
    for reason in found.reasons:
        values.setdefault(reason.code, reason.value)
    return values


def test_the_figures_on_both_sides_are_named_with_both_words() -> None:
    found = mention(announcement("We kept your conversations for 30 days until now.", NEW), changed())
    assert codes(found) == {"new_figure": "5 years", "old_figure": "30 days", "same_week": "28 August 2025"}
    assert found
    assert found.score == 8
    new = found.reasons[0]
    assert (new.here, new.there) == (NEW, NEW)
    old = next(reason for reason in found.reasons if reason.code == "old_figure")
    assert (old.here, old.there) == ("We kept your conversations for 30 days until now.", OLD)


def test_the_day_in_force_is_named_with_the_words_of_both() -> None:
    change = changed(
        "Last updated in May 2025.", "Effective September 28, 2025.", effective_on=date(2025, 9, 28)
    )
    found = mention(announcement("You have until September 28, 2025 to decide. Nothing else."), change)
    assert found
    first = found.reasons[0]
    assert (first.code, first.value) == ("effective_day", "28 September 2025")
    assert first.here == "You have until September 28, 2025 to decide."
    assert first.there == "Effective September 28, 2025."


def test_a_day_without_a_year_is_the_next_one_after_the_announcement() -> None:
    change = changed("", "Effective September 28, 2025.", effective_on=date(2025, 9, 28))
    assert codes(mention(announcement("Decide before September 28."), change))["effective_day"]
    assert mention(announcement("Decide before September 28.", seen_on=date(2024, 8, 1)), change) is None


def test_a_day_that_stood_in_the_text_before_is_no_sign() -> None:
    stood = "You can claim until 28 September 2025."
    change = changed(f"{stood} We may.", f"{stood} We will.")
    assert mention(announcement("Claim until 28 September 2025. Our Privacy Policy is new."), change) is None


@pytest.mark.parametrize(
    "text",
    [
        "Our Privacy Policy is new.",
        "We answer within 30 days.",
        "We keep your voice recordings for 5 years.",
        "The minimum age is 5 years.",
        "We used to keep your conversations for 30 days. Our Privacy Policy is new.",
        "",
    ],
)
def test_nearness_a_name_another_kind_of_figure_or_only_the_old_one_are_not_enough(text: str) -> None:
    assert mention(announcement(text), changed()) is None


def test_a_figure_does_not_reach_over_months() -> None:
    assert (
        mention(announcement(NEW, "Read our Privacy Policy."), changed(on=SEEN + timedelta(days=90))) is None
    )
    assert mention(announcement(NEW, "Read our Privacy Policy."), changed(on=SEEN + timedelta(days=30)))


def test_each_sign_earns_its_points_once_and_further_ones_are_shown() -> None:
    new = "We keep chats for 5 years. We keep your files for 3 years."
    found = mention(announcement(new, "Our Privacy Policy is new."), changed("", new))
    assert found
    figures = [(reason.value, reason.points) for reason in found.reasons if reason.code == "new_figure"]
    assert sorted(points for _, points in figures) == [0, SIGNS["new_figure"].points]
    assert {value for value, _ in figures} == {"5 years", "3 years"}


def test_the_topic_of_the_heaviest_change_counts_where_the_announcement_is_about_it() -> None:
    training = "We use your conversations to train our AI models."
    change = changed("", training, types=("ai_training",))
    told = announcement("We keep it all.", training, "The change takes effect on September 28, 2025.")
    found = mention(told, replace(change, effective_on=date(2025, 9, 28)))
    assert codes(found)["same_topic"] == "ai_training"
    assert found
    assert next(reason for reason in found.reasons if reason.code == "same_topic").there == training


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Updates to our Consumer Terms.", "terms_of_service", "Consumer Terms"),
        ("We updated the Terms of Use.", "terms_of_service", "Terms of Use"),
        ("The cookie notice is new.", "cookie_policy", "cookie notice"),
        ("Our House Rules are new.", "other", "House Rules"),
    ],
)
def test_a_document_is_named_by_its_name_or_by_another_one_of_its_type(
    text: str, kind: str, name: str
) -> None:
    change = replace(changed(), name="House Rules", type=kind)
    assert codes(mention(announcement(text, NEW), change))["document_named"] == name


def test_a_heading_names_a_document_too() -> None:
    text = "Our new Privacy Policy\nWe keep your conversations for 5 years."
    blocks = (Block("heading", 0, 22, 1), Block("paragraph", 23, len(text), 0))
    clauses = [ReadClause(p, read_clause(p, shipped_taxonomy())) for p in segment(text, blocks)]
    assert codes(mention(Announcement(clauses, SEEN), changed()))["document_named"] == "Privacy Policy"


def test_changes_in_reach_lie_around_the_days_that_an_announcement_names() -> None:
    first, last = reach(announcement("It begins on 1 March 2026, as announced on 1 May 1990."))
    assert first == SEEN - timedelta(days=200)
    assert last == date(2026, 3, 1) + timedelta(days=200)


_WORDS = st.sampled_from(
    [OLD, NEW, TOLD, "Effective September 28, 2025.", "Our Privacy Policy.", "We keep it.", ""]
)


@given(
    st.lists(_WORDS, max_size=4),
    _WORDS,
    _WORDS,
    st.integers(-500, 500),
    st.sampled_from([None, date(2025, 9, 28)]),
)
def test_whatever_is_said_every_quote_stands_in_its_text_and_the_points_add_up(
    told: list[str], old: str, new: str, distance: int, effective_on: date | None
) -> None:
    text = announcement(*told)
    change = changed(old, new, on=SEEN + timedelta(days=distance), effective_on=effective_on)
    found = mention(text, change)
    assert found == mention(text, change)
    if found is None:
        return
    assert found.score == sum(reason.points for reason in found.reasons) >= LEAST_POINTS
    assert [reason.points for reason in found.reasons if reason.points] == sorted(
        (reason.points for reason in found.reasons if reason.points), reverse=True
    )
    for reason in found.reasons:
        assert any(reason.here in words for words in [*told, ""])
        assert reason.there in old or reason.there in new
