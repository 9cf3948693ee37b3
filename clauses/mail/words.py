"""What a mail says about one change set, as plain values; nothing in it is escaped yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clauses.core.excerpt import excerpt
from clauses.core.plain_line import plain_line
from clauses.mail.writing import absolute
from clauses.models import Change, ChangeSet
from clauses.models.choices import ChangeWord, DirectionWord, SeverityLevel
from clauses.queries.clause_types import named_type
from clauses.queries.odd_changes import is_odd
from clauses.queries.reason_names import reason_name

# A mail is read in a minute; the compare page has the rest.
_SHOWN_REASONS = 4
_SHOWN_FACTS = 6
_SHOWN_DATES = 5
# Characters of unchanged text kept beside a change, of changed text in one clause, and of one quote.
_AROUND = 140
_LONGEST = 1500
_QUOTE = 300

Words = dict[str, Any]


def line_words(change_set: ChangeSet, today: date) -> Words:
    """A change set in one line. No query, where its document, platform and versions are at hand."""
    document = change_set.document
    return {
        "headline": plain_line(change_set.headline) or f"{document.name} changed",
        "severity": SeverityLevel(change_set.severity),
        "platform": document.platform.name,
        "document": document.name,
        "effective_in": _days_ahead(change_set.effective_on or change_set.effective_as_before, today),
        "compare_url": absolute(
            "compare",
            document.platform.slug,
            document.slug,
            change_set.old_version.number,
            change_set.new_version.number,
        ),
    }


def change_set_words(
    change_set: ChangeSet, today: date, shown: int, first_types: Sequence[str] = ()
) -> Words:
    """A change set with its worst clauses, at most `shown` of them; those of some types come first."""
    changes = list(change_set.changes.select_related("clause", "new", "old"))
    worst = _worst(changes, first_types)[:shown]
    return line_words(change_set, today) | {
        "direction": DirectionWord(change_set.direction),
        "detected_at": change_set.detected_at,
        "effective_on": change_set.effective_on,
        "effective_as_before": change_set.effective_as_before,
        "dates_ahead": list(_dates_ahead(changes, today, change_set.effective_on))[:_SHOWN_DATES],
        "counted": _counted(change_set),
        "is_odd": is_odd(change_set),
        "summary": " ".join(map(plain_line, change_set.summary)),
        "affected": ", ".join(map(plain_line, change_set.affected)),
        "adverse": SeverityLevel(change_set.adverse),
        "favorable": SeverityLevel(change_set.favorable),
        "changes": [_change_words(change) for change in worst],
        "more": len(changes) - len(worst),
        "public_id": change_set.public_id,
        "change_set_url": absolute("change-set", change_set.number),
        "platform_url": absolute("platform", change_set.document.platform.slug),
    }


def _worst(changes: Sequence[Change], first_types: Sequence[str]) -> list[Change]:
    """The most severe first, of these the weightiest; those of no effect only where there are no others."""
    of_effect = [change for change in changes if change.severity > SeverityLevel.NONE] or list(changes)
    return sorted(
        of_effect,
        key=lambda change: (
            set(change.types).isdisjoint(first_types),
            -change.severity,
            -max((abs(row["points"]) for row in change.reasons), default=0),
            change.position,
        ),
    )


def _change_words(change: Change) -> Words:
    place = change.new or change.old
    return {
        "kind": ChangeWord(change.kind).label,
        "severity": SeverityLevel(change.severity),
        "direction": DirectionWord(change.direction),
        "heading": " › ".join(map(plain_line, place.heading_path)) if place else "",
        "types": [named_type(slug).name for slug in change.types],
        "summary": plain_line(change.summary),
        "runs": excerpt(change.redline, around=_AROUND, longest=_LONGEST),
        "reasons": [
            {
                "label": reason_name(row["code"]),
                "points": row["points"],
                "quote": _short(plain_line(row["quote"])),
                "direction": row.get("direction", ""),
            }
            for row in change.reasons[:_SHOWN_REASONS]
        ],
        "facts": change.facts[:_SHOWN_FACTS],
        "record_id": change.clause.public_id,
        "record_url": absolute("record", change.clause.number),
    }


def _dates_ahead(changes: Sequence[Change], today: date, but: date | None) -> Iterator[Words]:
    """The days that changed clauses now name and that are still to come, the next first; each once."""
    found: dict[tuple[date, str], Words] = {}
    for change in changes:
        for fact in change.facts:
            on = _day(fact.get("new"))
            if on and on > today and on != but:
                words = {"on": on, "kind": fact["kind"], "quote": _short(plain_line(fact["new"]["quote"]))}
                found.setdefault((on, fact["kind"]), {**words, "in_days": (on - today).days})
    return iter(found[key] for key in sorted(found))


def _day(fact: Words | None) -> date | None:
    if not fact or fact["unit"] != "date" or not isinstance(fact["normalized"], str):
        return None
    try:
        return date.fromisoformat(fact["normalized"])
    except ValueError:
        return None


def _days_ahead(on: date | None, today: date) -> int:
    """In how many days; 0 where it is not ahead."""
    return max(0, (on - today).days) if on else 0


def _counted(change_set: ChangeSet) -> str:
    """ "2 clauses modified, 1 added, 40 unchanged"."""
    named = [(change_set.counts.get(word, 0), word) for word in (*ChangeWord.values, "unchanged")]
    parts = [f"{count} {word}" for count, word in named if count]
    return ", ".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1].rstrip() + "…"
