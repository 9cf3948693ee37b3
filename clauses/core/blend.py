"""The types of a clause by rules and trained model together, each with the words it rests on.

The model ranks the types it knows, with what the rules found as one of its signs. Types it does not know (too few
examples, or a curator's own) stand by the score of their rule. A rule's words are always shown; against the
model's opinion they come to a middling score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clauses.core.abroad import read_abroad
from clauses.core.classify import lead_of, read_rules
from clauses.core.folding import folded
from clauses.core.ngrams import tokens
from clauses.core.sentences import sentences
from clauses.core.taxonomy import Taxonomy
from clauses.core.type_model import Reading, TypeModel
from clauses.core.values import OTHER, Basis, Evidence, Passage, RankedType, TypeMatch

# From here on the model alone shows a type.
SHOWN = 0.5
# From here on the text speaks of a type, for the model: too weak to be shown without a rule's words.
_SPOKEN_OF = 0.2
# What a text merely speaks of, beside what it is about, comes to at most this, and never ranks first.
_BESIDE = 0.4
_BEHIND = 0.99
_AHEAD = 1.01
# A presence head is as often right as wrong here.
_EVEN = 0.5
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
    """What the model says of the whole clause: the score of each type, the part that gave it, what it speaks of.

    `shares` are the scores of topics before others are ranked behind them.
    """

    scores: Mapping[str, float]
    shares: Mapping[str, float]
    parts: Mapping[str, _Part]
    spoken_of: frozenset[str]

    def agrees(self, slug: str) -> bool:
        """Whether the model sees anything of a type in the clause."""
        return slug in self.spoken_of or self.scores.get(slug, 0.0) >= _SPOKEN_OF


def read_types(passage: Passage, taxonomy: Taxonomy) -> tuple[tuple[TypeMatch, ...], tuple[RankedType, ...]]:
    """The types of a clause, strongest first, and the five best candidates, "other" among them."""
    matches, scores = read_scored(passage, taxonomy)
    return matches, best_candidates(scores)


def read_scored(passage: Passage, taxonomy: Taxonomy) -> tuple[tuple[TypeMatch, ...], dict[str, float]]:
    """The types of a clause, strongest first, and the score of every type that is spoken of, "other" among them.

    Evidence is an exact slice of the text: the words of the rule, or where there is none the strongest of the model.
    """
    rules, scores, opinion = _weighed(passage, taxonomy)
    model = taxonomy.model()
    if opinion is None or model is None:
        return rules, scores
    by_rule, lower = {match.slug: match for match in rules}, folded(passage.text)
    matches = [
        _match(slug, scores[slug], by_rule.get(slug), opinion, passage, model)
        for slug in sorted(scores, key=lambda slug: (-scores[slug], slug))
        if slug != OTHER
        and (slug in by_rule or (scores[slug] >= SHOWN and not _is_void(slug, lower, taxonomy)))
    ]
    return tuple(sorted(matches, key=lambda match: -match.score)), scores


def _is_void(slug: str, lower: str, taxonomy: Taxonomy) -> bool:
    unless = taxonomy.types[slug].model_unless
    return unless is not None and unless.search(lower) is not None


def best_candidates(scores: Mapping[str, float]) -> tuple[RankedType, ...]:
    """The five best types with their scores."""
    ranked = sorted(scores, key=lambda slug: (-scores[slug], slug))
    return tuple(RankedType(slug, round(scores[slug], 3)) for slug in ranked[:_CANDIDATES])


def spoken_of(passage: Passage, taxonomy: Taxonomy) -> frozenset[str]:
    """The types that a text speaks of, whatever it is about: by the presence heads, else by rules."""
    rules, _, opinion = _weighed(passage, taxonomy)
    return opinion.spoken_of if opinion else frozenset(match.slug for match in rules)


def _weighed(
    passage: Passage, taxonomy: Taxonomy
) -> tuple[tuple[TypeMatch, ...], dict[str, float], _Opinion | None]:
    """What the rules found, the score of every type, and the model's opinion where it has one."""
    rules, states_none = read_rules(passage, taxonomy)
    model = taxonomy.model()
    if states_none:
        return rules, {OTHER: 1.0}, None
    if model is None or not model.knows(folded(passage.text)):
        rules = _with_words_abroad(rules, passage, taxonomy, model) if model else rules
        return rules, {match.slug: match.score for match in rules}, None
    opinion = _opinion(passage, rules, model)
    scores = _scores(rules, opinion, taxonomy)
    return rules, scores | _sure(scores, rules, opinion, model), opinion


def _with_words_abroad(
    rules: Sequence[TypeMatch], passage: Passage, taxonomy: Taxonomy, model: TypeModel
) -> tuple[TypeMatch, ...]:
    """What the rules found and, weaker than all of it, what words of another language show.

    English words inside another language are not sure: nobody has read what stands around them. A type that the model
    was never given is a site's own, whose phrases may be of any language.
    """
    abroad = read_abroad(passage, taxonomy)
    if abroad:
        rules = [
            replace(match, score=min(match.score, _AGAINST)) if match.slug in model.rules else match
            for match in rules
        ]
    known = {match.slug for match in rules}
    weaker = (match for match in abroad if match.slug not in known)
    return tuple(sorted((*rules, *weaker), key=lambda match: -match.score))


def _scores(rules: Sequence[TypeMatch], opinion: _Opinion, taxonomy: Taxonomy) -> dict[str, float]:
    scores = {
        slug: score
        for slug, score in opinion.scores.items()
        if slug in taxonomy.types and not taxonomy.types[slug].retired
    }
    return scores | {match.slug: match.score for match in rules if match.slug not in opinion.scores}


def _opinion(passage: Passage, rules: Sequence[TypeMatch], model: TypeModel) -> _Opinion:
    scores: dict[str, float] = {}
    shares: dict[str, float] = {}
    parts: dict[str, _Part] = {}
    others: list[float] = []
    spoken: set[str] = set()
    for part in _parts(passage):
        signs = [match for match in rules if _is_shown_in(match, part)]
        reading = model.read(part.lower, signs)
        spoken |= {slug for slug, presence in reading.presence.items() if presence >= _EVEN}
        shares = {slug: max(share, shares.get(slug, 0.0)) for slug, share in reading.topics.items()}
        found = _ranked_behind(reading)
        others.append(found.pop(OTHER, 0.0))
        for slug, score in found.items():
            if score > scores.get(slug, -1.0):
                scores[slug], parts[slug] = score, part
    # A clause is about nothing in particular only where all of its parts are.
    none = {OTHER: min(others)}
    return _Opinion(scores | none, shares | none, parts, frozenset(spoken))


def _sure(
    scores: Mapping[str, float], rules: Sequence[TypeMatch], opinion: _Opinion, model: TypeModel
) -> dict[str, float]:
    """How sure the first topic is, in place of its share; it stays before all that the model put behind it."""
    first, *behind = sorted(opinion.shares, key=lambda slug: -opinion.shares[slug])
    if first not in scores:
        return {}
    rival = opinion.shares[behind[0]] if behind else 0.0
    least = _AHEAD * max((score for slug, score in opinion.scores.items() if slug != first), default=0.0)
    return {first: max(model.sureness.of(first, opinion.shares[first], rival, rules), least)}


def _ranked_behind(reading: Reading) -> dict[str, float]:
    """The topics, and behind the first of them what the text speaks of."""
    scores = dict(reading.topics)
    limit = _BEHIND * max(scores.values())
    for slug, presence in reading.presence.items():
        beside = min(_BESIDE * presence, limit) if presence >= _EVEN else 0.0
        scores[slug] = max(scores.get(slug, 0.0), beside)
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
    basis: Basis = "model" if rule is None else "both" if opinion.agrees(slug) else "rule"
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
