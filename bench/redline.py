"""Compare real and made pairs of texts with our comparison and with those of others, side by side.

    var/environment/bin/python bench/redline.py [--versions BUNDLE] [--only NAME]… [--seconds 30]

Prints one table a pair: characters marked, words cut by a mark, kept islands of fewer than five characters, moves
named, whether both texts can be put together again, CPU time and memory. Each comparison runs in a process of its own
and is stopped after so many CPU seconds. Ends with 1 where ours is not exact, cuts a word or misses a move.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.redline_pairs import TextPair, made_pairs, real_pairs
from bench.redline_peers import PEERS, Runs
from bench.timing import peak_megabytes, timed
from clauses.core.align import align
from clauses.core.redline import redline
from clauses.core.segment import segment
from clauses.core.values import Pair, Passage
from monitor.core.extract import extract_text

OURS = "ours"
_ISLAND = 5


@dataclass
class Outcome:
    """What one comparison of one pair gave. Times are CPU milliseconds."""

    marked: int
    chopped: int
    islands: int
    moves: int
    exact: str
    ms: float
    megabytes: float


def main() -> None:
    """Measure and print, or be the process that measures one of them."""
    arguments = _arguments()
    if arguments.worker:
        print(json.dumps(_measure(arguments.worker, json.loads(Path(arguments.pair).read_text()))))
        return
    pairs = [*(real_pairs(Path(arguments.versions)) if arguments.versions else ()), *made_pairs()]
    broken = [_print_table(pair, arguments) for pair in pairs]
    sys.exit(any(broken))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--versions", help="a git folder or bundle of recorded versions")
    parser.add_argument("--only", action="append", help="only these: ours, or names of others")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--pair", help=argparse.SUPPRESS)
    return parser.parse_args()


def _print_table(pair: TextPair, arguments: argparse.Namespace) -> bool:
    print(f"\n### {pair.name} ({len(pair.old) / 1000:.0f} to {len(pair.new) / 1000:.0f} kB)\n")
    print(
        "| | marked | words cut | islands | moves named | exact | CPU ms | MB |\n|---|---|---|---|---|---|---|---|"
    )
    names = arguments.only or [OURS, *PEERS]
    found = {name: _in_process(name, pair, arguments.seconds) for name in names}
    for name, outcome in found.items():
        if isinstance(outcome, str):
            print(f"| {name} | {outcome} | | | | | | |")
            continue
        moves = f"{outcome.moves} of {len(pair.moved)}" if pair.moved else outcome.moves
        cells = (outcome.marked, outcome.chopped, outcome.islands, moves, outcome.exact)
        print(f"| {name} | {' | '.join(map(str, cells))} | {outcome.ms:.1f} | {outcome.megabytes:.0f} |")
    sys.stdout.flush()
    ours = found.get(OURS)
    if OURS in names and not isinstance(ours, Outcome):
        return True
    return isinstance(ours, Outcome) and bool(
        ours.chopped or ours.exact != "yes" or ours.moves < len(pair.moved)
    )


def _in_process(name: str, pair: TextPair, seconds: int) -> Outcome | str:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asdict(pair), file)
        file.flush()
        command = [sys.executable, __file__, "--worker", name, "--pair", file.name]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
        )
    if done.returncode < 0:
        return f"stopped after {seconds} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1]
    return Outcome(**json.loads(done.stdout))


def _measure(name: str, stated: dict[str, Any]) -> dict[str, Any]:
    old, new, moved = stated["old"], stated["new"], set(stated["moved"])
    before = peak_megabytes()
    if name == OURS:
        sides = passages(old), passages(new)
        ms, (runs, pairs) = timed(lambda: _ours(*sides))
        exact = _is_exact(old, new, sides, pairs)
        moves = [pair for pair in pairs if pair.kind == "moved"]
        named = len(moved & {sides[1][pair.new[0]].text for pair in moves}) if moved else len(moves)
    else:
        ms, runs = timed(lambda: PEERS[name](old, new))
        exact, named = _exactness(old, new, runs), 0
    runs = [run for run in runs if run[1]]
    return asdict(
        Outcome(_marked(runs), _chopped(runs), _islands(runs), named, exact, ms, peak_megabytes() - before)
    )


def passages(text: str) -> list[Passage]:
    """The clauses of a text, with what stands in none (its headings) as passages too: all of its words."""
    extract = extract_text(text)
    found: list[Passage] = []
    at = 0
    ends = Passage(0, len(extract.text), len(extract.text), "")
    for clause in (*segment(extract.text, extract.blocks), ends):
        between = extract.text[at : clause.start].strip()
        if between:
            start = extract.text.index(between, at)
            found.append(Passage(len(found), start, start + len(between), between))
        if clause.text:
            found.append(Passage(len(found), clause.start, clause.end, clause.text, clause.heading_path))
        at = clause.end
    return found


def _ours(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Runs, tuple[Pair, ...]]:
    """Everything marked, in the order of the new text; clauses apart."""
    pairs = align(old, new)
    runs: Runs = []
    for pair in pairs:
        runs += [(run.op, run.text) for run in redline(_joined(old, pair.old), _joined(new, pair.new))]
        runs.append(("=", "\n"))
    return runs, pairs


def _joined(side: Sequence[Passage], indexes: Sequence[int]) -> str:
    return "\n".join(side[index].text for index in indexes)


def _is_exact(old: str, new: str, sides: Sequence[Sequence[Passage]], pairs: Sequence[Pair]) -> str:
    """Whether every clause of both sides is told once, byte for byte, and the clauses are all words of the texts."""
    for side, text, op in ((0, old, "-"), (1, new, "+")):
        told = [(pair.old, pair.new)[side] for pair in pairs]
        if sorted(index for indexes in told for index in indexes) != list(range(len(sides[side]))):
            return "no"
        for pair in pairs:
            runs = redline(_joined(sides[0], pair.old), _joined(sides[1], pair.new))
            mine = "".join(run.text for run in runs if run.op in {"=", op})
            if mine != _joined(sides[side], (pair.old, pair.new)[side]):
                return "no"
        if _bare("".join(passage.text for passage in sides[side])) != _bare(text):
            return "no"
    return "yes"


def _exactness(old: str, new: str, runs: Runs) -> str:
    before = "".join(text for op, text in runs if op != "+")
    after = "".join(text for op, text in runs if op != "-")
    if (before, after) == (old, new):
        return "yes"
    return "but for white space" if (_bare(before), _bare(after)) == (_bare(old), _bare(new)) else "no"


def _bare(text: str) -> str:
    return "".join(text.split())


def _marked(runs: Runs) -> int:
    return sum(len(_bare(text)) for op, text in runs if op != "=")


def _chopped(runs: Runs) -> int:
    """How often a mark begins or ends inside a word, on either side."""
    count = 0
    for dropped in "+-":
        side = [(op, text) for op, text in runs if op != dropped]
        count += sum(
            left[1][-1].isalnum() and right[1][0].isalnum()
            for left, right in pairwise(side)
            if left[0] != right[0]
        )
    return count


def _islands(runs: Runs) -> int:
    """Kept stretches of one to four characters between two marks."""
    middle = zip(runs, runs[1:], runs[2:], strict=False)
    return sum(
        run[0] == "=" and left[0] != "=" and right[0] != "=" and 0 < len(run[1].strip()) < _ISLAND
        for left, run, right in middle
    )


if __name__ == "__main__":
    main()
