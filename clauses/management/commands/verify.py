"""`manage.py verify`: recompute hashes and chains from the stored bytes, and name what does not hold."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from clauses.core.periods import counted
from clauses.management.one_line import OneLineCommand, one_line
from clauses.verifying.scope import UnknownRecord, record_named, scope_of
from clauses.verifying.steps import Step, all_steps, steps_of
from monitor.verifying.finding import Finding

_NOUNS = {
    "fields of a few words": ("field of a few words", "fields of a few words"),
    "stored bytes": ("blob of stored bytes", "blobs of stored bytes"),
    "analyses": ("analysis", "analyses"),
    "documents with clauses": ("document with clauses", "documents with clauses"),
    "checksums of rows": ("checksum of a row", "checksums of rows"),
}


class Command(OneLineCommand):
    """Checks records and everything they rest on, and changes nothing."""

    help = (
        "Recompute hashes and chains from the stored bytes, of everything or of the records named, and name what does "
        "not hold. Changes nothing. Ends with 1 where something does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which records, and how to print."""
        parser.add_argument(
            "records", nargs="*", metavar="RECORD_ID", help="P-…, C-…, V-…, S-… or D-…; none: everything"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print; a refusal where something does not hold."""
        steps = _steps(options["records"])
        is_json = options["json"]
        findings: list[Finding] = []
        count = 0
        with tqdm(total=sum(step.count for step in steps), unit="row", disable=None, leave=False) as bar:
            for found in _found(steps, bar):
                count += 1
                if is_json:
                    findings.append(found)
                else:
                    self.stdout.write(f"{found.record}: {found.words}")
        checked = {step.noun: step.count for step in steps if step.count}
        if is_json:
            self.stdout.write(json.dumps(_json(checked, findings), indent=1))
        elif not count:
            listed = ", ".join(_told(noun, number) for noun, number in checked.items())
            self.stdout.write(f"Everything holds. Checked: {listed or 'nothing is stored'}.")
        if count:
            raise CommandError(f"{counted(count, 'statement')} not borne out by what is stored")


def _found(steps: list[Step], bar: tqdm[Any]) -> Iterator[Finding]:
    for step in steps:
        bar.set_description(step.noun)
        for found in step.findings():
            yield from found
            bar.update()


def _steps(named: list[str]) -> list[Step]:
    if not named:
        return all_steps()
    try:
        return steps_of(scope_of([record_named(name) for name in named]))
    except UnknownRecord as error:
        raise one_line(error) from error


def _told(noun: str, number: int) -> str:
    """A number and its noun, which steps have for many, as in "18 versions", "1 version"."""
    one, many = _NOUNS.get(noun, (noun.removesuffix("s"), noun))
    return f"{number:,} {one if number == 1 else many}"


def _json(checked: dict[str, int], findings: list[Finding]) -> dict[str, Any]:
    return {
        "holds": not findings,
        "checked": checked,
        "findings": [{"record": found.record, "words": found.words} for found in findings],
    }
