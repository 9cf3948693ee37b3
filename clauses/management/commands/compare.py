"""`manage.py compare`: the change set between two files. No database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from clauses.file_reports import compared, comparison_lines
from clauses.management.file_command import FileCommand


class Command(FileCommand):
    """Aligns, redlines and rates."""

    help = "Say what changed between two files, clause by clause. Needs no database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two files and how to print."""
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        self.add_file_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and print."""
        old, new = self.read(options["old"], options["new"], options=options)
        result = compared(old, new, {"select": options["select"], "remove": options["remove"]})
        as_json = json.dumps(result, indent=1, ensure_ascii=False)
        self.stdout.write(as_json if options["json"] else "\n".join(comparison_lines(result)))
