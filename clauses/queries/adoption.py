"""One clause type across platforms: how many have it, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from clauses.models import Clause, Label
from clauses.models.choices import SeverityLevel
from clauses.queries.scope import counted_platforms
from clauses.queries.waiting import waiting_documents
from monitor.models import Document, Platform

_RARE_SHARE = 0.25
_COMMON_SHARE = 0.75


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


def standing_clauses() -> QuerySet[Clause]:
    """The clauses that stand today, with what a list shows of them."""
    return (
        Clause.objects.standing()
        .filter(current__isnull=False)
        .select_related("current__wording", "current__first_version", "document__platform")
        .prefetch_related("labels")
    )


def adoption(slug: str) -> Adoption:
    """How many of the counted platforms have a standing clause of a type."""
    having = counted_platforms().filter(pk__in=_having(slug)).count()
    return Adoption(having, having + platforms_without(slug).count())


def platforms_with(slug: str) -> QuerySet[Platform]:
    """The counted platforms with a clause of a type, by name, each with `total`, how many."""
    is_such = Q(
        documents__clauses__labels__type=slug,
        documents__clauses__removed_in__isnull=True,
        documents__clauses__superseded_by__isnull=True,
    )
    found = Platform.objects.filter(pk__in=counted_platforms().values("pk"))
    return (
        found.annotate(total=Count("documents__clauses", filter=is_such, distinct=True))
        .filter(total__gt=0)
        .order_by("name", "pk")
    )


def platforms_without(slug: str) -> QuerySet[Platform]:
    """The counted platforms of which all texts are analyzed and no clause is of a type."""
    read = counted_platforms().filter(documents__current_version__isnull=False).distinct()
    return read.exclude(pk__in=_having(slug)).exclude(pk__in=_waiting_platforms())


def platforms_waiting(slug: str) -> QuerySet[Platform]:
    """The counted platforms of which a text is being analyzed, and no clause of a type is known yet."""
    return counted_platforms().filter(pk__in=_waiting_platforms()).exclude(pk__in=_having(slug))


def rows_of(slug: str, platforms: Sequence[Platform], shown: int = 3) -> list[PlatformRow]:
    """The clauses of a type of each platform, at most `shown` of them. A fixed number of queries."""
    found: dict[int, list[Clause]] = {platform.pk: [] for platform in platforms}
    for clause in of_type(slug).filter(document__platform__in=platforms):
        found[clause.document.platform_id].append(clause)
    waiting = set(_waiting_platforms().filter(platform__in=platforms))
    return [
        PlatformRow(
            platform, _few(found[platform.pk], slug, shown), len(found[platform.pk]), platform.pk in waiting
        )
        for platform in platforms
    ]


def _few(clauses: Sequence[Clause], slug: str, shown: int) -> list[Clause]:
    """The most severe ones; the last place is for one that costs nothing and is above all of this type.

    "We do not sell your data" answers what readers of a type ask, but stands behind all that costs them something.
    """
    few = list(clauses[:shown])
    if len(clauses) > shown and all(clause.severity for clause in few):
        harmless = (
            clause for clause in clauses[shown:] if not clause.severity and _main_type(clause) == slug
        )
        few[-1] = next(harmless, few[-1])
    return few


def _main_type(clause: Clause) -> str:
    return min(clause.labels.all(), key=lambda label: label.rank).type


def of_type(slug: str) -> QuerySet[Clause]:
    """The standing clauses of a type, most severe first."""
    return standing_clauses().filter(labels__type=slug).order_by("-severity", "number")


def severity_counts(slug: str) -> list[tuple[SeverityLevel, int]]:
    """How many standing clauses of counted platforms each severity has, most severe first, without zeros."""
    rows = (
        Clause.objects.standing()
        .filter(
            labels__type=slug,
            document__platform__in=counted_platforms().values("pk"),
        )
        .order_by("-severity")
        .values_list("severity")
        .annotate(total=Count("pk"))
    )
    return [(SeverityLevel(level), total) for level, total in rows]


def _waiting_platforms() -> QuerySet[Document, int]:
    return waiting_documents().order_by().values_list("platform", flat=True)


def _having(slug: str) -> QuerySet[Label, int]:
    labels = Label.objects.filter(
        type=slug, clause__removed_in__isnull=True, clause__superseded_by__isnull=True
    )
    return labels.values_list("clause__document__platform", flat=True)
