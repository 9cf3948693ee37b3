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
    """Open Graph tags: a title, words that are cut where they are long, and the full address of a path."""
    shown = Truncator(" ".join(description.split())).chars(_DESCRIPTION_CHARACTERS)
    return {"title": title, "description": shown, "url": f"{settings.SITE_URL}{path}"}


@register.inclusion_tag("partials/paper_address.html", takes_context=True)
def paper_address(context: RequestContext) -> dict[str, str]:
    """The full address of the page that is shown, which only a print of it shows."""
    request = context.get("request")
    return {"address": f"{settings.SITE_URL}{request.get_full_path()}" if request else ""}
