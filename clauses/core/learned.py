"""The types of a clause after the lessons of a site: its curators' decisions have the last word of the machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clauses.core.blend import SHOWN
from clauses.core.folding import folded
from clauses.core.ngrams import tokens, words_of
from clauses.core.site_head import SiteHead
from clauses.core.values import Evidence, Passage, TypeMatch

_MOST_EVIDENCE = 2


def with_lessons(
    passage: Passage, matches: Sequence[TypeMatch], scores: Mapping[str, float], head: SiteHead
) -> tuple[tuple[TypeMatch, ...], dict[str, float]]:
    """Matches and scores as a site's head changes them; a type nothing was learned of stays as it is.

    A type keeps the words that show it; one that only the head finds shows the words that speak most for it.
    """
    before = {**scores, **{match.slug: match.score for match in matches}}
    after = head.adjusted(before, folded(passage.text))
    known = {match.slug: match for match in matches}
    shown = [match for match in matches if match.slug not in head.lessons]
    for slug in head.lessons:
        if after[slug] < SHOWN:
            continue
        match = known.get(slug)
        basis, evidence = (match.basis, match.evidence) if match else ("model", ())
        evidence = evidence or tuple(_speaking(passage.text, head.words_for(slug)))
        shown.append(TypeMatch(slug, round(after[slug], 2), basis, evidence))
    return tuple(sorted(shown, key=lambda match: -match.score)), {
        **scores,
        **{s: after[s] for s in head.lessons},
    }


def _speaking(text: str, weights: Mapping[str, float]) -> Iterator[Evidence]:
    """The words of a text that speak most for a type, in their order."""
    lower = folded(text)
    pulls = [
        (sum(weights.get(word, 0.0) for word in words_of(lower[start:end])), start, end)
        for start, end in tokens(lower)
    ]
    best = sorted((pull for pull in pulls if pull[0] > 0), key=lambda pull: (-pull[0], pull[1]))[
        :_MOST_EVIDENCE
    ]
    for _, start, end in sorted(best, key=lambda pull: pull[1]):
        yield Evidence(start, end, text[start:end])
