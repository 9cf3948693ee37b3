"""One clause type across platforms: how many have it, how severe it is there, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from django.db.models import F, QuerySet, Sum

from clauses.models import Clause, ListedType, ListingState, TypeCount
from clauses.models.choices import SeverityLevel
from clauses.models.listing import severity_at
from clauses.queries.scope import counted_platforms
from clauses.queries.waiting import waiting_documents
from monitor.models import Document, Platform

_RARE_SHARE = 0.25
_COMMON_SHARE = 0.75
_HARMLESS = SeverityLevel.NONE


@dataclass(frozen=True, slots=True)
class Adoption:
    """`having` of `counted` platforms have a clause of a type.

    A platform without one counts once all its texts are analyzed.
    """

    having: int
    counted: int

    @property
    def percent(self) -> int:
        """Rounded; 0 where no platform counts."""
        return round(100 * self.having / self.counted) if self.counted else 0

    @property
    def word(self) -> str:
        """Only here (of several), rare (a quarter at most), common (three quarters at least), else known."""
        if self.counted < 2:
            return "One platform watched"
        if self.having <= 1:
            return "Only here" if self.having else "Not counted"
        share = self.having / self.counted
        return "Rare" if share <= _RARE_SHARE else "Common" if share >= _COMMON_SHARE else "Known"


@dataclass(frozen=True, slots=True)
class TypeShare:
    """How many standing clauses of a type the counted platforms have, and how many of these have one."""

    clauses: int
    adoption: Adoption


@dataclass(frozen=True, slots=True)
class PlatformCounts:
    """How many clauses of a type a platform has, by severity."""

    platform: Platform
    by_severity: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Of every severity."""
        return sum(self.by_severity.values())

    @property
    def cells(self) -> list[tuple[SeverityLevel, int]]:
        """Every severity with its count, high first."""
        return [(level, self.by_severity.get(level, 0)) for level in sorted(SeverityLevel, reverse=True)]


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """A platform and its clauses of a type, most severe first. `is_waiting`: a text of it is being analyzed."""

    platform: Platform
    clauses: Sequence[Clause]
    total: int
    is_waiting: bool = False

    @property
    def is_more(self) -> bool:
        """Whether not all of them are shown."""
        return self.total > len(self.clauses)


@dataclass(frozen=True, slots=True)
class _Listed:
    position: int
    rank: int

    @property
    def severity(self) -> SeverityLevel:
        return severity_at(self.position)


def standing_clauses() -> QuerySet[Clause]:
    """The clauses that stand today, with what a list shows of them."""
    return _with_shown(Clause.objects.standing().filter(current__isnull=False))


def _with_shown(found: QuerySet[Clause]) -> QuerySet[Clause]:
    related = found.select_related("current__wording", "current__first_version", "document__platform")
    return related.prefetch_related("labels")


def adoption(slug: str) -> Adoption:
    """How many of the counted platforms have a standing clause of a type."""
    having = counted_platforms().filter(pk__in=_having(slug)).count()
    return Adoption(having, having + platforms_without(slug).count())


def type_shares() -> dict[str, TypeShare]:
    """Of every type that counted platforms have, its clauses and its adoption. A fixed number of queries."""
    counted = frozenset(counted_platforms().values_list("pk", flat=True))
    settled = (
        frozenset(_read_platforms().values_list("pk", flat=True)) - set(_waiting_platforms())
    ) & counted
    return {
        slug: TypeShare(sum(clauses[key] for key in having), Adoption(len(having), len(having | settled)))
        for slug, clauses in _spread_of_types().items()
        if (having := clauses.keys() & counted)
    }


def types_in_use() -> Iterable[str]:
    """The slugs of the types that standing clauses have."""
    return _spread_of_types().keys()


def _spread_of_types() -> Mapping[str, Mapping[int, int]]:
    """By type, how many clauses of it a platform has, of the platforms that have one."""
    owners = Document.objects.order_by().values_list("pk", "platform")
    mark = ListingState.objects.values_list("mark", flat=True).first()
    if mark is None:
        return {}
    # By the mark it is never stale: it is read before what it stands for, and changes with it.
    return _worked_out_spread(mark, frozenset(owners))


@lru_cache(maxsize=1)
def _worked_out_spread(mark: str, owners: frozenset[tuple[int, int]]) -> Mapping[str, Mapping[int, int]]:
    platforms = dict(owners)
    found: dict[str, Counter[int]] = {}
    for slug, document, clauses in TypeCount.objects.exclude(type="").values_list(
        "type", "document", "clauses"
    ):
        if document in platforms:
            found.setdefault(slug, Counter())[platforms[document]] += clauses
    return MappingProxyType({slug: MappingProxyType(counts) for slug, counts in found.items()})


def platform_counts(slug: str, among: Collection[int] | None = None) -> list[PlatformCounts]:
    """The counted platforms with a clause of a type, by name, each with its counts. Two queries.

    `among` are the documents that count; None: all.
    """
    found = {row.pk: PlatformCounts(row) for row in counted_platforms().order_by("name", "pk")}
    counts = TypeCount.objects.filter(type=slug)
    if among is not None:
        counts = counts.filter(document__in=among)
    rows = counts.order_by().values_list("document__platform", "severity")
    for platform, severity, total in rows.annotate(total=Sum("clauses")):
        if platform in found:
            found[platform].by_severity[severity] = total
    return [row for row in found.values() if row.by_severity]


def severity_split(rows: Iterable[PlatformCounts]) -> list[tuple[SeverityLevel, int]]:
    """How many clauses of each severity these platforms have, most severe first, without zeros."""
    counted = list(rows)
    totals = [
        (level, sum(row.by_severity.get(level, 0) for row in counted))
        for level in sorted(SeverityLevel, reverse=True)
    ]
    return [(level, total) for level, total in totals if total]


def platforms_without(slug: str, among: Collection[int] | None = None) -> QuerySet[Platform]:
    """The counted platforms with such documents of which all texts are analyzed and no clause is of a type."""
    found = _read_platforms(among).exclude(pk__in=_having(slug, among))
    return found.exclude(pk__in=_waiting_platforms())


def platforms_waiting(slug: str, among: Collection[int] | None = None) -> QuerySet[Platform]:
    """The counted platforms of which a text is being analyzed, and no clause of a type is known yet."""
    return counted_platforms().filter(pk__in=_waiting_platforms()).exclude(pk__in=_having(slug, among))


def rows_of(
    slug: str, platforms: Sequence[Platform], shown: int = 3, among: Collection[int] | None = None
) -> list[PlatformRow]:
    """The clauses of a type of each platform, at most `shown` of them. A fixed number of queries.

    `among` are the documents that are looked at; None: all.
    """
    found = _listed_by_platform(slug, platforms, among)
    few = {platform.pk: _few(found[platform.pk], shown) for platform in platforms}
    clauses = clauses_at([position for chosen in few.values() for position in chosen])
    waiting = set(_waiting_platforms().filter(platform__in=platforms))
    return [
        PlatformRow(
            platform,
            [clauses[position] for position in few[platform.pk] if position in clauses],
            len(found[platform.pk]),
            platform.pk in waiting,
        )
        for platform in platforms
    ]


def most_severe_of(
    slug: str, platforms: Sequence[Platform], most: int, among: Collection[int] | None = None
) -> dict[int, list[int]]:
    """By platform, the positions of its clauses of a type, at most so many, the most severe first. One query."""
    found = _listed_by_platform(slug, platforms, among)
    return {key: [row.position for row in rows[:most]] for key, rows in found.items()}


def clauses_at(positions: Collection[int], *related: str) -> dict[int, Clause]:
    """The clauses at these places in the order of the registry, by place; with further `related` rows read along."""
    # What is listed stands. Asked for that again, SQLite goes through all clauses that nothing superseded.
    found = _with_shown(Clause.objects.filter(listed__in=positions, current__isnull=False))
    found = found.annotate(position=F("listed"))
    found = found.select_related(*related) if related else found
    return {clause.position: clause for clause in found.order_by()}


def _listed_by_platform(
    slug: str, platforms: Sequence[Platform], among: Collection[int] | None
) -> dict[int, list[_Listed]]:
    owners = dict(Document.objects.filter(platform__in=platforms).values_list("pk", "platform"))
    looked_at = [key for key in owners if among is None or key in among]
    rows = ListedType.objects.filter(type=slug, document__in=looked_at).order_by("listed")
    found: dict[int, list[_Listed]] = {platform.pk: [] for platform in platforms}
    for position, rank, document in rows.values_list("listed", "rank", "document"):
        found[owners[document]].append(_Listed(position, rank))
    return found


def _few(rows: Sequence[_Listed], shown: int) -> list[int]:
    """The most severe ones; the last place is for one that costs nothing and is above all of this type.

    "We do not sell your data" answers what readers of a type ask, but stands behind all that costs them something.
    """
    few = [row.position for row in rows[:shown]]
    if len(rows) > shown and all(row.severity for row in rows[:shown]):
        harmless = (row.position for row in rows[shown:] if row.severity == _HARMLESS and row.rank == 0)
        few[-1] = next(harmless, few[-1])
    return few


def _read_platforms(among: Collection[int] | None = None) -> QuerySet[Platform]:
    read = Document.objects.filter(current_version__isnull=False)
    if among is not None:
        read = read.filter(pk__in=among)
    return counted_platforms().filter(pk__in=read.order_by().values("platform"))


def _waiting_platforms() -> QuerySet[Document, int]:
    return waiting_documents().order_by().values_list("platform", flat=True)


def _having(slug: str, among: Collection[int] | None = None) -> QuerySet[TypeCount, int]:
    found = TypeCount.objects.filter(type=slug)
    if among is not None:
        found = found.filter(document__in=among)
    return found.order_by().values_list("document__platform", flat=True)
