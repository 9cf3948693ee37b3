"""The whole reading of one clause."""

from __future__ import annotations

from datetime import date

from clauses.core.blend import best_candidates, read_scored
from clauses.core.classify import ACCEPTED, confidence_of
from clauses.core.facts import find_facts
from clauses.core.learned import with_lessons
from clauses.core.severity import rate_clause
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Classification, Passage, TypeMatch


def read_clause(passage: Passage, taxonomy: Taxonomy, published_on: date | None = None) -> Classification:
    """Types, figures, severity with its reasons, and confidence of a clause, by rules and trained model.

    `published_on` is the day of its version, against which dates without a year are read.
    """
    matches, scores = read_scored(passage, taxonomy)
    if taxonomy.head:
        matches, scores = with_lessons(passage, matches, scores, taxonomy.head)
    facts = find_facts(passage, published_on)
    severity, reasons = rate_clause(passage.text, [m for m in matches if _counts(m)], facts, taxonomy)
    return Classification(matches, severity, confidence_of(matches), reasons, facts, best_candidates(scores))


def _counts(match: TypeMatch) -> bool:
    """Whether a type has a say in the severity: by words anybody can check, or a model that is as sure."""
    return match.basis != "model" or match.score >= ACCEPTED
