"""`manage.py analyze`: the clauses of one file, with types, severity and facts. No database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from clauses.file_reports import analysis, analysis_lines
from clauses.management.file_command import FileCommand


class Command(FileCommand):
    """Extracts, segments, classifies and reads figures."""

    help = "Extract, segment and classify one file, and read its facts. Needs no database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and how to print."""
        parser.add_argument("file", metavar="FILE")
        self.add_file_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        [file] = self.read(options["file"], options=options)
        result = analysis(file)
        as_json = json.dumps(result, indent=1, ensure_ascii=False)
        self.stdout.write(as_json if options["json"] else "\n".join(analysis_lines(result)))
