"""What counts: real platforms, or the samples as long as there is nothing else."""

from __future__ import annotations

from django.db.models import Exists, Q, QuerySet

from clauses.models import ChangeSet
from monitor.models import Platform


def counted_platforms() -> QuerySet[Platform]:
    """The platforms that counts, adoption figures, streams and feeds are about.

    The invented samples are among them only while no real platform exists.
    """
    real = Platform.objects.filter(is_sample=False)
    return Platform.objects.filter(Q(is_sample=False) | ~Exists(real))


def counted_change_sets() -> QuerySet[ChangeSet]:
    """The change sets of counted platforms that stand: neither superseded nor of our own reading."""
    return standing_change_sets().filter(document__platform__in=counted_platforms(), is_technical=False)


def standing_change_sets() -> QuerySet[ChangeSet]:
    """All change sets that no later one has taken the place of, newest first, as a line about them needs."""
    return (
        ChangeSet.objects.filter(superseded_by__isnull=True)
        .select_related("document__platform", "old_version", "new_version")
        .defer("old_version__text", "old_version__outline", "new_version__text", "new_version__outline")
        .prefetch_related("changed_types")
    )
