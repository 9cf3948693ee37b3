"""`manage.py fetch`: read documents now, in this process, and analyze what is new."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from clauses.analysis import analyze_pending
from clauses.management.document_ids import documents_named
from clauses.management.one_line import OneLineCommand
from monitor.models import Document, Fetch
from monitor.politeness import Busy
from monitor.tracking import OutOfOrder
from monitor.watching import due, fetch_document

# Moments that can be stored in UTC and still have a next reading.
_FIRST_YEAR, _LAST_YEAR = 1970, 9000


class Command(OneLineCommand):
    """Fetches and says per source what came of it."""

    help = "Fetch documents now, all active ones unless some are named, and say per source what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which documents, as of when, and how to print."""
        parser.add_argument(
            "documents", nargs="*", metavar="DOCUMENT_ID", help="D-00012 or 12; none: all active ones"
        )
        parser.add_argument("--due", action="store_true", help="only documents whose next reading has come")
        parser.add_argument(
            "--at", metavar="MOMENT", help="record as of this moment (ISO 8601, UTC unless said)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch, analyze, print."""
        at = _moment(options["at"]) if options["at"] is not None else None
        documents = _documents(options["documents"], at if options["due"] else None, only_due=options["due"])
        fetches: list[Fetch] = []
        refusals: list[str] = []
        for document in tqdm(documents, unit="document", disable=None, leave=False):
            try:
                fetches += fetch_document(document, at)
            except OutOfOrder as error:
                refusals.append(f"{error}; a moment before the last capture is refused")
            except Busy as error:
                refusals.append(f"{document} was not read to its end: {error}")
        analyze_pending()
        rows = [_row(fetch) for fetch in fetches]
        if rows or options["json"] or not refusals:
            self.stdout.write(json.dumps(rows, indent=1) if options["json"] else _lines(rows))
        if refusals:
            raise CommandError("; ".join(refusals))


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise CommandError(f"--at {value!r} is not a moment; write 2025-08-29T06:00 or 2025-08-29") from None
    if moment.year < _FIRST_YEAR:
        raise CommandError(f"--at {value!r} is before {_FIRST_YEAR}")
    if moment.year > _LAST_YEAR or _in_utc(moment) > timezone.now():
        # Captures keep their order: one from the future would shut out all others until then.
        raise CommandError(f"--at {value!r} is in the future")
    return _in_utc(moment)


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _documents(named: list[str], at: datetime | None, *, only_due: bool) -> list[Document]:
    found = due(at or timezone.now()) if only_due else Document.objects.all()
    if not named:
        active = found.filter(is_paused=False).select_related("platform")
        return list(active.order_by("platform__name", "name"))
    chosen = documents_named(named)
    if invented := [document for document in chosen if document.platform.is_sample]:
        raise CommandError(
            f"{invented[0].public_id} belongs to an invented sample: there is no page to fetch"
        )
    if retired := [document for document in chosen if document.succeeded_by]:
        instead = retired[0].succeeded_by
        raise CommandError(
            f"{retired[0].public_id} is retired: {instead and instead.public_id} is read instead"
        )
    wanted = set(found.values_list("pk", flat=True))
    return [document for document in chosen if document.pk in wanted]


def _row(fetch: Fetch) -> dict[str, Any]:
    document = fetch.source.document
    document.refresh_from_db(fields=["current_version"])
    version = document.current_version
    return {
        "document": document.public_id,
        "name": str(document),
        "url": fetch.source.url,
        "at": fetch.at.isoformat(),
        "outcome": fetch.outcome,
        "is_problem": fetch.is_problem,
        "status": fetch.status,
        "message": fetch.message,
        "snapshot": fetch.snapshot.public_id if fetch.snapshot else None,
        "version": version.public_id if version else None,
    }


def _lines(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "Nothing to fetch: no active document. Add one in the admin, or name a paused one."
    return "\n".join(_line(row) for row in rows)


def _line(row: dict[str, Any]) -> str:
    outcome = f"{row['outcome']} – {row['message']}" if row["message"] else row["outcome"]
    return f"{row['document']} {row['name']}: {outcome} ({row['url']})"
