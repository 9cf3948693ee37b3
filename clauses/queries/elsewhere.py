"""How others handle what a clause is about: their clauses of its type, nearest and most different in wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from clauses.core.shared_words import content_words, shared_share
from clauses.models import Clause, ListedClause, ListedType, ReadFact
from clauses.queries.adoption import Adoption, clauses_at
from clauses.queries.scope import counted_platforms
from monitor.models import Document

# So many clauses are compared, and of one document so many: those that are about the type above all come first.
_COMPARED = 400
_OF_A_DOCUMENT = 12
# From this share of its words on, another platform words a clause alike; from this one down, none does.
_ALIKE = 0.5
_UNLIKE = 0.2


@dataclass(frozen=True, slots=True)
class Likewise:
    """The clause of another platform that is nearest in wording to one, and the share of words they share."""

    clause: Clause
    shared: float
    is_nearest: bool = False
    is_most_different: bool = False

    @property
    def facts(self) -> list[ReadFact]:
        """The figures of the clause."""
        current = self.clause.current
        return list(current.classification.facts.all()) if current else []

    @property
    def percent(self) -> int:
        """The share of words, rounded."""
        return round(100 * self.shared)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare a clause is: how many platforms have its type, and how near the nearest one of them words it."""

    adoption: Adoption
    nearest: float | None

    @property
    def word(self) -> str:
        """That of the type's adoption."""
        return self.adoption.word

    @property
    def wording(self) -> str:
        """How usual its wording is among the platforms that have the type; empty where there is no other."""
        if self.nearest is None:
            return ""
        if self.nearest >= _ALIKE:
            return "worded like another platform's"
        return "worded unlike any other" if self.nearest <= _UNLIKE else "in words of its own"


@dataclass(frozen=True, slots=True)
class _Compared:
    """A clause by what it is chosen for: its words were read, and are not kept."""

    position: int
    platform: int
    shared: float
    order: tuple[float, int, int]


def elsewhere(clause: Clause, slug: str, limit: int = 3) -> list[Likewise]:
    """The nearest wordings of a type on other counted platforms, one of each platform, and the most different one.

    At most `limit`, the nearest first; the most different platform takes the last place where there are more.
    Of a platform, its nearest clause counts. Equal shares go by severity and number. Documents that state another
    language are left out: they share no words. The figures of the clauses are at hand.
    """
    if clause.current is None:
        return []
    own = content_words(clause.current.wording.text)
    best: dict[int, _Compared] = {}
    for other in _compared(clause, slug, own):
        if other.platform not in best or other.order < best[other.platform].order:
            best[other.platform] = other
    ranked = sorted(best.values(), key=lambda row: row.order)
    chosen = ranked if len(ranked) <= limit else [*ranked[: limit - 1], ranked[-1]]
    clauses = clauses_at([row.position for row in chosen])
    shown = [Likewise(clauses[row.position], row.shared) for row in chosen if row.position in clauses]
    prefetch_related_objects([row.clause for row in shown], "current__classification__facts")
    return [
        Likewise(row.clause, row.shared, at == 0, len(shown) > 1 and at == len(shown) - 1)
        for at, row in enumerate(shown)
    ]


def rarity(adoption: Adoption | None, found: Iterable[Likewise]) -> Rarity | None:
    """How rare a clause is by both figures; None for a clause of no type."""
    return Rarity(adoption, next((row.shared for row in found), None)) if adoption else None


def _compared(clause: Clause, slug: str, own: frozenset[str]) -> Iterator[_Compared]:
    documents = Document.objects.filter(platform__in=counted_platforms().values("pk"))
    if language := clause.document.language.partition("-")[0]:
        documents = documents.filter(Q(language="") | Q(language__startswith=language))
    others = ListedType.objects.filter(
        type=slug, document__in=documents.exclude(platform=clause.document.platform_id).values("pk")
    )
    # Numbered by document first: the clauses of a talkative one must not take the places of all others.
    place = Window(RowNumber(), partition_by="document", order_by=("rank", "listed"))
    chosen = (
        others.annotate(place=place).filter(place__lte=_OF_A_DOCUMENT).order_by("place", "rank", "listed")
    )
    # Keys first: the texts of all clauses of a type are no matter for a sort.
    positions = list(chosen.values_list("listed", flat=True)[:_COMPARED])
    rows = ListedClause.objects.filter(position__in=positions).order_by()
    fields = (
        "position",
        "document__platform",
        "severity",
        "clause__number",
        "clause__current__wording__text",
    )
    for position, platform, severity, number, text in rows.values_list(*fields):
        shared = round(shared_share(own, content_words(text)), 4)
        yield _Compared(position, platform, shared, (-shared, -severity, number))
