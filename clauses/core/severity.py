"""How much a clause costs the user, in points whose reasons can all be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from clauses.core.classify import WEAK
from clauses.core.folding import folded
from clauses.core.leads import CLOSING, Led, led_within
from clauses.core.rubric import FactFactor, Factor
from clauses.core.sentences import parts, sentences
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Fact, Reason, Severity, TypeMatch
from clauses.core.whole_phrases import drawn_in, whole_phrase

_LONGEST_QUOTE = 160
# Before a figure: it held in the past, or it holds no more.
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|formerly?|prior|earlier|old|used to|no longer|instead of|rather than)\b[^.;]{0,30}$"
)
# A statement that denies in words the factor does not know leaves nothing undenied.
_DENIED = re.compile(r"\b(?:not|never|no|nor|neither|none|without|except|exclud\w+)\b|n't\b")
# A statement of what somebody does; a label, or what the user may do, is none.
_DEFINITION = re.compile(r'\W*["“”‘\'][^"“”]{1,60}["“”’\'][^.]{0,40}?\b(?:means?|refers? to|is defined as)\b')
_STATED = re.compile(r"(?!\W*(?:you|users) (?:may|can|have)\b).*\b(?:we|us|they|may|will|is|are)\b", re.S)


def rate_clause(
    text: str, matches: Sequence[TypeMatch], facts: Sequence[Fact], taxonomy: Taxonomy, lead: str = ""
) -> tuple[Severity, tuple[Reason, ...]]:
    """The severity of a clause and its reasons, whose points add up to the sum that decided.

    Each type is rated by itself: its base points (reason `base:<slug>`) and the factors that apply to it,
    found in the sentences that show the type and those next to them. A denial ("we do not") counts for a
    type only where no statement that shows the type goes without one; it may stand in what leads into a list, be that
    the `lead` before the clause ("We will not:", folded) or the beginning of the sentence. A type that only the
    heading or one weak sign gives costs by itself no more than low, nor does one that only a definition shows; that
    gets no factors. The type with the highest sum decides, the stronger match among equals; only its reasons are
    given. A clause without a type is rated none and has no reasons.
    """
    best: tuple[Reason, ...] = ()
    best_points: int | None = None
    words = _Words(text, CLOSING.sub("", lead))
    for match in matches:
        if match.slug not in taxonomy.types:
            continue
        reasons = _reasons(words, match, facts, taxonomy)
        points = sum(reason.points for reason in reasons)
        if best_points is None or points > best_points:
            best, best_points = reasons, points
    return taxonomy.rubric.severity(best_points or 0), best


@dataclass(frozen=True)
class _Words:
    """The text of a clause with what is read from it once for all of its types."""

    text: str
    lead: str

    @cached_property
    def lower(self) -> str:
        """The text as the patterns read it; of the same length."""
        return folded(self.text)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Its sentences as spans."""
        return sentences(self.text)

    @cached_property
    def statements(self) -> list[tuple[int, int]]:
        """Its sentences, denials apart from what is set against them, as spans."""
        return parts(self.text)

    @cached_property
    def led(self) -> list[Led]:
        """What is led into: the items of a list inside of a sentence, and after an introduction the first sentence."""
        introduced = [Led(self.lead, *span, 0) for span in self.statements[:1] if self.lead]
        return [*introduced, *led_within(self.lower)]


def _reasons(
    words: _Words, match: TypeMatch, facts: Sequence[Fact], taxonomy: Taxonomy
) -> tuple[Reason, ...]:
    text, spans = words.text, words.sentences
    near, shown = _reach(spans, match), _shown(words.statements, match)
    stated = [span for span in shown if _is_stated(words.lower, span)]
    points = taxonomy.types[match.slug].base_points
    is_defined = bool(shown) and all(_DEFINITION.match(text[start:end]) for start, end in shown)
    if is_defined or match.score <= WEAK:
        points = min(points, taxonomy.rubric.medium - 1)
    base = Reason(f"base:{match.slug}", points, _base_quote(text, spans, match))
    if is_defined:
        return (base,)
    by_words = (
        Reason(factor.code, factor.points, quote)
        for factor in taxonomy.rubric.factors
        if _applies(factor, match.slug)
        and not (factor.denies and stated)
        and (
            (quote := _quote(factor, words, [near, *_closer(factor, shown, stated)]))
            or (factor.denies and (quote := _quote_led(factor, words, match)))
        )
    )
    by_facts = (
        Reason(factor.code, factor.points, fact.quote)
        for factor in taxonomy.rubric.fact_factors
        if _applies(factor, match.slug) and (fact := next(_shown_by(factor, facts, text), None))
    )
    return (base, *by_words, *by_facts)


def _applies(factor: Factor | FactFactor, slug: str) -> bool:
    return not factor.applies_to or slug in factor.applies_to


def _reach(spans: Sequence[tuple[int, int]], match: TypeMatch) -> tuple[int, int]:
    """From the sentence before the first evidence to the one after the last; all where there is none."""
    touched = [number for number, (start, end) in enumerate(spans) if _is_shown_in(match, start, end)]
    if not touched:
        return (spans[0][0], spans[-1][1]) if spans else (0, 0)
    return spans[max(touched[0] - 1, 0)][0], spans[min(touched[-1] + 1, len(spans) - 1)][1]


def _closer(
    factor: Factor, shown: list[tuple[int, int]], stated: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where to look again, since what voids a factor may stand in the sentence before."""
    if factor.denies:
        return shown
    return stated if factor.points > 0 else []


def _is_shown_in(match: TypeMatch, start: int, end: int) -> bool:
    """Whether words that show the type stand at a place."""
    return any(start < evidence.end and evidence.start < end for evidence in match.evidence)


def _shown(statements: Sequence[tuple[int, int]], match: TypeMatch) -> list[tuple[int, int]]:
    """The statements that show the type."""
    return [(start, end) for start, end in statements if _is_shown_in(match, start, end)]


def _is_stated(read: str, span: tuple[int, int]) -> bool:
    """Whether a statement says, without a negation, that something is done."""
    lower = read[slice(*span)]
    return _STATED.match(lower) is not None and not _DENIED.search(lower)


def _quote(factor: Factor, words: _Words, spans: Sequence[tuple[int, int]]) -> str:
    """The first words of the spans that show the factor; empty where none do."""
    for start, end in spans:
        if found := _found(factor, words.lower[start:end]):
            first, last = whole_phrase(words.text, start + found[0], start + found[1])
            return words.text[first:last]
    return ""


def _quote_led(factor: Factor, words: _Words, match: TypeMatch) -> str:
    """The first words of a list's item that show the type, where they show the factor behind what leads into them."""
    for lead, start, end, _ in words.led:
        if not _is_shown_in(match, start, end):
            continue
        offset = start - len(lead) - 1
        found = _found(factor, f"{lead} {words.lower[start:end]}")
        if found and found[1] + offset > start:
            first, last = whole_phrase(words.text, max(start, found[0] + offset), found[1] + offset)
            return words.text[first:last]
    return ""


def _base_quote(text: str, spans: Sequence[tuple[int, int]], match: TypeMatch) -> str:
    """The words that show the type; the clause's opening where only its context does."""
    if match.evidence:
        return match.evidence[0].text
    start, end = spans[0] if spans else (0, 0)
    first, last = drawn_in(text, start, min(end, start + _LONGEST_QUOTE))
    # A language without spaces has no words to draw in to.
    return text[first:last] or text[start : start + _LONGEST_QUOTE]


def _found(factor: Factor, lower: str) -> tuple[int, int] | None:
    if factor.unless and factor.unless.search(lower):
        return None
    return next((found.span() for regex in factor.patterns if (found := regex.search(lower))), None)


def _shown_by(factor: FactFactor, facts: Sequence[Fact], text: str) -> Iterator[Fact]:
    return (
        fact
        for fact in facts
        if fact.kind == factor.kind
        and _fits(factor, fact)
        and not _PAST.search(folded(text[max(0, fact.start - 60) : fact.start]))
    )


def _fits(factor: FactFactor, fact: Fact) -> bool:
    figure = fact.normalized
    if isinstance(figure, int | float):
        over = factor.over is None or figure > factor.over
        up_to = factor.up_to is None or figure <= factor.up_to
        return over and up_to and (factor.over is not None or factor.up_to is not None)
    return factor.words is not None and factor.words.search(folded(f"{fact.value} {fact.quote}")) is not None
