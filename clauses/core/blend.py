"""The types of a clause by rules and trained model together, each with the words it rests on.

The model ranks the types it knows, with what the rules found as one of its signs. Types it does not know (too few
examples, or a curator's own) stand by the score of their rule. A rule's words are always shown; against the
model's opinion they come to a middling score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clauses.core.classify import lead_of, read_rules
from clauses.core.folding import folded
from clauses.core.ngrams import tokens
from clauses.core.sentences import sentences
from clauses.core.taxonomy import Taxonomy
from clauses.core.type_model import Reading, TypeModel
from clauses.core.values import Basis, Evidence, Passage, RankedType, TypeMatch

OTHER = "other"
# From here on the model alone shows a type.
SHOWN = 0.5
# From here on the text speaks of a type, for the model: too weak to be shown without a rule's words.
SPOKEN_OF = 0.2
# What a text merely speaks of, beside what it is about, comes to at most this.
_BESIDE = 0.4
# A rule's words against the model's opinion.
_AGAINST = 0.5
_CANDIDATES = 5
_LONGEST_READ = 1500
_MOST_WORDS = 4
_MOST_EVIDENCE = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the clause that is read at once: folded words, with the introduction before the first."""

    start: int
    end: int
    lower: str


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What the model says of the whole clause: the score of each type, and the part that gave it."""

    scores: Mapping[str, float]
    parts: Mapping[str, _Part]


def read_types(passage: Passage, taxonomy: Taxonomy) -> tuple[tuple[TypeMatch, ...], tuple[RankedType, ...]]:
    """The types of a clause, strongest first, and the five best candidates, "other" among them."""
    matches, scores = read_scored(passage, taxonomy)
    return matches, best_candidates(scores)


def read_scored(passage: Passage, taxonomy: Taxonomy) -> tuple[tuple[TypeMatch, ...], dict[str, float]]:
    """The types of a clause, strongest first, and the score of every type that is spoken of, "other" among them.

    Evidence is an exact slice of the text: the words of the rule, or where there is none the strongest of the model.
    """
    rules, states_none = read_rules(passage, taxonomy)
    model = taxonomy.model()
    if model is None or states_none or not model.knows(folded(passage.text)):
        return rules, {match.slug: match.score for match in rules}
    opinion = _opinion(passage, rules, model)
    scores = _scores(rules, opinion, taxonomy)
    by_rule = {match.slug: match for match in rules}
    matches = [
        _match(slug, scores[slug], by_rule.get(slug), opinion, passage, model)
        for slug in sorted(scores, key=lambda slug: (-scores[slug], slug))
        if slug != OTHER and (slug in by_rule or scores[slug] >= SHOWN)
    ]
    return tuple(sorted(matches, key=lambda match: -match.score)), scores


def best_candidates(scores: Mapping[str, float]) -> tuple[RankedType, ...]:
    """The five best types with their scores."""
    ranked = sorted(scores, key=lambda slug: (-scores[slug], slug))
    return tuple(RankedType(slug, round(scores[slug], 3)) for slug in ranked[:_CANDIDATES])


def _scores(rules: Sequence[TypeMatch], opinion: _Opinion, taxonomy: Taxonomy) -> dict[str, float]:
    scores = {
        slug: score
        for slug, score in opinion.scores.items()
        if slug in taxonomy.types and not taxonomy.types[slug].retired
    }
    return scores | {match.slug: match.score for match in rules if match.slug not in opinion.scores}


def _opinion(passage: Passage, rules: Sequence[TypeMatch], model: TypeModel) -> _Opinion:
    scores: dict[str, float] = {}
    parts: dict[str, _Part] = {}
    others: list[float] = []
    for part in _parts(passage):
        signs = [match for match in rules if _is_shown_in(match, part)]
        found = _one(model.read(part.lower, signs))
        others.append(found.pop(OTHER, 0.0))
        for slug, score in found.items():
            if score > scores.get(slug, -1.0):
                scores[slug], parts[slug] = score, part
    # A clause is about nothing in particular only where all of its parts are.
    return _Opinion(scores | {OTHER: min(others)}, parts)


def _one(reading: Reading) -> dict[str, float]:
    scores = dict(reading.topics)
    for slug, presence in reading.presence.items():
        scores[slug] = max(scores.get(slug, 0.0), _BESIDE * presence)
    return scores


def _is_shown_in(match: TypeMatch, part: _Part) -> bool:
    return not match.evidence or any(part.start <= words.start < part.end for words in match.evidence)


def _parts(passage: Passage) -> Iterator[_Part]:
    """Whole sentences, together as long as what the model learned from: a longer text would dilute each of them."""
    lower, lead = folded(passage.text), lead_of(passage)
    begin = end = 0
    for start, stop in sentences(passage.text):
        if end and stop - begin > _LONGEST_READ:
            yield _Part(begin, end, lead + lower[begin:end])
            begin, lead = start, ""
        end = stop
    yield _Part(begin, end, lead + lower[begin:end])


def _match(
    slug: str, score: float, rule: TypeMatch | None, opinion: _Opinion, passage: Passage, model: TypeModel
) -> TypeMatch:
    agrees = opinion.scores.get(slug, 0.0) >= SPOKEN_OF
    basis: Basis = "model" if rule is None else "both" if agrees else "rule"
    evidence = rule.evidence if rule else _strongest(slug, opinion.parts[slug], passage.text, model)
    score = max(score, min(rule.score, _AGAINST)) if rule else score
    return TypeMatch(slug, round(score, 2), basis, evidence)


def _strongest(slug: str, part: _Part, text: str, model: TypeModel) -> tuple[Evidence, ...]:
    """The words of a part that speak most for a type, as runs of neighbors."""
    lower = folded(text)
    pulls = model.pulls(part.lower, slug)
    spans = [(part.start + a, part.start + b) for a, b in tokens(lower[part.start : part.end])]
    weights = [model.pull_of(lower[start:end], pulls) for start, end in spans]
    found: list[tuple[float, int, int]] = []
    first = 0
    while first < len(spans):
        last = first
        while last < len(spans) and weights[last] > 0 and last - first < _MOST_WORDS:
            last += 1
        if last > first:
            found.append((sum(weights[first:last]), spans[first][0], spans[last - 1][1]))
        first = max(last, first + 1)
    best = sorted(sorted(found, key=lambda run: (-run[0], run[1]))[:_MOST_EVIDENCE], key=lambda run: run[1])
    return tuple(Evidence(start, end, text[start:end]) for _, start, end in best)
