"""`manage.py load_samples`: the sample platforms on an empty site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from clauses.analysis import analyze_pending
from clauses.core.periods import counted
from clauses.management.one_line import OneLineCommand
from clauses.proposing import propose_pending
from clauses.samples import attach_news
from monitor.samples import loading


class Command(OneLineCommand):
    """Loads and analyzes the samples."""

    help = "Load the three invented sample platforms. Refused where a platform exists already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then analyze."""
        if not loading.is_wanted():
            raise CommandError("there are platforms already; samples are only loaded on an empty site")
        captures = loading.load()
        versions = analyze_pending()
        propose_pending()
        attach_news()
        self.stderr.write(f"{counted(captures, 'capture')} recorded, {counted(versions, 'version')} analyzed")
