"""The versions of everything that reads and rates, and since when each has been at work on this site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from clauses.core.mention import MENTION_RULES
from clauses.core.rubric import FactFactor, Factor
from clauses.core.segment import SEGMENTER_VERSION
from clauses.models import Analysis
from clauses.queries.clause_types import grouped_types
from clauses.queries.twins import Json, written
from clauses.site_taxonomy import change_rubric_in_force, taxonomy_in_force
from monitor.core.extract import EXTRACTOR_VERSION
from monitor.models import Version


@dataclass(frozen=True, slots=True)
class Tool:
    """Something of ours that reads or rates: what it does, and its version in force."""

    name: str
    does: str
    version: str


@dataclass(frozen=True, slots=True)
class UsedVersion:
    """A version of a tool that texts on this site were read with: how many, first and last when."""

    tool: str
    version: str
    count: int
    first_at: datetime
    last_at: datetime


def tool_versions() -> list[Tool]:
    """All of them, in the order in which a page passes them."""
    taxonomy = taxonomy_in_force()
    return [
        Tool("Extractor", "reads the text out of the captured bytes", EXTRACTOR_VERSION),
        Tool("Segmenter", "cuts the text into clauses", str(SEGMENTER_VERSION)),
        Tool("Clause types", "say what a clause is about: rules and a trained model", taxonomy.version),
        Tool("Rubric of clauses", "rates what a clause costs the user", taxonomy.rubric.version),
        Tool("Rubric of changes", "rates the effect of a change", change_rubric_in_force().version),
        Tool("Rules for announcements", "find which change an announcement speaks of", MENTION_RULES),
    ]


def reading_history() -> list[UsedVersion]:
    """The versions that stored texts and analyses name, the latest first. Two queries.

    A text keeps the extractor that read it; an analysis is replaced when its document is read anew.
    """
    texts = Version.objects.order_by().values_list("extractor_version")
    analyses = Analysis.objects.order_by().values_list("taxonomy_version")
    found = [
        UsedVersion("Extractor", *row)
        for row in texts.annotate(n=Count("pk"), first=Min("confirmed_at"), last=Max("confirmed_at"))
    ] + [
        UsedVersion("Clause types", *row)
        for row in analyses.annotate(n=Count("pk"), first=Min("analyzed_at"), last=Max("analyzed_at"))
    ]
    return sorted(found, key=lambda row: (row.tool, row.last_at), reverse=True)


def methodology_twin() -> Json:
    """What ratings rest on, as JSON."""
    taxonomy = taxonomy_in_force()
    rubric = taxonomy.rubric
    factors: list[Factor | FactFactor] = [*rubric.factors, *rubric.fact_factors]
    return {
        "versions": {tool.name: tool.version for tool in tool_versions()},
        "used": [
            {
                "tool": row.tool,
                "version": row.version,
                "count": row.count,
                "first_at": written(row.first_at),
                "last_at": written(row.last_at),
            }
            for row in reading_history()
        ],
        "thresholds": {"high": rubric.high, "medium": rubric.medium, "low": rubric.low},
        "circumstances": [
            {"code": row.code, "label": row.label, "points": row.points, "types": sorted(row.applies_to)}
            for row in factors
        ],
        "types": types_twin(),
    }


def types_twin() -> list[Json]:
    """The clause types of the site, by group."""
    return [
        {
            "slug": row.slug,
            "name": row.name,
            "group": group.slug,
            "description": row.description,
            "base_points": row.base_points,
        }
        for group, types in grouped_types()
        for row in types
    ]
