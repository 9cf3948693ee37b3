"""What a page says of itself where it is passed on: the tags that link previews read, and its address on paper."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.text import Truncator

register = template.Library()

# What previews show of a description.
_DESCRIPTION_CHARACTERS = 240


@register.inclusion_tag("partials/open_graph.html")
def open_graph(title: str, description: str, path: str) -> dict[str, str]:
    """Open Graph tags of a record: a title, words that are cut where they are long, the full address of a path."""
    return _tags("article", title, description, path)


@register.inclusion_tag("partials/open_graph.html")
def open_graph_of_list(title: str, description: str, path: str, query: str = "") -> dict[str, str]:
    """The same of a list, with the query that it was asked for by."""
    return _tags("website", title, description, path, query)


def _tags(kind: str, title: str, description: str, path: str, query: str = "") -> dict[str, str]:
    shown = Truncator(" ".join(description.split())).chars(_DESCRIPTION_CHARACTERS)
    url = f"{settings.SITE_URL}{path}" + (f"?{query}" if query else "")
    return {"kind": kind, "title": title, "description": shown, "url": url}


@register.inclusion_tag("partials/paper_address.html", takes_context=True)
def paper_address(context: RequestContext) -> dict[str, str]:
    """The full address of the page that is shown, which only a print of it shows."""
    request = context.get("request")
    return {"address": f"{settings.SITE_URL}{request.get_full_path()}" if request else ""}
