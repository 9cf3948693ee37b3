"""The headings of a version as a tree, each with what stands under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clauses.core.taxonomy import ClauseType
from clauses.models.choices import SeverityLevel
from clauses.queries.versions import Passage

_FEW_TYPES = 3


@dataclass(slots=True)
class Section:
    """A heading with its sub-sections. Clauses, severity and types are of all that stands under it.

    `href` is its address where it stands on another page; empty for this one.
    """

    passage: Passage
    href: str = ""
    children: list[Section] = field(default_factory=list)
    own: list[Passage] = field(default_factory=list)

    @property
    def clauses(self) -> list[Passage]:
        """The clauses under it, those of its sub-sections included."""
        return [*self.own, *(clause for child in self.children for clause in child.clauses)]

    @property
    def count(self) -> int:
        """How many clauses there are."""
        return len(self.clauses)

    @property
    def severity(self) -> SeverityLevel:
        """The highest severity of its clauses."""
        return max((clause.severity for clause in self.clauses), default=SeverityLevel.NONE)

    @property
    def types(self) -> Sequence[ClauseType]:
        """The types that most of its own clauses have, a few at most."""
        found = Counter(kind.slug for clause in self.own for kind in clause.types)
        by_slug = {kind.slug: kind for clause in self.own for kind in clause.types}
        return [by_slug[slug] for slug, _ in found.most_common(_FEW_TYPES)]


def outline(passages: Iterable[Passage], hrefs: Mapping[str, str] | None = None) -> list[Section]:
    """The headings at the top, with the others in them. Clauses before the first heading are in none.

    `hrefs` are the addresses, by anchor, of those that stand on other pages.
    """
    hrefs = hrefs or {}
    top: list[Section] = []
    open_sections: list[Section] = []
    for passage in passages:
        if passage.kind == "heading":
            section = Section(passage, hrefs.get(passage.anchor, ""))
            while open_sections and open_sections[-1].passage.level >= passage.level:
                open_sections.pop()
            (open_sections[-1].children if open_sections else top).append(section)
            open_sections.append(section)
        elif passage.clause and open_sections:
            open_sections[-1].own.append(passage)
    return top
