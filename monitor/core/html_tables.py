"""The rows of a table of facts, each with the header cells it stands under."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bs4.element import NavigableString, Tag

from monitor.core.blocks import CELL_SEPARATOR
from monitor.core.drafts import Draft
from monitor.core.page_survey import count, is_wordless, role

_CELLS = frozenset({"td", "th"})
_MAX_SPAN = 100
# No table for readers is wider; cells further on keep their text and stand under no header.
_MAX_COLUMNS = 200
# A cell of a table without header cells that is longer than this is a column of a page, not a fact.
_MAX_CELL_WORDS = 300


def is_grid(table: Tag) -> bool:
    """Whether a table that is no frame states facts in rows and columns."""
    if role(table) in ("presentation", "none") or not _holds_words_in_cells_only(table):
        return False
    if table.find("th") is not None:
        return True
    cells = table.find_all("td")
    rows_found = table.find_all("tr")
    has_columns = any(len(row.find_all("td", limit=2)) > 1 for row in rows_found)
    return (
        has_columns
        and len(rows_found) > 1
        and all(count(cell.get_text(" ")) <= _MAX_CELL_WORDS for cell in cells)
    )


def _holds_words_in_cells_only(table: Tag) -> bool:
    """Whether no words stand outside of the captions and of the cells of its rows, which would be lost as a grid."""
    stack: list[tuple[Tag, bool]] = [(table, False)]
    while stack:
        tag, is_in_row = stack.pop()
        for child in tag.contents:
            if not isinstance(child, Tag):
                if type(child) is NavigableString and child.strip():
                    return False
            elif (
                child.name != "caption"
                and not (is_in_row and child.name in _CELLS)
                and not is_wordless(child)
            ):
                stack.append((child, is_in_row or child.name == "tr"))
    return True


def rows(table: Tag, cell_text: Callable[[Tag], str]) -> Iterator[Draft]:
    """One draft a row: its cells that are not empty, and the header cells above them; a caption before.

    A header row is given too, without header. A cell that spans columns or rows stands in the first of them.
    """
    header: dict[int, str] = {}
    occupied: dict[int, int] = {}
    for part in table.find_all(["caption", "tr"]):
        if part.name == "caption":
            yield Draft("paragraph", cell_text(part))
            continue
        cells = _columns(part, occupied)
        texts = {column: text for column, cell in cells.items() if (text := cell_text(cell))}
        joined = CELL_SEPARATOR.join(texts.values())
        if not header and _is_header(part, cells, texts):
            header = {column: text for column, text in texts.items() if column < _MAX_COLUMNS}
            yield Draft("row", joined)
        else:
            yield Draft("row", joined, header=tuple(header[column] for column in texts if column in header))


def _columns(row: Tag, occupied: dict[int, int]) -> dict[int, Tag]:
    """The cells of a row by column; `occupied` (column: rows still covered from above) is brought forward."""
    placed: dict[int, Tag] = {}
    covered = {column: left - 1 for column, left in occupied.items()}
    column = 0
    for cell in row.find_all(["td", "th"]):
        while column in occupied:
            column += 1
        placed[column] = cell
        after = column + _span(cell, "colspan")
        below = _span(cell, "rowspan") - 1
        covered.update(dict.fromkeys(range(column, min(after, _MAX_COLUMNS)), below))
        column = after
    occupied.clear()
    occupied.update((at, left) for at, left in covered.items() if left > 0)
    return placed


def _span(cell: Tag, name: str) -> int:
    stated = str(cell.get(name) or "1").strip()
    return (
        min(max(int(stated), 1), _MAX_SPAN)
        if stated.isascii() and stated.isdigit() and len(stated) < 5
        else 1
    )


def _is_header(row: Tag, cells: dict[int, Tag], texts: dict[int, str]) -> bool:
    if len(texts) < 2:
        return False
    return _in_head(row) or all(_names_column(cells[column]) for column in texts)


def _in_head(row: Tag) -> bool:
    return row.parent is not None and row.parent.name == "thead"


def _names_column(cell: Tag) -> bool:
    if cell.name == "th":
        return True
    bold = "".join(part.get_text() for part in cell.find_all(["b", "strong"])).split()
    return bold == cell.get_text().split()
