"""`manage.py signing_key`: which key signs the daily roots, and a new one in its place."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from clauses.management.one_line import OneLineCommand, one_line
from monitor.signing import NoKey, fingerprint_of, private_key, public_of, rotate


class Command(OneLineCommand):
    """Shows the public half of the key in force; made on first use."""

    help = "Show the key that signs the daily roots, or replace the one the site made itself (--rotate)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to replace it, and how to print."""
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="make a new key; roots signed by the old one are still checked by its public half",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate if asked to, print."""
        try:
            if options["rotate"]:
                rotate()
            public = public_of(private_key())
        except NoKey as error:
            raise one_line(error) from error
        found = {"fingerprint": fingerprint_of(public), "public_key": public.hex()}
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=1))
        else:
            self.stdout.write(f"Fingerprint {found['fingerprint']}\nPublic key  {found['public_key']}")
