"""`manage.py dump_archive`: all that is on record as one file in an open format."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from clauses.archive_file.dumping import CannotBeDumped, dump
from clauses.management.one_line import OneLineCommand, one_line
from clauses.management.stages import Stages
from clauses.management.whole_file import whole_file


class Command(OneLineCommand):
    """Dumps; the site may go on meanwhile."""

    help = (
        "Write all that is on record into one file that load_archive, and anybody by docs/archive-format.md, reads. "
        "The same records give the same bytes. The site may go on meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether with people."""
        parser.add_argument("file", metavar="FILE", help="for example proviso.tar.zst")
        parser.add_argument(
            "--with-people",
            action="store_true",
            help="accounts, addresses, subscriptions, messages and a team's work too, with their secrets: for "
            "backups, never to be handed on",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, print."""
        target = Path(options["file"])
        with_people = options["with_people"]
        try:
            with Stages() as stages, whole_file(target, 0o600 if with_people else 0o644) as stream:
                begun = partial(stages.begun, "rows")
                rows = dump(stream, with_people=with_people, begun=begun, step=stages.step)
        except CannotBeDumped as error:
            raise one_line(error) from error
        except OSError as error:
            raise one_line(f"{target} cannot be written: {error.strerror or error}") from error
        size = target.stat().st_size
        if options["json"]:
            told = {"file": str(target), "bytes": size, "with_people": with_people, "rows": rows}
            self.stdout.write(json.dumps(told, indent=1))
        else:
            self.stdout.write(
                f"{sum(rows.values()):,} rows of {len(rows)} tables, {size:,} bytes, in {target}"
            )
