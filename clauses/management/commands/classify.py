"""`manage.py classify`: types of single texts, line by line. No database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from clauses.core.read import read_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage
from clauses.file_reports import classification
from clauses.management.one_line import OneLineCommand


class Command(OneLineCommand):
    """Reads `{"text": …}` lines on standard input and prints `{"types": […], …}` lines."""

    help = 'Read {"text": …} lines on standard input, print {"types": […], …} lines. Needs no database.'
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """JSON lines are the only form, named so that callers can ask for it."""
        parser.add_argument(
            "--json-lines", action="store_true", help="the form of input and output (the only one)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Classify until the input ends."""
        taxonomy = shipped_taxonomy()
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if line.strip():
                read = read_clause(_passage(number, line), taxonomy)
                # Escaped, so that no separator of Unicode in a quote ends a line for a reader of lines.
                self.stdout.write(json.dumps(classification(read)))


def _passage(number: int, line: bytes) -> Passage:
    """The text of a line, with heading path, intro and header cells where these are given."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
        text = row["text"]
        path, header = row.get("heading_path") or [], row.get("header") or []
        intro = row.get("intro") or ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CommandError(f'line {number} is not a JSON object in UTF-8 with a "text"') from None
    if (
        not isinstance(text, str)
        or not isinstance(intro, str)
        or not _are_words(path)
        or not _are_words(header)
    ):
        raise CommandError(
            f'line {number}: "text" and "intro" are strings, "heading_path" and "header" lists of them'
        )
    return Passage(number - 1, 0, len(text), text, tuple(path), intro, tuple(header))


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
