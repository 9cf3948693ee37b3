"""A command whose every refusal is one line on standard error and exit code 1, wrong options included."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser


class OneLineCommand(BaseCommand):
    """The commands that other programs call: argparse alone would exit with 2 after a page of usage."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser of the options."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if parser.called_from_command_line:
            parser.error = partial(_refuse, parser)  # type: ignore[method-assign]
        return parser


def one_line(error: object) -> CommandError:
    """An error as one line, whatever line breaks a file's name brings into it."""
    return CommandError(" ".join(str(error).split()))


def _refuse(parser: ArgumentParser, message: str) -> NoReturn:
    parser.exit(1, f"{parser.prog}: error: {message} (see --help)\n")
