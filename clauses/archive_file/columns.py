"""How a value of a column is written in an archive file, and read back under suspicion."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.backends.base.operations import BaseDatabaseOperations

from monitor.core.manifest import moment


class WrongValue(ValueError):
    """A value that its column cannot hold."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its name in the file, what kind of value it holds, and whether it may hold none.

    `refers_to` is the table whose key it holds; empty where it refers to nothing.
    """

    name: str
    kind: str
    may_be_null: bool
    refers_to: str
    field: models.Field[Any, Any]

    def told(self) -> dict[str, Any]:
        """What the manifest says of it."""
        told = {"name": self.name, "kind": self.kind, "null": self.may_be_null}
        return {**told, "refers_to": self.refers_to} if self.refers_to else told

    def written(self, value: Any) -> Any:
        """The value as JSON has it."""
        return None if value is None else _WRITTEN.get(self.kind, _as_it_is)(value)

    def read(self, value: Any) -> Any:
        """The value as the database takes it. Raises WrongValue."""
        if value is None:
            if not self.may_be_null:
                raise WrongValue("is empty")
            return None
        read = _READ[self.kind](value)
        self._check(read)
        return read

    def stored(self, value: Any) -> Any:
        """What was read, as a parameter of a statement."""
        return self.field.get_db_prep_save(value, connection)

    def _check(self, value: Any) -> None:
        field = self.field
        if isinstance(value, str) and field.max_length and len(value) > field.max_length:
            raise WrongValue(f"is longer than {field.max_length} characters")
        if self.kind == "json" and field.default in {list, dict} and not isinstance(value, field.default):
            raise WrongValue(f"is no {field.default.__name__}")
        if field.choices and value != "" and value not in dict(field.flatchoices):
            raise WrongValue(f"is none of the {len(field.flatchoices)} values that it may have")
        _check_range(field, value)
        try:
            field.run_validators(value)
        except ValidationError as error:
            raise WrongValue(f"is refused: {error.messages[0]}") from None


def column_of(field: models.Field[Any, Any]) -> Column:
    """The column of a field of a model, under the name that it has in the database."""
    target = field
    while target.remote_field:
        target = target.target_field  # type: ignore[attr-defined]
    refers_to = field.related_model._meta.label_lower if field.remote_field else ""  # type: ignore[union-attr]
    kind = next(kind for type_, kind in _KINDS.items() if isinstance(target, type_))
    return Column(field.attname, kind, field.null, refers_to, field)


def _check_range(field: models.Field[Any, Any], value: Any) -> None:
    bounds = BaseDatabaseOperations.integer_field_ranges.get(field.get_internal_type())
    if bounds and not bounds[0] <= value <= bounds[1]:
        raise WrongValue(f"is not between {bounds[0]} and {bounds[1]}")


def _as_it_is(value: Any) -> Any:
    return value


def _of(*types: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        # A truth value is a number to Python, and to nobody else.
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise WrongValue(f"is no {types[0].__name__}")
        return value

    return read


def _number(value: Any) -> float:
    number = float(_of(float, int)(value))
    if not math.isfinite(number):
        raise WrongValue("is no finite number")
    return number


def _moment(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(_of(str)(value)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongValue("is no moment") from None


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_of(str)(value))
    except ValueError:
        raise WrongValue("is no date") from None


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(_of(str)(value), validate=True)
    except (ValueError, binascii.Error):
        raise WrongValue("is not Base64") from None


def _base64(value: bytes) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


_KINDS: Mapping[type[models.Field[Any, Any]], str] = {
    models.BooleanField: "boolean",
    models.IntegerField: "integer",
    models.FloatField: "number",
    models.DateTimeField: "moment",
    models.DateField: "date",
    models.JSONField: "json",
    models.BinaryField: "base64",
    models.CharField: "text",
    models.TextField: "text",
}
_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "moment": moment,
    "date": date.isoformat,
    "base64": _base64,
    "number": float,
}
_READ: Mapping[str, Callable[[Any], Any]] = {
    "boolean": _of(bool),
    "integer": _of(int),
    "number": _number,
    "text": _of(str),
    "moment": _moment,
    "date": _day,
    "json": _as_it_is,
    "base64": _bytes,
}
