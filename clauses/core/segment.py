"""From the blocks of a text to its clauses: every block that is not a heading, with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clauses.core.flat_text import LEVEL_BELOW_MARKED, split_flat
from clauses.core.sentences import sentences
from clauses.core.titles import run_in_title, title_depth
from clauses.core.values import Passage
from monitor.core.blocks import Block

# Rises with every change that cuts any text otherwise: stored versions are then read anew.
SEGMENTER_VERSION = 1

_BULLET = re.compile(r"[•·▪◦‣*–—-]\s|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s")
_WORD = re.compile(r"[^\W\d_]+")


def segment(text: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The clauses of a text, in order, each an exact slice: `text[p.start:p.end] == p.text`.

    A paragraph without any structure whose sentences are glued together is split first. A paragraph
    that looks like a heading ("4. Your rights", "CONTACT") counts as one. Clauses, headings and the
    dropped trivia (blocks without letters or digits, paragraphs of one word) cover the text. Linear in
    the length of the text.
    """
    reader = _Reader(text)
    for block in _with_implied_headings(text, blocks):
        for part in split_flat(text, block):
            reader.read(part, block.page)
    return tuple(reader.passages)


class _Reader:
    """Walks the blocks in order and remembers the headings and list introductions above the next one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.passages: list[Passage] = []
        self._headings: list[tuple[int, str]] = []
        self._intro = ""
        # Innermost last: nesting depth, and the introduction its nested items get.
        self._items: list[tuple[int, str]] = []

    def read(self, block: Block, page: int) -> None:
        words = self.text[block.start : block.end].strip()
        if block.kind == "heading":
            self._open_section(block.level, words)
            return
        intro = self._introduction(block, words)
        if words and not _is_trivial(block, words, intro):
            self._append(block, words, intro, page)

    def _open_section(self, level: int, title: str) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        if title:
            self._headings.append((level, title))
        self._intro, self._items = "", []

    def _introduction(self, block: Block, words: str) -> str:
        if block.kind == "row":
            return self._intro
        depth = block.level if block.kind == "item" else 0
        if block.kind == "paragraph" and self._intro and not words.endswith(":") and _BULLET.match(words):
            return self._intro
        if not depth:
            self._intro, self._items = _introducing(words), []
            return ""
        while self._items and self._items[-1][0] >= depth:
            self._items.pop()
        outer = self._items[-1][1] if self._items else self._intro
        self._items.append((depth, _introducing(words) or outer))
        return outer

    def _append(self, block: Block, words: str, intro: str, page: int) -> None:
        start = self.text.index(words, block.start)
        path = tuple(title for _, title in self._headings)
        run_in = "" if block.kind == "row" else run_in_title(words)
        self.passages.append(
            Passage(
                index=len(self.passages),
                start=start,
                end=start + len(words),
                text=words,
                heading_path=(*path, run_in) if run_in else path,
                intro=intro,
                header=block.header,
                page=page,
            )
        )


def _introducing(words: str) -> str:
    """The last sentence of a block if it ends in a colon."""
    if not words.endswith(":"):
        return ""
    start, end = sentences(words)[-1]
    return words[start:end]


def _is_trivial(block: Block, words: str, intro: str) -> bool:
    """Nothing that could be a provision; a single word in a list or table may be one ("Biometrics")."""
    if any(map(str.isdigit, words)):
        return False
    found = len(_WORD.findall(words))
    return found == 0 or (found == 1 and block.kind == "paragraph" and not intro)


def _with_implied_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each paragraph that looks like a heading of the text after it made one."""
    depths = [
        title_depth(text[block.start : block.end].strip()) if block.kind == "paragraph" else 0
        for block in blocks
    ]
    run = 0
    found: list[Block] = []
    for position, (block, depth) in enumerate(zip(blocks, depths, strict=True)):
        run = run + 1 if depth and position and depths[position - 1] == depth else 1
        if depth and run < 3 and _heads(text, blocks, depths, position):
            found.append(Block("heading", block.start, block.end, LEVEL_BELOW_MARKED + depth))
        else:
            found.append(block)
    return found


def _heads(text: str, blocks: Sequence[Block], depths: Sequence[int], at: int) -> bool:
    """Whether body text follows, at once or after one more heading; three titles in a row are a list."""
    own = depths[at]
    titles = 0
    for block, depth in zip(blocks[at + 1 : at + 4], depths[at + 1 : at + 4], strict=True):
        if block.kind == "heading":
            return block.level > own
        if not depth:
            return block.kind != "paragraph" or _is_body(text[block.start : block.end])
        titles += depth == own
        if titles > 1 or depth < own or (depth == own and own < LEVEL_BELOW_MARKED):
            return False
    return False


def _is_body(words: str) -> bool:
    return words.rstrip().endswith((".", ":", ";", "!", "?", ")", "”", '"')) or len(words.split()) > 12
