"""Reading a file from disk the way a captured page is read. No database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from monitor.core.blocks import Extract
from monitor.core.extract import ExtractionError, extract
from monitor.core.html_page import compiled
from monitor.core.pdf import is_pdf
from monitor.core.selectors import Selector, bad_selector

CONTENT_TYPES = {
    "html": "text/html",
    "markdown": "text/markdown",
    "text": "text/plain",
    "pdf": "application/pdf",
}
_BY_ENDING = {".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown"}
_BY_ENDING |= {".txt": "text", ".text": "text", ".pdf": "pdf"}


class FileError(ValueError):
    """A file that cannot be read; the message is one line and says what to do."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file's bytes as they are, and the text read from them."""

    body: bytes
    content_type: str
    extract: Extract

    @property
    def is_html(self) -> bool:
        """Whether selectors pick from it."""
        return self.content_type == CONTENT_TYPES["html"]


def read_file(
    path: str,
    content_type: str | None = None,
    select: Sequence[Selector] = (),
    remove: Sequence[Selector] = (),
) -> ReadFile:
    """Read a file. `content_type` is html, markdown, text or pdf; without it the name's ending or the content decides.

    Raises FileError.
    """
    try:
        body = Path(path).read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    kind = CONTENT_TYPES[content_type or _guess(path, body)]
    try:
        # What is no HTML is read without them; they are checked nonetheless.
        compiled([*select, *remove])
        return ReadFile(body, kind, extract(body, kind, select=select, remove=remove))
    except ExtractionError as error:
        raise FileError(f"{path}: {error}") from error


def selector(written: str) -> Selector:
    """A selector as it is typed: CSS, which is not checked here, or a range as a JSON object. Raises ValueError."""
    if not written.lstrip().startswith("{"):
        return written
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"Not a range in JSON: {written[:120]!r}.") from error
    if message := bad_selector(found):
        raise ValueError(f"{message}.")
    return cast(Selector, found)


def _guess(path: str, body: bytes) -> str:
    by_ending = _BY_ENDING.get(Path(path).suffix.lower())
    if is_pdf(body):
        return "pdf"
    looks_like_html = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html"))
    return by_ending or ("html" if looks_like_html else "text")
