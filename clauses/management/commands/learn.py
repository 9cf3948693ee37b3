"""`manage.py learn`: learn from the decisions of this site's curators."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from clauses.core.periods import counted
from clauses.management.one_line import OneLineCommand, one_line


class Command(OneLineCommand):
    """Trains a head on the decisions, prints its figures, and adopts it where it is no worse."""

    help = "Learn clause types from the decisions of this site; adopted only where no more goes wrong than before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As JSON."""
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, and say what came of it."""
        # Imported here: no other command should load scikit-learn.
        from clauses.learning import TooFewDecisions, learn  # noqa: PLC0415

        try:
            row = learn()
        except TooFewDecisions as error:
            raise one_line(error) from None
        told = {
            "decisions": row.decisions,
            "types": sorted(row.lessons),
            "before": row.before,
            "after": row.after,
            "adopted": row.is_adopted,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told))
            return
        for name, figures in (("before", row.before), ("after", row.after)):
            numbers = ", ".join(f"{key} {value:.3f}" for key, value in figures.items())
            self.stdout.write(f"{name}: {numbers}, on decisions held out")
        verdict = "adopted" if row.is_adopted else "not adopted: it would be worse than without"
        learned = f"{counted(row.decisions, 'decision')}, {counted(len(row.lessons), 'type')} learned"
        self.stdout.write(f"{learned}; {verdict}")
