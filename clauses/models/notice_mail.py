"""What operators are told beyond the notices about sources, and the mails that tell them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clauses.models.alert import Delivery
from monitor.models import Notice
from monitor.models.checked import Checked


class QueueNotice(Checked):
    """That a queue stands still, or moves again. Unique by the moment its oldest row began to wait."""

    queue = models.CharField(max_length=60)
    is_over = models.BooleanField(default=False, help_text="It moves again")
    began_at = models.DateTimeField(help_text="Since when its oldest row had waited")
    told_at = models.DateTimeField()
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["queue", "began_at", "is_over"], name="queue_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.queue}: {self.words}"


class NoticeMail(Delivery):
    """One mail to one operator with the notices they were not told of yet."""

    address = models.EmailField()

    class Meta:
        ordering = ["-owed_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"Notices to {self.address}"


class MailedNotice(models.Model):
    """That one operator was, or is being, told of one notice: each once."""

    mail = models.ForeignKey(NoticeMail, on_delete=models.CASCADE, related_name="notices")
    address = models.EmailField()
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="+")
    queue_notice = models.ForeignKey(QueueNotice, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "notice"], name="mailed_notice_once"),
            models.UniqueConstraint(fields=["address", "queue_notice"], name="mailed_queue_notice_once"),
            models.CheckConstraint(
                condition=Q(notice__isnull=True) ^ Q(queue_notice__isnull=True), name="mailed_notice_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice or self.queue_notice} to {self.address}"
