"""What the commands that read files share: their options, and errors in one line."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from clauses.management.one_line import OneLineCommand, one_line
from monitor.core.selectors import Selector
from monitor.files import CONTENT_TYPES, FileError, ReadFile, read_file, selector

_RANGE = '{"startAfter": "h1", "endBefore": "footer"}'


class FileCommand(OneLineCommand):
    """A command on files: it needs no database and no settings of a site."""

    requires_system_checks = []

    def add_file_options(self, parser: ArgumentParser) -> None:
        """How a file is read."""
        parser.add_argument(
            "--content-type", choices=list(CONTENT_TYPES), help="default: by the file's name or content"
        )
        for name, use in (("--select", "what holds the text"), ("--remove", "what is cut out")):
            parser.add_argument(
                name,
                action="append",
                default=[],
                type=_selector,
                metavar="SELECTOR",
                help=f"{use} of HTML: CSS, or a range such as {_RANGE}; may repeat",
            )

    def read(self, *paths: str, options: dict[str, Any]) -> list[ReadFile]:
        """The files, or one line on what is wrong with them or with the options and exit code 1."""
        try:
            files = [
                read_file(path, options["content_type"], options["select"], options["remove"])
                for path in paths
            ]
        except FileError as error:
            raise one_line(error) from error
        used = [name for name in ("select", "remove") if options[name]]
        if used and not any(file.is_html for file in files):
            kinds = " and ".join(
                f"{path} is read as {file.content_type}" for path, file in zip(paths, files, strict=True)
            )
            raise one_line(
                f"--{used[0]} picks from HTML only, and {kinds}; leave it out, or say --content-type html"
            )
        return files


def _selector(written: str) -> Selector:
    try:
        return selector(written)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
