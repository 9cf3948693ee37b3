"""`manage.py reanalyze`: read stored versions anew by today's segmenter, taxonomy and rubric."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from clauses.core.periods import counted
from clauses.core.segment import SEGMENTER_VERSION
from clauses.management.document_ids import documents_named
from clauses.management.one_line import OneLineCommand
from clauses.queries.waiting import stale_documents
from clauses.rereading import reread_if_stale
from clauses.rewriting import Rerun
from clauses.site_taxonomy import change_rubric_in_force, refresh_taxonomy
from monitor.models import Document


class Command(OneLineCommand):
    """Reads one document after another anew, and says what came of it."""

    help = (
        "Read the versions of documents anew that another version of this program analyzed: all of them, or those "
        "named. Records, change sets and their numbers stay; nobody is alerted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which documents, and how to print."""
        parser.add_argument(
            "documents", nargs="*", metavar="DOCUMENT_ID", help="D-00012 or 12; none: all that need it"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read anew, print."""
        documents = _documents(options["documents"])
        reruns: list[Rerun] = []
        failures: list[str] = []
        try:
            for document in tqdm(documents, unit="document", disable=None, leave=False):
                try:
                    reruns += filter(None, [reread_if_stale(document)])
                except Exception as error:
                    # One text that our analysis fails on holds up no other document.
                    failures.append(
                        f"{document.public_id} was not read anew: {type(error).__name__}: {error}"
                    )
        except KeyboardInterrupt:
            raise CommandError("interrupted; run it again to go on where it was") from None
        self.stdout.write(json.dumps(_json(reruns), indent=1) if options["json"] else _lines(reruns))
        if failures:
            raise CommandError("; ".join(" ".join(line.split()) for line in failures))


def _documents(named: list[str]) -> list[Document]:
    stale = list(stale_documents())
    return [row for row in documents_named(named) if row in stale] if named else stale


def _json(reruns: list[Rerun]) -> dict[str, Any]:
    return {
        "segmenter_version": SEGMENTER_VERSION,
        "taxonomy_version": refresh_taxonomy().version,
        "rubric_version": change_rubric_in_force().version,
        "documents": [
            {
                "document": rerun.document.public_id,
                "name": str(rerun.document),
                "versions": rerun.versions,
                "records_kept": rerun.kept,
                "records_new": rerun.minted,
                "records_superseded": rerun.superseded,
                "rated_otherwise": rerun.rated_otherwise,
            }
            for rerun in reruns
        ],
    }


def _lines(reruns: list[Rerun]) -> str:
    if not reruns:
        return "Everything is read by today's versions already."
    return "\n".join(
        f"{rerun.document.public_id} {rerun.document}: {counted(rerun.versions, 'version')} read anew, "
        f"{counted(rerun.kept, 'record')} kept, {rerun.minted} new, {rerun.superseded} superseded, "
        f"{counted(rerun.rated_otherwise, 'change set')} rated otherwise"
        for rerun in reruns
    )
