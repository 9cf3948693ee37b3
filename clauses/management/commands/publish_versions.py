"""`manage.py publish_versions`: the texts of all versions as a git repository in the way of Open Terms Archive."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from clauses.core.periods import counted
from clauses.management.one_line import OneLineCommand, one_line
from clauses.management.stages import Stages
from monitor.exporting.versions import publish_versions
from monitor.git import RepositoryError
from monitor.storage import CorruptBytes


class Command(OneLineCommand):
    """Adds what is new."""

    help = (
        "Write the texts of all versions into a bare git repository, a file a document and a commit a version at its "
        "own date, as Open Terms Archive does. Run again, it adds what is new. Samples are left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether anew."""
        parser.add_argument(
            "folder", metavar="DIR", help="a bare repository; made where there is nothing yet"
        )
        parser.add_argument(
            "--rebuild", action="store_true", help="write all of it anew, where earlier history came in"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, print."""
        folder = Path(options["folder"])
        try:
            with Stages() as stages:
                begun = partial(stages.begun, "versions")
                count = publish_versions(folder, rebuild=options["rebuild"], begun=begun, step=stages.step)
        except (RepositoryError, CorruptBytes) as error:
            raise one_line(error) from error
        except OSError as error:
            raise one_line(f"{folder} cannot be written: {error.strerror or error}") from error
        if options["json"]:
            self.stdout.write(json.dumps({"repository": str(folder), "written": count}))
        else:
            left_out = "" if count else "; samples are left out"
            self.stdout.write(f"{counted(count, 'version')} written to {folder}{left_out}")
