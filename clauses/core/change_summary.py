"""What a change set comes to beside its headline: the worst, the best, three sentences, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clauses.core.audiences import named_audiences
from clauses.core.headline import AND_MORE, plural
from clauses.core.values import SEVERITIES, ClauseChange, Severity, severity_rank

MAX_SENTENCES = 3
_COUNTED = (
    ("added", "added"),
    ("removed", "removed"),
    ("modified", "reworded"),
    ("split", "split"),
    ("merged", "merged"),
    ("moved", "moved"),
    ("renumbered", "renumbered"),
)


def highest(severities: Iterable[Severity]) -> Severity:
    """The highest of severities; none of none."""
    return SEVERITIES[max(map(severity_rank, severities), default=0)]


def summary(headline: str, changes: Sequence[ClauseChange], counts: Mapping[str, int]) -> tuple[str, ...]:
    """Up to three sentences that go on where the headline ends: the next changes that matter, and the counts.

    The next ones are the weightiest on either side, so that a gain is told beside a loss.
    """
    told = [*_next_told(headline, changes)][: MAX_SENTENCES - 1]
    return (*(sentence if sentence.endswith("…") else f"{sentence}." for sentence in told), _counted(counts))


def _next_told(headline: str, changes: Sequence[ClauseChange]) -> Iterator[str]:
    ranked = sorted(
        (change for change in changes if change.severity != "none"),
        key=lambda change: (
            -severity_rank(change.severity),
            -sum(reason.points for reason in change.reasons),
        ),
    )
    seen = {change.summary for change in ranked if change.summary == headline.partition(AND_MORE)[0]}
    first = next((change for change in ranked if change.summary in seen), None)
    others = [change for change in ranked if first is None or change.direction != first.direction]
    for change in (*others[:1], *ranked):
        if change.summary not in seen:
            seen.add(change.summary)
            yield change.summary.rstrip(".")


def _counted(counts: Mapping[str, int]) -> str:
    """ "12 clauses changed: 2 added, 9 reworded and 1 moved; 140 stayed as they were." """
    parts = [f"{counts[kind]} {word}" for kind, word in _COUNTED if counts.get(kind, 0)]
    total = sum(counts.get(kind, 0) for kind, _ in _COUNTED)
    kept = counts.get("unchanged", 0)
    stayed = f"{kept} {plural('clause', kept)} stayed as {'it was' if kept == 1 else 'they were'}"
    if not parts:
        return f"No clause changed; {stayed}."
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return f"{total} {plural('clause', total)} changed: {listed}; {stayed}."


def affected(changes: Iterable[ClauseChange]) -> tuple[str, ...]:
    """The groups of people whom the changed clauses name, where anything of substance changed."""
    texts = (
        "".join(run.text for run in change.redline if run.op != "-")
        or "".join(run.text for run in change.redline)
        for change in changes
        if change.severity != "none"
    )
    return named_audiences(texts)
