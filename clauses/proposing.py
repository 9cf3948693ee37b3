"""Proposing that a tracked announcement speaks of a change set, for a curator to confirm or reject."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from clauses.core.mention import (
    MENTION_RULES,
    Announcement,
    ChangedClause,
    ChangedDocument,
    Mention,
    mention,
    reach,
)
from clauses.core.values import Fact, FactChange
from clauses.models import Analysis, AnnouncementReading, Change, ChangeSet, MentionRuling
from clauses.models import Mention as MentionRow
from clauses.queries.scope import shown, standing_change_sets
from clauses.reading import stored_clauses
from monitor.models import Document, DocumentType, Version

ANNOUNCING = (DocumentType.ANNOUNCEMENT, DocumentType.HELP)


def waiting_announcements() -> list[tuple[Document, str]]:
    """The announcements that were not held against what is on record today, each with the key of that.

    An announcement waits when it has a new text, when any text of its platform was analyzed or read anew, and when
    the rules or the names of documents changed. Four queries, however many there are.
    """
    rows = Document.objects.filter(
        shown("platform__"), type__in=ANNOUNCING, current_version__analysis__isnull=False
    )
    documents = list(rows.select_related("platform", "current_version__analysis").order_by("pk"))
    done = dict(AnnouncementReading.objects.values_list("document", "key"))
    read, names = _analyses_by_platform(documents), _names_by_platform(documents)
    keys = [
        (document, _key(document, read[document.platform_id], names[document.platform_id]))
        for document in documents
    ]
    return [(document, key) for document, key in keys if done.get(document.pk) != key]


def propose_pending() -> int:
    """Hold every waiting announcement against the changes of its platform. How many were.

    Run twice, even at the same time, it proposes once: a proposal is unique to the announcement and the change set.
    Killed, it has left each announcement as it was or done.
    """
    return sum(propose(document, key) for document, key in waiting_announcements())


def propose(document: Document, key: str) -> bool:
    """Write down what one announcement seems to speak of; `key` is what it is held against.

    Proposals that nobody ruled on follow the texts: they are updated, or go where too little is shared today.
    False, and nothing is changed, where somebody analyzed a text meanwhile: the announcement still waits.
    """
    version = document.current_version
    if version is None:
        return False
    found = _found(document, version)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        if _key_today(document) != key:
            return False
        _write(document, version, found)
        now = timezone.now()
        AnnouncementReading.objects.update_or_create(document=document, defaults={"key": key, "read_at": now})
    return True


def _analyses_by_platform(documents: Sequence[Document]) -> dict[int, tuple[int, int]]:
    """The sum and count of the keys of all analyses of each platform: reading anew makes new ones."""
    rows = Analysis.objects.filter(version__document__platform__in={row.platform_id for row in documents})
    grouped = rows.order_by().values("version__document__platform").annotate(sum=Sum("pk"), count=Count("pk"))
    return {row["version__document__platform"]: (row["sum"], row["count"]) for row in grouped}


def _names_by_platform(documents: Sequence[Document]) -> dict[int, str]:
    """A key of what the documents of each platform are called and of which type they are: announcements name them."""
    rows = Document.objects.filter(platform__in={row.platform_id for row in documents}).order_by("pk")
    found: dict[int, list[object]] = defaultdict(list)
    for platform, *named in rows.values_list("platform", "pk", "name", "type"):
        found[platform].append(named)
    return {
        platform: sha256(json.dumps(named).encode()).hexdigest()[:16] for platform, named in found.items()
    }


def _key(document: Document, read: tuple[int, int], names: str) -> str:
    assert document.current_version
    total, count = read
    return f"{MENTION_RULES}:{document.current_version.analysis.pk}:{count}:{total}:{names}"


def _key_today(document: Document) -> str:
    """Empty where a text came in meanwhile that nobody has analyzed yet."""
    row = Document.objects.select_related("current_version__analysis").get(pk=document.pk)
    if row.current_version is None or not hasattr(row.current_version, "analysis"):
        return ""
    platform = row.platform_id
    return _key(row, _analyses_by_platform([row])[platform], _names_by_platform([row])[platform])


def _found(document: Document, version: Version) -> dict[int, Mention]:
    """What the announcement seems to speak of, by change set. Its own changes are none of it."""
    seen_at = version.first_seen_at.astimezone(UTC).date()
    announcement = Announcement(stored_clauses(version)[0], version.updated_on or seen_at)
    first, last = reach(announcement)
    rows = standing_change_sets().filter(
        document__platform=document.platform_id, is_technical=False, detected_at__date__range=(first, last)
    )
    told = {
        row.pk: mention(announcement, _changed(row)) for row in rows.exclude(document__type__in=ANNOUNCING)
    }
    return {key: said for key, said in told.items() if said}


def _changed(change_set: ChangeSet) -> ChangedDocument:
    return ChangedDocument(
        name=change_set.document.name,
        type=change_set.document.type,
        detected_on=change_set.detected_at.astimezone(UTC).date(),
        effective_on=change_set.effective_on,
        clauses=[_changed_clause(change) for change in change_set.changes.order_by("-severity", "position")],
    )


def _changed_clause(change: Change) -> ChangedClause:
    facts = [
        FactChange(
            row["kind"],
            row["subject"],
            Fact(**row["old"]) if row["old"] else None,
            Fact(**row["new"]) if row["new"] else None,
        )
        for row in change.facts
    ]
    return ChangedClause(
        old="".join(text for op, text in change.redline if op != "+"),
        new="".join(text for op, text in change.redline if op != "-"),
        facts=facts,
        types=change.types if change.severity else (),
    )


def _write(document: Document, version: Version, found: dict[int, Mention]) -> None:
    """Called with the announcement locked. What was ruled on stays as it was ruled."""
    # Locked one by one: a curator rules on a proposal without locking its announcement.
    on_record = MentionRow.objects.select_for_update().filter(document=document)
    # One whose ruling was taken back stays: its history is on record.
    on_record.filter(ruling=MentionRuling.PROPOSED, history=[]).exclude(change_set__in=found).delete()
    known = {row.change_set_id: row for row in on_record}
    now = timezone.now()
    for change_set, said in found.items():
        row = known.get(change_set) or MentionRow(
            document=document, change_set_id=change_set, proposed_at=now
        )
        if row.ruling != MentionRuling.PROPOSED:
            continue
        row.version, row.score, row.rules_version = version, said.score, MENTION_RULES
        row.reasons = [asdict(reason) for reason in said.reasons]
        row.save()
