"""What the phrases of a site's type would find among the clauses that stand: a look before they are saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from clauses.core.amended_types import SHOWN_BY, phrase_patterns
from clauses.core.classify import FROM_HEADING, classify_types
from clauses.core.folding import folded
from clauses.core.phrases import any_phrase, phrase_pattern
from clauses.core.taxonomy import ClauseType
from clauses.core.values import Passage
from clauses.models import Clause, Label
from clauses.queries.adoption import standing_clauses
from clauses.site_taxonomy import drafted

# A request waits for it, and writers wait for the request: of a larger registry only the latest are looked at.
_MOST_CLAUSES = 20_000
_EXAMPLES = 8
_CHUNK = 1000
_SHARE_OF_A_WIDE_TYPE = 0.1


@dataclass(frozen=True, slots=True)
class Matches:
    """How many of `looked_at` standing clauses would be of a type, and how many of these are not of it now.

    `by_phrase`: each phrase with its clauses.
    """

    found: int
    looked_at: int
    by_phrase: list[tuple[str, int]]
    examples: list[Clause]
    is_all: bool
    otherwise: int

    @property
    def percent(self) -> int:
        """Rounded; 0 where nothing stands."""
        return round(100 * self.found / self.looked_at) if self.looked_at else 0

    @property
    def is_wide(self) -> bool:
        """Whether so many clauses are of no single kind."""
        return self.found > _SHARE_OF_A_WIDE_TYPE * self.looked_at


def phrase_matches(kind: ClauseType, row: Mapping[str, Any]) -> Matches:
    """What a type would find by these phrases alone, by the keys of `SHOWN_BY`; they must be valid ones.

    What only a heading shows counts where the clause's own words show no other type.
    """
    taxonomy = drafted(replace(kind, patterns=tuple(phrase_patterns(row)), keywords=()))
    phrases = [phrase for key, _, _ in SHOWN_BY for phrase in row[key]]
    patterns = {phrase: phrase_pattern(phrase) for phrase in phrases}
    any_of_them = any_phrase(phrases)
    found: dict[int, list[str]] = {}
    from_heading: list[int] = []
    looked_at = 0
    for key, passage in _standing():
        looked_at += 1
        words = folded("\n".join((passage.text, passage.intro, *passage.heading_path[-1:], *passage.header)))
        # Most clauses end here: it is much faster than reading them.
        if not any_of_them or not any_of_them.search(words):
            continue
        matches = classify_types(passage, taxonomy)
        if matches:
            found[key] = [phrase for phrase, pattern in patterns.items() if pattern.search(words)]
            from_heading += [key] if matches[0].score <= FROM_HEADING else []
    for key in _showing_another(from_heading, kind.slug):
        del found[key]
    by_phrase = Counter(phrase for phrases in found.values() for phrase in phrases)
    examples = standing_clauses().filter(pk__in=list(found)[:_EXAMPLES]).order_by("-number")
    counts = [(phrase, by_phrase[phrase]) for phrase in patterns]
    are_already = sum(
        Label.objects.filter(clause__in=keys, type=kind.slug).values("clause").distinct().count()
        for keys in _chunks(list(found))
    )
    is_all = looked_at < _MOST_CLAUSES
    return Matches(len(found), looked_at, counts, list(examples), is_all, len(found) - are_already)


def _standing() -> Iterator[tuple[int, Passage]]:
    """The keys and words of the clauses that stand, the latest recorded first; no rows are built of them."""
    place = ("heading_path", "intro", "header")
    fields = ("pk", "current__wording__text", *(f"current__{name}" for name in place))
    rows = Clause.objects.standing().filter(current__isnull=False).order_by("-number").values_list(*fields)
    for key, text, path, intro, header in rows[:_MOST_CLAUSES].iterator(_CHUNK):
        yield key, Passage(0, 0, len(text), text, tuple(path), intro, tuple(header))


def _showing_another(keys: list[int], slug: str) -> Iterator[int]:
    """Those of the clauses whose own words show another type."""
    for some in _chunks(keys):
        rows = Clause.objects.filter(pk__in=some)
        for key, types in rows.values_list("pk", "current__classification__types"):
            if any(row["slug"] != slug and row["evidence"] for row in types):
                yield key


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
