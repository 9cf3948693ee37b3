"""A clause record on paper: its words, rating, figures, history and proof, from what its twin says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reportlab.platypus import Flowable

from clauses.printed.letters import link, words
from clauses.printed.shared import Json, closing, day, figures, reasons
from clauses.printed.sheet import Sheet, items, paragraph, printed, redline, subtitle, table, title

# Of a clause that is reworded every week the page has the rest.
_MOST_WORDINGS = 12


def printed_record(twin: Json, citation: str, at: datetime) -> bytes:
    """The PDF of a clause record as of a moment."""
    document = twin["document"]
    sheet = Sheet(
        title=f"{document['platform_name']}, {document['name']}: {twin['title']}",
        name=twin["id"],
        address=twin["url"],
        made_at=at,
    )
    parts = [*_words(twin), *_rating(twin), *_meaning(twin), *_history(twin), *_proof(twin)]
    return printed(sheet, [*parts, *closing(citation)])


def _words(twin: Json) -> Iterator[Flowable]:
    place = " › ".join([*twin["heading_path"], twin["number"]] if twin["number"] else twin["heading_path"])
    standing = f"Removed in {twin['removed_in']}" if twin["removed_in"] else "In force"
    names = ", ".join(one["name"] for one in twin["type_texts"]) or "No clause type"
    ruled = "as a curator ruled" if twin["is_ruled"] else f"confidence {twin['confidence']}"
    yield paragraph(words(f"{names} · severity {twin['severity']} · {twin['direction']} for users · {ruled}"))
    since, verified = day(twin["first_recorded_at"]), day(twin["last_verified_at"])
    yield paragraph(words(f"{standing}. First recorded {since}, last verified {verified}."), "small")
    yield from title("The exact words")
    if place:
        yield paragraph(words(place), "small")
    yield paragraph(words(twin["text"] or "These words stand at no place of a stored text."), "quote")


def _rating(twin: Json) -> Iterator[Flowable]:
    yield from figures(twin["facts"])
    versions = f"rubric {twin['rubric_version']}, taxonomy {twin['taxonomy_version']}"
    yield from reasons(twin["reasons"], f"Why it is rated so: {twin['points'] or 0} points by {versions}")
    for decision in twin["decisions"]:
        if decision["is_binding"]:
            yield paragraph(
                words(
                    f"Ruled by {decision['decided_by']} on {day(decision['decided_at'])}: severity "
                    f"{decision['severity']}. {decision['reason']}"
                )
            )


def _meaning(twin: Json) -> Iterator[Flowable]:
    for told in twin["type_texts"]:
        yield from title(told["name"])
        for text in (told["what_it_is"], told["why_it_matters"], told["what_it_means"]):
            if text:
                yield paragraph(words(text))
        yield from items(words(step) for step in told["what_one_can_do"])
    commentary = twin["commentary"]
    if commentary:
        yield from title("What a curator says")
        yield paragraph(words(commentary["text"]))
        yield paragraph(words(f"{commentary['written_by']}, {day(commentary['written_at'])}"), "small")
    yield from _law(twin["law"])


def _law(law: Json) -> Iterator[Flowable]:
    fitting = [note for row in law["types"] for note in row["notes"] if note["fits"]]
    if not fitting:
        return
    yield from title("Law that speaks of such clauses")
    yield paragraph(
        words(f"General information by clause type, checked {day(law['checked_on'])}; no advice."), "note"
    )
    for note in fitting:
        places = "; ".join(
            ", ".join(part for part in (place["citation"] or place["law"], place["at"]) if part)
            for place in note["places"]
        )
        yield from items([f"{words(note['says'])} {words(f'({places})') if places else ''}"])


def _history(twin: Json) -> Iterator[Flowable]:
    if len(twin["wordings"]) < 2:
        return
    yield from title(f"Wordings: {len(twin['wordings'])}")
    for row in twin["wordings"][:_MOST_WORDINGS]:
        until = f"until {day(row['ended_at'])}" if row["ended_at"] else "in force"
        since = f"From {day(row['first_seen_at'])}, {until} ({row['first_version']})"
        yield subtitle(words(f"{since}, severity {row['severity']}"))
        yield paragraph(redline(row["redline"]) if row["redline"] else words(row["text"]), "quote")
    left = len(twin["wordings"]) - _MOST_WORDINGS
    if left > 0:
        yield paragraph(words(f"{left} earlier wordings stand on the page of the record."), "small")


def _proof(twin: Json) -> Iterator[Flowable]:
    proof = twin["proof"]
    if not proof:
        return
    yield from title("Proof")
    version = proof["version"]
    rows = [
        ["Place", words(f"characters {proof['start'] + 1:,} to {proof['end']:,} of {version['id']}")],
        ["Text SHA-256", words(version["text_sha256"])],
        ["Capture", words(f"{proof['snapshot'] or 'none: imported as text'}, {day(proof['captured_at'])}")],
        ["Bytes SHA-256", words(proof["bytes_sha256"] or "–")],
        ["Source", link(proof["source_url"] or "")],
        ["Read by", words(f"extractor {proof['extractor_version']}, segmenter {proof['segmenter_version']}")],
    ]
    yield table(["What", "Which"], rows, (0.2, 0.8))
    checks = ("holds" if check["holds"] else "DOES NOT HOLD" for check in proof["checks"])
    statements = [
        words(f"{check['statement']}: {verdict}")
        for check, verdict in zip(proof["checks"], checks, strict=True)
    ]
    yield paragraph("Checked when this file was made:", "small")
    yield from items(statements)
