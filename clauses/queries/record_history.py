"""The history of a record as one list: what happened, with which words, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clauses.core.stability import Stability
from clauses.models import Change
from clauses.models.choices import ChangeWord
from clauses.queries.record_events import Event
from clauses.queries.wordings import WordingRow
from monitor.models import Version

_SAME_WORDS = frozenset({ChangeWord.RENUMBERED, ChangeWord.MOVED})


@dataclass(slots=True)
class Entry:
    """What one version brought to a record; `wording` where words or their place are other ones from then on."""

    version: Version
    events: list[Event] = field(default_factory=list)
    wording: WordingRow | None = None

    @property
    def words(self) -> str:
        """The events as a reader names them: "modified, took up another clause"."""
        return ", ".join(event.words for event in self.events)

    @property
    def change(self) -> Change | None:
        """The change of this record with that version; its rating is another than that of the words it led to."""
        return next((event.change for event in self.events if event.change), None)


def record_history(wordings: Sequence[WordingRow], events: Sequence[Event]) -> list[Entry]:
    """An entry for each version that brought something, newest first."""
    found: dict[int, Entry] = {}
    for event in events:
        found.setdefault(event.version.pk, Entry(event.version)).events.append(event)
    for row in wordings:
        found.setdefault(row.since.pk, Entry(row.since)).wording = row
    return sorted(found.values(), key=lambda entry: -entry.version.ordinal)


def stability_of(wordings: Sequence[WordingRow], until: datetime) -> Stability | None:
    """How steady the words are, watched until a moment; None for a record without wordings."""
    if not wordings:
        return None
    newest, oldest = wordings[0], wordings[-1]
    ended_at = newest.ended_at or until
    last_words = next((row for row in wordings if _is_reworded(row)), oldest)
    return Stability(
        rewordings=sum(map(_is_reworded, wordings)),
        watched_days=_days(oldest.since.first_seen_at, ended_at),
        standing_days=_days(last_words.since.first_seen_at, ended_at),
    )


def _days(since: datetime, until: datetime) -> int:
    """To the nearest day, as `elapsed_in_words` says how long a wording stood."""
    return max(0, round((until - since) / timedelta(days=1)))


def _is_reworded(row: WordingRow) -> bool:
    """Whether its words are other ones than before: another number or place alone is no rewording."""
    return bool(row.runs) and not (row.change and row.change.kind in _SAME_WORDS)
