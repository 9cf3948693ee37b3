"""A watch list for the replay server: the pages of one service, with the selectors of their declarations."""

from __future__ import annotations

import json
from typing import Any

from monitor.importing.watch_list import type_of
from monitor.models import Document, Platform, Source
from tests.field.replay import DECLARATIONS, Replay, day, slugify

_LAST_DAY = "2025-12-06"


def watch(replay: Replay, service: str) -> Platform:
    """Create the platform with all its documents. A page that ends gives way to the pages that begin on that day."""
    platform = Platform.objects.create(slug=slugify(service), name=service)
    declared = json.loads((DECLARATIONS / f"{service}.json").read_text())["terms"]
    by_terms: dict[str, list[dict[str, Any]]] = {}
    for page in replay.pages():
        if page["service"] == service:
            by_terms.setdefault(page["terms"].split(" #")[0], []).append(page)
    for terms, pages in sorted(by_terms.items()):
        document = Document.objects.create(
            platform=platform,
            slug=slugify(terms),
            name=terms,
            type=type_of(terms),
            language="en",
        )
        for page in pages:
            _source(replay, document, page, pages, declared.get(terms, {}))
    return platform


def _source(
    replay: Replay,
    document: Document,
    page: dict[str, Any],
    pages: list[dict[str, Any]],
    declaration: dict[str, Any],
) -> None:
    sources = declaration.get("combine", [declaration])
    urls = [source["fetch"] for source in sources]
    position = urls.index(page["source"]) if page["source"] in urls else 0
    rules = declaration | sources[position]
    joined = [other["first"] for other in pages if other["first"] == page["last"] and other is not page]
    ends = page["last"] != _LAST_DAY and joined
    begins_later = any(other["last"] == page["first"] and other is not page for other in pages)
    Source.objects.create(
        document=document,
        position=position,
        url=f"{replay.url}/p/{page['slug']}",
        select=_css(rules.get("select", [])),
        remove=_css(rules.get("remove", [])),
        valid_from=day(page["first"]) if begins_later else None,
        valid_until=day(page["last"]) if ends else None,
    )


def _css(selectors: Any) -> list[str]:
    return [selectors] if isinstance(selectors, str) else list(selectors)
