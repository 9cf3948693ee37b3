"""The watch list as rows of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.core.selectors import Selector, start_first
from monitor.models import Render, Source


def watch_rows(at: datetime) -> Iterator[tuple[str, ...]]:
    """Each page that is read at a moment, in the columns of monitor.core.watch_file; samples and imports aside."""
    pages = (
        Source.objects.valid(at)
        .filter(document__platform__is_sample=False, document__platform__incoming_for__isnull=True)
        .exclude(render__in=Render.never_fetched())
        .select_related("document__platform")
        .order_by("document__platform__name", "document__name", "document", "position", "pk")
    )
    for page in pages:
        document = page.document
        yield (
            document.platform.name,
            document.name,
            page.url,
            document.type,
            document.language,
            document.jurisdiction,
            document.audience,
            _cell(page.select),
            _cell(page.remove),
            "yes" if page.render == Render.BROWSER else "",
        )


def _cell(selectors: Sequence[Selector]) -> str:
    return json.dumps(start_first(selectors), ensure_ascii=False) if selectors else ""
