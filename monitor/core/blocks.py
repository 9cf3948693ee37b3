"""What extraction gives: a text and the blocks it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row"]

# One line break stands between two blocks, and no block holds a line break: a text splits back into its blocks.
BLOCK_SEPARATOR = "\n"
# Between the cells of a table row.
CELL_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row: `text[start:end]` of the text it belongs to.

    `level` is 1 to 6 for a heading, the nesting depth from 1 for a list item, else 0.
    `header` holds the header cells of the table a row stands in. `page` is the page it begins on, counted from 1; 0
    where the document has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    header: tuple[str, ...] = ()
    page: int = 0


def page_path(page: int) -> tuple[str, ...]:
    """What stands before the headings in the path of words on a page: ("Page 3",), or nothing without pages."""
    return (f"Page {page}",) if page else ()


@dataclass(frozen=True, slots=True)
class Extract:
    """The text read from one page. Every character of `text` is in a block or is a separator.

    `links` are the targets of the links in what was chosen of an HTML page, in order: no part of the text.
    """

    title: str
    language: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[str, ...] = ()
