"""Whether rows say what they said when they were written."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from monitor.models.checked import Checked, sum_of
from monitor.verifying.finding import Finding


def checked_models() -> list[type[Checked]]:
    """The tables whose rows have checksums."""
    return [model for model in apps.get_models() if issubclass(model, Checked)]


def check_row_sum(row: Checked) -> Iterator[Finding]:
    """That the checksum of a row is that of what it says."""
    if row.row_sum is None:
        yield Finding(_name(row), "it has no checksum")
    elif row.row_sum != sum_of(row):
        yield Finding(_name(row), "what it says is not what was written")


def _name(row: Checked) -> str:
    return str(getattr(row, "public_id", "")) or f"{row._meta.verbose_name} {row.pk}"
