"""The whole reading of one clause."""

from __future__ import annotations

from datetime import date

from clauses.core.classify import classify_types, confidence_of
from clauses.core.facts import find_facts
from clauses.core.severity import rate_clause
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Classification, Passage


def read_clause(passage: Passage, taxonomy: Taxonomy, published_on: date | None = None) -> Classification:
    """Types, figures, severity with its reasons, and confidence of a clause, by rule alone.

    `published_on` is the day of its version, against which dates without a year are read.
    """
    matches = classify_types(passage, taxonomy)
    facts = find_facts(passage, published_on)
    severity, reasons = rate_clause(passage.text, matches, facts, taxonomy)
    return Classification(matches, severity, confidence_of(matches), reasons, facts)
