"""What the commands that read files share: their options, and errors in one line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from clauses.management.one_line import OneLineCommand, one_line
from monitor.files import CONTENT_TYPES, FileError, ReadFile, read_file


class FileCommand(OneLineCommand):
    """A command on files: it needs no database and no settings of a site."""

    requires_system_checks = []

    def add_file_options(self, parser: ArgumentParser) -> None:
        """How a file is read."""
        parser.add_argument(
            "--content-type", choices=list(CONTENT_TYPES), help="default: by the file's name or content"
        )
        parser.add_argument(
            "--select", action="append", default=[], metavar="CSS", help="what holds the text; may repeat"
        )
        parser.add_argument(
            "--remove", action="append", default=[], metavar="CSS", help="what is cut out; may repeat"
        )

    def read(self, path: str, options: dict[str, Any]) -> ReadFile:
        """The file, or one line on what is wrong with it and exit code 1."""
        try:
            return read_file(path, options["content_type"], options["select"], options["remove"])
        except FileError as error:
            raise one_line(error) from error
