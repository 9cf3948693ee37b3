"""Rows with a checksum of what they say: bytes of them that change beneath Django show."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, ClassVar, TypeVar
from zlib import crc32

from django.db import NotSupportedError, connection, models, transaction
from django.db.models.base import ModelBase

from monitor.core.manifest import canonical, moment
from monitor.core.normalize import sha256

_Row = TypeVar("_Row", bound=models.Model)
_CHUNK = 500
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class RowSum(models.BigIntegerField):  # type: ignore[type-arg]
    """The checksum of a row, worked out whenever the row is saved whole."""

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:
        """The checksum of what is about to be stored; none in a migration, whose models do not know `UNSUMMED`."""
        if not model_instance.get_deferred_fields():
            value = sum_of(model_instance) if isinstance(model_instance, Checked) else None
            setattr(model_instance, self.attname, value)
        kept: int | None = getattr(model_instance, self.attname)
        return kept


class CheckedQuerySet(models.QuerySet[_Row]):
    """Rows whose checksums follow what is done to many of them at once."""

    def update(self, **values: Any) -> int:
        """Change all rows, and work their checksums out anew where these go by what is changed."""
        if not _are_summed(self.model, values):
            return super().update(**values)
        with transaction.atomic(using=self.db):
            # By their keys: a row that comes to match only now is as if it came after.
            keys = list(dict.fromkeys(self.order_by().values_list("pk", flat=True)))
            return sum(self._update_some(chunk, values) for chunk in _chunks(keys))

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(
        self,
        objs: Iterable[_Row],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[_Row]:
        """Store rows with their checksums.

        Raises NotSupportedError where a row that is there already would get some summed columns of another.
        """
        if update_conflicts and _are_summed(self.model, update_fields or ()):
            raise NotSupportedError("a row that is there is changed by update(), which keeps its checksum")
        return super().bulk_create(
            objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def _update_some(self, keys: Sequence[Any], values: Mapping[str, Any]) -> int:
        sound = _sound(self.model, keys)
        changed = super(CheckedQuerySet, self.filter(pk__in=keys)).update(**values)
        sum_anew(self.model, sound)
        return changed


class CheckedManager(models.Manager[_Row]):
    """The rows of a table with checksums."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """All of them."""
        return CheckedQuerySet(self.model, using=self._db)


class Checked(models.Model):
    """A row with a checksum of all it says but its own key and the columns named `UNSUMMED`.

    It shows damage, and proves nothing against somebody who writes to the database. Empty until it is first worked out.
    It is worked out before columns that fill themselves as they are saved (`auto_now`): a checked table can have none.
    """

    UNSUMMED: ClassVar[frozenset[str]] = frozenset()

    row_sum = RowSum(null=True, editable=False, help_text="CRC-32 of what the row says")

    objects = CheckedManager()

    class Meta:
        abstract = True
        # Django changes related rows through it, and reads all rows by it: where `objects` hides some, another one.
        base_manager_name = "objects"

    def save(
        self,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save the row with its checksum."""
        named = None if update_fields is None else frozenset(update_fields)
        save = partial(
            super().save,
            force_insert=force_insert,
            force_update=force_update,
            using=using,
            update_fields=named,
        )
        is_whole = named is None and not self.get_deferred_fields()
        if is_whole or (named is not None and not _are_summed(type(self), named)):
            save()
            return
        with transaction.atomic():
            sound = _sound(type(self), [self.pk])
            save()
            # What this instance does not know may have been changed by somebody else.
            sum_anew(type(self), sound)


def sum_of(row: models.Model) -> int:
    """The CRC-32 of the canonical JSON of what a row says, by column.

    Empty columns are left out: one that is added later, and is empty, changes no checksum.
    """
    said = {field.attname: _said(field, getattr(row, field.attname)) for field in summed_fields(type(row))}
    return crc32(canonical({name: value for name, value in said.items() if value not in _EMPTY}))


@cache
def summed_fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """The columns that the checksum of a table's rows goes by."""
    unsummed: frozenset[str] = getattr(model, "UNSUMMED", frozenset())
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, RowSum | models.AutoField) and field.name not in unsummed
    )


def sum_anew(model: type[models.Model], keys: Sequence[Any]) -> None:
    """Work out the checksums of rows as they are in the database now. Inside the transaction that changed them."""
    names = (model._meta.db_table, "row_sum", str(model._meta.pk.column))
    table, column, key = map(connection.ops.quote_name, names)
    statement = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"  # noqa: S608
    for chunk in _chunks(keys):
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(sum_of(row), row.pk) for row in _locked(model, chunk)])


def sum_missing(model: type[models.Model]) -> None:
    """Work out the checksums of rows that have none, each chunk in a transaction of its own."""
    rows: models.QuerySet[Any] = models.QuerySet(model).filter(row_sum=None).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:_CHUNK])
    while keys:
        with transaction.atomic():
            sum_anew(model, _sound(model, keys))
        keys = list(rows.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:_CHUNK])


def _are_summed(model: type[models.Model], names: Iterable[str]) -> bool:
    """Whether the checksums of a table's rows go by one of these columns."""
    named = {model._meta.get_field(name).name for name in names if name != "pk"}
    return not named.isdisjoint(field.name for field in summed_fields(model))


def _locked(model: type[models.Model], keys: Sequence[Any]) -> models.QuerySet[Any]:
    """These rows, which nobody else changes until the transaction ends."""
    # By their keys: an order that goes by another table leaves out rows whose reference leads nowhere.
    return models.QuerySet(model).filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)


def _sound(model: type[models.Model], keys: Sequence[Any]) -> list[Any]:
    """Which of these rows, locked from now on, are as they were written: what is damaged keeps its checksum."""
    return [row.pk for row in _locked(model, keys) if row.row_sum in {None, sum_of(row)}]


def _said(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as JSON has it, the same before it is stored and after."""
    if value is None:
        return None
    if hasattr(value, "resolve_expression"):
        raise TypeError(f"what {field.name} will say, only the database knows: use update() or update_fields")
    if isinstance(field, models.JSONField):
        return json.loads(json.dumps(value), parse_int=_number, parse_float=_number)
    value = field.to_python(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return sha256(bytes(value)) if isinstance(value, bytes | memoryview) else value


def _number(text: str) -> float:
    """A number, of which PostgreSQL does not keep how it was written: 1e16 comes back without its exponent."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _chunks(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
