"""The capture gate: whether what was captured is the document, or an error page, a wall, a half-loaded page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a verdict: a code that lasts, and one line of our own words with the figures that decided."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a capture is held back. `outcome` is a value of monitor.models.Outcome.quarantined()."""

    outcome: str
    reasons: tuple[Reason, ...]
