"""The whole reading of one clause."""

from __future__ import annotations

from datetime import date

from clauses.core.bare_notes import states_no_term
from clauses.core.blend import best_candidates, read_scored
from clauses.core.classify import confidence_of, has_say, lead_of
from clauses.core.facts import find_facts
from clauses.core.learned import with_lessons
from clauses.core.severity import rate_clause
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import OTHER, Classification, Passage, RankedType


def read_clause(passage: Passage, taxonomy: Taxonomy, published_on: date | None = None) -> Classification:
    """Types, figures, severity with its reasons, and confidence of a clause, by rules and trained model.

    `published_on` is the day of its version, against which dates without a year are read.
    """
    facts = find_facts(passage, published_on)
    if not facts and states_no_term(passage):
        return Classification((), "none", confidence_of((), 1.0), (), (), (RankedType(OTHER, 1.0),))
    matches, scores = read_scored(passage, taxonomy)
    if taxonomy.head:
        matches, scores = with_lessons(passage, matches, scores, taxonomy.head)
    severity, reasons = rate_clause(
        passage.text, [match for match in matches if has_say(match)], facts, taxonomy, lead_of(passage)
    )
    confidence = confidence_of(matches, scores.get(OTHER, 0.0))
    return Classification(matches, severity, confidence, reasons, facts, best_candidates(scores))
