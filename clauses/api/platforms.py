"""Platforms: the list, what happened on one, and what its documents answer."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query
from pydantic import BaseModel

from clauses.api.answers.parts import Day, told
from clauses.api.answers.platforms import Facts, Platforms, Timeline
from clauses.api.cursors import page_by_id
from clauses.api.operations import Paged, Slug, reads
from clauses.api.patterns import DAY, TEXT
from clauses.api.problems import Moved
from clauses.forms.changes import TimelineForm
from clauses.forms.platforms import PlatformsForm
from clauses.forms.understood import understood
from clauses.queries.platform_twin import facts_twin, platform_twin
from clauses.queries.platforms import platform_row_twin, wanted_platforms
from clauses.queries.twins import Json
from monitor.addresses import present_platform
from monitor.models import DocumentType, Platform

_TAG = "platforms"


class PlatformsAsked(Paged):
    """Which platforms."""

    q: str | None = told("Words in the name", default=None, max_length=100, pattern=TEXT)
    document_type: DocumentType | None = told("With such a document", default=None)
    state: Literal["failing", "paused", "empty"] | None = told("By the state of their captures", default=None)


class AsOf(BaseModel):
    """As of when."""

    as_of: Day | None = told("As of the end of this day (UTC); today: now", default=None, pattern=DAY)


class TimelineAsked(AsOf):
    """As of when, and whether in full."""

    technical: bool = told("With changes of our own reading", default=False)


@reads(_TAG, "/platforms", Platforms)
def platforms(request: HttpRequest, asked: Query[PlatformsAsked]) -> Json:
    """List the platforms.

    Each with what one line says about it. They come in the order in which they came onto the watch list.
    """
    found = wanted_platforms(understood(PlatformsForm(request.GET)).wanted(), timezone.now())
    rows, following = page_by_id("platforms", found, asked.cursor, asked.limit)
    return {
        "count": found.count(),
        "items": [platform_row_twin(row) for row in rows],
        "next": following,
    }


@reads(_TAG, "/platforms/{platform}", Timeline, may_have_moved=True)
def platform(request: HttpRequest, platform: Slug, asked: Query[TimelineAsked]) -> Json:
    """Read the timeline of a platform.

    Its documents, quick facts, changes, gaps and drift, as recorded up to a moment. The answer states that moment, so
    that it is another one each time; with a day that is over it stays the same.
    """
    form = understood(TimelineForm(request.GET))
    return platform_twin(
        platform_at("platform", platform), form.until(timezone.now()), with_technical=asked.technical
    )


@reads(_TAG, "/platforms/{platform}/facts", Facts, may_have_moved=True)
def platform_facts(request: HttpRequest, platform: Slug, asked: Query[AsOf]) -> Json:
    """Read the facts of a platform.

    What its documents answer to the standard questions, and the figures that changed. Part of its timeline.
    """
    form = understood(TimelineForm(request.GET))
    return facts_twin(platform_at("platform-facts", platform), form.until(timezone.now()))


def platform_at(name: str, slug: str) -> Platform:
    """The platform with a slug. Raises Moved where that is a former one, and Http404."""
    found = Platform.objects.filter(slug=slug).first()
    if found is None and (present := present_platform(slug)):
        raise Moved(
            reverse(f"api:{name}", args=[present.slug]), "This platform has another name in addresses now."
        )
    if found is None:
        raise Http404("There is no such platform.")
    return found
