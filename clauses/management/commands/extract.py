"""`manage.py extract`: the text that would be stored. No database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from clauses.management.file_command import FileCommand
from monitor.core.to_markdown import markdown


class Command(FileCommand):
    """Prints the text of a file."""

    help = "Print the text that would be stored for a file. Needs no database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and the form."""
        parser.add_argument("file", metavar="FILE")
        self.add_file_options(parser)
        parser.add_argument("--markdown", action="store_true", help="with headings, lists and tables marked")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        [file] = self.read(options["file"], options=options)
        found = file.extract
        self.stdout.write(markdown(found) if options["markdown"] else found.text)
