"""What others say about the sample platforms, and removing these with everything that hangs on them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import QuerySet

from clauses.chronicling import put_down
from clauses.listing import forget, mark_change
from clauses.models import (
    Alert,
    Analysis,
    AnnouncementReading,
    ChangeEventKind,
    ChangeRuling,
    ChangeSet,
    Classification,
    Clause,
    Commentary,
    Decision,
    Mention,
    Occurrence,
    Reference,
    ReferenceKind,
    Subscription,
    WebhookDelivery,
    Wording,
)
from clauses.referring import Page, attach
from monitor.models import (
    Blob,
    Candidate,
    Document,
    Fetch,
    Link,
    Notice,
    OutsideCopy,
    Part,
    Platform,
    Quarantine,
    Snapshot,
    Source,
    Version,
)
from monitor.storage import drop_texts

# As invented as the platforms: the domain can belong to nobody.
_NEWS = Page(
    kind=ReferenceKind.NEWS,
    url="https://www.morning-courier.example/2025/08/29/sorrelmind-feedback",
    title="Sorrelmind will keep rated conversations for five years and train on them",
    publisher="The Morning Courier",
    published_on=date(2025, 8, 29),
)


def attach_news() -> None:
    """Attach an invented article to the change of the samples that it is about. Done twice, it is there once."""
    change_set = ChangeSet.objects.filter(
        document__platform__in=sample_platforms(),
        document__platform__slug="sorrelmind",
        document__slug="privacy-policy",
        detected_at__date=date(2025, 8, 28),
    ).first()
    if change_set and not change_set.references.exists():
        attach(
            _NEWS,
            change_set.document.platform,
            change_set,
            by=None,
            at=datetime(2025, 8, 30, 9, tzinfo=UTC),
        )


def sample_platforms() -> QuerySet[Platform]:
    """The invented platforms that came with the program."""
    return Platform.objects.filter(is_sample=True)


def remove_samples() -> int:
    """Remove all sample platforms in one transaction. How many there were.

    Everything refers to everything under protection, so rows go from the reader's end to the bytes. Wordings
    and bytes that a real platform shares stay, and public numbers are not counted back: none is given twice.
    """
    with transaction.atomic():
        platforms = list(sample_platforms().select_for_update().values_list("pk", flat=True))
        # Whoever analyzes one of them has it locked; in the order of keys, as everybody locks more than one.
        found = Document.objects.filter(platform__in=platforms).order_by("pk").select_for_update()
        documents = list(found.values_list("pk", flat=True))
        _remove_changes(documents, platforms)
        _remove_clauses(documents)
        _remove_versions(documents)
        _remove_captures(documents)
        Link.objects.filter(document__in=documents).delete()
        Document.objects.filter(pk__in=documents).delete()
        Platform.objects.filter(pk__in=platforms).delete()
        mark_change()
    return len(platforms)


def _remove_changes(documents: list[int], platforms: list[int]) -> None:
    change_sets = ChangeSet.objects.filter(document__in=documents)
    Alert.objects.filter(change_set__in=change_sets).delete()
    ChangeRuling.objects.filter(change_set__in=change_sets).delete()
    WebhookDelivery.objects.filter(change_set__in=change_sets).delete()
    Mention.objects.filter(document__in=documents).delete()
    AnnouncementReading.objects.filter(document__in=documents).delete()
    Reference.objects.filter(platform__in=platforms).delete()
    Subscription.objects.filter(platform__in=platforms).delete()
    change_sets.update(superseded_by=None)
    put_down(ChangeEventKind.REMOVED, change_sets.order_by("number").values_list("number", flat=True))
    change_sets.delete()


def _remove_clauses(documents: list[int]) -> None:
    forget(documents)
    clauses = Clause.objects.filter(document__in=documents)
    occurrences = Occurrence.objects.filter(clause__in=clauses)
    wordings = list(occurrences.values_list("wording", flat=True).distinct())
    clauses.update(
        current=None, removed_in=None, superseded_by=None, split_from=None, decision=None, proposal=None
    )
    # The queryset's delete, because a decision alone refuses to go: here its clause goes with it.
    Decision.objects.filter(clause__in=clauses).delete()
    Commentary.objects.filter(clause__in=clauses).delete()
    Analysis.objects.filter(version__document__in=documents).delete()
    occurrences.delete()
    clauses.delete()
    Classification.objects.filter(wording__in=wordings, occurrences__isnull=True).delete()
    Wording.objects.filter(pk__in=wordings, occurrences__isnull=True).delete()


def _remove_versions(documents: list[int]) -> None:
    versions = Version.objects.filter(document__in=documents)
    Document.objects.filter(pk__in=documents).update(current_version=None)
    Candidate.objects.filter(document__in=documents).delete()
    Part.objects.filter(version__in=versions).delete()
    OutsideCopy.objects.filter(version__in=versions).delete()
    versions.update(returns_to=None)
    texts = [key for pair in versions.values_list("packed_text", "packed_outline") for key in pair]
    versions.delete()
    drop_texts(texts)


def _remove_captures(documents: list[int]) -> None:
    sources = Source.objects.filter(document__in=documents)
    snapshots = Snapshot.objects.filter(source__in=sources)
    packed = Blob.objects.filter(pk__in=list(snapshots.values_list("blob", flat=True)))
    keys = {key for pair in packed.values_list("pk", "base") for key in pair if key}
    Fetch.objects.filter(source__in=sources).delete()
    Notice.objects.filter(source__in=sources).delete()
    Quarantine.objects.filter(source__in=sources).delete()
    sources.update(last_good=None)
    snapshots.delete()
    sources.delete()
    unused = Blob.objects.filter(pk__in=keys).exclude(pk__in=Snapshot.objects.values("blob"))
    # What is packed against another blob goes before it, and a blob that others are packed against stays.
    unused.filter(base__isnull=False).delete()
    unused.exclude(pk__in=Blob.objects.filter(base__isnull=False).values("base")).delete()
