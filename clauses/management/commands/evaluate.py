"""`manage.py evaluate`: how right the reading is, on labeled texts it was not trained on."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from clauses.core.taxonomy import Taxonomy, shipped_taxonomy
from clauses.management.one_line import OneLineCommand, one_line
from clauses.queries.gold import gold_rows
from clauses.site_taxonomy import refresh_taxonomy

_OF_THE_SITE = "site"


class Command(OneLineCommand):
    """Evaluates on a corpus by name, or on a file of the same form, recognized by its keys."""

    help = (
        "Evaluate the reading of clause types on a labeled corpus or JSONL file, which needs no database, or on the "
        "sentences that the curators of this site labeled. Facts, AI training "
        "and feedback rights are measured on sentences read by hand: see docs/facts.md and docs/gold-sets.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The corpus, and where training parts come from."""
        parser.add_argument(
            "corpus",
            help="tosdr, appsi, unfair_tos, claudette_2024, opp115, site, or the path of a JSONL file",
        )
        parser.add_argument("--corpora", type=Path, metavar="DIR", help="folder of the JSONL corpora")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Evaluate and print the figures with the sizes and intervals they rest on."""
        # Imported here: no other command should load scikit-learn.
        from clauses.evaluation.run import run, run_gold  # noqa: PLC0415
        from clauses.training.corpora import CorpusError  # noqa: PLC0415

        began = time.process_time()
        try:
            if options["corpus"] == _OF_THE_SITE:
                found = _of_the_site(run_gold)
            else:
                found = run(options["corpus"], options["corpora"], shipped_taxonomy(), self.stderr.write)
        except (CorpusError, OSError) as error:
            raise one_line(error) from None
        found["cpu_seconds"] = round(time.process_time() - began, 1)
        self.stdout.write(json.dumps(found, indent=1) if options["json"] else "\n".join(_lines(found)))


def _of_the_site(run_gold: Callable[[list[Any], Taxonomy], dict[str, Any]]) -> dict[str, Any]:
    """The figures of what is in force on this site, with its own rules and what it learned."""
    taxonomy = refresh_taxonomy()
    return {"corpus": _OF_THE_SITE, "taxonomy": taxonomy.version} | run_gold(list(gold_rows()), taxonomy)


def _lines(found: dict[str, Any], indent: str = "") -> Iterator[str]:
    for name, value in found.items():
        label = f"{indent}{name.replace('_', ' ')}"
        if isinstance(value, dict) and set(value) == {"value", "low", "high"}:
            yield f"{label}: {value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})"
        elif isinstance(value, dict):
            yield f"{label}:"
            yield from _lines(value, f"{indent}  ")
        else:
            yield f"{label}: {value}"
