"""Puts down what happens to change sets, for mirrors: in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from clauses.models import ChangeEvent, ChangeEventKind
from monitor.models import Counter

_CHUNK = 500


def put_down(kind: ChangeEventKind, change_sets: Iterable[int]) -> None:
    """Put down that something happened to change sets, by their public numbers. Inside a transaction.

    It locks a counter until the transaction ends: call it after everything that takes other public numbers.
    """
    listed = list(change_sets)
    if not listed:
        return
    numbers = Counter.take(ChangeEvent.LETTER, len(listed))
    now = timezone.now()
    rows = [
        ChangeEvent(number=number, change_set=change_set, kind=kind, at=now)
        for number, change_set in zip(numbers, listed, strict=True)
    ]
    ChangeEvent.objects.bulk_create(rows, batch_size=_CHUNK)
