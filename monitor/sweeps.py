"""The extent of one round: which captures belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from monitor.models import Fetch, Outcome, Part, Snapshot, Source

# A part stands in for a source that gave no text.
Pages = Sequence[tuple[Source, Snapshot | Part]]
_GOOD = [outcome for outcome in Outcome if outcome not in Outcome.problems()]


@dataclass(frozen=True, slots=True)
class Sweep:
    """The extent of one round: from its first capture to its last, and the sources that it waits for.

    What is captured in one go has one moment; a live round that was cut off, or let go because its host was busy, goes
    on at another. In an archive each source was captured at its own, some seconds apart, and a source whose bytes
    were the same has no capture at all. `jitter`, between -1 and 1, moves the next reading a little.
    `skipped_until`: when the hosts of sources that were due and could not be asked are free; None where all were.
    """

    since: datetime
    until: datetime
    sources: frozenset[int]
    jitter: float = 0
    skipped_until: datetime | None = None

    def captures(self) -> QuerySet[Fetch]:
        """Every attempt of the round, of the sources it waits for."""
        return Fetch.objects.filter(source__in=self.sources, at__range=(self.since, self.until))

    @property
    def is_complete(self) -> bool:
        """Whether each source it waits for was tried."""
        return self.sources == set(self.captures().values_list("source", flat=True))

    def read(self, sources: Iterable[Source]) -> QuerySet[Fetch]:
        """The attempts of the round that gave a text, of these sources."""
        keys = [source.pk for source in sources]
        return Fetch.objects.filter(source__in=keys, at__range=(self.since, self.until), outcome__in=_GOOD)
