"""What curators write about records: a new text takes the place of the one before, and nothing is forgotten."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses.models import Clause, Commentary


class WordsChanged(ValueError):
    """The clause has other words than those that were commented on."""


class WrittenMeanwhile(ValueError):
    """Somebody else has written since the text was looked at."""


@transaction.atomic
def comment(
    clause: Clause, text: str, *, wording: int, latest: int | None, by: User, at: datetime
) -> Commentary | None:
    """Put a text beside a clause; an empty one takes the present text back. None where it says what stands already.

    `wording` and `latest` are the keys of the wording and of the latest commentary that the curator saw. Raises
    WordsChanged and WrittenMeanwhile where these are other ones by now.
    """
    locked = Clause.objects.select_for_update().get(pk=clause.pk)
    current = Clause.objects.select_related("current__wording").get(pk=locked.pk).current
    if current is None or current.wording_id != wording:
        raise WordsChanged(clause.public_id)
    before = clause.commentaries.first()
    if (before.pk if before else None) != latest:
        raise WrittenMeanwhile(clause.public_id)
    standing = before.text if before else ""
    is_same_wording = before is not None and before.wording_id == wording
    if text.strip() == standing and (is_same_wording or not standing):
        return None
    return Commentary.objects.create(
        clause=clause, wording=current.wording, text=text.strip(), written_by=by, written_at=at
    )
