"""The report of a platform on paper: what its terms say today, and what changed, from what its twin says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reportlab.platypus import Flowable

from clauses.printed.letters import link, words
from clauses.printed.shared import Json, closing, day, told
from clauses.printed.sheet import Sheet, items, paragraph, printed, short, subtitle, table, title

_MOST_ENTRIES = 100


def printed_platform(twin: Json, address: str, at: datetime) -> bytes:
    """The PDF of a platform's timeline, as of the moment the twin states."""
    platform = twin["platform"]
    sheet = Sheet(
        title=f"{platform['name']}: terms and their changes",
        name=platform["slug"],
        address=address,
        made_at=at,
    )
    parts = [*_head(twin), *_facts(twin), *_figures(twin), *_changes(twin)]
    return printed(sheet, [*parts, *closing(_citation(twin, address, at))])


def _citation(twin: Json, address: str, at: datetime) -> str:
    name = twin["platform"]["name"]
    documents = ", ".join(row["id"] for row in twin["documents"])
    of = f" of {documents}" if documents else ""
    return (
        f"{name}, “Terms and their changes”, Proviso platform report{of}, as of {day(twin['as_of'])}, {address}, "
        f"accessed {day(at.isoformat())}."
    )


def _head(twin: Json) -> Iterator[Flowable]:
    drift = twin["drift"]
    watched = f"Watched since {day(twin['watched_since'])}" if twin["watched_since"] else "Not read yet"
    unseen = f", nothing was read in the last {drift['unseen_days']} days" if drift["unseen_days"] else ""
    moved = f"Over twelve months: {drift['said']}{unseen}."
    yield paragraph(words(f"{watched}, as of {day(twin['as_of'])}. {moved}"))
    if twin["platform"]["homepage"]:
        yield paragraph(link(twin["platform"]["homepage"]), "small")
    rows = [
        [
            words(row["name"]),
            words(row["id"]),
            words(day(row["read_at"]) if row["read_at"] else "not read yet"),
        ]
        for row in twin["documents"]
    ]
    if rows:
        yield from title("Documents")
        yield table(["Document", "ID", "Last read"], rows, (0.56, 0.2, 0.24))


def _facts(twin: Json) -> Iterator[Flowable]:
    rows = [[words(row["question"]), _answer(row), words(row["record"] or "–")] for row in twin["facts"]]
    if rows:
        yield from title("Quick facts")
        yield table(["Question", "Answer", "Record"], rows, (0.28, 0.56, 0.16))


def _answer(row: Json) -> str:
    if row["is_waiting"]:
        return words("not read yet")
    if not row["is_found"]:
        return words("not found in the documents watched")
    value = ", ".join(part for part in (row["value"], row["subject"]) if part)
    was = f" (was {row['was']})" if row["was"] else ""
    quote = f"“{row['quote']}”" if row["quote"] else ""
    return "<br/>".join(short(part) for part in (value + was, quote) if part)


def _figures(twin: Json) -> Iterator[Flowable]:
    if not twin["figures"]:
        return
    yield from title("Figures that changed")
    yield from items(
        words(
            f"{one['subject'] or one['kind'].replace('_', ' ')} ({one['record']}): "
            + " → ".join(f"{step['words']} from {day(step['from'])}" for step in one["steps"])
        )
        for one in twin["figures"]
    )


def _changes(twin: Json) -> Iterator[Flowable]:
    changes = [entry for entry in twin["entries"] if entry["kind"] == "change"]
    yield from title(f"Changes: {len(changes)}{' and more' if twin['is_cut'] else ''}")
    if not changes:
        yield paragraph(words("None since the first text on record."))
    for entry in changes[:_MOST_ENTRIES]:
        effective = f", in force {day(entry['effective_on'])}" if entry["effective_on"] else ""
        yield subtitle(words(entry["headline"] or f"{entry['document']} changed"))
        yield paragraph(
            words(
                f"{entry['id']} · {entry['document']} · detected {day(entry['detected_at'])}{effective} · severity "
                f"{entry['severity']} · {entry['direction']}"
            ),
            "small",
        )
        for sentence in entry["summary"]:
            yield paragraph(words(sentence))
        yield from items(told(entry["references"]))
    if len(changes) > _MOST_ENTRIES:
        yield paragraph(
            words(f"{len(changes) - _MOST_ENTRIES} earlier changes stand on the timeline."), "note"
        )
    gaps = [entry for entry in twin["entries"] if entry["kind"] == "gap"]
    if gaps:
        yield from title("Times in which a document could not be read")
        yield from items(
            words(f"{gap['document']}: {day(gap['at'])} to {day(gap['until']) if gap['until'] else 'today'}")
            for gap in gaps[:40]
        )
