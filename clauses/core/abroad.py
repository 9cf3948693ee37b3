"""Types of clauses in other languages than English, by words of law and of terms: found, but never sure.

They help to find and to compare. What is denied, limited or excepted is not read, so they have no say in ratings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clauses.core.folding import folded
from clauses.core.ngrams import words_of
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Evidence, Passage, TypeMatch
from clauses.core.vocabularies import Vocabulary
from clauses.core.whole_phrases import whole_phrase

# All below what a heading gives in English: see `classify.has_say`.
_BY_WORDS, _BY_CONTEXT = 0.2, 0.1
_FOR_EACH_MORE, _MOST_EXTRA = 0.02, 3
# Of as many words the longer say more: "required by law" is closer than "law".
_FOR_LENGTH, _LONGEST = 0.0001, 150
# As in English, "we keep the data we collect" is about retention first, however many words speak of data.
_GENERAL = 0.5
_MOST_EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class _Found:
    """What shows a type: places in the clause's text, and how many patterns fit what stands above it."""

    spans: Sequence[tuple[int, int]]
    above: int

    def __len__(self) -> int:
        return len(self.spans) + self.above


def read_abroad(passage: Passage, taxonomy: Taxonomy) -> tuple[TypeMatch, ...]:
    """The types of a clause in another language, strongest first; empty where no vocabulary has a word of it.

    The language is the one that most common words are of; of several, the one that most words of law are of. Evidence
    is an exact slice of the text; a type that only heading, header cells or introduction show has none.
    """
    lower = folded(passage.text)
    above = folded(" ".join((*passage.heading_path[-1:], *passage.header, passage.intro)))
    readings = [_found(one.types, lower, above) for one in _likely(f"{above} {lower}", taxonomy.abroad)]
    found = max(readings, key=lambda reading: sum(map(len, reading.values())), default={})
    own = {slug: words for slug, words in found.items() if words.spans}
    order = {slug: place for place, slug in enumerate(taxonomy.types)}
    matches = [_match(slug, words, passage.text, taxonomy) for slug, words in (own or found).items()]
    return tuple(sorted(matches, key=lambda match: (-match.score, order[match.slug])))


def _likely(lower: str, vocabularies: Mapping[str, Vocabulary]) -> list[Vocabulary]:
    """The vocabularies of which most common words stand in the text: all where none does."""
    words = set(words_of(lower))
    often = {code: len(words & one.common) for code, one in vocabularies.items()}
    most = max(often.values(), default=0)
    return [one for code, one in vocabularies.items() if often[code] == most]


def _found(vocabulary: Mapping[str, Sequence[re.Pattern[str]]], lower: str, above: str) -> dict[str, _Found]:
    found = {slug: _words(patterns, lower, above) for slug, patterns in vocabulary.items()}
    return {slug: words for slug, words in found.items() if len(words)}


def _words(patterns: Sequence[re.Pattern[str]], lower: str, above: str) -> _Found:
    spans = [hit.span() for pattern in patterns if (hit := pattern.search(lower))]
    return _Found(spans, sum(1 for pattern in patterns if above and pattern.search(above)))


def _match(slug: str, found: _Found, text: str, taxonomy: Taxonomy) -> TypeMatch:
    score = _BY_WORDS if found.spans else _BY_CONTEXT
    score += _FOR_EACH_MORE * min(len(found) - 1, _MOST_EXTRA)
    score += _FOR_LENGTH * min(sum(end - start for start, end in found.spans), _LONGEST)
    score *= _GENERAL if taxonomy.types[slug].general else 1
    return TypeMatch(slug, round(score, 4), "rule", tuple(_evidence(found.spans, text)))


def _evidence(found: Sequence[tuple[int, int]], text: str) -> Iterator[Evidence]:
    """The words found, without those that lie inside others."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not any(first <= start and end <= last for first, last in kept):
            kept.append(whole_phrase(text, start, end))
    for start, end in kept[:_MOST_EVIDENCE]:
        yield Evidence(start, end, text[start:end])
