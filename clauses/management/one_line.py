"""A command whose every refusal is one line on standard error and exit code 1, wrong options included."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from functools import partial
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError


class OneLineCommand(BaseCommand):
    """The commands that other programs call: argparse alone would exit with 2 after a page of usage."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser of the options."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if parser.called_from_command_line:
            parser.error = partial(_refuse, parser)  # type: ignore[method-assign]
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run; without a traceback on an empty database, or where our reader has seen enough (`| head`)."""
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as error:
            if not _is_missing_table(error):
                raise
            raise CommandError(
                "the database has no tables yet: run `manage.py up` or `manage.py migrate` first"
            ) from None
        except BrokenPipeError:
            # Python would try once more to write what is left when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


def one_line(error: object) -> CommandError:
    """An error as one line, whatever line breaks a file's name brings into it."""
    return CommandError(" ".join(str(error).split()))


def _is_missing_table(error: Exception) -> bool:
    """Whether SQLite or PostgreSQL says that a table is not there."""
    said = str(error)
    return "no such table" in said or ("relation " in said and "does not exist" in said)


def _refuse(parser: ArgumentParser, message: str) -> NoReturn:
    parser.exit(1, f"{parser.prog}: error: {message} (see --help)\n")
