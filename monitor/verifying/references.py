"""Whether the database is whole, and every row that another one refers to is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, ForeignKey, Model, OuterRef

from monitor.verifying.finding import Finding


def fields_of(app: str) -> Iterator[Any]:
    """Every field of an app's tables."""
    for model in apps.get_app_config(app).get_models():
        yield from model._meta.fields


def reference_fields(app: str) -> list[ForeignKey[Model, Model]]:
    """Every field of an app's tables that refers to a row."""
    return [field for field in fields_of(app) if isinstance(field, ForeignKey)]


def check_references(field: ForeignKey[Model, Model]) -> Iterator[Finding]:
    """The rows whose reference leads nowhere. A database refuses such rows: their bytes were changed beneath it."""
    target = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
    broken = field.model._base_manager.exclude(**{f"{field.attname}__isnull": True}).filter(~Exists(target))
    # In no order: one that goes by another table leaves out the very rows whose reference leads nowhere.
    for key, value in broken.order_by().values_list("pk", field.attname).iterator():
        yield Finding(
            f"{field.model._meta.verbose_name} {key}", f"its {field.verbose_name} leads nowhere: {value}"
        )


def check_file(_: object = None) -> Iterator[Finding]:
    """What SQLite says of its own file. Other databases have tools of their own for that."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield Finding("database", str(line))
