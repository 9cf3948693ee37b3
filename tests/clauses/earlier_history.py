"""A document that is watched, an archive of its earlier history, and all that is on record after both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from clauses.analysis import analyze_pending
from clauses.joining import join_earlier
from clauses.models import Change, ChangeSet, Clause, Occurrence
from monitor.models import Document, Fetch, Source, Version
from tests.builders import capture
from tests.clauses.edited_documents import KEEPS, html
from tests.monitor.importing.archives import URL, Commit, day, record
from tests.monitor.importing.running import PLAIN, built, declared, run

PATH = "Larkspur/Terms of Service.html"
KEEPS_90 = KEEPS.replace("30", "90")
# The archive's days come before these.
WATCHED = 500


def page_of(clauses: Sequence[str], token: object) -> str:
    return (
        f"<html lang='en'><head><title>Terms</title><meta name='token' content='{token}'></head>"
        f"<body><main>{html(clauses)}</main></body></html>"
    )


def archive(folder: Path, *texts: Sequence[str], every: float = 20) -> Path:
    """An archive that saw each text twice, a day apart."""
    return built(folder, *(commit for at, text in enumerate(texts) for commit in seen(text, at * every)))


def seen(text: Sequence[str], at: float) -> list[Commit]:
    return [record(PATH, page_of(text, at + later), day(at + later), url=URL) for later in (0, 1)]


def watch(*texts: Sequence[str], since: float = WATCHED) -> None:
    """Read the page of the watch list live: each text twice, an hour apart, twenty days after the one before."""
    (source,) = Source.objects.filter(document__platform__slug="larkspur", valid_until=None)
    for number, text in enumerate(texts):
        for hours in (0, 1):
            at = day(since + 20 * number) + timedelta(hours=hours)
            capture(source, html(text), at, furniture=(number, hours))
    analyze_pending()


def watched_document() -> Document:
    return Document.objects.get(platform__slug="larkspur")


def bring(pages: Path) -> list[str]:
    """Import, as the command does it."""
    (imported,) = run(declared(PLAIN), pages)
    analyze_pending()
    join_earlier(imported.document)
    analyze_pending()
    return imported.remarks


def on_record() -> dict[str, Any]:
    """All that pages say of the document, without numbers, keys and the order of recording."""
    versions = list(Version.objects.filter(document=watched_document()).order_by("ordinal"))
    ordinal = {version.pk: version.ordinal for version in versions}
    clauses = {clause.pk: clause for clause in Clause.objects.filter(document=watched_document())}
    lives = {pk: _life(clause, ordinal) for pk, clause in clauses.items()}
    return {
        "versions": [
            (v.ordinal, v.cause, v.first_seen_at, v.text, v.returns_to and v.returns_to.ordinal)
            for v in versions
        ],
        "clauses": sorted(
            (
                lives[pk],
                ordinal.get(row.removed_in_id or 0, 0),
                lives.get(row.superseded_by_id or 0, ""),
                lives.get(row.split_from_id or 0, ""),
                (row.severity, row.confidence, sorted(row.labels.values_list("type", "rank"))),
            )
            for pk, row in clauses.items()
        ),
        "layouts": [_layout(version, lives) for version in versions],
        "change sets": [_change_set(row, lives) for row in change_sets()],
        "log": list(
            Fetch.objects.filter(source__document=watched_document())
            .exclude(at__range=(day(WATCHED), day(WATCHED + 1)))
            .order_by("at")
            .values_list("at", "outcome", "snapshot__blob")
        ),
    }


def _life(clause: Clause, ordinal: dict[int, int]) -> str:
    rows = clause.occurrences.order_by("first_version__ordinal", "pk").select_related("wording")
    return repr(
        [
            (
                row.wording.text,
                row.heading_path,
                ordinal[row.first_version_id],
                ordinal.get(row.last_version_id),
            )
            for row in rows
        ]
    )


def _layout(version: Version, lives: dict[int, str]) -> list[tuple[str, int, int]]:
    rows = Occurrence.objects.in_bulk([key for key, *_ in version.analysis.layout])
    return [(lives[rows[key].clause_id], start, end) for key, start, end, _ in version.analysis.layout]


def change_sets() -> list[ChangeSet]:
    return list(ChangeSet.objects.filter(document=watched_document()).order_by("new_version__ordinal"))


def _change_set(row: ChangeSet, lives: dict[int, str]) -> tuple[Any, ...]:
    said = (
        row.kind,
        row.severity,
        row.direction,
        row.headline,
        row.counts,
        row.detected_at,
        row.effective_on,
    )
    changes = [
        (one.kind, lives[one.clause_id], one.severity, one.redline, one.reasons, one.types, one.summary)
        for one in Change.objects.filter(change_set=row).order_by("position")
    ]
    return (row.old_version.ordinal, row.new_version.ordinal, row.is_technical, said, changes)


def numbers() -> dict[str, set[int]]:
    return {
        model.LETTER: set(model.objects.values_list("number", flat=True))
        for model in (Version, Clause, ChangeSet)
    }
