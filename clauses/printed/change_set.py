"""A change set on paper: headline, counts and every changed clause as a redline, from what its twin says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reportlab.platypus import Flowable

from clauses.printed.letters import words
from clauses.printed.shared import Json, closing, day, told
from clauses.printed.sheet import Sheet, items, paragraph, printed, redline, subtitle, table, title
from clauses.queries.clause_types import named_type
from clauses.queries.counted_changes import counted_changes
from clauses.queries.names import fact_amount, fact_name, kind_name
from clauses.queries.reason_names import reason_name

# A rewrite of a whole document would be a book; the page has the rest.
_MOST_CHANGES = 150
_WEIGHT = {"high": 0, "medium": 1, "low": 2, "none": 3}


def printed_change_set(twin: Json, address: str, citation: str, at: datetime) -> bytes:
    """The PDF of a change set, the gravest changes first, as of a moment. `address`: of its page, for good."""
    document = twin["document"]
    sheet = Sheet(
        title=twin["headline"] or f"{document['platform_name']}, {document['name']}",
        name=twin["id"],
        address=address,
        made_at=at,
    )
    return printed(sheet, [*_head(twin), *_changes(twin), *_texts(twin), *closing(citation)])


def _head(twin: Json) -> Iterator[Flowable]:
    document = twin["document"]
    yield paragraph(
        words(
            f"{document['platform_name']}, {document['name']} · severity {twin['severity']} · {twin['direction']} for "
            f"users · {kind_name(twin['kind'])} · rubric {twin['rubric_version']}"
        )
    )
    for sentence in twin["summary"]:
        yield paragraph(words(sentence))
    counts = {kind: count for kind, count in twin["counts"].items() if count and kind != "unchanged"}
    told_of = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    told_of = f" ({told_of})" if told_of else ""
    kept = twin["counts"].get("unchanged", 0)
    in_force = f"{day(twin['effective_on'])} by its own words" if twin["effective_on"] else "not stated"
    yield paragraph(
        words(
            f"{counted_changes(twin['kind'], twin['counts'])}{told_of}; {kept} unchanged. "
            f"Detected {day(twin['to']['first_seen_at'])}; in force: {in_force}."
        ),
        "small",
    )
    if twin["affected"]:
        yield paragraph(words(f"Named as affected: {', '.join(twin['affected'])}."), "small")
    if twin["references"]:
        yield from title("What others say")
        yield from items(told(twin["references"]))


def _changes(twin: Json) -> Iterator[Flowable]:
    changes = sorted(twin["changes"], key=lambda change: _WEIGHT[change["severity"]])
    if changes:
        yield from title(f"Changed clauses: {len(changes)}")
    for change in changes[:_MOST_CHANGES]:
        yield from _change(change)
    if len(changes) > _MOST_CHANGES:
        left = len(changes) - _MOST_CHANGES
        yield paragraph(words(f"{left} lighter changes stand on the page of the change set."), "note")


def _change(change: Json) -> Iterator[Flowable]:
    side = change["new"] or change["old"]
    place = " › ".join([*side["heading_path"], *([side["number"]] if side["number"] else [])])
    names = ", ".join(named_type(slug).name for slug in change["types"])
    said = [
        change["record"],
        kind_name(change["kind"]),
        f"severity {change['severity']}",
        change["direction"],
        names,
    ]
    yield subtitle(words(" · ".join(part for part in said if part)))
    if place:
        yield paragraph(words(place), "small")
    if change["summary"]:
        yield paragraph(words(change["summary"]))
    yield paragraph(redline(change["redline"]) if change["redline"] else words(side["text"]), "quote")
    yield from items(
        words(f"{fact_name(fact['kind'])}: {fact_amount(fact['old'])} → {fact_amount(fact['new'])}")
        for fact in change["facts"]
    )
    yield from items(
        words(f"{reason_name(line['code'])}{_quoted(line.get('quote'))}") for line in change["reasons"][:8]
    )


def _quoted(quote: str | None) -> str:
    return f": “{quote[:200]}”" if quote else ""


def _texts(twin: Json) -> Iterator[Flowable]:
    yield from title("The two texts")
    rows = [
        [
            words(name),
            words(version["id"]),
            words(day(version["first_seen_at"])),
            words(version["text_sha256"]),
        ]
        for name, version in (("Before", twin["from"]), ("After", twin["to"]))
    ]
    yield table(["Text", "Version", "First seen", "Text SHA-256"], rows, (0.12, 0.14, 0.16, 0.58))
