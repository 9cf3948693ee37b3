"""Ruling on a recorded change that looks odd: the publisher's, or a fault of capture."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses.chronicling import put_down
from clauses.models import Alert, AlertState, ChangeEventKind, ChangeRuling, ChangeSet, WebhookDelivery
from monitor.models import Cause, Document


class RuledMeanwhile(ValueError):
    """Others ruled on the change since the curator looked."""


@transaction.atomic
def rule(
    change_set: ChangeSet, *, is_real: bool, reason: str, by: User, at: datetime, seen: int | None = None
) -> ChangeRuling:
    """Keep a ruling and let it count. Nothing is deleted: a fault is hidden like our own readings, and marked.

    Of a fault nobody is told any more who was not told yet; a later ruling shows the change again, and alerts nobody.
    `seen` is the key of the ruling that the curator saw last, 0 for none. Raises RuledMeanwhile.
    """
    # Whoever rates the document anew, or rules on it, waits.
    Document.objects.select_for_update().get(pk=change_set.document_id)
    latest = change_set.rulings.values_list("pk", flat=True).first() or 0
    if seen is not None and seen != latest:
        raise RuledMeanwhile
    ruling = ChangeRuling.objects.create(
        change_set=change_set, is_real=is_real, reason=reason, ruled_by=by, ruled_at=at
    )
    is_technical = not is_real or change_set.new_version.cause == Cause.TECHNICAL
    ChangeSet.objects.filter(pk=change_set.pk).update(is_technical=is_technical)
    if not is_real:
        for kind in (Alert, WebhookDelivery):
            owed = kind.objects.filter(change_set=change_set, state=AlertState.OWED)
            owed.update(state=AlertState.DROPPED)
    put_down(ChangeEventKind.RULED, [change_set.number])
    return ruling
