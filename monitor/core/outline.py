"""The blocks of a text as rows, and these rows as bytes that hardly change where a word of the text does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from monitor.core.blocks import Block

# Kind, start, end, level, header cells; and the page, where the document has pages.
Row = Sequence[Any]


def outline_of(blocks: Iterable[Block]) -> list[list[Any]]:
    """The blocks as rows."""
    return [_row(block) for block in blocks]


def blocks_of(rows: Iterable[Row]) -> tuple[Block, ...]:
    """The blocks that were made rows."""
    return tuple(
        Block(kind, start, end, level, tuple(header), *page)
        for kind, start, end, level, header, *page in rows
    )


def write_outline(rows: Iterable[Row]) -> bytes:
    """The rows, one a line. A row has its distance from the one before and its length, not its offsets.

    Offsets would all change with the first longer word, and so would the bytes from there to the end.
    """
    lines = []
    before = 0
    for kind, start, end, *rest in rows:
        lines.append(json.dumps([kind, start - before, end - start, *rest], separators=(",", ":")))
        before = end
    return "\n".join(lines).encode()


def read_outline(body: bytes) -> list[list[Any]]:
    """The rows that were written."""
    rows = []
    before = 0
    for line in body.splitlines():
        kind, distance, length, *rest = json.loads(line)
        start = before + distance
        before = start + length
        rows.append([kind, start, before, *rest])
    return rows


def _row(block: Block) -> list[Any]:
    row = [block.kind, block.start, block.end, block.level, list(block.header)]
    return [*row, block.page] if block.page else row
