"""From the blocks of a text to its clauses: every block that is not a heading, with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from clauses.core.flat_text import split_flat
from clauses.core.implied_headings import is_implied, with_implied_headings
from clauses.core.list_intros import QUOTES, Intro, ListIntros, Look
from clauses.core.numbering import Mark, mark_of
from clauses.core.outline import Outline
from clauses.core.titles import level_of, run_in_title
from clauses.core.values import Passage
from monitor.core.blocks import CELL_SEPARATOR, Block

# Any change that cuts a text into other clauses, or gives them other headings or introductions, raises it.
SEGMENTER_VERSION = 4

_BULLET = re.compile(r"[•·▪◦●‣⁃*–—-]\s")
_WORD = re.compile(r"[^\W\d_]+")
# A word longer than this in a script without spaces is a sentence.
_LONGEST_UNSPACED = 6


def segment(text: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The clauses of a text, in order, each an exact slice: `text[p.start:p.end] == p.text`.

    A paragraph without any structure whose sentences are glued together is split first. A paragraph
    that looks like a heading ("4. Your rights", "CONTACT") counts as one; so does a number alone, which joins
    the heading after it or numbers the clause after it. Clauses, headings and the dropped trivia (blocks
    without letters or digits, paragraphs of one word) cover the text. Linear in the length of the text.
    """
    reader = _Reader(text)
    parts = [
        replace(part, page=block.page) if part.page != block.page else part
        for block in with_implied_headings(text, blocks)
        for part in split_flat(text, block)
    ]
    for block, following in zip_longest(parts, parts[1:]):
        reader.read(block, following)
    return tuple(reader.passages)


class _Reader:
    """Walks the blocks in order and remembers the headings, numbers and introductions above the next one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.passages: list[Passage] = []
        self._outline = Outline()
        self._lists = ListIntros()
        # A number in a block of its own, and the level of the heading it is.
        self._number = ""
        self._number_level = 0

    def read(self, block: Block, following: Block | None) -> None:
        words = self.text[block.start : block.end].strip()
        if self._is_lone_number(words, block, following):
            self._number, self._number_level = words, block.level
        elif block.kind == "heading":
            self._open_section(block, words)
        elif words:
            header = block.header or _own_header(words, block, following)
            self._read_clause(replace(block, header=header) if header else block, words)

    def _is_lone_number(self, words: str, block: Block, following: Block | None) -> bool:
        """Whether a block is the number of the block after it."""
        mark = mark_of(words) if len(words) < 60 and block.kind in {"heading", "paragraph"} else None
        if mark is None or mark.end < len(words) or following is None or following.kind == "row":
            return False
        if mark_of(self.text[following.start : following.end].lstrip()[:60]) is not None:
            return False
        if following.kind == "heading":
            return block.kind != "heading" or block.level == following.level or is_implied(following)
        return block.kind != "heading" and mark.style != "word"

    def _open_section(self, block: Block, words: str) -> None:
        level, mark = block.level, mark_of(words)
        if self._number:
            mark = mark_of(self._number)
            words = f"{self._number} {words}".strip()
            level = self._number_level or (level_of(self._number) if is_implied(block) else level)
            self._number = ""
        if words:
            self._outline.open(level, words, mark)
        self._lists.close()

    def _read_clause(self, block: Block, words: str) -> None:
        mark = mark_of(words) if block.kind != "row" else None
        if mark and mark.is_named and block.kind == "item":
            # "Section 9 – does not apply" as the item of a list speaks of a section.
            mark = None
        lone, self._number = self._number, ""
        title = "" if block.kind == "row" else run_in_title(words)
        if mark is None and lone:
            mark = mark_of(lone)
        intro = self._place(block, words, title, mark)
        if _is_trivial(block, words, intro):
            return
        path = (*self._outline.path, *intro.titles)
        self._append(block, words, intro, (*path, title) if title and mark is None else path)

    def _place(self, block: Block, words: str, title: str, mark: Mark | None) -> Intro:
        """Brings outline and lists forward to a block; the introduction of the list it is an item of."""
        if block.kind == "row":
            return self._lists.row()
        is_point = self._lists.is_open or self._outline.letters > 0
        if mark and mark.style == "decimal" and len(mark.parts) == 1 and is_point and self._is_point(mark):
            mark = replace(mark, style="letter", kind="whole", counts=(mark.parts[0], 0))
        if mark:
            self._outline.enter(mark, title)
        elif block.kind == "paragraph":
            self._outline.leave_letters()
        # A title that stands in the outline already is not repeated by the list.
        heads = "" if mark else title
        # An introduction is the same under another number.
        bare = words[mark.end :] if mark and mark.end < len(words) else words
        if block.kind == "item":
            return self._lists.item(block.level or 1, bare, heads)
        look = _look(words, title, mark)
        if look != "plain" and (self._lists.takes(look) or (mark and mark.style == "letter")):
            return self._lists.point(max(self._outline.letters, 1), bare, heads, look)
        return self._lists.paragraph(bare, heads)

    def _is_point(self, mark: Mark) -> bool:
        """Whether a whole number numbers a point of the list before it, not a section of the text."""
        return mark.parts == (1,) or self._outline.last_count("whole") == mark.parts[0] - 1

    def _append(self, block: Block, words: str, intro: Intro, path: tuple[str, ...]) -> None:
        start = self.text.index(words, block.start)
        self.passages.append(
            Passage(
                index=len(self.passages),
                start=start,
                end=start + len(words),
                text=words,
                heading_path=path,
                intro=intro.words,
                header=block.header,
                page=block.page,
                number=self._outline.number,
            )
        )


def _own_header(words: str, block: Block, following: Block | None) -> tuple[str, ...]:
    """The cells of a row that the row after it names as its header; none for another block."""
    if block.kind != "row" or following is None or not following.header or following.kind != "row":
        return ()
    cells = tuple(words.split(CELL_SEPARATOR))
    # Long cells are shortened where they are a header.
    named = all(any(cell.startswith(head) for cell in cells) for head in following.header)
    return cells if named else ()


def _look(words: str, title: str, mark: Mark | None) -> Look:
    """What a paragraph looks like, as an item of a list; a numbered one with a title is a section."""
    if mark:
        return "mark" if mark.style == "letter" or not title else "plain"
    if words[0] in QUOTES:
        return "definition"
    if _BULLET.match(words):
        return "bullet"
    return "label" if title else "plain"


def _is_trivial(block: Block, words: str, intro: Intro) -> bool:
    """Nothing that could be a provision; a single word in a list or table may be one ("Biometrics")."""
    if any(map(str.isdigit, words)):
        return False
    found = list(_words(words))
    if len(found) != 1:
        return not found
    is_sentence = len(found[0]) > _LONGEST_UNSPACED and found[0].lower() == found[0].upper()
    return block.kind == "paragraph" and not intro.words and not is_sentence


def _words(text: str) -> Iterator[str]:
    """The first two words."""
    for count, match in enumerate(_WORD.finditer(text)):
        if count > 1:
            return
        yield match.group()
