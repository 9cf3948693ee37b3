"""Rows of tables: what names a row and a column, and which row of the new version is which of the old one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence

from clauses.core.equal_passages import Match
from clauses.core.folding import folded
from clauses.core.values import Passage
from monitor.core.blocks import CELL_SEPARATOR

# "No", "Not shared", "We don't", a cross: what a cell denies its column with.
_NO = re.compile(
    r"(?:no\b|not\b|never\b|none\b|n/a\b|✗|✘|×|(?:we|it|they) (?:do not|don't|does not|never)\b)"
)
_WORD = re.compile(r"\w+")
_IDENTIFIER = re.compile(r"[\w.*-]*_[\w.*-]*")
_YES = re.compile(r"(?:yes\b|✓|✔)")

Key = tuple[Hashable, ...]


def row_name(text: str) -> str:
    """The first cell of a row, which names it; "" for a text without cells."""
    name, separator, _ = text.partition(CELL_SEPARATOR)
    return name.strip() if separator else ""


def column_title(passage: Passage, at: int) -> str:
    """The header cell above the character `at` of a row; "" where the columns are not all titled."""
    cells = passage.text.count(CELL_SEPARATOR) + 1
    return passage.header[passage.text.count(CELL_SEPARATOR, 0, at)] if len(passage.header) == cells else ""


def denies_cell(text: str, start: int, end: int) -> bool:
    """Whether the cell of a row at these characters says no; for its name, whether all that answer it do."""
    cells = [cell.strip() for cell in text.split(CELL_SEPARATOR)]
    at = text.count(CELL_SEPARATOR, 0, start)
    if at and at == text.count(CELL_SEPARATOR, 0, end):
        return _NO.match(folded(cells[at])) is not None
    answers = [folded(cell) for cell in cells[1:] if _NO.match(folded(cell)) or _YES.match(folded(cell))]
    return bool(answers) and all(map(_NO.match, answers))


def has_answer(text: str) -> bool:
    """Whether a cell of a row behind its name says yes or no, and so answers what its column asks."""
    cells = [folded(cell.strip()) for cell in text.split(CELL_SEPARATOR)[1:]]
    return any(_YES.match(cell) or _NO.match(cell) for cell in cells)


def named_rows(
    old: Sequence[Passage],
    new: Sequence[Passage],
    headings: tuple[Sequence[Hashable], Sequence[Hashable]],
    left: tuple[Sequence[int], Sequence[int]],
) -> list[Match]:
    """The rows among those left whose first cell names one row of one table on either side, in old order.

    A table is told by the heading above it (`headings`, as they are compared) and by its first column. A name that two
    rows of a table share tells neither of them.
    """
    if not left[0] or not left[1]:
        return []
    before, after = (_keys(*side) for side in ((old, headings[0]), (new, headings[1])))
    places = {after[j]: j for j in left[1] if after[j] is not None}
    shared = {key for keys in (before, after) for key, count in Counter(keys).items() if count > 1}
    found = [(i, places[key]) for i in left[0] if (key := before[i]) in places and key not in shared]
    return [(i, j) for i, j in found if not _are_apart(*(_identifiers(row.text) for row in (old[i], new[j])))]


def are_other_rows(old: Passage, new: Passage) -> bool:
    """Whether two rows are about different things by their first cells: two cookies, two recipients.

    Names without spaces differ where neither holds the other, descriptions where they share no word.
    """
    if CELL_SEPARATOR not in old.text or CELL_SEPARATOR not in new.text:
        return False
    if _are_apart(_identifiers(old.text), _identifiers(new.text)):
        # Below "Larkhollow" as the carrier, another column tells "_seal" from "_horse".
        return True
    before, after = folded(row_name(old.text)), folded(row_name(new.text))
    if not before or not after or before in after or after in before:
        return False
    if " " not in before and " " not in after:
        return True
    return not set(_WORD.findall(before)) & set(_WORD.findall(after))


def _identifiers(text: str) -> set[str]:
    """The cells of a row that are a name of a program's: "_seal", "horse_id"."""
    cells = (cell.strip() for cell in text.split(CELL_SEPARATOR)) if CELL_SEPARATOR in text else ()
    return {folded(cell) for cell in cells if _IDENTIFIER.fullmatch(cell)}


def _are_apart(before: set[str], after: set[str]) -> bool:
    return bool(before and after) and not before & after


def _keys(passages: Sequence[Passage], headings: Sequence[Hashable]) -> list[Key | None]:
    return [
        _key(passage, heading) if CELL_SEPARATOR in passage.text else None
        for passage, heading in zip(passages, headings, strict=True)
    ]


def _key(passage: Passage, heading: Hashable) -> Key | None:
    name = folded(row_name(passage.text))
    if not name or passage.is_header_row:
        return None
    return heading, *map(folded, passage.header[:1]), name
