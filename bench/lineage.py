"""Follow every clause through imported histories: how many records last, and which joins and losses look wrong.

    VAR_DIR=/tmp/lineage var/environment/bin/python bench/lineage.py --declarations DIR \\
        (--versions REPO | --snapshots REPO) [--service NAME]…

Prints a row a document, then every case to be read by hand: a removed and an added clause of one change set with more
than half of their words the same (a lost identity), and a pair joined with less than 30 % (a false one). Without a
repository, what was imported before is evaluated. Writes into a database of its own below VAR_DIR.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command
from rapidfuzz.distance import LCSseq

from clauses.core.align import without_number
from clauses.models import Change, ChangeSet, Clause, Occurrence
from monitor.models import Document

SERVICES = ("Claude.ai", "ChatGPT", "GitHub Copilot")
LOST, FALSE = 0.5, 0.3
_WORD = re.compile(r"\w+")
_COLUMNS = (
    *("unchanged", "modified", "moved", "renumbered", "retitled", "split", "merged", "removed", "added"),
    *("revived", "lost", "false"),
)


@dataclass
class Followed:
    """What became of the clauses of one document."""

    name: str
    versions: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)


def main() -> None:
    """Import, follow, print."""
    arguments = _arguments()
    services = arguments.service or SERVICES
    call_command("migrate", verbosity=0)
    for service in services if arguments.versions or arguments.snapshots else ():
        call_command("import_ota", service=service, stdout=sys.stderr, **_repositories(arguments))
    found = [followed(row) for row in Document.objects.filter(platform__name__in=services).order_by("pk")]
    _print_table(found)
    for one in found:
        print(*(f"\n{one.name}: {case}" for case in one.cases), sep="\n", end="")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("snapshots", "versions", "declarations"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--service", action="append", help="one of them; all three without")
    return parser.parse_args()


def _repositories(arguments: argparse.Namespace) -> dict[str, str]:
    named = {name: getattr(arguments, name) for name in ("snapshots", "versions", "declarations")}
    return {name: value for name, value in named.items() if value}


def followed(document: Document) -> Followed:
    """The table row of a document, and its cases."""
    found = Followed(str(document), document.versions.count())
    for change_set in document.change_sets.order_by("new_version__ordinal").select_related("new_version"):
        found.counts.update(change_set.counts)
        changes = list(change_set.changes.select_related("old__wording", "new__wording", "clause"))
        found.counts["revived"] += sum(change.kind == "added" and _is_revived(change) for change in changes)
        found.counts["retitled"] += _retitled(change_set, changes)
        for kind, case in (*_lost(changes), *_false(changes)):
            found.counts[kind] += 1
            found.cases.append(f"{change_set.public_id} {kind} {case}")
    return found


def _is_revived(change: Change) -> bool:
    return change.clause.occurrences.filter(pk__lt=change.new_id).exists()


def _retitled(change_set: ChangeSet, changes: Sequence[Change]) -> int:
    """Occurrences that began with a version without a change of their clause: the same words under another title."""
    changed = {change.clause_id for change in changes}
    begun = Occurrence.objects.filter(
        first_version=change_set.new_version, clause__document=change_set.document
    )
    return begun.exclude(clause__in=changed).count()


def words_of(text: str) -> list[str]:
    """The words by which two clauses are compared: without number, marks and letter case."""
    return _WORD.findall(without_number(text).casefold())


def same(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words kept in order, of the longer side."""
    longer = max(len(one), len(other))
    return LCSseq.similarity(one, other) / longer if longer else 0.0


def _lost(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    removed = [(row, words_of(row.old.wording.text)) for row in changes if row.kind == "removed"]
    added = [(row, words_of(row.new.wording.text)) for row in changes if row.kind == "added"]
    for gone, before in removed:
        for came, after in added:
            share = same(before, after)
            if share > LOST:
                yield "lost", _case(gone.clause, came.clause, share, before, after)


def _false(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    for row in changes:
        if row.kind in {"modified", "split", "merged"}:
            sides = ("".join(text for op, text in row.redline if op in {"=", kind}) for kind in "-+")
            before, after = map(words_of, sides)
            share = same(before, after)
            if share < FALSE:
                yield "false", f"{row.kind} {_case(row.clause, row.clause, share, before, after)}"


def _case(old: Clause, new: Clause, share: float, before: Sequence[str], after: Sequence[str]) -> str:
    return f"{old.public_id} {new.public_id} {share:.2f}\n  - {' '.join(before[:60])}\n  + {' '.join(after[:60])}"


def _print_table(found: Sequence[Followed]) -> None:
    print(f"| document | versions | {' | '.join(_COLUMNS)} |")
    print(f"|{'---|' * (len(_COLUMNS) + 2)}")
    total = Counter[str]()
    for one in found:
        total.update(one.counts)
        print(f"| {one.name} | {one.versions} | {_cells(one.counts)} |")
    print(f"| all | {sum(one.versions for one in found)} | {_cells(total)} |")


def _cells(counts: Counter[str]) -> str:
    return " | ".join(str(counts[column]) for column in _COLUMNS)


if __name__ == "__main__":
    main()
