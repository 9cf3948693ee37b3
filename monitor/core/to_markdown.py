"""An extracted text as Markdown, to be read or kept beside Open Terms Archive's."""

from __future__ import annotations

import re
from itertools import groupby

from monitor.core.blocks import CELL_SEPARATOR, Block, Extract

# What Markdown could take for a mark of its own, anywhere in a line or only at its beginning.
_MARKS = re.compile(r"([\\`*_\[\]<>|])")
_OPENING = re.compile(r"(?=[#+~=-])")
# Number signs at the end of a heading would be taken for its closing ones.
_CLOSING = re.compile(r"(?<![#\\])(#+)$")
_HIDDEN = r"\\\1"
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def markdown(extract: Extract) -> str:
    """Headings, paragraphs, nested lists and tables, Markdown's own characters escaped; ends in a line break.

    `extract_markdown` reads the same text back.
    """
    parts = []
    for kind, group in groupby(extract.blocks, key=lambda block: block.kind):
        blocks = list(group)
        if kind == "item":
            parts.append(_list(extract.text, blocks))
        elif kind == "row":
            parts.extend(_tables(extract.text, blocks))
        else:
            parts.extend(_line(extract.text, block) for block in blocks)
    return "\n\n".join(parts) + "\n"


def _line(text: str, block: Block) -> str:
    escaped = _escaped(text[block.start : block.end])
    if block.kind != "heading":
        return escaped
    return f"{'#' * block.level} {_CLOSING.sub(_HIDDEN, escaped)}"


def _list(text: str, blocks: list[Block]) -> str:
    return "\n".join(
        f"{'    ' * (block.level - 1)}- {_escaped(text[block.start : block.end])}" for block in blocks
    )


def _tables(text: str, rows: list[Block]) -> list[str]:
    """A table for each run of rows: one begins where a row has no header."""
    tables: list[list[Block]] = []
    for row in rows:
        if not row.header or not tables:
            tables.append([])
        tables[-1].append(row)
    return [_table([_cells(text, row) for row in table]) for table in tables]


def _cells(text: str, row: Block) -> list[str]:
    return [_escaped(cell) for cell in text[row.start : row.end].split(CELL_SEPARATOR)]


def _table(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    lines = [f"| {' | '.join(cells + [''] * (width - len(cells)))} |" for cells in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _escaped(text: str) -> str:
    escaped = _MARKS.sub(r"\\\1", text)
    return _NUMBER.sub(
        r"\1\\\2", _OPENING.sub(r"\\", escaped, count=1) if escaped[:1] in "#+~=-" else escaped, count=1
    )
