"""What a source would give, before it is watched. Nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor import fetching
from monitor.core.extract import ExtractionError, extract
from monitor.core.selectors import Selector
from monitor.watching import limits


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """One block of the text as a reader of the desk sees it."""

    kind: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The text of a page by blocks, or the error in one line."""

    url: str
    error: str = ""
    title: str = ""
    language: str = ""
    words: int = 0
    blocks: tuple[PreviewBlock, ...] = ()


def preview(url: str, select: Sequence[Selector], remove: Sequence[Selector]) -> Preview:
    """Fetch a page through the guarded client and read it with these selectors."""
    try:
        answer = fetching.get(url, limits())
        if not 200 <= answer.status < 300:
            return Preview(url, error=f"The server answered {answer.status}.")
        found = extract(answer.body, answer.headers.get("content-type", ""), select=select, remove=remove)
    except (fetching.FetchError, ExtractionError) as error:
        return Preview(url, error=f"Not readable: {error}")
    blocks = tuple(
        PreviewBlock(block.kind, block.level, found.text[block.start : block.end]) for block in found.blocks
    )
    return Preview(answer.url, "", found.title, found.language, len(found.text.split()), blocks)
