"""`manage.py load_archive`: an empty site filled from a file that dump_archive wrote."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from clauses.archive_file.container import BadArchive
from clauses.archive_file.loading import DoesNotHold, Loaded, NotEmpty, Progress, load
from clauses.core.periods import counted
from clauses.management.one_line import OneLineCommand, one_line
from clauses.management.stages import Stages
from monitor.verifying.finding import Finding

_SHOWN = 20


class Command(OneLineCommand):
    """Loads all or nothing."""

    help = (
        "Fill an empty, migrated database from an archive. Everything is checked before anything is kept: hashes, "
        "references, and all that verify checks. Killed or refused, it leaves the database empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument("file", metavar="FILE", help="as dump_archive wrote it")
        parser.add_argument(
            "--keep-damaged",
            action="store_true",
            help="load it though verify finds what does not hold: for the archive of a site that was damaged",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, print."""
        source = Path(options["file"])
        try:
            with source.open("rb") as stream, Stages() as stages:
                progress = Progress(stages.begun, stages.step)
                loaded = load(stream, progress, keep_damaged=options["keep_damaged"])
        except NotEmpty as error:
            raise one_line(error) from error
        except BadArchive as error:
            raise one_line(f"{source} is refused: {error}") from error
        except DoesNotHold as error:
            self._tell(error.findings)
            raise one_line(
                f"{source} is refused: {counted(len(error.findings), 'statement')} not borne out by what is in it"
            ) from error
        except OSError as error:
            raise one_line(f"{source} cannot be read: {error.strerror or error}") from error
        self._report(loaded, as_json=options["json"])

    def _report(self, loaded: Loaded, *, as_json: bool) -> None:
        rows, checked, findings = loaded.rows, loaded.checked, loaded.findings
        if as_json:
            told = [{"record": found.record, "words": found.words} for found in findings]
            self.stdout.write(json.dumps({"rows": rows, "checked": checked, "findings": told}, indent=1))
        else:
            self._tell(findings)
            said = f"{counted(len(findings), 'statement')} not borne out" if findings else "everything holds"
            self.stdout.write(f"{sum(rows.values()):,} rows of {len(rows)} tables loaded; {said}")

    def _tell(self, findings: list[Finding]) -> None:
        for found in findings[:_SHOWN]:
            self.stderr.write(f"{found.record}: {found.words}")
        if len(findings) > _SHOWN:
            self.stderr.write(f"and {len(findings) - _SHOWN} more")
