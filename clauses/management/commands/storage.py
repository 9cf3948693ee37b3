"""`manage.py storage`: what each document takes in the store, and the rules of retention applied by hand."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone
from tqdm import tqdm

from clauses.management.one_line import OneLineCommand, one_line
from clauses.queries.stored import Stored, Totals, stored_documents, stored_in_all
from monitor.retention import aged, remove_aged, rules


class Command(OneLineCommand):
    """Reports, and with --remove gives up the bytes that the rules name now."""

    help = "Say what captures and texts take in the store; --remove applies the rules of retention now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to remove."""
        parser.add_argument("--remove", action="store_true", help="remove the bytes that a rule gives up")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove where asked to, report."""
        now = timezone.now()
        if options["remove"]:
            self.stderr.write(f"{_removed(now)} captures gave up their bytes")
        documents, totals = stored_documents(now), stored_in_all(now)
        if options["json"]:
            told = {"documents": [_twin(one) for one in documents], "total": asdict(totals)}
            self.stdout.write(json.dumps(told, indent=1))
            return
        self.stdout.write(_LINE.format("document", *_SHOWN))
        for one in documents:
            self.stdout.write(f"{_line(one.document.public_id, one)}  {one.document}")
        self.stdout.write(_line("all", totals))


_SHOWN = ("captures", "removed", "removable", "served", "kept", "texts")
_FIGURES = ("attempts", *_SHOWN[:5], "versions", "texts")
_LINE = "{:<9}{:>10}{:>9}{:>11}{:>15}{:>13}{:>12}"


def _removed(now: datetime) -> int:
    if not rules():
        raise one_line(
            "no rule of retention is set: see KEEP_SAME_TEXT_DAYS and the others in docs/settings.md"
        )
    count = aged(now).count()
    return sum(1 for _ in tqdm(remove_aged(now), total=count, unit="capture", disable=None, leave=False))


def _line(name: str, figures: Stored | Totals) -> str:
    return _LINE.format(name, *(f"{getattr(figures, shown):,}" for shown in _SHOWN))


def _twin(one: Stored) -> dict[str, Any]:
    figures = {name: getattr(one, name) for name in _FIGURES}
    return {"document": one.document.public_id, "name": str(one.document), **figures}
