"""Puts on record what people with a role do to the site."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from monitor.models import Act, ActKind

_LONGEST_SUBJECT = 300


def note(by: Any, kind: ActKind, subject: str, detail: str = "") -> None:
    """Put on record that somebody did something, in the transaction in which they do it."""
    Act.objects.create(
        at=timezone.now(),
        by=by,
        name=by.get_username(),
        kind=kind,
        subject=subject[:_LONGEST_SUBJECT],
        detail=detail,
    )
