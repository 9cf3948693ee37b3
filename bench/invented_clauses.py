"""Invented clauses of every type, in words as unevenly used as real ones: text, types, rating and figures."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from bench.redline_pairs import LIGHT
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import severity_at

_SYLLABLES = [f"{one}{two}" for one in "bcdfghlmnprstvw" for two in "aeiou"]
_RARE_WORDS = 9_000
_TERMS = [
    "account",
    "service",
    "content",
    "notice",
    "payment",
    "device",
    "partner",
    "request",
    "report",
    "law",
    "court",
    "consent",
    "choice",
    "record",
    "message",
    "profile",
    "feature",
    "update",
    "language",
    "region",
    "security",
    "team",
    "support",
    "address",
    "purpose",
    "legal",
    "period",
]
_PERIODS = [(7, 1, "week"), (14, 14, "day"), (30, 30, "day"), (90, 90, "day"), (730, 2, "year")]
_FACT_OF_TYPE = {
    "data_retention": "retention",
    "unilateral_change": "notice_period",
    "claim_time_limit": "claim_period",
    "refunds": "refund_period",
}
_NONE, _FORTY_PERCENT = "", 0.4


@dataclass(frozen=True, slots=True)
class InventedClause:
    """A clause as the analysis would leave it. `types`, `reasons` and `facts` are rows as they are stored."""

    text: str
    types: list[dict[str, Any]]
    reasons: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    confidence: str

    @property
    def severity(self) -> int:
        """0 for none to 3 for high, by the thresholds of the shipped rubric."""
        rubric = shipped_taxonomy().rubric
        points = sum(row["points"] for row in self.reasons)
        word = severity_at(points, high=rubric.high, medium=rubric.medium, low=rubric.low)
        return ("none", "low", "medium", "high").index(word)


class Author:
    """Writes clauses; the same seed writes the same ones. Words and types follow Zipf's law."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        rare = ["".join(self.chance.choices(_SYLLABLES, k=3)) for _ in range(_RARE_WORDS)]
        self._words = [*LIGHT, *_TERMS, *rare]
        self._word_weights = list(accumulate(1 / (rank + 4) for rank in range(len(self._words))))
        self._types = list(shipped_taxonomy().types.values())
        self._type_weights = list(accumulate(1 / (rank + 2) for rank in range(len(self._types))))
        self._factors = [factor for factor in shipped_taxonomy().rubric.factors if factor.points]

    def sentence(self) -> str:
        """A sentence of words that mean nothing."""
        count = self.chance.randint(8, 26)
        words = self.chance.choices(self._words, cum_weights=self._word_weights, k=count)
        return f"{' '.join(words).capitalize()}."

    def heading(self) -> str:
        """Two to four words."""
        words = self.chance.choices(self._words, cum_weights=self._word_weights, k=self.chance.randint(2, 4))
        return " ".join(words).capitalize()

    def clause(self) -> InventedClause:
        """A clause of no type, of one or of two."""
        count = 0 if self.chance.random() < _FORTY_PERCENT else self.chance.choice((1, 1, 1, 2))
        chosen = self.chance.choices(self._types, cum_weights=self._type_weights, k=count)
        types = {found.slug: found for found in chosen}
        openings = {slug: f"This is about {found.name.lower()}." for slug, found in types.items()}
        facts, figure = self._figure(list(types))
        sentences = [*openings.values(), figure, *(self.sentence() for _ in range(self.chance.randint(1, 4)))]
        text = " ".join(filter(None, sentences))
        matches = [
            {
                "slug": slug,
                "score": round(self.chance.uniform(0.5, 1), 2),
                "basis": self.chance.choice(("rule", "model", "both")),
                "evidence": [{"start": (at := text.index(words)), "end": at + len(words), "text": words}],
            }
            for slug, words in openings.items()
        ]
        for fact in facts:
            fact["start"] = text.index(fact["quote"])
            fact["end"] = fact["start"] + len(fact["quote"])
        reasons = self._reasons(list(types.values()), openings)
        return InventedClause(text, matches, reasons, facts, self.chance.choice(("low", "medium", "high")))

    def _figure(self, slugs: list[str]) -> tuple[list[dict[str, Any]], str]:
        kind = next((_FACT_OF_TYPE[slug] for slug in slugs if slug in _FACT_OF_TYPE), "")
        if not kind:
            return [], _NONE
        days, value, unit = self.chance.choice(_PERIODS)
        subject = " ".join(self.chance.choices(_TERMS, k=2))
        words = f"{value} {unit}{'' if value == 1 else 's'}"
        fact = {"kind": kind, "value": str(value), "unit": unit, "normalized": str(float(days))}
        return [fact | {"subject": subject, "condition": "", "quote": words}], f"For {subject} it is {words}."

    def _reasons(self, types: list[Any], openings: dict[str, str]) -> list[dict[str, Any]]:
        if not types:
            return []
        first = types[0]
        reasons = [{"code": f"base:{first.slug}", "points": first.base_points, "quote": openings[first.slug]}]
        for factor in self.chance.sample(self._factors, k=self.chance.randint(0, 2)):
            reasons.append({"code": factor.code, "points": factor.points, "quote": openings[first.slug]})
        return reasons
