"""`manage.py relist`: make what lists and the search read anew from the clauses."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from tqdm import tqdm

from clauses.core.periods import counted
from clauses.listing import list_all, list_anew
from clauses.management.one_line import OneLineCommand
from monitor.models import Document


class Command(OneLineCommand):
    """Lists one document after another, and says how many clauses were not listed as they are."""

    help = (
        "Make the rows that lists, counts and the search go by anew from the clauses. Every analysis and decision "
        "keeps them by itself: this is for a database that was changed by hand, and after a release that says so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to begin from nothing."""
        parser.add_argument(
            "--all",
            action="store_true",
            help="begin from nothing, in one transaction: readers see no gap, analyses wait",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """List, print."""
        found = list_anew() if options["all"] else list_all()
        count = sum(tqdm(found, total=Document.objects.count(), unit="document", disable=None, leave=False))
        self.stdout.write(f"{counted(count, 'clause')} listed anew")
