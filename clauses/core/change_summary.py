"""What a change set comes to beside its headline: the worst, the best, three sentences, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clauses.core.audiences import named_audiences
from clauses.core.change_phrases import Wording, told
from clauses.core.headline import plural
from clauses.core.unread import is_unread
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


def summary(
    wording: Wording,
    lead: ClauseChange | None,
    changes: Sequence[ClauseChange],
    counts: Mapping[str, int],
    edition: str = "",
) -> tuple[str, ...]:
    """Up to three sentences that go on where the headline ends: the next changes that matter, and the counts.

    `edition` is told first, where the text became that of another region, company or law.

    They are the weightiest on either side, so that a gain is told beside a loss, the weightiest first. Where the
    headline has no `lead`, it tells of a rewrite, and only what is sure is told. No sentence contradicts another.
    """
    ranked = sorted((change for change in changes if change.severity != "none"), key=_rank)
    ranked = ranked if lead else [change for change in ranked if _is_sure(wording, change)]
    others = [change for change in ranked if lead is None or change.direction != lead.direction]
    chosen: list[ClauseChange] = []
    known = {lead.summary} if lead else set()
    said = [found for found in (told(wording, lead) if lead else None,) if found]
    for candidates, most in ((others, 1), (ranked, MAX_SENTENCES - 1 - bool(edition))):
        for change in candidates:
            if len(chosen) == most:
                break
            found = told(wording, change) if change.summary not in known else None
            if found and not any(map(found.contradicts, said)):
                chosen.append(change)
                known.add(change.summary)
                said.append(found)
    sentences = [change.summary.rstrip(".") for change in sorted(chosen, key=_rank)]
    unrated = sum(map(is_unread, changes))
    note = f" Not rated, for their language: {unrated}." if unrated else ""
    first = (edition,) if edition else ()
    return (
        *first,
        *(text if text.endswith("…") else f"{text}." for text in sentences),
        _counted(counts) + note,
    )


def _is_sure(wording: Wording, change: ClauseChange) -> bool:
    # Whatever else is said is not.
    if not change.facts and not any(
        reason.code.endswith(("_added", "_dropped")) for reason in change.reasons
    ):
        return False
    found = told(wording, change)
    return found is not None and found.is_sure


def _rank(change: ClauseChange) -> tuple[int, int]:
    return -severity_rank(change.severity), -sum(reason.points for reason in change.reasons)


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
    return named_audiences([_wording(change) for change in changes if change.severity != "none"])


def _wording(change: ClauseChange) -> str:
    """The new wording of a changed clause; of a removed one the old."""
    kept = "".join([text for op, text in change.redline if op != "-"])
    return kept or "".join([text for _, text in change.redline])
