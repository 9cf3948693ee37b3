"""Measure the ratings of changes against what readers said of them.

    var/environment/bin/python bench/changes.py [--half open|locked|both] [--errors] [--json]
    var/environment/bin/python bench/changes.py --gold FILE.jsonl
    var/environment/bin/python bench/changes.py --versions REPO [--errors]

Without --versions it rates the pairs of small documents of bench/gold/change_pairs.jsonl, which were written for
it. A FILE of your own has the same keys: "old" and "new" (Markdown), "severity" and "direction" (lists of what is
accepted) and "kind". With --versions, a git folder or bundle of recorded versions, it rates the real changes of
bench/gold/changes.jsonl, found by the hashes of their two texts. `--errors` shows what was rated otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.triples import Repository
from clauses.core.compare import compare
from clauses.core.read import read_clause
from clauses.core.segment import segment
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import SEVERITIES, ClauseChange, Passage, ReadClause
from monitor.core.extract import extract
from monitor.core.normalize import sha256

GOLD = Path(__file__).parent / "gold"
DIRECTIONS = ("adverse", "favorable", "neutral", "mixed")
_READ: dict[tuple[str, str], ReadClause] = {}


@dataclass(frozen=True)
class Judged:
    """One change: what readers accept, and what we say."""

    name: str
    severities: Sequence[str]
    directions: Sequence[str]
    kind: str
    severity: str
    direction: str
    rated_kind: str
    told: str

    @property
    def is_right(self) -> bool:
        """Whether severity and direction are both among those accepted."""
        return self.severity in self.severities and self.direction in self.directions


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=["open", "locked", "both"], default="both")
    parser.add_argument("--gold", type=Path, help="pairs of your own instead")
    parser.add_argument("--versions", type=Path, help="git folder or bundle of recorded versions")
    parser.add_argument("--errors", action="store_true", help="show what was rated otherwise")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.versions:
        judged = list(judged_changes(options.versions, options.half))
    else:
        judged = [
            _judged_pair(row) for row in _rows(options.gold or GOLD / "change_pairs.jsonl", options.half)
        ]
    print(json.dumps(figures(judged)) if options.json else table(judged))
    for one in judged if options.errors else ():
        if not one.is_right:
            wanted = f"{'/'.join(one.severities)} {'/'.join(one.directions)}"
            print(f"\n{one.name}: {wanted}, rated {one.severity} {one.direction}\n  {one.told}")


def _rows(path: Path, half: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if half == "both" or row.get("half") == half]


def read_markdown(text: str) -> list[ReadClause]:
    """The clauses of a Markdown text with what is read from them."""
    found = extract(text.encode(), "text/markdown")
    return [_read(passage) for passage in segment(found.text, found.blocks)]


def _read(passage: Passage) -> ReadClause:
    """Versions of one document share most clauses: each is classified once."""
    key = (passage.sha256, passage.context_sha256)
    if key not in _READ or _READ[key].passage.text != passage.text:
        _READ[key] = ReadClause(passage, read_clause(passage, shipped_taxonomy()))
    return ReadClause(passage, _READ[key].classification)


def _judged_pair(row: dict[str, Any]) -> Judged:
    found = compare(read_markdown(row["old"]), read_markdown(row["new"]), subject="The document")
    return Judged(
        row["id"],
        row["severity"],
        row["direction"],
        row["kind"],
        found.severity,
        found.direction,
        found.kind,
        found.headline,
    )


def judged_changes(versions: Path, half: str) -> Iterator[Judged]:
    """The real changes that readers judged, each as our comparison of the two versions rates it."""
    # A wording that a document had twice is one change.
    wanted: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    for row in _rows(GOLD / "changes.jsonl", half):
        path = f"{row['service']}/{row['terms']}.md"
        wanted.setdefault(path, {})[row["old_sha256"], row["new_sha256"]] = row
    before: dict[str, list[ReadClause]] = {}
    with closing(Repository(versions)) as repository:
        for written in repository.changes():
            if written.path in wanted:
                after = read_markdown(repository.bytes_of(written.blob).decode())
                if written.path in before:
                    yield from _judged_step(before[written.path], after, wanted[written.path])
                before[written.path] = after
    missing = sum(map(len, wanted.values()))
    if missing:
        print(f"{missing} changes were not found in {versions}", file=sys.stderr)


def _judged_step(
    before: Sequence[ReadClause], after: Sequence[ReadClause], wanted: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[Judged]:
    """The judged changes between two versions; each is taken once, where it is met first."""
    for change in compare(before, after, subject="The platform").changes:
        row = wanted.pop(_key(change), None)
        if row:
            rated = (change.severity, change.direction)
            yield Judged(row["id"], row["severity"], row["direction"], "", *rated, "", change.summary)


def _key(change: ClauseChange) -> tuple[str, str]:
    old = "".join(run.text for run in change.redline if run.op != "+")
    new = "".join(run.text for run in change.redline if run.op != "-")
    return sha256(old.encode()), sha256(new.encode())


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Shares right, and how often each severity and direction was given for each that readers said first."""
    kinds = [one for one in judged if one.kind]
    return {
        "changes": len(judged),
        "severity": _share(one.severity in one.severities for one in judged),
        "direction": _share(one.direction in one.directions for one in judged),
        "both": _share(one.is_right for one in judged),
        "kind": _share(one.kind == one.rated_kind for one in kinds) if kinds else None,
        "severities": _crossed(((one.severities[0], one.severity) for one in judged), SEVERITIES),
        "directions": _crossed(((one.directions[0], one.direction) for one in judged), DIRECTIONS),
    }


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return round(sum(values) / len(values), 3) if values else 0.0


def _crossed(pairs: Iterable[tuple[str, str]], names: Sequence[str]) -> dict[str, dict[str, int]]:
    counts = Counter(pairs)
    return {wanted: {rated: counts[wanted, rated] for rated in names} for wanted in names}


def table(judged: Sequence[Judged]) -> str:
    """The figures as text."""
    found = figures(judged)
    lines = [f"{name}: {found[name]}" for name in ("changes", "severity", "direction", "both", "kind")]
    for title in ("severities", "directions"):
        names = list(found[title])
        lines += [
            "",
            f"{title}: readers' in rows, ours in columns",
            "".join(f"{name:>11}" for name in ("", *names)),
        ]
        lines += [
            "".join(f"{cell:>11}" for cell in (name, *row.values())) for name, row in found[title].items()
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
