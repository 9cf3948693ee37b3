"""Whether what is one of a few words is one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Field

from monitor.verifying.finding import Finding
from monitor.verifying.references import fields_of


def choice_fields(app: str) -> list[Field[Any, Any]]:
    """Every field of an app's tables that has a few values to choose from."""
    return [field for field in fields_of(app) if field.choices]


def check_choices(field: Field[Any, Any]) -> Iterator[Finding]:
    """The rows with another value, which no form and no program of ours writes."""
    known = [value for value, _ in field.flatchoices] + ([""] if field.blank and not field.null else [])
    rows = field.model._base_manager.exclude(**{f"{field.name}__in": known})
    for key, value in (
        rows.exclude(**{f"{field.name}__isnull": True}).values_list("pk", field.name).iterator()
    ):
        yield Finding(
            f"{field.model._meta.verbose_name} {key}",
            f"its {field.verbose_name} is none of the values there are: {str(value)[:60]!r}",
        )
