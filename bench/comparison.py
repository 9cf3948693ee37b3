"""How long the whole comparison of two versions takes from clauses that are read, and how much of it is what.

    var/environment/bin/python bench/comparison.py [--versions BUNDLE] [--hostile] [--only NAME]…

Means of several runs, in CPU time, each pair in a process of its own that has compared another pair before, so that the
rubric is read; memory is what the comparison adds to that of the clauses. `--hostile` takes pairs of a megabyte made to
cost as much as they can, and with `--versions` the first and the last text of every document, joined to 0.9 MB. Ends
with 1 where a pair takes longer or more than docs/changes.md promises.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.redline_pairs import TextPair, hostile_pairs, joined_texts, made_pairs, real_pairs
from bench.timing import peak_megabytes, timed
from clauses.core.align import align
from clauses.core.compare import compare
from clauses.core.read import read_clause
from clauses.core.redline import redline
from clauses.core.segment import segment
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Classification, Passage, ReadClause
from monitor.core.extract import extract_text

# Characters of the longer side, and the milliseconds that it may take.
_LIMITS = ((65_000, 40.0), (280_000, 500.0), (2_000_000, 2_000.0))
_MEGABYTES = 200
_JOINED = "all recorded terms joined"
_UNREAD = Classification((), "none", "low", (), ())


def main() -> None:
    """Measure and print, or be the process that measures one pair."""
    arguments = _arguments()
    if arguments.worker:
        print(json.dumps(_measure(arguments.worker, arguments.versions)))
        return
    names = [name for name, _ in hostile_pairs()] if arguments.hostile else []
    names += [_JOINED] if arguments.hostile and arguments.versions else []
    names = names or [pair.name for pair in _pairs(arguments.versions)]
    print("| pair | clauses | changes | align ms | redline ms | whole comparison ms | MB |")
    print("|---|---|---|---|---|---|---|")
    broken = [_print_row(name, arguments.versions) for name in arguments.only or names]
    sys.exit(any(broken))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--versions", default="", help="a git folder or bundle of recorded versions")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--only", action="append", help="only pairs of these names")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    return parser.parse_args()


def _pairs(versions: str) -> Iterator[TextPair]:
    yield from real_pairs(Path(versions)) if versions else ()
    yield from made_pairs()


def _print_row(name: str, versions: str) -> bool:
    command = [sys.executable, __file__, "--worker", name, "--versions", versions]
    row = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    times = " | ".join(f"{row[key]:.1f}" for key in ("align", "redline", "whole"))
    print(f"| {name} | {row['clauses']} | {row['changes']} | {times} | {row['megabytes']:.0f} |", flush=True)
    limit = next(ms for size, ms in _LIMITS if row["characters"] <= size)
    return row["whole"] > limit or row["megabytes"] > _MEGABYTES


def _measure(name: str, versions: str) -> dict[str, float | str]:
    old, new = _clauses(name, versions)
    sides = [[clause.passage for clause in side] for side in (old, new)]
    characters = max(sum(len(passage.text) for passage in side) for side in sides)
    for passage in (*sides[0], *sides[1]):
        # The key of a wording is stored with it.
        assert passage.sha256
    compare(_unread(["We keep it."]), _unread(["We may sell it."]), subject="The document")
    before = peak_megabytes()
    whole, result = timed(lambda: compare(old, new, subject="The document"))
    megabytes = peak_megabytes() - before
    align_ms, pairs = timed(lambda: align(*sides))
    changed = [pair for pair in pairs if pair.kind != "unchanged"]
    texts = [(_text(sides[0], pair.old), _text(sides[1], pair.new)) for pair in changed]
    redline_ms, _ = timed(lambda: [redline(before, after) for before, after in texts])
    return {
        "clauses": f"{len(old)} to {len(new)}",
        "characters": characters,
        "changes": len(result.changes),
        "align": align_ms,
        "redline": redline_ms,
        "whole": whole,
        "megabytes": megabytes,
    }


def _clauses(name: str, versions: str) -> tuple[list[ReadClause], list[ReadClause]]:
    for hostile, make in hostile_pairs():
        if hostile == name:
            old, new = make()
            return _unread(old), _unread(new)
    if name == _JOINED:
        first, last = joined_texts(Path(versions), 900_000)
        return _joined(first), _joined(last)
    pair = next(pair for pair in _pairs(versions) if pair.name == name)
    return _read(pair.old), _read(pair.new)


def _read(text: str) -> list[ReadClause]:
    extract, taxonomy = extract_text(text), shipped_taxonomy()
    return [
        ReadClause(passage, read_clause(passage, taxonomy))
        for passage in segment(extract.text, extract.blocks)
    ]


def _joined(texts: Sequence[str]) -> list[ReadClause]:
    """The clauses of several texts as those of one document."""
    found = [clause for text in texts for clause in _read(text)]
    return [replace(clause, passage=replace(clause.passage, index=at)) for at, clause in enumerate(found)]


def _unread(texts: Sequence[str]) -> list[ReadClause]:
    return [ReadClause(Passage(at, 0, len(text), text), _UNREAD) for at, text in enumerate(texts)]


def _text(side: Sequence[Passage], indexes: Sequence[int]) -> str:
    return "\n".join(side[index].text for index in indexes)


if __name__ == "__main__":
    main()
