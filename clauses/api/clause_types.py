"""Clause types, and platforms held against each other."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel

from clauses.api.answers.parts import told
from clauses.api.answers.types import ClauseType, ClauseTypes, PlatformComparison, TypeComparison
from clauses.api.operations import Slug, reads
from clauses.forms.like_documents import LikeDocumentsForm
from clauses.forms.understood import Mistake, NotUnderstood, understood
from clauses.queries.comparison_twins import platforms_beside_twin, types_beside_twin
from clauses.queries.like_documents import LikeDocuments, choices
from clauses.queries.methodology import types_twin
from clauses.queries.registry_twins import clause_type_twin
from clauses.queries.twins import Json
from clauses.queries.type_page import recent_changes, stated_of_type
from clauses.site_taxonomy import taxonomy_in_force
from clauses.views.asked_platforms import AskedPlatforms, asked_platforms
from clauses.views.platform_comparison import MOST_PLATFORMS
from monitor.models import DocumentType

_TAG = "clause types"


class DocumentsCounted(BaseModel):
    """Which documents count; the filter of every page that compares."""

    document_type: DocumentType | None = told("Of this kind", default=None)
    language: str | None = told("In this language", default=None)
    jurisdiction: str | None = told("For this jurisdiction", default=None)
    audience: str | None = told("For this audience", default=None)


class PlatformsCompared(DocumentsCounted):
    """Which platforms, and which of their documents count."""

    platform: list[str] = told(
        "Slugs of the platforms, each as a parameter of its own", min_length=2, max_length=MOST_PLATFORMS
    )
    first: str | None = told("The one to hold the others against; else the first named", default=None)


@reads(_TAG, "/clause-types", ClauseTypes)
def clause_types(request: HttpRequest) -> Json:
    """List the clause types.

    Those of this site, by group.
    """
    return {"items": types_twin()}


@reads(_TAG, "/clause-types/{type}", ClauseType)
def clause_type(request: HttpRequest, type: Slug, asked: Query[DocumentsCounted]) -> Json:
    """Read a clause type.

    How many platforms have it, its extremes and its figures, and what changed lately.
    """
    if type not in taxonomy_in_force().types:
        raise Http404("There is no such clause type.")
    return clause_type_twin(stated_of_type(type, _like(request)), recent_changes(type))


@reads(_TAG, "/clause-types/{type}/compare", TypeComparison)
def compare_clause_type(request: HttpRequest, type: Slug, asked: Query[PlatformsCompared]) -> Json:
    """Compare platforms by a clause type.

    Its clauses on two to four platforms, in which words they differ, and what they state.
    """
    if type not in taxonomy_in_force().types:
        raise Http404("There is no such clause type.")
    return types_beside_twin(type, _chosen(request).chosen, _like(request))


@reads(_TAG, "/compare", PlatformComparison)
def compare_platforms(request: HttpRequest, asked: Query[PlatformsCompared]) -> Json:
    """Compare platforms as wholes.

    What their documents answer, which clauses they have, and what changed in 90 days.
    """
    return platforms_beside_twin(_chosen(request).chosen, _like(request), timezone.now())


def _like(request: HttpRequest) -> LikeDocuments:
    return understood(LikeDocumentsForm(request.GET, choices=choices())).like()


def _chosen(request: HttpRequest) -> AskedPlatforms:
    """The platforms. Raises NotUnderstood where one is none: another comparison would answer another question."""
    asked = asked_platforms(request)
    if asked.problems:
        given = ", ".join(request.GET.getlist("platform"))
        raise NotUnderstood([Mistake("platform", given[:60], [], " ".join(asked.problems))])
    return asked
