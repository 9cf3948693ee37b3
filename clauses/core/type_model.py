"""The trained reader of clause types: one weighted sum of n-grams and rule signs a type, and nothing else.

It has two kinds of heads. A *topic* head says how well a type names what the text is about, against the other
topics ("other" among them). A *presence* head says whether a text speaks of something at all; it exists for
types that often come second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from clauses.core.ngrams import part_grams, word_grams, words_of
from clauses.core.sureness import EXPLICIT_WORDS, Sureness
from clauses.core.values import TypeMatch

# How many tokens are remembered with the places of their parts; texts repeat themselves.
_REMEMBERED = 20_000
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Grams:
    """The known n-grams of one kind with their rarity; `first` is the row of the weights they begin at."""

    rows: Mapping[str, int]
    rarity: Floats
    first: int

    def known(self, grams: Iterable[str]) -> list[int]:
        """The places of those n-grams that are known, in order, repeats included."""
        return [place for place in map(self.rows.get, grams) if place is not None]

    def weigh(self, found: Sequence[int]) -> tuple[Places, Floats]:
        """Rows and values of n-grams by place; the values have length 1 as a vector."""
        places, often = np.unique(np.array(found, np.intp), return_counts=True)
        values = (1 + np.log(often)) * self.rarity[places]
        length = float(np.sqrt(values @ values))
        return places + self.first, (values / length if length else values).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one text: a share of 1 for each topic, and 0 to 1 for each presence head."""

    topics: Mapping[str, float]
    presence: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TypeModel:
    """Weights by row (n-grams, then rule signs) and head (topics, then presences).

    `weights * scales` are the trained weights: they are stored as whole numbers from -127 to 127. Of `rules`
    each slug has two rows: explicit words, and a weaker sign.
    """

    words: Grams
    parts: Grams
    rules: Sequence[str]
    topics: Sequence[str]
    presences: Sequence[str]
    weights: npt.NDArray[np.int8]
    scales: Floats
    intercepts: Floats
    rule_weight: float
    temperature: float
    slopes: Floats
    offsets: Floats
    sureness: Sureness
    _seen: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)

    def read(self, lower: str, matches: Iterable[TypeMatch]) -> Reading:
        """Topics and presences of a folded text, with what the rules found in it."""
        margins = self.margins(lower, matches)
        count = len(self.topics)
        shares = np.exp((margins[:count] - margins[:count].max()) / self.temperature)
        shares /= shares.sum()
        presence = 1 / (1 + np.exp(-(self.slopes * margins[count:] + self.offsets)))
        return Reading(
            dict(zip(self.topics, shares.tolist(), strict=True)),
            dict(zip(self.presences, presence.tolist(), strict=True)),
        )

    def margins(self, lower: str, matches: Iterable[TypeMatch]) -> Floats:
        """The raw sum of every head, topics first."""
        rows, values = self.features(lower, matches)
        sums: Floats = values @ self.weights[rows].astype(np.float32)
        return sums * self.scales + self.intercepts

    def features(self, lower: str, matches: Iterable[TypeMatch]) -> tuple[Places, Floats]:
        """Rows and values of everything that is weighed."""
        word_rows, word_values = self.words.weigh(self.words.known(word_grams(lower)))
        part_rows, part_values = self.parts.weigh(self._parts(lower))
        signs = list(rule_signs(matches, self.rules, self.rule_weight))
        first = self.parts.first + len(self.parts.rarity)
        rows = np.concatenate((word_rows, part_rows, np.array([first + row for row, _ in signs], np.intp)))
        values = np.concatenate((word_values, part_values, np.array([v for _, v in signs], np.float32)))
        return rows, values

    def _parts(self, lower: str) -> list[int]:
        found: list[int] = []
        for token in lower.split():
            places = self._seen.get(token)
            if places is None:
                places = self.parts.known(part_grams(token))
                if len(self._seen) >= _REMEMBERED:
                    self._seen.clear()
                self._seen[token] = places
            found += places
        return found

    def knows(self, lower: str) -> bool:
        """Whether most words are known to it: of another language it has nothing to say."""
        words = words_of(lower)
        return bool(words) and 2 * len(self.words.known(words)) >= len(words)

    def pulls(self, lower: str, slug: str) -> dict[str, float]:
        """What each n-gram of a text adds for a type, in the head that speaks for it."""
        head = self._head(slug)
        pulls: dict[str, float] = {}
        for grams, found in ((self.words, words_of(lower)), (self.parts, part_grams(lower))):
            known = [gram for gram in dict.fromkeys(found) if gram in grams.rows]
            places = [grams.rows[gram] for gram in known]
            weights = self.weights[np.array(places, np.intp) + grams.first, head] * grams.rarity[places]
            pulls |= dict(zip(known, weights.tolist(), strict=True))
        return pulls

    def pull_of(self, token: str, pulls: Mapping[str, float]) -> float:
        """What one token adds, of the pulls of its text: its words and their parts."""
        found = {*words_of(token), *part_grams(token)}
        return sum(pulls.get(gram, 0.0) for gram in sorted(found))

    def _head(self, slug: str) -> int:
        if slug in self.presences and slug not in self.topics:
            return len(self.topics) + list(self.presences).index(slug)
        return list(self.topics).index(slug)


def rule_signs(
    matches: Iterable[TypeMatch], rules: Sequence[str], weight: float
) -> Iterable[tuple[int, float]]:
    """Row and value of what the rules found: explicit words in the first half of the rows, weaker signs after."""
    places = {slug: place for place, slug in enumerate(rules)}
    for match in matches:
        if match.slug not in places:
            continue
        if match.score >= EXPLICIT_WORDS:
            yield places[match.slug], weight
        else:
            yield len(rules) + places[match.slug], weight * match.score * 2
