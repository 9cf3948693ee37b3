"""The registry: every clause that stands today, filtered, searched and sorted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from clauses.core.search_words import QUOTATION_MARKS, Search, parse_search
from clauses.models import ChangeSet, Clause, ListedClause, ListedType, TypeCount
from clauses.models.listing import positions_of
from clauses.queries.adoption import clauses_at
from clauses.queries.documents import documents
from clauses.queries.like_documents import ANY_DOCUMENTS, LikeDocuments
from clauses.queries.scope import uncounted_documents
from clauses.queries.search import Hit, Narrowed, hits
from clauses.queries.snapshots import snapshots
from clauses.queries.versions import versions
from monitor.models import Document, Snapshot, Version

PUBLIC_ID = re.compile(r"(?P<letter>[PCVSD])-0*(?P<number>\d{1,12})", re.IGNORECASE)
# Nobody reads further: a list of more is narrowed down. What is sorted or ranked beforehand is sorted among so many.
MOST_LISTED = 2_000
# So many have so many clauses that it is faster to go by the order and look at each.
_MANY_DOCUMENTS = 100
_MANY_TYPES = 6
_NO_END = 2**62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked the registry for: any of the values of a field; empty and None: everything.

    `sort` is one of `SORTS`, "" by itself.
    """

    platforms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    document_types: tuple[str, ...] = ()
    severity: int | None = None
    confidence: str = ""
    words: str = ""
    like: LikeDocuments = ANY_DOCUMENTS
    sort: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for in particular."""
        return self == Wanted(sort=self.sort)

    @property
    def order(self) -> str:
        """By what the list is sorted: by relevance where words are asked for and nothing else was said."""
        if self.sort == "relevance" and not self.words:
            return "severity"
        return self.sort or ("relevance" if self.words else "severity")


SORTS = (
    ("severity", "Most severe"),
    ("relevance", "Best match"),
    ("newest", "Newest wording"),
    ("platform", "Platform"),
)


class Registry(Sequence[Clause]):
    """The clauses that match, as a paginator asks for them: at most `MOST_LISTED`, in the order asked for.

    They are of the counted platforms; of a sample beside real platforms where its platform is asked for by name.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.search: Search = parse_search(wanted.words)

    @cached_property
    def total(self) -> int:
        """How many match; where `is_more_than` is set, at least so many."""
        if self._is_counted:
            return self._counted()
        return min(len(self._positions), MOST_LISTED)

    @property
    def is_more_than(self) -> bool:
        """Whether `total` is only where the counting ended."""
        return not self._is_counted and len(self._positions) > MOST_LISTED

    @property
    def is_cut(self) -> bool:
        """Whether more match than are listed."""
        return self.is_more_than or self.total > MOST_LISTED

    @property
    def is_sorted_in_part(self) -> bool:
        """Whether only the most severe of the matches were sorted in the order asked for."""
        return self.is_cut and self._wanted.order not in {
            "severity",
            *(["newest"] if self._is_counted else []),
        }

    @cached_property
    def left_out(self) -> set[int]:
        """The keys of the documents whose clauses are in no count, and in no list of all platforms."""
        return set() if self._wanted.platforms else uncounted_documents()

    def __len__(self) -> int:
        return min(self.total, MOST_LISTED)

    def __getitem__(self, part: Any) -> Any:
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        is_in_index_order = self._is_counted and self._wanted.order in {"severity", "newest"}
        positions = list(self._rows()[part]) if is_in_index_order else self._sorted[part]
        found = clauses_at(positions)
        return [found[position] for position in positions if position in found]

    def every_position(self) -> Iterator[int]:
        """The places of all clauses that match, however many; where words are asked for, the most severe first."""
        if self.search.is_empty:
            return iter(self._rows().iterator())
        return (hit.position for hit in hits(self.search, self._among, _NO_END))

    def after(self, mark: tuple[float, int] | None, most: int) -> list[Hit]:
        """So many that match, behind the one with this distance and position, by severity or relevance.

        Without words the list has no end but its own; with words it is of `MOST_LISTED` hits.
        """
        if self.search.is_empty:
            rows = self._rows()
            rows = rows.filter(**{f"{self._key}__gt": mark[1]}) if mark else rows
            return [Hit(position) for position in rows[:most]]
        return [hit for hit in self._ranked if mark is None or (hit.distance, hit.position) > mark][:most]

    @property
    def _is_counted(self) -> bool:
        """Whether the small counts tell how many there are. A clause may be of two types: these do not add up."""
        return self.search.is_empty and not self._wanted.confidence and len(self._wanted.types) <= 1

    @property
    def _only_type(self) -> str:
        """The one type that is asked for; "" where there is none or there are several."""
        return self._wanted.types[0] if len(self._wanted.types) == 1 else ""

    @property
    def _key(self) -> str:
        """What the place of a clause is called in the rows that are asked."""
        return "listed" if self._only_type else "position"

    @property
    def _among(self) -> Narrowed:
        wanted = self._wanted
        return Narrowed(
            self._documents,
            types=wanted.types,
            severity=wanted.severity,
            confidence=wanted.confidence,
            left_out=self.left_out,
        )

    @property
    def _ranked(self) -> list[Hit]:
        """Those that are listed by relevance, and by severity where nobody asked for that."""
        return sorted(self._hits[:MOST_LISTED], key=lambda hit: (hit.distance, hit.position))

    @cached_property
    def _documents(self) -> set[int] | None:
        return self._wanted.like.keys(self._wanted.platforms, self._wanted.document_types)

    def _counted(self) -> int:
        found = TypeCount.objects.filter(type=self._only_type)
        if self._documents is not None:
            found = found.filter(document__in=self._documents)
        if self.left_out:
            found = found.exclude(document__in=self.left_out)
        if self._wanted.severity is not None:
            found = found.filter(severity=self._wanted.severity)
        return found.aggregate(total=Sum("clauses"))["total"] or 0

    def _rows(self) -> QuerySet[Any, Any]:
        """The positions that match, without regard to words."""
        wanted = self._wanted
        key = self._key
        found: QuerySet[Any] = ListedClause.objects.all()
        if self._only_type:
            found = ListedType.objects.filter(type=self._only_type)
        elif wanted.types:
            found = found.filter(_is_of_any(wanted.types))
        if self._documents is not None:
            is_most = len(self._documents) > _MANY_DOCUMENTS
            found = found.alias(owner=F("document_id") + 0) if is_most else found
            found = found.filter(**{"owner__in" if is_most else "document__in": self._documents})
        if self.left_out:
            found = found.exclude(document__in=self.left_out)
        if wanted.severity is not None:
            first, last = positions_of(wanted.severity)
            found = found.filter(**{f"{key}__gte": first, f"{key}__lte": last})
        if wanted.confidence:
            found = found.filter(**{f"{'listed__' if self._only_type else ''}confidence": wanted.confidence})
        order = ("-since", key) if wanted.order == "newest" else (key,)
        return found.order_by(*order).values_list(key, flat=True)

    @cached_property
    def _hits(self) -> list[Hit]:
        wanted = self._wanted
        if self.search.is_empty:
            return [Hit(position) for position in self._rows()[: MOST_LISTED + 1]]
        is_ranked = wanted.order == "relevance"
        return hits(self.search, self._among, MOST_LISTED + 1, with_relevance=is_ranked)

    @property
    def _positions(self) -> list[int]:
        return [hit.position for hit in self._hits]

    @cached_property
    def _sorted(self) -> list[int]:
        found = self._ranked
        if self._wanted.order in {"severity", "relevance"} or not found:
            return [hit.position for hit in found]
        fields = ("-since",) if self._wanted.order == "newest" else ("document__platform__name",)
        rows = ListedClause.objects.filter(position__in=[hit.position for hit in found])
        return list(rows.order_by(*fields, "position").values_list("position", flat=True))


def _is_of_any(types: Sequence[str]) -> Q:
    """Whether a listed clause is of one of the types."""
    rows = ListedType.objects.filter(type__in=types)
    if len(types) > _MANY_TYPES:
        return Q(Exists(rows.filter(listed=OuterRef("position"))))
    return Q(position__in=rows.values("listed"))


def record_by_id(words: str) -> Clause | ChangeSet | Version | Snapshot | Document | None:
    """The record whose public ID was typed, or None."""
    match = PUBLIC_ID.fullmatch(words.strip(f"{QUOTATION_MARKS} "))
    if not match:
        return None
    rows: dict[str, QuerySet[Any]] = {
        "P": Clause.objects.all(),
        "C": ChangeSet.objects.all(),
        "V": versions(),
        "S": snapshots(),
        "D": documents(),
    }
    found: Clause | ChangeSet | Version | Snapshot | Document | None = (
        rows[match["letter"].upper()].filter(number=int(match["number"])).first()
    )
    return found
