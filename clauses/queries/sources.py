"""The pages a document is read from: how each is read, in plain words, and how it fares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from clauses.core.periods import span_in_words
from clauses.queries.outcomes import HELD_BACK
from monitor.core.asking import host_key
from monitor.models import Document, Fetch, Host, Outcome, Render, Source

# Less is the usual distance between two requests.
_A_REST = timedelta(minutes=1)
_ENDS = {
    "startBefore": "from {}",
    "startAfter": "from behind {}",
    "endBefore": "up to {}",
    "endAfter": "up to the end of {}",
}


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A source with its rules in plain words. `is_valid`: it is part of the document now.

    `seen_at`: when its text was last seen; `next_at`: when it is read next, None where nothing is planned;
    `resting_until`: until when its host asked to be left alone, None where it did not.
    """

    source: Source
    rules: list[str]
    is_valid: bool
    last: Fetch | None
    seen_at: datetime | None
    next_at: datetime | None
    resting_until: datetime | None = None

    @property
    def is_read(self) -> bool:
        """Whether its page is fetched at all: it is part of the document now, and no imported text."""
        return self.is_valid and self.source.render not in Render.never_fetched()

    @property
    def is_failing(self) -> bool:
        """Whether its last reading did not give the document's text."""
        return self.is_valid and self.last is not None and self.last.is_problem

    @property
    def is_held_back(self) -> bool:
        """Whether its last reading gave a text that the capture gate does not believe."""
        return self.is_failing and self.last is not None and self.last.outcome in HELD_BACK


def watched_sources(document: Document, at: datetime) -> list[WatchedSource]:
    """All sources of a document as they stand at a moment, in reading order."""
    attempts = Fetch.objects.filter(source=OuterRef("pk")).order_by("-at")
    good = attempts.exclude(outcome__in=Outcome.problems())
    sources = list(document.sources.order_by("position", "pk"))
    looked_at = document.sources.values_list(
        "pk", Subquery(attempts.values("pk")[:1]), Subquery(good.values("at")[:1])
    )
    found = {pk: (last_key, seen_at) for pk, last_key, seen_at in looked_at}
    attempted = Fetch.objects.select_related("snapshot").in_bulk([key for key, _ in found.values() if key])
    valid = set(Source.objects.valid(at).filter(document=document).values_list("pk", flat=True))
    resting = _resting(sources, at)
    rows = []
    for source in sources:
        last_key, seen_at = found[source.pk]
        last, is_valid = attempted.get(last_key), source.pk in valid
        next_at = _next_at(source, document, last) if is_valid else None
        until = resting.get(source.pk) if next_at else None
        next_at = max(next_at, until) if next_at and until else next_at
        rules = rules_in_words(source, document)
        rows.append(WatchedSource(source, rules, is_valid, last, seen_at, next_at, until))
    return rows


def _resting(sources: Iterable[Source], at: datetime) -> dict[int, datetime]:
    """Until when the hosts of these asked to be left alone, by source."""
    names = {source.pk: _host(source.url) for source in sources}
    hosts = Host.objects.filter(pk__in=names.values(), free_at__gt=at + _A_REST)
    free = {name: moment for name, moment in hosts.values_list("pk", "free_at") if moment}
    return {pk: free[name] for pk, name in names.items() if name in free}


def _host(url: str) -> str:
    try:
        return host_key(url)
    except ValueError:
        # An archive may hold an address that nobody can ask.
        return ""


def _next_at(source: Source, document: Document, last: Fetch | None) -> datetime | None:
    if document.is_paused or source.render in Render.never_fetched() or document.next_fetch_at is None:
        return None
    if source.interval_minutes and last:
        return max(document.next_fetch_at, last.at + timedelta(minutes=source.interval_minutes))
    return document.next_fetch_at


def reading_in_words(document: Document, sources: Sequence[WatchedSource]) -> str:
    """How a document is read now, in one sentence; the rules of each page say the rest. Empty without a page."""
    read = [row.source for row in sources if row.is_read]
    if not read:
        return "Nothing is fetched for it now." if sources else ""
    pages = "1 page" if len(read) == 1 else f"{len(read)} pages"
    every = span_in_words(document.interval_minutes)
    opening = (
        f"Read every {every} from {pages}"
        if not document.is_paused
        else f"Paused; otherwise read from {pages}"
    )
    parts = {_parts_in_words(source) for source in read}
    if len(parts) > 1:
        return f"{opening}, each by rules of its own."
    return f"{opening}; on {'it' if len(read) == 1 else 'each'}, {parts.pop()}."


def _parts_in_words(source: Source) -> str:
    """Which part of a page is read: "the part “main”, without “.banner”"."""
    kept = (
        f"the part {_listed(source.select)}" if source.select else "the main text, which Proviso finds itself"
    )
    if any(not isinstance(selector, str) for selector in source.select):
        kept = _listed(source.select)
    return f"{kept}, without {_listed(source.remove)}" if source.remove else kept


def rules_in_words(source: Source, document: Document) -> list[str]:
    """How a source is fetched and how the text is found in it, one statement each. Selectors are given as they are."""
    rules = [_way(source)]
    if source.render != Render.TEXT:
        rules += _text_rules(source)
    if source.render not in Render.never_fetched():
        rules += [_schedule(source, document), *_courtesies(source)]
    return rules


def _way(source: Source) -> str:
    if source.render == Render.BROWSER:
        return "A browser opens the page and runs its scripts; the text is read from what then stands there."
    if source.render == Render.TEXT:
        return "Its texts were imported. Nothing is fetched from this address."
    if source.render == Render.ARCHIVE:
        return (
            "An archive captured the page before it was watched here. Nothing is fetched from this address."
        )
    return "The page is read as the server sends it; no scripts are run."


def _text_rules(source: Source) -> Iterable[str]:
    if source.select:
        yield f"Only the parts that match {_listed(source.select)} are read."
    else:
        yield "Proviso finds the main text of the page itself."
        yield "Menus, headers, footers and scripts are left out."
    if source.remove:
        yield f"What matches {_listed(source.remove)} is cut out first."


def _schedule(source: Source, document: Document) -> str:
    every = span_in_words(document.interval_minutes)
    if source.interval_minutes and source.interval_minutes > document.interval_minutes:
        own = span_in_words(source.interval_minutes)
        return f"It is read at most every {own}, although its document is read every {every}."
    return f"It is read every {every}, sooner where a new text waits to be confirmed."


def _courtesies(source: Source) -> Iterable[str]:
    if source.sent_headers:
        sent = ", ".join(f"{name}: {value}" for name, value in sorted(source.sent_headers.items()))
        yield f"The request says besides who we are: {sent}."
    if source.ignores_robots:
        yield f"What robots.txt says is set aside for this page. The reason: {source.robots_reason}"
    else:
        yield "It is not read where robots.txt asks programs not to."


def _listed(selectors: Iterable[str | Mapping[str, Any]]) -> str:
    said = [_selector_in_words(selector) for selector in selectors]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _selector_in_words(selector: str | Mapping[str, Any]) -> str:
    """A CSS selector in quotation marks, or a range: "the stretch from behind “h1” up to “footer”"."""
    if isinstance(selector, str):
        return f"“{selector}”"
    ends = [_ENDS[name].format(f"“{selector[name]}”") for name in _ENDS if name in selector]
    return f"the stretch {' '.join(ends)}"
