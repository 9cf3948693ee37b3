"""The site's own rules: which version is worked on, which is in force, and what a re-rating by one would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from clauses.core.amended_points import clause_points
from clauses.core.amendments import Rules, change_points_of, differences
from clauses.core.rerating import added_up
from clauses.models import ChangeSet, Clause, Decision, Label, Rerating, ReratingEnd, SiteRules
from clauses.models.choices import SeverityLevel
from clauses.site_taxonomy import accepted_rules, problems_of, rules_with, shipped_rules
from monitor.models import Document

_SECTIONS = {
    "groups": "Group",
    "types": "Type",
    "points": "Points",
    "notes": "Notes on the law",
    "agencies": "Agency",
}
_LONGEST_SHOWN = 1000
_CLAUSES = Clause.objects.select_related("document__platform", "current__wording")
_CHANGE_SETS = ChangeSet.objects.select_related("document__platform")


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions say otherwise of one thing, in words; an empty side says nothing, which means `silence`.

    `what` names the entry of the section to readers.
    """

    what: str
    section: str
    entry: str
    was: str
    now: str
    silence: str = "as shipped"


@dataclass(frozen=True, slots=True)
class Side:
    """What a clause or change set is or would be: the types of a clause, direction and headline of a change set."""

    severity: SeverityLevel
    types: tuple[str, ...] = ()
    direction: str = ""
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """One clause or change set of a report: the row, and what it is and would be."""

    row: Any
    was: Side
    now: Side


@dataclass(frozen=True, slots=True)
class Report:
    """What a re-rating would change, as far as it is read. `types`: slug, clauses that get it, clauses that lose it.

    `severity` and `ratings`: was, would be, how many.
    """

    done: int
    total: int
    failed: list[Document]
    counts: dict[str, Any]
    types: list[tuple[str, int, int]]
    severity: list[tuple[SeverityLevel, SeverityLevel, int]]
    ratings: list[tuple[SeverityLevel, SeverityLevel, int]]
    clauses: list[Looked]
    change_sets: list[Looked]

    @property
    def percent(self) -> int:
        """How much of it is read, rounded down; 100 where there is nothing to read."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def changes_nothing(self) -> bool:
        """Whether no clause and no change set would be read otherwise."""
        return not self.counts["changed"] and not self.counts["rerated"]


def open_rerating() -> Rerating | None:
    """The re-rating that waits to be read or answered."""
    return Rerating.objects.filter(end=ReratingEnd.OPEN).select_related("rules").first()


def working_rules() -> SiteRules | None:
    """The version that an edit goes on from: the one being re-rated, else the one in force; None: as shipped."""
    waiting = open_rerating()
    if waiting:
        return waiting.rules
    return rules_of_the_site()


def rules_of_the_site() -> SiteRules | None:
    """The version in force; None: as shipped."""
    accepted = accepted_rules()
    return SiteRules.objects.select_related("made_by").get(pk=accepted) if accepted else None


def versions() -> QuerySet[SiteRules]:
    """All versions, the latest first, with who made them and their re-ratings."""
    return SiteRules.objects.select_related("made_by", "restores").prefetch_related("reratings__ended_by")


def left_out(site_rules: SiteRules | None) -> list[str]:
    """What of a version does not fit the shipped rules any more."""
    return problems_of(site_rules) if site_rules else []


def with_types_in_use(content: Mapping[str, Any], latest: SiteRules | None) -> dict[str, Any]:
    """A content with the types of the site that went from it though a clause is of them, or a curator ruled one is.

    `latest` is the version that it takes the place of; what is in force may have types that this one lacks already.
    They are retired: what was ruled, and the addresses of their pages, stay.
    """
    types = content.get("types", {})
    was = {
        slug: kind
        for rules in (rules_of_the_site(), latest)
        if rules
        for slug, kind in rules.content.get("types", {}).items()
    }
    gone = was.keys() - types.keys() - shipped_rules().taxonomy.types.keys()
    kept = {slug: {**was[slug], "retired": True} for slug in sorted(_used(gone))}
    return {**content, "types": {**types, **kept}} if kept else dict(content)


def _used(slugs: Set[str]) -> Set[str]:
    """Those of the types that a clause is of, or that a curator ruled one to be of."""
    if not slugs:
        return slugs
    labeled = Label.objects.filter(type__in=slugs).values_list("type", flat=True)
    ruled = Decision.objects.values_list("types", flat=True).iterator()
    return slugs & {*labeled.distinct(), *chain.from_iterable(ruled)}


def told_differences(site_rules: SiteRules) -> list[Difference]:
    """What a version says otherwise than the one before it."""
    before = SiteRules.objects.filter(number__lt=site_rules.number).first()
    found = differences(before.content if before else {}, site_rules.content)
    names = _names(rules_with(site_rules))
    return [
        Difference(
            _named(section, entry, names), section, entry, _words(was), _words(now), _silence(section, entry)
        )
        for section, entry, was, now in found
    ]


def _names(rules: Rules) -> dict[tuple[str, str], str]:
    """What readers call the entries of a section."""
    shipped = shipped_rules()
    points = [*clause_points(shipped.taxonomy.rubric), *change_points_of(shipped)]
    types = rules.taxonomy.types.values()
    return {
        **{("points", point.key): f"{point.shelf}, {point.label}" for point in points},
        **{(section, kind.slug): kind.name for section in ("types", "notes") for kind in types},
        **{("groups", group.slug): group.name for group in rules.taxonomy.groups},
        **{("agencies", office.slug): office.name for office in rules.regulation.agencies.values()},
    }


def _named(section: str, entry: str, names: Mapping[tuple[str, str], str]) -> str:
    slug, _, key = entry.partition(", ")
    name = names.get((section, slug), slug)
    return f"{_SECTIONS[section]}: {name}" + (f", {_plain(key)}" if key else "")


def _plain(key: str) -> str:
    return key.replace("_", " ")


def _silence(section: str, entry: str) -> str:
    is_own = section == "types" and entry.partition(",")[0] not in shipped_rules().taxonomy.types
    return "nothing" if is_own else "as shipped"


def unread_documents(rerating: Rerating) -> QuerySet[Document]:
    """The analyzed documents that a re-rating has yet to read."""
    return _analyzed().exclude(pk__in=rerating.proposals.values("document")).order_by("pk")


def report_of(rerating: Rerating) -> Report:
    """What a re-rating would change, by what is read of it. A few queries, however many documents there are."""
    rows = list(rerating.proposals.values_list("document", "told", "failed"))
    total = added_up(told for _, told, _ in rows)
    gained, lost = total["gained"], total["lost"]
    is_whole = rerating.read_at is not None
    return Report(
        done=len(rows),
        total=len(rows) if is_whole else len(rows) + unread_documents(rerating).count(),
        failed=list(Document.objects.filter(pk__in=[key for key, _, failed in rows if failed])),
        counts=total,
        types=sorted(
            ((slug, gained[slug], lost[slug]) for slug in {*gained, *lost}),
            key=lambda row: (-row[1] - row[2], row[0]),
        ),
        severity=_pairs(total["severity"]),
        ratings=_pairs(total["ratings"]),
        clauses=_looked(_CLAUSES.all(), total["some_clauses"], _of_clause),
        change_sets=_looked(_CHANGE_SETS.all(), total["some_change_sets"], _of_change_set),
    )


def _analyzed() -> QuerySet[Document]:
    return Document.objects.filter(current_version__analysis__isnull=False)


def _pairs(counted: dict[str, int]) -> list[tuple[SeverityLevel, SeverityLevel, int]]:
    """Severities as levels, the largest number first."""
    found = []
    for pair, count in counted.items():
        was, now = pair.split()
        found.append((SeverityLevel[was.upper()], SeverityLevel[now.upper()], count))
    return sorted(found, key=lambda row: -row[2])


def _looked(
    rows: QuerySet[Any], told: Sequence[dict[str, Any]], side: Callable[[list[Any]], Side]
) -> list[Looked]:
    by_number = {row.number: row for row in rows.filter(number__in=[one["number"] for one in told])}
    return [
        Looked(by_number[one["number"]], side(one["was"]), side(one["now"]))
        for one in told
        if one["number"] in by_number
    ]


def _of_clause(told: list[Any]) -> Side:
    types, severity = told
    return Side(SeverityLevel[severity.upper()], tuple(types))


def _of_change_set(told: list[Any]) -> Side:
    severity, direction, headline = told
    return Side(SeverityLevel[severity.upper()], direction=direction, headline=headline)


def _words(value: Any) -> str:
    """A value in words; where it is too long, its end says that more follows."""
    if value is None:
        return ""
    if isinstance(value, list):
        words = "; ".join(map(_words, value))
    elif isinstance(value, dict):
        words = ", ".join(f"{_plain(key)}: {_words(one)}" for key, one in value.items())
    else:
        words = str(value)
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}… (the rest is in the JSON)"
