"""What was learned from decisions, applied to the scores of a clause."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from clauses.core.read import read_clause
from clauses.core.site_head import Lesson, SiteHead, site_head
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage

TEXT = "Send the beehive back in its crate."
SURE = Lesson(bias=-3.0, trust=1.0, words={"beehive": 40.0})


def read(text, head):
    taxonomy = shipped_taxonomy()
    return read_clause(Passage(0, 0, len(text), text), replace(taxonomy, head=head))


def test_a_type_that_only_decisions_taught_shows_the_words_that_speak_for_it():
    match = next(m for m in read(TEXT, SiteHead({"device_return": SURE})).types if m.slug == "device_return")
    assert match.basis == "model"
    assert [words.text for words in match.evidence] == ["beehive"]
    assert TEXT[match.evidence[0].start : match.evidence[0].end] == "beehive"


def test_a_type_that_curators_keep_rejecting_is_no_longer_shown():
    text = "You may opt out of arbitration within 30 days."
    assert "arbitration" in [match.slug for match in read(text, None).types]
    rejecting = SiteHead({"arbitration": Lesson(bias=-9.0, trust=1.0, words={})})
    assert "arbitration" not in [match.slug for match in read(text, rejecting).types]


def test_a_type_nothing_was_learned_of_stays_as_it_is():
    text = "You may opt out of arbitration within 30 days."
    plain, learned = read(text, None), read(text, SiteHead({"device_return": SURE}))
    assert [m for m in learned.types if m.slug != "device_return"] == list(plain.types)


@pytest.mark.parametrize("score", [0.0, 0.3, 0.5, 1.0])
def test_with_full_trust_and_no_words_a_score_stays_nearly_the_same(score):
    lesson = Lesson(bias=0.0, trust=1.0, words={})
    assert lesson.score(score, {}) == pytest.approx(score, abs=0.021)


def test_a_head_survives_being_stored():
    head = SiteHead({"device_return": SURE})
    assert site_head(json.loads(json.dumps(head.plain()))) == head
