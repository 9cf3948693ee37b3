"""Atom feeds: all changes or those that filters ask for, those of a platform, a document, a clause type, a saved view.

Changes of our own reading are in none.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from clauses.core.excerpt import excerpt
from clauses.core.taxonomy import ClauseType
from clauses.forms.changes import ChangeFilterForm
from clauses.forms.understood import understood
from clauses.models import ChangeSet, SavedView
from clauses.models.choices import SeverityLevel
from clauses.queries.changes import ChangeFilter, LeadChange, filtered_changes, with_lead_change
from clauses.queries.clause_types import named_type
from clauses.queries.saved_views import views_with_feed
from clauses.queries.scope import told_in_time
from clauses.site_taxonomy import taxonomy_in_force
from monitor.models import Document, Platform

if TYPE_CHECKING:
    _Feed = Feed[LeadChange, Any]
else:
    _Feed = Feed

_LATEST = 50
# XML has no way to write these, and pages hold anything.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKS = {"-": "[removed: {}]", "+": "[added: {}]", "=": "{}", "…": " … "}


class ChangeFeed(_Feed):
    """What all feeds say about a change."""

    # Read by LoginRequiredMiddleware: feed readers do not sign in.
    login_required = False
    feed_type = Atom1Feed
    author_name = "Proviso"

    def item_title(self, item: LeadChange) -> str:
        """The headline."""
        return _writable(item.change_set.headline)

    def item_description(self, item: LeadChange) -> str:
        """Document, rating and the changed words as plain text."""
        row = item.change_set
        severity = SeverityLevel(row.severity).in_words
        said = f"{row.document.name}. {severity}, {row.get_direction_display().lower()}."
        words = (
            "".join(_MARKS[op].format(text) for op, text in excerpt(item.change.redline))
            if item.change
            else ""
        )
        return _writable(f"{said}\n\n{words}".strip())

    def item_link(self, item: LeadChange) -> str:
        """The lasting address of the change set."""
        return f"/changes/{item.change_set.public_id}/"

    def item_pubdate(self, item: LeadChange) -> datetime:
        """The first sight of the new text."""
        return item.change_set.detected_at

    def item_updateddate(self, item: LeadChange) -> datetime:
        """The same: a change set is never rewritten."""
        return item.change_set.detected_at

    def item_categories(self, item: LeadChange) -> list[str]:
        """The clause types it touches."""
        return [named_type(row.type).name for row in item.change_set.changed_types.all()]


class AllChanges(ChangeFeed):
    """The latest changes of all counted platforms, or those that the filters of the list of changes ask for."""

    def get_object(self, request: HttpRequest) -> QueryDict:
        """The filters of the address, all of which must make sense."""
        understood(ChangeFilterForm(request.GET))
        return request.GET

    def title(self, query: QueryDict) -> str:
        """Which changes they are."""
        return (
            "Proviso: changes that fit filters" if _asked(query) != ChangeFilter() else "Proviso: all changes"
        )

    def subtitle(self, query: QueryDict) -> str:
        """What the feed is about."""
        return "What platforms changed in their terms, word for word"

    def link(self, query: QueryDict) -> str:
        """The list that it is the feed of."""
        return reverse("changes") + (f"?{query.urlencode()}" if query else "")

    def feed_url(self, query: QueryDict) -> str:
        """The address with its filters: a reader that subscribes by it keeps them."""
        return reverse("atom") + (f"?{query.urlencode()}" if query else "")

    def items(self, query: QueryDict) -> list[LeadChange]:
        """The latest changes, each with the words that weigh most."""
        asked = _asked(query)
        return with_lead_change(_news(asked), *asked.types)


class PlatformChanges(ChangeFeed):
    """The latest changes of one platform."""

    def get_object(self, request: HttpRequest, slug: str) -> Platform:
        """The platform of the address."""
        return get_object_or_404(Platform, slug=slug)

    def title(self, platform: Platform) -> str:
        """Whose changes they are."""
        return _writable(f"Proviso: {platform.name}{' (sample)' if platform.is_sample else ''}")

    def subtitle(self, platform: Platform) -> str:
        """What the feed is about."""
        return _writable(f"What {platform.name} changed in its terms, word for word")

    def link(self, platform: Platform) -> str:
        """The platform's timeline."""
        return reverse("platform", args=[platform.slug])

    def items(self, platform: Platform) -> list[LeadChange]:
        """The latest changes, each with the words that weigh most."""
        return with_lead_change(_news(ChangeFilter(platforms=(platform.slug,))))


class DocumentChanges(ChangeFeed):
    """The latest changes of one document."""

    def get_object(self, request: HttpRequest, platform: str, slug: str) -> Document:
        """The document of the address."""
        shown = Document.objects.filter(platform__in=Platform.objects.all()).select_related("platform")
        return get_object_or_404(shown, platform__slug=platform, slug=slug)

    def title(self, document: Document) -> str:
        """Whose changes they are."""
        platform = document.platform
        return _writable(
            f"Proviso: {platform.name}{' (sample)' if platform.is_sample else ''}, {document.name}"
        )

    def subtitle(self, document: Document) -> str:
        """What the feed is about."""
        return _writable(f"What changed in the {document.name} of {document.platform.name}, word for word")

    def link(self, document: Document) -> str:
        """The document's page."""
        return reverse("document", args=[document.platform.slug, document.slug])

    def items(self, document: Document) -> list[LeadChange]:
        """The latest changes, each with the words that weigh most."""
        asked = ChangeFilter(platforms=(document.platform.slug,))
        return with_lead_change(_news(asked, document=document))


class TypeChanges(ChangeFeed):
    """The latest changes of counted platforms that touch one clause type."""

    def get_object(self, request: HttpRequest, slug: str) -> ClauseType:
        """The type of the address."""
        if slug not in taxonomy_in_force().types:
            raise Http404("no such clause type")
        return named_type(slug)

    def title(self, found: ClauseType) -> str:
        """Which type they touch."""
        return f"Proviso: {found.name}"

    def subtitle(self, found: ClauseType) -> str:
        """What the feed is about."""
        return f"What platforms changed in clauses of the type {found.name}, word for word"

    def link(self, found: ClauseType) -> str:
        """The page of the type."""
        return reverse("clause-type", args=[found.slug])

    def items(self, found: ClauseType) -> list[LeadChange]:
        """The latest changes, each with the words of this type that weigh most."""
        return with_lead_change(_news(ChangeFilter(types=(found.slug,))), found.slug)


class ViewChanges(ChangeFeed):
    """The latest changes of a saved view. The token of the address is the permission: feed readers do not sign in.

    It goes by what everybody may see: what a view says of the team's work or of reading is left out.
    """

    def get_object(self, request: HttpRequest, token: str) -> SavedView:
        """The view with this token, of somebody who can still sign in."""
        return get_object_or_404(views_with_feed(), token=token)

    def title(self, view: SavedView) -> str:
        """What its owner calls it."""
        return _writable(f"Proviso: {view.name}")

    def subtitle(self, view: SavedView) -> str:
        """What the feed is about."""
        return "Changes that fit a saved view, word for word"

    def link(self, view: SavedView) -> str:
        """The list of changes with its filter."""
        return f"{reverse('changes')}?{_public(view).query()}"

    def items(self, view: SavedView) -> list[LeadChange]:
        """The latest changes, each with the words that weigh most."""
        return with_lead_change(_news(_public(view).asked()))


def _public(view: SavedView) -> ChangeFilterForm:
    return ChangeFilterForm(QueryDict(view.query))


def _asked(query: QueryDict) -> ChangeFilter:
    return ChangeFilterForm(query).asked()


def _news(asked: ChangeFilter, **of: Document) -> QuerySet[ChangeSet]:
    """The latest changes. Who reads a feed takes what it did not hold before for new: earlier history never is."""
    return told_in_time(filtered_changes(asked).filter(**of))[:_LATEST]


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
