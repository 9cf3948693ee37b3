"""Cells of a table that a spreadsheet opens as text, whatever was written into them."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_cell(value: object) -> str:
    """A value as a cell. What a spreadsheet would take for a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    # Spreadsheets pass over white space before a formula, and the full-width signs are formulas in some.
    begins = text.lstrip()[:1]
    is_formula = text.startswith(_FORMULA) or begins in {*_FORMULA, "\uff1d", "\uff0b", "\uff0d", "\uff20"}
    return f"'{text}" if text and is_formula else text
