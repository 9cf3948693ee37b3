"""Rows that are owed to somebody outside, each sent once: claimed by one sender, closed, or tried again later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from clauses.models import AlertState, Delivery
from clauses.retrying import MAX_ATTEMPTS, wait_after

_LONGEST_ERROR = 300


class Sending(StrEnum):
    """What came of trying to send a row."""

    SENT = "sent"
    NOT_OURS = "not ours"
    LATER = "later"
    ENDED = "ended"
    # The server cannot be reached, or left us: others may fare no better now.
    NO_SERVER = "no server"


def waiting(kind: type[Delivery], now: datetime) -> QuerySet[Any]:
    """The rows of a kind that are owed, free, and whose next try has come, the longest waiting first."""
    unclaimed = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - timedelta(seconds=settings.CLAIM_SECONDS))
    ripe = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    rows: QuerySet[Any] = kind._default_manager.filter(unclaimed & ripe, state=AlertState.OWED)
    return rows.order_by("owed_at", "pk")


def claim(rows: QuerySet[Any], pk: int, now: datetime) -> bool:
    """Claim one of the rows that wait. False where somebody else has it: at most one sender has a row at a time."""
    return rows.filter(pk=pk).update(claimed_at=now) == 1


def mine(row: Delivery) -> QuerySet[Any]:
    """The row, as long as the claim on it is the one it was read with."""
    return type(row)._default_manager.filter(pk=row.pk, claimed_at=row.claimed_at)


def ending(state: AlertState, error: str = "") -> dict[str, Any]:
    """How a row ended, as values of its columns."""
    sent_at = timezone.now() if state == AlertState.SENT else None
    return {"state": state, "sent_at": sent_at, "error": error[:_LONGEST_ERROR]}


def close(row: Delivery, how: dict[str, Any]) -> bool:
    """Note how a row ended. What went out counts as sent, whoever has it by now. False where it is no longer ours."""
    rows = mine(row)
    if how["state"] == AlertState.SENT:
        rows = type(row)._default_manager.filter(pk=row.pk)
    return rows.update(claimed_at=None, **how) == 1


def is_last_try(row: Delivery) -> bool:
    """Whether the try under way is the last one a row has."""
    return row.attempts + 1 >= MAX_ATTEMPTS


def put_off(row: Delivery, error: str, now: datetime, at_least: timedelta = timedelta(), **more: Any) -> None:
    """Note a failed try and when the next one comes, at the earliest after `at_least`."""
    attempts = row.attempts + 1
    next_try_at = now + max(wait_after(attempts), at_least)
    mine(row).update(
        attempts=attempts, error=error[:_LONGEST_ERROR], next_try_at=next_try_at, claimed_at=None, **more
    )


def release_all(kinds: Iterable[type[Delivery]]) -> None:
    """Let go of every row. Only for the one process of an embedded site, at its start."""
    for kind in kinds:
        kind._default_manager.filter(claimed_at__isnull=False).update(claimed_at=None)
