"""What the phrases of a site's type would find among the clauses that stand: a look before they are saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clauses.core.classify import classify_types
from clauses.core.folding import folded
from clauses.core.phrases import any_phrase, phrase_pattern
from clauses.core.values import Passage
from clauses.models import Clause, SiteType
from clauses.queries.adoption import standing_clauses
from clauses.site_taxonomy import drafted

# A request waits for it: of a larger registry the clauses that were recorded last are looked at.
_MOST_CLAUSES = 20_000
_EXAMPLES = 8
_CHUNK = 1000
_SHARE_OF_A_WIDE_TYPE = 0.1


@dataclass(frozen=True, slots=True)
class Matches:
    """How many of `looked_at` standing clauses would be of a type. `by_phrase`: each phrase with its clauses."""

    found: int
    looked_at: int
    by_phrase: list[tuple[str, int]]
    examples: list[Clause]
    is_all: bool

    @property
    def percent(self) -> int:
        """Rounded; 0 where nothing stands."""
        return round(100 * self.found / self.looked_at) if self.looked_at else 0

    @property
    def is_wide(self) -> bool:
        """Whether so many clauses are of no single kind."""
        return self.found > _SHARE_OF_A_WIDE_TYPE * self.looked_at


def phrase_matches(site_type: SiteType) -> Matches:
    """What a type would find by its phrases alone, the row saved or not. Its phrases must be valid ones.

    What only a heading shows counts where the clause's own words show no other type.
    """
    taxonomy = drafted(site_type)
    phrases = [*site_type.plain_phrases, *site_type.weak_phrases, *site_type.heading_phrases]
    patterns = {phrase: phrase_pattern(phrase) for phrase in phrases}
    any_of_them = any_phrase(phrases)
    by_phrase = Counter[str]()
    examples: list[Clause] = []
    found = looked_at = 0
    for clause, passage in _standing():
        looked_at += 1
        words = folded("\n".join((passage.text, passage.intro, *passage.heading_path[-1:], *passage.header)))
        # Most clauses end here: it is a hundred times faster than reading them.
        if not any_of_them or not any_of_them.search(words):
            continue
        if not (matches := classify_types(passage, taxonomy)):
            continue
        if not matches[0].evidence and _shows_another(clause, site_type.slug):
            continue
        found += 1
        by_phrase.update(phrase for phrase, pattern in patterns.items() if pattern.search(words))
        if len(examples) < _EXAMPLES:
            examples.append(clause)
    counts = [(phrase, by_phrase[phrase]) for phrase in patterns]
    return Matches(found, looked_at, counts, examples, looked_at < _MOST_CLAUSES)


def _standing() -> Iterator[tuple[Clause, Passage]]:
    rows = standing_clauses().select_related("current__classification").prefetch_related(None)
    for clause in rows.order_by("-number")[:_MOST_CLAUSES].iterator(_CHUNK):
        now = clause.current
        assert now is not None
        text = now.wording.text
        path, header = tuple(now.heading_path), tuple(now.header)
        yield clause, Passage(0, 0, len(text), text, path, now.intro, header)


def _shows_another(clause: Clause, slug: str) -> bool:
    assert clause.current is not None
    return any(row["slug"] != slug and row["evidence"] for row in clause.current.classification.types)
