"""What happened, in one sentence: for a change and for all changes between two versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clauses.core.change_phrases import MAX_LENGTH, Wording, place_of, told
from clauses.core.unread import is_unread
from clauses.core.values import (
    ClauseChange,
    Direction,
    DocumentChangeKind,
    severity_rank,
)

# From so many changed clauses on, and such a share of all, a document is rewritten.
_MANY = 20
_MOST = 0.6

_VERBS = {
    "added": "adds",
    "removed": "removes",
    "modified": "rewords",
    "split": "splits",
    "merged": "merges",
    "moved": "moves",
    "renumbered": "renumbers",
}


def is_rewrite(rewritten: int, counts: Mapping[str, int]) -> bool:
    """Whether most of a document was written anew. `rewritten` clauses came, went or changed in more than form."""
    return rewritten >= _MANY and rewritten >= sum(counts.values()) * _MOST


def leading_change(changes: Sequence[ClauseChange], direction: Direction) -> ClauseChange | None:
    """The change that a headline tells: severity, then the direction of the whole set, then points; None of none."""
    rated = [change for change in changes if change.severity != "none"]
    return max(rated, key=lambda change: _weight(change, direction), default=None)


def headline(
    wording: Wording,
    kind: DocumentChangeKind,
    lead: ClauseChange | None,
    changes: Sequence[ClauseChange],
    counts: Mapping[str, int],
) -> str:
    """The one sentence for a change set: at most MAX_LENGTH characters, subject first, without a full stop.

    A substantive set is told by its `lead` and the number of the others that matter, for which a long lead is cut;
    without a lead as a rewrite. Any other is told by its counts, so that it can never contradict them.
    """
    if kind == "substantive":
        return _told_by_lead(lead, changes) if lead else _rewrites(wording)
    if kind == "date":
        return _fitted(f"{wording.subject} updates {_the_date(wording)}")
    if kind == "none":
        # A watched text that changed no clause changed in words that are none: a menu, a language switch.
        return _fitted(
            f"{wording.subject} changes {f'no clause of its {wording.document}' if wording.document else 'nothing'}"
        )
    unrated = "; not rated: language" if any(map(is_unread, changes)) else ""
    return _fitted(f"{wording.subject} {_counted(counts) or 'rewords a heading'}{unrated}")


def change_summary(
    wording: Wording,
    change: ClauseChange,
    kind: DocumentChangeKind = "editorial",
    path: Sequence[str] = (),
) -> str:
    """The one sentence for a change, of the same form as a headline; `kind` is what it is without reasons.

    A clause without a type is told by the last heading of its `path`, below the title of the document.
    """
    if kind == "date" and change.severity == "none":
        return _fitted(f"{wording.subject} updates a date")
    said = told(wording, change, path)
    phrase = said.phrase if said else f"{_VERBS[change.kind]} a clause{place_of(wording, change, path)}"
    return _fitted(f"{wording.subject} {phrase}")


def _rewrites(wording: Wording) -> str:
    named = f"its {wording.document}" if wording.document else "its text"
    return _fitted(f"{wording.subject} rewrites most of {named}")


def _told_by_lead(lead: ClauseChange, changes: Sequence[ClauseChange]) -> str:
    others = sum(change.severity != "none" for change in changes) - 1
    if others <= 0:
        return lead.summary
    rest = f", and makes {others} other {plural('change', others)}"
    longer = f"{lead.summary}{rest} of substance"
    return longer if len(longer) <= MAX_LENGTH else _fitted(lead.summary, MAX_LENGTH - len(rest)) + rest


def _weight(change: ClauseChange, direction: Direction) -> tuple[int, bool, int]:
    """The rank of a change: severity, the direction of the whole set, points; of equals the first stands."""
    points = sum(reason.points for reason in change.reasons)
    return severity_rank(change.severity), change.direction == direction, points


def _counted(counts: Mapping[str, int]) -> str:
    """ "adds 2 clauses, rewords 3 clauses and moves 1 clause": every kind of change that counts."""
    parts = [
        f"{verb} {counts[kind]} {plural('clause', counts[kind])}"
        for kind, verb in _VERBS.items()
        if counts.get(kind, 0)
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _the_date(wording: Wording) -> str:
    return f"the date of its {wording.document}" if wording.document else "its date"


def plural(noun: str, count: float | str) -> str:
    """The noun for so many."""
    return noun if str(count) == "1" else f"{noun}s"


def _fitted(text: str, room: int = MAX_LENGTH) -> str:
    """The text in one line, cut at a word where it is too long; what is quoted there stays quoted to its end."""
    line = " ".join(text.split()).rstrip(".")
    if len(line) <= room:
        return line
    cut = line[: room - 2].rsplit(" ", 1)[0].rstrip(" ,;:“…")
    return cut + ("…”" if cut.count("“") > cut.count("”") else "…")
