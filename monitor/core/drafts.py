"""From the pieces a reader has found to an `Extract` whose offsets are exact."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.blocks import BLOCK_SEPARATOR, Block, BlockKind, Extract
from monitor.core.extraction_error import EmptyText

# Zero-width characters and direction marks: invisible, set by editors, and able to hide or reorder words.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, [*range(0x202A, 0x202F), *range(0x2061, 0x2065), *range(0x2066, 0x206A)])
)
# The controls that `str.split` counts as white space stay, to be collapsed with it.
_CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if not chr(code).isspace()]
_DROPPED = str.maketrans(dict.fromkeys([*_INVISIBLE, *_CONTROLS]))
# Each row carries the header cells it stands under: long ones would make a page grow with its square.
_MAX_HEADER = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has a place: its text need not be clean yet."""

    kind: BlockKind
    text: str
    level: int = 0
    header: tuple[str, ...] = ()
    page: int = 0


def clean(text: str) -> str:
    """The text on one line: white space collapsed and trimmed; zero-width and control characters gone."""
    if not text.isascii():
        # A lone surrogate can be written in a page (&#xD800;) but not stored as UTF-8.
        text = text.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(text.translate(_DROPPED).split())


def assemble(drafts: Iterable[Draft], *, title: str = "", language: str = "") -> Extract:
    """The drafts, cleaned and joined: `text[b.start:b.end]` is each block's text, empty ones left out.

    Without a title the first heading of level 1 gives it. Raises EmptyText when no draft holds a letter or
    digit.
    """
    blocks: list[Block] = []
    texts: list[str] = []
    first_heading = ""
    at = 0
    for draft in drafts:
        text = clean(draft.text)
        if all(unicodedata.category(character)[0] in "PZ" for character in text):
            # Punctuation alone separates: a rule of dots that comes and goes is no change of the text.
            continue
        header = tuple(clean(cell[:_MAX_HEADER]) for cell in draft.header)
        blocks.append(Block(draft.kind, at, at + len(text), draft.level, header, draft.page))
        texts.append(text)
        at += len(text) + len(BLOCK_SEPARATOR)
        if draft.kind == "heading" and draft.level == 1 and not first_heading:
            first_heading = text
    joined = BLOCK_SEPARATOR.join(texts)
    if not any(character.isalnum() for character in joined):
        raise EmptyText("The page holds no text.")
    return Extract(clean(title) or first_heading, language, joined, tuple(blocks))
