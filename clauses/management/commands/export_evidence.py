"""`manage.py export_evidence`: a record as a ZIP that proves itself, without this program."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from clauses.evidence.bundle import write_bundle
from clauses.management.one_line import OneLineCommand, one_line
from clauses.management.whole_file import whole_file
from clauses.verifying.scope import UnknownRecord, record_named
from monitor.storage import CorruptBytes


class Command(OneLineCommand):
    """Writes captures, texts, places, chain, roots, signatures and a script that checks them."""

    help = "Write what a record rests on as a ZIP that can be checked without Proviso."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which record, and where to."""
        parser.add_argument("record", metavar="RECORD_ID", help="P-…, C-…, V-…, S-… or D-…")
        parser.add_argument("-o", "--output", required=True, metavar="FILE.zip")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, print."""
        target = Path(options["output"])
        try:
            record = record_named(options["record"])
            with whole_file(target) as stream:
                count = write_bundle(record, stream)
        except (UnknownRecord, CorruptBytes) as error:
            raise one_line(error) from error
        except OSError as error:
            raise one_line(f"{target} cannot be written: {error.strerror or error}") from error
        size = target.stat().st_size
        if options["json"]:
            told = {"record": record.public_id, "file": str(target), "files": count, "bytes": size}
            self.stdout.write(json.dumps(told, indent=1))
        else:
            self.stdout.write(f"{record.public_id}: {count} files, {size:,} bytes, in {target}")
