"""Telling operators what needs them, each matter once: queues that stand still, and mail with all notices."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from clauses.models import MailedNotice, NoticeMail, QueueNotice
from clauses.queries.deliveries import mail_standing
from clauses.queries.health import queues_with_an_age
from clauses.queries.notices import queue_notices_for, source_notices_for


def tell_of_queues(now: datetime) -> int:
    """Tell of queues whose oldest row waits for too long, and again when they move; how many notices are new.

    A queue that moves slowly has another oldest row at every look, and is still one matter. It is over when the oldest
    waits for less than half of what is too long.
    """
    limit = timedelta(minutes=settings.QUEUE_MINUTES)
    count = 0
    for queue in queues_with_an_age(now, mail_standing()):
        waits = now - queue.oldest_at if queue.oldest_at else timedelta()
        last = QueueNotice.objects.filter(queue=queue.name).order_by("-told_at", "-pk").first()
        is_told = last is not None and not last.is_over
        if queue.oldest_at and waits > limit and not is_told:
            words = f"{queue.count} waiting, the oldest since {queue.oldest_at:%Y-%m-%d %H:%M} UTC"
            count += _tell(queue.name, queue.oldest_at, now, words)
        elif last and is_told and waits < limit / 2:
            words = f"{queue.count} waiting; it had stood since {last.began_at:%Y-%m-%d %H:%M} UTC"
            count += _tell(queue.name, last.began_at, now, words, is_over=True)
    return count


def _tell(queue: str, began_at: datetime, now: datetime, words: str, *, is_over: bool = False) -> bool:
    return QueueNotice.objects.get_or_create(
        queue=queue, began_at=began_at, is_over=is_over, defaults={"told_at": now, "words": words}
    )[1]


def owe_notices(now: datetime) -> int:
    """Owe each operator one mail with what they were not told of yet; how many mails."""
    return sum(_owe(address.lower(), now) for address in settings.OPERATOR_MAILS)


def _owe(address: str, now: datetime) -> bool:
    sources, queues = list(source_notices_for(address, now)), list(queue_notices_for(address, now))
    if not sources and not queues:
        return False
    try:
        with transaction.atomic():
            mail = NoticeMail.objects.create(address=address)
            rows = [MailedNotice(mail=mail, address=address, notice=notice) for notice in sources]
            rows += [MailedNotice(mail=mail, address=address, queue_notice=notice) for notice in queues]
            MailedNotice.objects.bulk_create(rows)
    except IntegrityError:
        # Another worker has just owed the same.
        return False
    return True
