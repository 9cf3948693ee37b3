"""From a plain text to its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.core.drafts import Draft, clean
from monitor.core.typed_marks import LIST_MARK, reads_as_title

_BULLET = re.compile(r"(\s*)(?:[•◦▪▫‣⁃●○■□·*+–—-])\s+(?=\S)")
# Lines wrapped by a mail program or an editor are of this width; a wider one is a paragraph of its own.
_WRAP_WIDTHS = range(40, 101)
_NUMBERED = re.compile(
    r"(?:(?:Article|Section|Part|Artikel|Abschnitt|§)\s*)?(\d{1,3}(?:\.\d{1,3}){0,4})[.)]?\s+\S"
)
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,})\s*")
_INDENT = 4
_MIN_BODY_WORDS = 12
_MAX_DEPTH = 9


def plain_drafts(text: str) -> Iterator[Draft]:
    """Headings, paragraphs and items in order. A line is a block, unless it was only wrapped to a width.

    A heading is underlined, or a short line that ends no sentence and stands between blank lines or over a
    paragraph. The first block, if a heading, is the title (level 1).
    """
    is_first = True
    for draft in _drafts(text):
        yield replace(draft, level=1) if is_first and draft.kind == "heading" else draft
        is_first = False


def _drafts(text: str) -> Iterator[Draft]:
    for group in _groups(text):
        lines = _unwrapped(group)
        if len(group) == 2 and _UNDERLINE.fullmatch(group[1]):
            yield Draft("heading", group[0], 1 if "=" in group[1] else 2)
        else:
            yield from map(_block, lines, [*lines[1:], None], [len(lines) == 1] * len(lines))


def _groups(text: str) -> Iterator[list[str]]:
    """The runs of lines between blank ones."""
    group: list[str] = []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"), ""]:
        if clean(line):
            group.append(line.expandtabs(4))
        elif group:
            yield group
            group = []


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines joined where a wrap at the widest one would have broken them."""
    width = max(len(line.rstrip()) for line in lines)
    joined = [lines[0]]
    previous = lines[0]
    for line in lines[1:]:
        if width in _WRAP_WIDTHS and _is_wrapped(previous, line, width):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
        previous = line
    return joined


def _is_wrapped(line: str, following: str, width: int) -> bool:
    if LIST_MARK.match(following):
        return False
    next_word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(next_word) > width


def _title_level(line: str) -> int:
    numbered = _NUMBERED.match(line)
    return min(2 + numbered.group(1).count("."), 6) if numbered else 2


def _block(line: str, following: str | None, is_alone: bool) -> Draft:
    bullet = _BULLET.match(line)
    if bullet:
        return Draft("item", line[bullet.end() :], min(1 + len(bullet.group(1)) // _INDENT, _MAX_DEPTH))
    text = clean(line)
    if reads_as_title(text) and (is_alone or _is_body(following)):
        return Draft("heading", text, _title_level(text))
    return Draft("item", line, 1) if LIST_MARK.match(line) else Draft("paragraph", line)


def _is_body(line: str | None) -> bool:
    """Whether a line is a paragraph that a title may stand over without a blank line between."""
    return line is not None and not LIST_MARK.match(line) and len(line.split()) > _MIN_BODY_WORDS
