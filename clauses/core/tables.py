"""Typed reading of the data files: what is missing or wrong is named by file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


class TaxonomyError(ValueError):
    """A data file of the taxonomy is missing, unreadable or incomplete; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a data file. `path` says where it stands, e.g. "disputes.toml: type[2]"."""

    path: str
    row: Mapping[str, Any]

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank."""
        return str(self._read(key, str, "a text that is not blank", default))

    def whole(self, key: str) -> int:
        """A whole number, which may be negative."""
        return int(self._read(key, int, "a whole number", None))

    def number(self, key: str) -> float | None:
        """A number, or None where the key is absent."""
        value = self.row.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        raise self.error(key, "must be a number")

    def day(self, key: str) -> date:
        """A day, as TOML writes it: 2026-11-29."""
        value = self.row.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise self.error(key, "must be a day")

    def flag(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        return bool(self._read(key, bool, "true or false", False))

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts that are not blank; empty only where not required."""
        values = self._list(key, required)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.error(key, "must be a list of texts that are not blank")
        return tuple(values)

    def tables(self, key: str, *, required: bool = True) -> Iterator[Table]:
        """The tables of an array of tables, in order."""
        for number, row in enumerate(self._list(key, required), 1):
            if not isinstance(row, Mapping):
                raise self.error(key, "must be a list of tables")
            yield Table(f"{self.path}: {key}[{number}]", row)

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return Table(f"{self.path}: {key}", self._read(key, dict, "a table", None))

    def mapping(self, key: str) -> dict[str, str]:
        """A table of texts."""
        values = self._read(key, dict, "a table of texts", {})
        if not all(isinstance(value, str) for value in values.values()):
            raise self.error(key, "must be a table of texts")
        return dict(values)

    def only(self, *known: str) -> None:
        """Refuse keys nobody reads: a misspelt key would otherwise be lost without a word."""
        for key in self.row:
            if key not in known:
                raise self.error(key, "is not a known key")

    def error(self, key: str, problem: str) -> TaxonomyError:
        """The error to raise about one key of this table."""
        return TaxonomyError(f"{self.path}: {key} {problem}")

    def _read(self, key: str, kind: type, wanted: str, default: Any) -> Any:
        value = self.row.get(key, default)
        blank = isinstance(value, str) and not value.strip()
        if blank or not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"must be {wanted}")
        return value

    def _list(self, key: str, required: bool) -> list[Any]:
        values = self.row.get(key, [])
        if not isinstance(values, list) or (required and not values):
            raise self.error(key, "must be a list that is not empty")
        return values


def read_table(files: Mapping[str, bytes], name: str) -> Table:
    """The content of a TOML file. Raises TaxonomyError where it is absent or not TOML in UTF-8."""
    if name not in files:
        raise TaxonomyError(f"{name}: is missing")
    try:
        return Table(name, tomllib.loads(files[name].decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TaxonomyError(f"{name}: is not readable: {error}") from None
