"""Structure of a text that lost its line breaks: sentences glued to headings, items and table cells.

A page read as bare text often runs "…your settings.Data RetentionWe keep…" together. What lies between two
lost separators is read by its shape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from clauses.core.glue import joints
from clauses.core.run_on import MIN_SECTIONS, run_on_sections, titled_sections
from clauses.core.titles import (
    LEVEL_BELOW_MARKED,
    PLAIN_DEPTH,
    ends_sentence,
    is_title_case,
    number_depth,
    run_in_title,
    title_depth,
)
from monitor.core.blocks import Block, BlockKind

# Shorter paragraphs are read as they are: a glued word in them is a typing error.
MIN_FLAT_LENGTH = 2000
MIN_JOINTS = 4
# A shorter text has no room for three sections; one shorter than a flat text has to give each its title.
MIN_RUN_ON_LENGTH = 200
_MAX_NUMBERED_WORDS = 16
_MAX_CELL_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str
    # Whether the same words stand in several places of the paragraph, as those of a table cell do.
    recurs: bool = False

    @property
    def is_open(self) -> bool:
        """It neither ends a sentence nor introduces anything."""
        return not ends_sentence(self.text) and not self.text.endswith(":")

    @property
    def is_numbered_title(self) -> bool:
        words = len(self.text.split())
        return self.is_open and words <= _MAX_NUMBERED_WORDS and number_depth(self.text) > 0

    @property
    def is_cell(self) -> bool:
        """A short stretch without sentence, number or figure: a menu entry, a table cell or a heading."""
        return (
            self.is_open
            and len(self.text.split()) <= _MAX_CELL_WORDS
            and not any(map(str.isdigit, self.text))
        )

    @property
    def introduces(self) -> bool:
        """It ends in a colon and is more than a label ("Recipients:")."""
        return self.text.endswith(":") and not is_title_case(self.text)


def split_flat(text: str, block: Block) -> list[Block]:
    """The blocks hidden in a paragraph, with offsets into `text`; the paragraph itself if it is not flat.

    Only white space lies between the blocks, and together they cover the paragraph.
    """
    if block.kind != "paragraph":
        return [block]
    cuts = _cuts(text[block.start : block.end])
    if not cuts:
        return [block]
    pieces = _once_or_cell(_pieces(text, [block.start, *(block.start + cut for cut in cuts), block.end]))
    found: list[Block] = []
    position = 0
    while position < len(pieces):
        blocks, position = _read(pieces, position)
        found += blocks
    return found


def _cuts(words: str) -> list[int]:
    """Where a paragraph lost its separators; none where it is to be read as it is."""
    if len(words) < MIN_FLAT_LENGTH:
        return titled_sections(words) if len(words) >= MIN_RUN_ON_LENGTH else []
    cuts = joints(words)
    if len(cuts) < MIN_JOINTS:
        cuts = run_on_sections(words)
    return cuts if len(cuts) >= MIN_SECTIONS else []


def _pieces(text: str, bounds: list[int]) -> list[_Piece]:
    pieces = []
    for start, end in pairwise(bounds):
        piece = text[start:end]
        if bare := piece.strip():
            lead = start + len(piece) - len(piece.lstrip())
            pieces.append(_Piece(lead, lead + len(bare), bare))
    return pieces


def _once_or_cell(pieces: list[_Piece]) -> list[_Piece]:
    counts = Counter(piece.text.casefold() for piece in pieces)
    return [replace(piece, recurs=counts[piece.text.casefold()] > 1) for piece in pieces]


def _read(pieces: list[_Piece], at: int) -> tuple[list[Block], int]:
    """The blocks that begin with the piece at a position, and the position after them."""
    piece = pieces[at]
    if piece.is_numbered_title:
        return [_block(piece, "heading", number_depth(piece.text))], at + 1
    if at and pieces[at - 1].introduces:
        stop = _list_end(pieces, at)
        if stop - at > 1:
            return [_block(item, "item", 1) for item in pieces[at:stop]], stop
    stop = _cells_end(pieces, at)
    if stop - at > 2:
        return [Block("paragraph", piece.start, pieces[stop - 1].end)], stop
    if _is_heading(pieces, at):
        return [_block(piece, "heading", PLAIN_DEPTH)], at + 1
    return [_block(piece, "paragraph", 0)], at + 1


def _block(piece: _Piece, kind: BlockKind, depth: int) -> Block:
    level = depth + LEVEL_BELOW_MARKED if kind == "heading" else depth
    return Block(kind, piece.start, piece.end, level)


def _is_heading(pieces: list[_Piece], at: int) -> bool:
    """A title between the end of a sentence (or another heading) and body text."""
    piece = pieces[at]
    if piece.recurs:
        return False
    label = piece.text.endswith(":") and is_title_case(piece.text) and title_depth(piece.text[:-1]) > 0
    if not label and not title_depth(piece.text):
        return False
    follows_open = at > 0 and pieces[at - 1].is_open and not pieces[at - 1].is_numbered_title
    return not follows_open and at + 1 < len(pieces) and not pieces[at + 1].is_open


def _cells_end(pieces: list[_Piece], at: int) -> int:
    while at < len(pieces) and pieces[at].is_cell and not pieces[at].is_numbered_title:
        at += 1
    return at


def _list_end(pieces: list[_Piece], at: int) -> int:
    """Where the list ends that begins here: its first item shows how its items look."""
    first = pieces[at].text
    if run_in_title(first):
        return _while(pieces, at, lambda piece: bool(run_in_title(piece.text)))
    if first.endswith((";", "; and", "; or", ",")):
        stop = _while(pieces, at, lambda piece: not piece.text.endswith((".", ":")))
        closes = stop < len(pieces) and pieces[stop].text.endswith(".")
        return stop + closes
    return _while(pieces, at, lambda piece: piece.is_open)


def _while(pieces: list[_Piece], at: int, belongs: Callable[[_Piece], bool]) -> int:
    while at < len(pieces) and not pieces[at].is_numbered_title and belongs(pieces[at]):
        at += 1
    return at
