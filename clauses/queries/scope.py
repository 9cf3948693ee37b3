"""What counts: real platforms, or the samples as long as there is nothing else."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from clauses.models import ChangedType, ChangeSet
from monitor.models import Document, Origin, Platform, Version


def counted_platforms() -> QuerySet[Platform]:
    """The platforms that counts, adoption figures, streams and feeds are about.

    The invented samples are among them only while no real platform exists.
    """
    real = Platform.objects.filter(is_sample=False)
    return Platform.objects.filter(Q(is_sample=False) | ~Exists(real))


def uncounted_documents() -> set[int]:
    """The keys of the documents of all other platforms: of the samples, where a real platform exists. One query."""
    real = Platform.objects.filter(is_sample=False)
    found = Document.objects.filter(Exists(real), platform__is_sample=True)
    return set(found.values_list("pk", flat=True))


def shown(path: str = "") -> Q:
    """The condition that rows are not of history that is still coming in. `path` leads to their platform."""
    return Q(**{f"{path}incoming_for__isnull": True})


def told_in_time(found: QuerySet[ChangeSet]) -> QuerySet[ChangeSet]:
    """Those of these change sets that were recorded as they came, and not when earlier history was put in front.

    Versions are numbered as they are recorded: one that came in later has a higher number than those after it.
    """
    before = Version.objects.filter(
        document=OuterRef("document"),
        ordinal__gt=OuterRef("old_version__ordinal"),
        number__lt=OuterRef("old_version__number"),
    )
    return found.filter(~Exists(before))


def news() -> QuerySet[ChangeSet]:
    """The change sets that were new when they were recorded: history that is brought in is on record, not news."""
    return told_in_time(ChangeSet.objects.exclude(new_version__origin=Origin.IMPORT))


def counted_change_sets() -> QuerySet[ChangeSet]:
    """The change sets of counted platforms that stand: neither superseded nor of our own reading."""
    return standing_change_sets().filter(document__platform__in=counted_platforms(), is_technical=False)


def standing_change_sets() -> QuerySet[ChangeSet]:
    """All change sets that no later one has taken the place of, newest first, as a line about them needs."""
    return (
        ChangeSet.objects.filter(superseded_by__isnull=True)
        .select_related("document__platform", "old_version", "new_version")
        .prefetch_related(Prefetch("changed_types", ChangedType.objects.order_by("type")))
    )
