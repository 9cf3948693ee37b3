"""How often the topic that comes first is right, said by more signs than its share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clauses.core.values import OTHER, TypeMatch

# A rule's score from here on counts as explicit words.
EXPLICIT_WORDS = 0.8
# Shares are taken no nearer to certain than this.
_SUREST = 0.999
_MOST_OTHERS = 3
_MOST = 0.5
# Behind these come no others: see `signs_of`.
SIGNS = 4


@dataclass(frozen=True, slots=True)
class Sureness:
    """Weights of the signs in their order, and what to add for each topic: some are mistaken more often than others."""

    weights: Sequence[float]
    offsets: Mapping[str, float]

    def of(self, topic: str, share: float, rival: float, matches: Sequence[TypeMatch]) -> float:
        """From 0 to 1; from `classify.ACCEPTED` on it is right in as many texts as may be shown without a look.

        Without words that anybody can check it is never more than the share: texts unlike those learned from, about
        nothing the model knows, would come out too high.
        """
        signs = signs_of(topic, share, rival, matches)
        odds = self.offsets.get(topic, 0.0) + sum(w * s for w, s in zip(self.weights, signs, strict=True))
        sure = 1 / (1 + math.exp(-odds))
        return sure if may_rise(topic, share, matches) else min(sure, share)


# A share that is taken at its word.
AS_SHARED = Sureness((1.0, 0.0, 0.0, 0.0), {})


def may_rise(topic: str, share: float, matches: Iterable[TypeMatch]) -> bool:
    """Whether a topic may be surer than its share: explicit words show it, or "other" has most of the share."""
    if topic == OTHER:
        return share >= _MOST
    return any(match.slug == topic and match.score >= EXPLICIT_WORDS for match in matches)


def signs_of(topic: str, share: float, rival: float, matches: Iterable[TypeMatch]) -> tuple[float, ...]:
    """The log-odds of its share and of the share next to it, the score of its rule (0 without one), and how many
    other types explicit words show.
    """
    by_rule = {match.slug: match.score for match in matches}
    others = sum(score >= EXPLICIT_WORDS for slug, score in by_rule.items() if slug != topic)
    return _log_odds(share), _log_odds(rival), by_rule.get(topic, 0.0), float(min(others, _MOST_OTHERS))


def _log_odds(share: float) -> float:
    bounded = min(max(share, 1 - _SUREST), _SUREST)
    return math.log(bounded / (1 - bounded))
