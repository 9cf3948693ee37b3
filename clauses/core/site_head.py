"""What a site's own decisions teach: for a type, how far to trust its score, and the words that speak for it here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clauses.core.ngrams import word_grams

# Scores are taken no nearer to certain than this: beyond, no word could ever count against them.
_SUREST = 0.98
# A type that neither rules nor model speak of has this score.
SILENT = 0.02


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned of one type: a sum of its score's log-odds, by `trust`, of a `bias` and of words."""

    bias: float
    trust: float
    words: Mapping[str, float]

    def score(self, before: float, grams: Mapping[str, float]) -> float:
        """The score of the type in a text with these n-grams, from the score it had before."""
        pull = sum(self.words.get(gram, 0.0) * value for gram, value in grams.items())
        return 1 / (1 + math.exp(-(self.bias + self.trust * log_odds(before) + pull)))


@dataclass(frozen=True, slots=True)
class SiteHead:
    """The lessons of a site, by type."""

    lessons: Mapping[str, Lesson]

    def adjusted(self, scores: Mapping[str, float], lower: str) -> dict[str, float]:
        """The scores of all types in a folded text, those changed of which something was learned."""
        grams = weighed_grams(lower)
        learned = {
            slug: lesson.score(scores.get(slug, SILENT), grams) for slug, lesson in self.lessons.items()
        }
        return {**scores, **learned}

    def words_for(self, slug: str) -> Mapping[str, float]:
        """The words that speak for a type, with their weights; none where nothing was learned of it."""
        return self.lessons[slug].words if slug in self.lessons else {}

    def plain(self) -> dict[str, Any]:
        """As JSON values, for storing."""
        return {
            slug: {"bias": lesson.bias, "trust": lesson.trust, "words": dict(lesson.words)}
            for slug, lesson in self.lessons.items()
        }


def site_head(plain: Mapping[str, Any]) -> SiteHead:
    """The head that was stored as JSON values."""
    return SiteHead(
        {slug: Lesson(row["bias"], row["trust"], dict(row["words"])) for slug, row in plain.items()}
    )


def log_odds(score: float) -> float:
    """A score as what adds up: 0 for even odds."""
    bounded = min(max(score, 1 - _SUREST), _SUREST)
    return math.log(bounded / (1 - bounded))


def weighed_grams(lower: str) -> dict[str, float]:
    """The words and pairs of words of a folded text, each once; together they have length 1 as a vector."""
    grams = dict.fromkeys(word_grams(lower))
    weight = 1 / math.sqrt(len(grams)) if grams else 0.0
    return dict.fromkeys(grams, weight)
