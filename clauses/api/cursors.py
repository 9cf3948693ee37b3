"""Where a list goes on: opaque to clients, the same for ever, and refused where we did not make it."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from clauses.forms.understood import Mistake, NotUnderstood

_Row = TypeVar("_Row", bound=Model)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 120
_MICROSECOND = timedelta(microseconds=1)
# Within a 64-bit key of a row.
_NUMBER = "-?[0-9]{1,18}"


def cursor_of(name: str, *marks: int) -> str:
    """The cursor of a list, by its name, behind a row with these marks."""
    plain = ":".join([name, *map(str, marks)])
    return urlsafe_b64encode(plain.encode()).rstrip(b"=").decode()


def marks_of(name: str, cursor: str, count: int, parameter: str = "cursor") -> tuple[int, ...]:
    """The marks of the row that a cursor of this list stands behind. Raises NotUnderstood for any other text."""
    found = re.fullmatch(rf"{name}((?::{_NUMBER}){{{count}}})", _plain(cursor))
    marks = tuple(map(int, found[1].split(":")[1:])) if found else ()
    # One place has one cursor: a text that only reads like ours is none.
    if not found or cursor_of(name, *marks) != cursor:
        raise NotUnderstood([Mistake(parameter, cursor[:60], [], "This is no cursor of this list.")])
    return marks


def _plain(cursor: str) -> str:
    if len(cursor) > _LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", cursor):
        return ""
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (Error, ValueError):
        return ""


def page_by_id(
    name: str, rows: QuerySet[_Row], cursor: str | None, limit: int, field: str = "pk"
) -> tuple[list[_Row], str | None]:
    """So many rows in the order of a field that never changes, and the cursor of those that follow."""
    if cursor:
        rows = rows.filter(**{f"{field}__gt": marks_of(name, cursor, 1)[0]})
    found = list(rows.order_by(field)[: limit + 1])
    return _cut(name, found, limit, lambda row: (getattr(row, field),))


def page_newest_first(
    name: str, rows: QuerySet[_Row], cursor: str | None, limit: int, moment: str, field: str = "pk"
) -> tuple[list[_Row], str | None]:
    """So many rows, the latest first, and the cursor of those that follow, whatever is added meanwhile."""
    if cursor:
        at, key = marks_of(name, cursor, 2)
        rows = rows.filter(_before(moment, moment_at(at), field, key))
    found = list(rows.order_by(f"-{moment}", f"-{field}")[: limit + 1])
    return _cut(name, found, limit, lambda row: (mark_of(getattr(row, moment)), getattr(row, field)))


def _before(moment: str, at: datetime, field: str, key: int) -> Q:
    return Q(**{f"{moment}__lt": at}) | Q(**{moment: at, f"{field}__lt": key})


def _cut(
    name: str, found: list[_Row], limit: int, marks: Callable[[_Row], Iterable[Any]]
) -> tuple[list[_Row], str | None]:
    shown = found[:limit]
    return shown, cursor_of(name, *marks(shown[-1])) if len(found) > limit else None


def mark_of(at: datetime) -> int:
    """A moment as a mark: microseconds."""
    return (at - _EPOCH) // _MICROSECOND


def moment_at(mark: int) -> datetime:
    """The moment of a mark; of one beyond all days, the last or the first that there is."""
    try:
        return _EPOCH + mark * _MICROSECOND
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if mark > 0 else datetime.min.replace(tzinfo=UTC)
