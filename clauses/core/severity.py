"""How much a clause costs the user, in points whose reasons can all be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clauses.core.folding import folded
from clauses.core.rubric import FactFactor, Factor
from clauses.core.sentences import sentences
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Fact, Reason, Severity, TypeMatch

_LONGEST_QUOTE = 160


def rate_clause(
    text: str, matches: Sequence[TypeMatch], facts: Sequence[Fact], taxonomy: Taxonomy
) -> tuple[Severity, tuple[Reason, ...]]:
    """The severity of a clause and its reasons, whose points add up to the sum that decided.

    Each type is rated by itself: its base points (reason `base:<slug>`) and the factors that apply to it,
    found in the sentences that show the type and those next to them. The type with the highest sum decides,
    the stronger match among equals; only its reasons are given. A clause without a type is rated none and has
    no reasons.
    """
    best: tuple[Reason, ...] = ()
    best_points: int | None = None
    spans = sentences(text)
    for match in matches:
        if match.slug not in taxonomy.types:
            continue
        reasons = _reasons(text, spans, match, facts, taxonomy)
        points = sum(reason.points for reason in reasons)
        if best_points is None or points > best_points:
            best, best_points = reasons, points
    return taxonomy.rubric.severity(best_points or 0), best


def _reasons(
    text: str, spans: Sequence[tuple[int, int]], match: TypeMatch, facts: Sequence[Fact], taxonomy: Taxonomy
) -> tuple[Reason, ...]:
    start, end = _reach(spans, match)
    part, lower = text[start:end], folded(text[start:end])
    base = Reason(
        f"base:{match.slug}", taxonomy.types[match.slug].base_points, _base_quote(text, spans, match)
    )
    by_words = (
        Reason(factor.code, factor.points, part[span[0] : span[1]])
        for factor in taxonomy.rubric.factors
        if _applies(factor, match.slug) and (span := _found(factor, lower))
    )
    by_facts = (
        Reason(factor.code, factor.points, fact.quote)
        for factor in taxonomy.rubric.fact_factors
        if _applies(factor, match.slug) and (fact := next(_shown_by(factor, facts), None))
    )
    return (base, *by_words, *by_facts)


def _applies(factor: Factor | FactFactor, slug: str) -> bool:
    return not factor.applies_to or slug in factor.applies_to


def _reach(spans: Sequence[tuple[int, int]], match: TypeMatch) -> tuple[int, int]:
    """From the sentence before the first evidence to the one after the last; all where there is none."""
    touched = [
        number
        for number, (start, end) in enumerate(spans)
        if any(start < evidence.end and evidence.start < end for evidence in match.evidence)
    ]
    if not touched:
        return (spans[0][0], spans[-1][1]) if spans else (0, 0)
    return spans[max(touched[0] - 1, 0)][0], spans[min(touched[-1] + 1, len(spans) - 1)][1]


def _base_quote(text: str, spans: Sequence[tuple[int, int]], match: TypeMatch) -> str:
    """The words that show the type; the clause's opening where only its context does."""
    if match.evidence:
        return match.evidence[0].text
    return text[spans[0][0] : spans[0][1]][:_LONGEST_QUOTE] if spans else ""


def _found(factor: Factor, lower: str) -> tuple[int, int] | None:
    if factor.unless and factor.unless.search(lower):
        return None
    return next((found.span() for regex in factor.patterns if (found := regex.search(lower))), None)


def _shown_by(factor: FactFactor, facts: Sequence[Fact]) -> Iterator[Fact]:
    return (fact for fact in facts if fact.kind == factor.kind and _fits(factor, fact))


def _fits(factor: FactFactor, fact: Fact) -> bool:
    figure = fact.normalized
    if isinstance(figure, int | float):
        over = factor.over is None or figure > factor.over
        up_to = factor.up_to is None or figure <= factor.up_to
        return over and up_to and (factor.over is not None or factor.up_to is not None)
    return factor.words is not None and factor.words.search(folded(f"{fact.value} {fact.quote}")) is not None
