"""Whether the database is whole, and every row that another one refers to is there."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Exists, ForeignKey, Model, OuterRef

from monitor.verifying.finding import Finding


def reference_fields(app: str) -> list[ForeignKey[Model, Model]]:
    """Every field of an app's tables that refers to a row."""
    models = apps.get_app_config(app).get_models()
    return [field for model in models for field in model._meta.fields if isinstance(field, ForeignKey)]


def check_references(field: ForeignKey[Model, Model]) -> Iterator[Finding]:
    """The rows whose reference leads nowhere. A database refuses such rows: their bytes were changed beneath it."""
    target = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
    broken = field.model._base_manager.exclude(**{f"{field.attname}__isnull": True}).filter(~Exists(target))
    for key, value in broken.values_list("pk", field.attname).iterator():
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
