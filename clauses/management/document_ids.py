"""The document IDs that people type: "D-00012" or 12."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management.base import CommandError

from clauses.queries.documents import documents
from monitor.models import Document

# Numbers that fit into the database.
_MAX_DIGITS = 18


def documents_named(names: Sequence[str]) -> list[Document]:
    """The documents with these IDs, each once. Raises CommandError where there is no such document."""
    numbers = [_number(name) for name in names]
    found = documents().in_bulk(numbers, field_name="number")
    for name, number in zip(names, numbers, strict=True):
        if number not in found:
            raise CommandError(f"there is no document {name}")
    return [found[number] for number in dict.fromkeys(numbers)]


def _number(name: str) -> int:
    digits = name.upper().removeprefix("D-")
    if not digits.isdecimal() or len(digits) > _MAX_DIGITS:
        raise CommandError(f"{name!r} is not a document ID; they look like D-00012")
    return int(digits)
