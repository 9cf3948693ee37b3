"""What curators do with references: attach and remove pages, rule on proposals. Nothing is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from clauses.models import AnnouncementReading, ChangeSet, Mention, MentionRuling, Reference, ReferenceKind
from monitor.models import Platform

# In a history, beside the values of MentionRuling.
WITHDRAWN = "withdrawn"


class AttachedAlready(ValueError):
    """The page is attached to this platform or change set already."""


class RuledAlready(ValueError):
    """Somebody has ruled on this proposal before."""


class NotRuled(ValueError):
    """There is no ruling on this proposal to take back."""


class TextChanged(ValueError):
    """The proposal rests on another text of the announcement, or on other reasons, than those that were looked at."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page outside as a curator describes it. Nobody fetches it."""

    kind: ReferenceKind
    url: str
    title: str
    publisher: str
    published_on: date


def attach(
    page: Page, platform: Platform, change_set: ChangeSet | None, *, by: User | None, at: datetime
) -> Reference:
    """Attach a page to a change set, or to the platform as a whole. Raises AttachedAlready."""
    try:
        with transaction.atomic():
            return Reference.objects.create(
                platform=platform,
                change_set=change_set,
                kind=page.kind,
                url=page.url,
                title=page.title,
                publisher=page.publisher,
                published_on=page.published_on,
                added_by=by,
                added_at=at,
            )
    except IntegrityError as error:
        raise AttachedAlready(page.url) from error


def remove(reference: Reference, *, by: User, reason: str, at: datetime) -> bool:
    """Take a reference off the pages; its row stays with the reason. False where somebody did so before."""
    standing = Reference.objects.filter(pk=reference.pk, removed_at__isnull=True)
    return standing.update(removed_by=by, removed_at=at, removal_reason=reason.strip()) == 1


@transaction.atomic
def rule(mention: Mention, ruling: MentionRuling, *, by: User, reason: str, at: datetime) -> None:
    """Confirm or reject a proposal as the caller saw it. Raises RuledAlready and TextChanged."""
    row = Mention.objects.select_for_update().get(pk=mention.pk)
    if row.ruling != MentionRuling.PROPOSED:
        raise RuledAlready(f"{row} was ruled on before")
    if row.basis != mention.basis:
        raise TextChanged(f"{row} rests on another text or other reasons now")
    row.ruling, row.ruled_by, row.ruled_at, row.note = ruling, by, at, reason.strip()
    _remember(row, ruling, by, reason, at)


@transaction.atomic
def withdraw(mention: Mention, *, by: User, reason: str, at: datetime) -> None:
    """Take a ruling back: the proposal waits again, and the ruling stays in its history. Raises NotRuled.

    The announcement is held anew against what is on record: the proposal was kept as it was ruled on.
    """
    row = Mention.objects.select_for_update().get(pk=mention.pk)
    if row.ruling == MentionRuling.PROPOSED:
        raise NotRuled(f"{row} has no ruling")
    row.ruling, row.ruled_by, row.ruled_at, row.note = MentionRuling.PROPOSED, None, None, ""
    _remember(row, WITHDRAWN, by, reason, at)
    AnnouncementReading.objects.filter(document=row.document_id).delete()


def _remember(row: Mention, ruling: str, by: User, reason: str, at: datetime) -> None:
    entry = {
        "ruling": str(ruling),
        "by": by.get_username(),
        "at": at.isoformat(),
        "note": reason.strip(),
    }
    row.history = [*row.history, entry]
    row.save()
