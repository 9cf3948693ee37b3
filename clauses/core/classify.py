"""What a clause is about, read by the patterns of the taxonomy.

A clause is read sentence by sentence, and a denial apart from what is set against it; the sentence that
introduces its list is read together with its first one. Heading, list intro and header cells are its
context: they support what the clause says, or type it alone, with a lower score, where its own words say
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clauses.core.folding import folded
from clauses.core.sentences import parts
from clauses.core.taxonomy import ClauseType, Pattern, Taxonomy
from clauses.core.values import Confidence, Evidence, Passage, TypeMatch
from clauses.core.whole_phrases import whole_phrase

# A score is one of these plus the extras: what the words are decides, counting them refines.
EXPLICIT = 0.85
# From this score on a type is shown without "needs review". How many of these are right: docs/clauses.md.
ACCEPTED = 0.8
SEVERAL_WEAK = 0.6
FROM_INTRO = 0.5
WEAK = 0.4
FROM_HEADING = 0.3
_FOR_EACH_MORE = 0.03
_FOR_HEADING = 0.05
_FOR_GENERAL = -0.05
_LIMIT = 0.99
_MOST_EVIDENCE = 5
_MOST_EXTRA = 3
# "These rules do not apply to:" hands none of them on to the items of its list.
_EXCLUDES = re.compile(
    r"(?:\bnot|n't|\bnever) (?:\w+ )?(?:apply|extend|cover|include)\b|\b(?:except|excluded|exempt)\b"
)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern found at `start` and `end` of the clause's text, both 0 where it stood in the intro alone."""

    pattern: Pattern
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Folded words to read: a sentence or a part of one, the first with the intro before it.

    A place in the words plus `offset` is its place in the text; the intro takes the first `lead` characters.
    """

    words: str
    offset: int
    lead: int


def classify_types(passage: Passage, taxonomy: Taxonomy) -> tuple[TypeMatch, ...]:
    """The types of a clause by rule, strongest first; empty where no pattern fits or it is boilerplate.

    Every evidence is an exact slice of the passage's text; a type known from context alone has none. A
    sentence that only points to another text is not read.
    """
    return read_rules(passage, taxonomy)[0]


def read_rules(passage: Passage, taxonomy: Taxonomy) -> tuple[tuple[TypeMatch, ...], bool]:
    """The types as `classify_types` gives them, and whether the clause states no term.

    It states none where it is boilerplate or only points to other texts, and no explicit words speak against that.
    """
    pieces = [piece for piece in _pieces(passage) if not _is_any(taxonomy.pointers, piece)]
    own: dict[str, list[_Hit]] = {}
    for piece in pieces:
        for slug, hits in _telling(piece, passage, taxonomy).items():
            own.setdefault(slug, []).extend(hits)
    own = _without_asides(own, passage, taxonomy)
    states_none = not own and (not pieces or any(_is_any(taxonomy.boilerplate, piece) for piece in pieces))
    if own:
        found = [_match(taxonomy.types[slug], hits, passage) for slug, hits in own.items()]
    else:
        found = [] if states_none else _from_context(passage, taxonomy)
    order = {slug: place for place, slug in enumerate(taxonomy.types)}
    return tuple(sorted(found, key=lambda match: (-match.score, order[match.slug]))), states_none


def confidence_of(matches: Sequence[TypeMatch], none: float = 0.0) -> Confidence:
    """How sure the strongest type is, or where there is none, that there is none: `none` is its score.

    high (score from 0.8): explicit words that the model does not doubt, or a model that is as sure; medium (from
    0.5): explicit words against the model's opinion, several weaker signs, or explicit words in the sentence that
    introduces it; low: one weak sign, only the heading, or no type and no certainty that none fits.
    """
    best = max((match.score for match in matches), default=none)
    if best >= ACCEPTED:
        return "high"
    return "medium" if best >= 0.5 and matches else "low"


def lead_of(passage: Passage) -> str:
    """The folded introduction that is read before a clause's first sentence, and a space; empty without one."""
    return f"{folded(passage.intro)} " if passage.intro and not _is_excluded(passage) else ""


def has_say(match: TypeMatch) -> bool:
    """Whether a type counts in ratings: by words anybody can check, or by a model that is as sure.

    Words of other languages are weaker than anything English: what denies or limits them is not read.
    """
    return match.score >= (ACCEPTED if match.basis == "model" else FROM_HEADING)


def _pieces(passage: Passage) -> Iterator[_Piece]:
    lower = folded(passage.text)
    lead = lead_of(passage)
    for number, (start, end) in enumerate(parts(passage.text)):
        if number == 0 and lead:
            yield _Piece(lead + lower[start:end], start - len(lead), len(lead))
        else:
            yield _Piece(lower[start:end], start, 0)


def _without_asides(
    found: dict[str, list[_Hit]], passage: Passage, taxonomy: Taxonomy
) -> dict[str, list[_Hit]]:
    """What was found, less the general types of which a clause that is plainly about something has one weak sign."""
    if not any(_is_explicit(hits) for hits in found.values()):
        return found
    return {
        slug: hits
        for slug, hits in found.items()
        if len(hits) > 1
        or _is_explicit(hits)
        or not taxonomy.types[slug].general
        or _heading_agrees(taxonomy.types[slug], passage)
    }


def _is_any(patterns: Iterable[re.Pattern[str]], piece: _Piece) -> bool:
    """Whether one of the patterns fits the clause's own words."""
    own = piece.words[piece.lead :]
    return any(regex.search(own) for regex in patterns)


def _is_excluded(passage: Passage) -> bool:
    """Whether the list a clause is an item of names what its context does not reach."""
    return _EXCLUDES.search(folded(passage.intro)) is not None


def _telling(piece: _Piece, passage: Passage, taxonomy: Taxonomy) -> dict[str, list[_Hit]]:
    """What a sentence shows; a lone weak sign counts only where nothing explicit stands beside it."""
    found = {slug: hits for slug, kind in taxonomy.types.items() if (hits := list(_hits(piece, kind)))}
    explicit = {slug: hits for slug, hits in found.items() if _is_explicit(hits)}
    boilerplate = _is_any(taxonomy.boilerplate, piece)
    if explicit or boilerplate:
        return explicit | {
            slug: hits
            for slug, hits in found.items()
            if not boilerplate and (len(hits) > 1 or _heading_agrees(taxonomy.types[slug], passage))
        }
    return found


def _is_explicit(hits: Iterable[_Hit]) -> bool:
    return any(hit.pattern.strength == "explicit" for hit in hits)


def _hits(piece: _Piece, kind: ClauseType) -> Iterator[_Hit]:
    if kind.keywords and not any(keyword in piece.words for keyword in kind.keywords):
        return
    for pattern in kind.patterns:
        if pattern.where == "heading":
            continue
        # The clause's own words first: a match in the intro must not hide one behind it.
        found = pattern.regex.search(piece.words, piece.lead) or (
            pattern.regex.search(piece.words) if piece.lead else None
        )
        if (
            found
            and found.end() > found.start()
            and not (pattern.unless and pattern.unless.search(piece.words))
        ):
            start = max(found.start(), piece.lead) + piece.offset
            end = found.end() + piece.offset
            yield _Hit(pattern, start, end) if found.end() > piece.lead else _Hit(pattern, 0, 0)


def _match(kind: ClauseType, hits: list[_Hit], passage: Passage) -> TypeMatch:
    own = [hit for hit in hits if hit.end]
    if _is_explicit(own):
        score = EXPLICIT
    elif _is_explicit(hits):
        score = FROM_INTRO
    else:
        score = SEVERAL_WEAK if len({id(hit.pattern) for hit in own}) > 1 else WEAK
    score += _FOR_EACH_MORE * min(len({id(hit.pattern) for hit in hits}) - 1, _MOST_EXTRA)
    if _heading_agrees(kind, passage):
        score = max(score + _FOR_HEADING, SEVERAL_WEAK if own else 0.0)
    score += _FOR_GENERAL if kind.general else 0.0
    return TypeMatch(kind.slug, round(min(score, _LIMIT), 2), "rule", _evidence(own, passage.text))


def _evidence(hits: Iterable[_Hit], text: str) -> tuple[Evidence, ...]:
    """The words found, explicit ones first, without those that lie inside others."""
    spans: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda hit: (hit.pattern.strength != "explicit", hit.start, -hit.end)):
        if not any(start <= hit.start and hit.end <= end for start, end in spans):
            spans.append(whole_phrase(text, hit.start, hit.end))
    return tuple(Evidence(start, end, text[start:end]) for start, end in spans[:_MOST_EVIDENCE])


def _contexts(passage: Passage) -> Iterator[str]:
    """The nearest heading, the header cells and the intro: what stands over the clause itself."""
    yield from (
        folded(context) for context in (*passage.heading_path[-1:], *passage.header, passage.intro) if context
    )


def _heading_agrees(kind: ClauseType, passage: Passage) -> bool:
    contexts = [*_contexts(passage), *(folded(heading) for heading in passage.heading_path[-2:-1])]
    return any(
        pattern.regex.search(context)
        for pattern in kind.patterns
        if pattern.where == "heading"
        for context in contexts
    )


def _from_context(passage: Passage, taxonomy: Taxonomy) -> list[TypeMatch]:
    contexts = [] if _is_excluded(passage) else list(_contexts(passage))
    return [
        TypeMatch(slug, FROM_HEADING, "rule")
        for slug, kind in taxonomy.types.items()
        if any(_says(pattern, context) for pattern in kind.patterns for context in contexts)
    ]


def _says(pattern: Pattern, context: str) -> bool:
    if pattern.where != "heading" or pattern.strength != "explicit" or not pattern.regex.search(context):
        return False
    return not (pattern.unless and pattern.unless.search(context))
