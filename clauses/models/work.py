"""What a team does about a change set: where it stands, whose it is, and who said what when. Never public."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.change import ChangeSet
from monitor.models.append_only import AppendOnly
from monitor.models.checked import Checked


class EntryIsFinal(TypeError):
    """An entry was to be changed or deleted: it is only ever followed by another one."""


class WorkStatus(models.TextChoices):
    """What a team has done about a change set. New is also every change set that nobody has touched."""

    NEW = "new", "New"
    REVIEWED = "reviewed", "Reviewed"
    FOLLOW_UP = "follow_up", "Follow-up"
    NO_ACTION = "no_action", "No action"


class Work(Checked):
    """Where the work on a change set stands: the latest of its entries. No row: nobody has touched it.

    `revision` counts the entries. Who writes names the revision that was looked at, so nobody overwrites unseen.
    """

    change_set = models.OneToOneField(
        ChangeSet, on_delete=models.CASCADE, primary_key=True, related_name="work"
    )
    status = models.CharField(max_length=10, choices=WorkStatus, default=WorkStatus.NEW, db_index=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.change_set.public_id} {self.get_status_display().lower()}"


class WorkEntry(AppendOnly):
    """One step of the work on a change set: status and assignee after it, an internal note, by whom. Append-only."""

    NOUN = "an entry"
    IS_FINAL = EntryIsFinal

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="work_entries")
    revision = models.PositiveIntegerField(help_text="1 for the first entry of a change set")
    status = models.CharField(max_length=10, choices=WorkStatus)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["change_set", "revision"]
        constraints = [models.UniqueConstraint(fields=["change_set", "revision"], name="work_entry_once")]

    def __str__(self) -> str:
        return f"{self.change_set.public_id} {self.get_status_display().lower()} by {self.by}"
