"""`manage.py train_classifier`: makes the base model of clause types anew. No database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import clauses
from clauses.core.taxonomy import shipped_taxonomy
from clauses.management.one_line import OneLineCommand, one_line

SHIPPED = Path(clauses.__file__).parent / "taxonomy" / "type_model.bin"


class Command(OneLineCommand):
    """Trains from the corpora whose licenses allow it; the same corpora give the same bytes."""

    help = "Train the base model of clause types from labeled corpora. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the corpora are, and where the model goes."""
        parser.add_argument(
            "--corpora", required=True, type=Path, metavar="DIR", help="folder of the JSONL corpora"
        )
        parser.add_argument(
            "--out", type=Path, default=SHIPPED, metavar="FILE", help="default: the model that ships"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, then write the model and, beside it, its report."""
        # Imported here: no other command should load scikit-learn.
        from clauses.training.corpora import CorpusError  # noqa: PLC0415
        from clauses.training.make import make  # noqa: PLC0415

        out: Path = options["out"]
        try:
            body, told = make(options["corpora"], shipped_taxonomy(), self.stderr.write)
            out.write_bytes(body)
            out.with_suffix(".json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        except (CorpusError, OSError) as error:
            raise one_line(error) from None
        self.stdout.write(f"{out}: {len(body):,} bytes; {json.dumps(told['held_out'])}")
