"""What a source would give, before it is watched. Nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from monitor.core.blocks import Extract
from monitor.core.decoding import decode
from monitor.core.extract import ExtractionError, extract
from monitor.core.extraction_error import NothingSelected
from monitor.core.health import Page, judge
from monitor.core.html_page import is_html, stated_charset
from monitor.core.page_choices import PageChoice, page_choices
from monitor.core.selectors import Selector
from monitor.fetching import PRIVATE_NETWORK, Answer
from monitor.models import Outcome, Render, Source
from monitor.politeness import Busy
from monitor.tracking import Failure
from monitor.watching import look

# Somebody waits for the page.
_PATIENCE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """One block of the text as a reader of the desk sees it."""

    kind: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The text of a page by blocks, or the error in one line.

    `is_of_selectors`: the page was read, and the error is that nothing in it matches the selectors.
    `verdict`: as what and why it would be held back, empty for a page that looks healthy. `choices`: the parts of an
    HTML page that may be its text, the longest first, for who finds that another part was read.
    """

    url: str
    error: str = ""
    is_of_selectors: bool = False
    title: str = ""
    language: str = ""
    words: int = 0
    blocks: tuple[PreviewBlock, ...] = ()
    verdict: str = ""
    extract: Extract | None = None
    choices: tuple[PageChoice, ...] = ()

    @property
    def remedy(self) -> str:
        """What an administrator can do about the error; empty where nothing is to be said."""
        return remedy(self.error)


def preview(url: str, select: Sequence[Selector], remove: Sequence[Selector], **how: Any) -> Preview:
    """Fetch a page as a reading would and read it with these selectors.

    `how`: render, request_headers, ignores_robots and its reason, as a source has them.
    """
    if how.get("render") in Render.never_fetched():
        return Preview(url, error="Imported text is never fetched, so there is nothing to preview.")
    try:
        answer = look(Source(url=url, select=select, remove=remove, **how), _PATIENCE)
        if isinstance(answer, Failure):
            return Preview(url, error=f"Not readable: {answer.message}")
        if not 200 <= answer.status < 300:
            return Preview(url, error=f"The server answered {answer.status}.")
        found = extract(answer.body, answer.headers.get("content-type", ""), select=select, remove=remove)
    except (Busy, ExtractionError) as error:
        nothing_selected = isinstance(error, NothingSelected)
        return Preview(url, error=f"Not readable: {error}", is_of_selectors=nothing_selected)
    blocks = tuple(
        PreviewBlock(block.kind, block.level, found.text[block.start : block.end]) for block in found.blocks
    )
    return Preview(
        answer.url,
        title=found.title,
        language=found.language,
        words=len(found.text.split()),
        blocks=blocks,
        verdict=_verdict(url, answer, found),
        extract=found,
        choices=_choices(answer),
    )


def _choices(answer: Answer) -> tuple[PageChoice, ...]:
    content_type = answer.headers.get("content-type", "")
    return page_choices(answer.body, stated_charset(content_type)) if is_html(content_type) else ()


def _verdict(url: str, answer: Answer, found: Extract) -> str:
    """What the capture gate says of a first capture like this."""
    content_type = answer.headers.get("content-type", "")
    markup = decode(answer.body, stated_charset(content_type)) if is_html(content_type) else ""
    verdict = judge(Page(markup, url, answer.url if answer.url != url else "", found))
    if verdict is None:
        return ""
    return f"{Outcome(verdict.outcome).label}: {verdict.words}"


def remedy(message: str) -> str:
    """What an administrator can do about a refusal to fetch; empty where nothing is to be said."""
    if PRIVATE_NETWORK not in message:
        return ""
    return "To read pages of your own network, set FETCH_ALLOW_PRIVATE=1 and start the site again."
