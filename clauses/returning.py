"""Mail that came back or was complained of: who is mailed no more for it, and what is only counted."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from clauses import subscribing
from clauses.core.plain_line import plain_line
from clauses.mail.writing import named_row
from clauses.models import Confirmation, Delivery, MailReturn, Recipient, ReturnKind

_log = logging.getLogger(__name__)
_LONGEST = 200
_BECAUSE = {
    ReturnKind.HARD: "mail to this address came back",
    ReturnKind.COMPLAINT: "a mail of ours was marked as spam",
    ReturnKind.UNWANTED: "you asked for no more mail",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a provider says of one mail: its name or Message-ID, to whom it went, what came of it, in whose words."""

    name: str
    address: str
    kind: ReturnKind
    said: str = ""


def note(report: Report, now: datetime) -> bool:
    """Note a report, and stop the mail to its address unless it was not delivered this time only. False: not ours.

    Each is noted once: a report that comes again stops nobody who started again meanwhile.
    """
    row = named_row(report.name)
    if row is None:
        _log.info("a mail provider reports %s of a message that is not ours", report.kind)
        return False
    if _address(row).casefold() != report.address.strip().casefold():
        # Another address by now, or a copy that somebody passed on.
        _log.info("a mail provider reports %s of %s from another address", report.kind, report.name)
        return False
    said = plain_line(report.said)[:_LONGEST]
    # With the host or without it, it is the same report.
    name = report.name.strip("<> ").partition("@")[0]
    with transaction.atomic():
        for recipient in _mailed_at(report.address.strip()):
            noted = {"said": said, "came_at": now}
            _, is_new = MailReturn.objects.get_or_create(
                recipient=recipient, message_id=name, kind=report.kind, defaults=noted
            )
            if is_new and report.kind in _BECAUSE:
                subscribing.stop(Recipient.objects.filter(pk=recipient.pk), _BECAUSE[report.kind])
    return True


def _address(row: Delivery) -> str:
    if isinstance(row, Confirmation):
        return row.subscription.recipient.address
    recipient = getattr(row, "recipient", None)
    return recipient.address if recipient else str(row.address)  # type: ignore[attr-defined]


def _mailed_at(address: str) -> list[Recipient]:
    """Everybody who is mailed at an address, with an account or without."""
    without = Q(user__isnull=True, own_address__iexact=address)
    return list(Recipient.objects.filter(without | Q(user__email__iexact=address)))
