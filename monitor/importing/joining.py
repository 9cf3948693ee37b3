"""Putting earlier history in front of a document: its captures and versions, in the transaction that calls this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F

from monitor.candidates import dismiss, waiting
from monitor.chain import append_all
from monitor.importing.incoming import first_capture
from monitor.importing.seam import Seam
from monitor.models import (
    Candidate,
    Cause,
    Document,
    Fetch,
    Origin,
    Outcome,
    Part,
    Platform,
    Render,
    Snapshot,
    Source,
    Version,
)
from monitor.publishing import drafted, store
from monitor.storage import drop_texts

# No document has as many versions: out of the way of the ordinals that are moved.
_AWAY = 1_000_000_000


def earlier_versions(document: Document, incoming: Document, seam: Seam) -> list[Version]:
    """The versions that come in front, oldest first, as they are before it is done; the last may not be stored yet."""
    found = list(Version.objects.filter(document=incoming).order_by("ordinal"))
    if seam.is_same:
        return found[:-1]
    if seam.anew is None:
        return found
    between = drafted(document, seam.anew)
    between.cause, between.origin = Cause.TECHNICAL, Origin.IMPORT
    between.first_seen_at = between.confirmed_at = seam.first.first_seen_at
    return [*found, between]


def put_in_front(
    document: Document, incoming: Document, seam: Seam | None, earlier: Sequence[Version] = ()
) -> None:
    """Make what came in a document's own. Both are locked; nothing of them changed since `seam` was worked out.

    No number on record changes. The document that it came in under, which nobody saw, is gone afterwards.
    """
    if seam:
        _end_waiting(incoming, seam)
        _relabel(document, incoming, seam)
    else:
        Candidate.objects.filter(document=incoming).update(document=document)
    _move_captures(document, incoming)
    if seam:
        _move_versions(document, incoming, seam, earlier)
    else:
        _begin(document, incoming)
    append_all(document)
    Document.objects.filter(pk=incoming.pk).delete()
    Platform.everything.filter(pk=incoming.platform_id, documents__isnull=True).delete()


def _end_waiting(incoming: Document, seam: Seam) -> None:
    candidate = waiting(incoming)
    if candidate and seam.seen_at:
        candidate.delete()
    else:
        dismiss(candidate)


def _relabel(document: Document, incoming: Document, seam: Seam) -> None:
    """Say of the captures that showed the first text what they are now that others came before."""
    last_good = Source.objects.filter(document=incoming, last_good__isnull=False).select_related("last_good")
    before = [source.last_good for source in last_good if source.last_good]
    first = Fetch.objects.filter(source__document=document, outcome=Outcome.FIRST)
    for fetch in first.select_related("snapshot"):
        if seam.is_same and fetch.snapshot:
            fetch.outcome = _same(fetch.snapshot, before)
        elif not seam.is_same:
            fetch.outcome = Outcome.TECHNICAL if seam.cause == Cause.TECHNICAL else Outcome.CONFIRMED
        fetch.save(update_fields=["outcome"])


def _same(snapshot: Snapshot, before: Iterable[Snapshot]) -> Outcome:
    """What a capture is that shows the same text as one of those before."""
    known = [one for one in before if one.fingerprint == snapshot.fingerprint]
    if any(one.blob_id == snapshot.blob_id for one in known):
        return Outcome.UNCHANGED
    if known and all(one.text_sha256 != snapshot.text_sha256 for one in known):
        return Outcome.WHITESPACE
    if known and all(one.links_sha256 != snapshot.links_sha256 for one in known):
        return Outcome.LINKS
    return Outcome.SAME_TEXT


def _move_captures(document: Document, incoming: Document) -> None:
    """Hand over the sources with all their captures. They end where the document's own captures begin."""
    begun_at = first_capture(document)
    assert begun_at
    for source in incoming.sources.all():
        if not source.fetches.exists():
            source.delete()
            continue
        source.document, source.render = document, Render.ARCHIVE
        source.valid_until = min(source.valid_until or begun_at, begun_at)
        source.save(update_fields=["document", "render", "valid_until"])


def _begin(document: Document, incoming: Document) -> None:
    """Let a document without a text of its own go on from the last one that came in."""
    Version.objects.filter(document=incoming).update(document=document)
    found = Document.objects.filter(pk=document.pk, current_version__isnull=True)
    found.update(current_version=incoming.current_version_id, reading_key=incoming.reading_key)
    Document.objects.filter(pk=incoming.pk).update(current_version=None)


def _move_versions(document: Document, incoming: Document, seam: Seam, earlier: Sequence[Version]) -> None:
    Document.objects.filter(pk=incoming.pk).update(current_version=None)
    rows = Version.objects.filter(document=document)
    rows.update(ordinal=F("ordinal") + _AWAY)
    rows.update(ordinal=F("ordinal") - _AWAY + len(earlier))
    first = Version.objects.select_for_update().get(pk=seam.first.pk)
    if seam.is_same:
        _take_place(first, seam.last)
    else:
        first.cause = seam.cause
        first.first_seen_at = seam.seen_at or first.first_seen_at
    first.save(update_fields=["cause", "first_seen_at", "confirmed_at", "returns_to"])
    Version.objects.filter(document=incoming).update(document=document)
    if seam.anew:
        earlier[-1].ordinal = len(earlier)
        store(earlier[-1], seam.anew)
    _note_returns(document, len(earlier))


def _take_place(first: Version, last: Version) -> None:
    """Date a version at the first sight of its text, which came in as another version that nobody saw."""
    first.cause, first.returns_to_id = last.cause, last.returns_to_id
    first.first_seen_at, first.confirmed_at = last.first_seen_at, last.confirmed_at
    Part.objects.filter(version=last).delete()
    Version.objects.filter(pk=last.pk).delete()
    drop_texts([last.packed_text_id, last.packed_outline_id])


def _note_returns(document: Document, earlier: int) -> None:
    """Say which of the versions on record return to a text that came in."""
    versions = list(Version.objects.filter(document=document).order_by("ordinal"))
    known = {version.fingerprint: version for version in versions[:earlier]}
    for version in versions[earlier:]:
        before = known.get(version.fingerprint)
        if before and version.cause == Cause.PUBLISHER and version.returns_to_id is None:
            Version.objects.filter(pk=version.pk).update(returns_to=before)
