"""Measure the facts we read against hand-read sentences.

    var/environment/bin/python bench/facts.py --captures SNAPSHOTS --seeds DIR [--half locked] [--errors] [--json]
    var/environment/bin/python bench/facts.py --gold FILE

The sentences of bench/gold/facts.jsonl are found in SNAPSHOTS, a git folder or bundle of captures, and in the pages
of DIR. A FILE of your own holds a JSON object a line: "text", "facts" (each "kind", "value", "unit", "subject") and,
as context, "heading_path", "intro" and "header". `--errors` shows every sentence that was read otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.triples import Repository
from clauses.core.fact_score import Case, FactScore, Wanted, score
from clauses.core.segment import segment
from clauses.core.sentences import sentences
from clauses.core.values import Passage
from monitor.core.extract import extract

GOLD = Path(__file__).parent / "gold" / "facts.jsonl"
Row = Mapping[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--captures", type=Path, help="git folder or bundle of the captures")
    parser.add_argument("--seeds", type=Path, help="folder of the saved pages")
    parser.add_argument("--gold", type=Path, help="sentences of your own instead")
    parser.add_argument("--half", choices=["open", "locked", "both"], default="both")
    parser.add_argument("--errors", action="store_true", help="show the sentences that were read otherwise")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.gold:
        cases = list(cases_of_texts(options.gold))
    elif options.captures and options.seeds:
        cases = list(cases_of_captures(options.captures, options.seeds, options.half))
    else:
        parser.error("--captures and --seeds, or --gold")
    total = score(cases)
    print(json.dumps(counts(total)) if options.json else table(total))
    if options.errors:
        print("\n".join(shown(total)))


def cases_of_texts(path: Path) -> Iterator[Case]:
    """The cases of a file of texts with their facts."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        passage = Passage(
            0,
            0,
            len(text),
            text,
            tuple(row.get("heading_path", ())),
            row.get("intro") or "",
            tuple(row.get("header", ())),
        )
        wanted = tuple(
            Wanted((fact["kind"],), fact["value"], fact["unit"] or "", _listed(fact.get("subject")))
            for fact in row["facts"]
        )
        yield Case(passage, 0, len(text), wanted)


def cases_of_captures(captures: Path, seeds: Path, half: str = "both") -> Iterator[Case]:
    """The cases of our own gold set whose sentences are still found; says how many are not."""
    by_capture: dict[str, list[Row]] = defaultdict(list)
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half in {"both", row["half"]}:
            by_capture[row["capture"]["sha256"]].append(row)
    lost = 0
    with closing(Repository(captures)) as repository:
        for rows in by_capture.values():
            capture = rows[0]["capture"]
            if "seed" in capture:
                body, kind = next(seeds.glob(f"{capture['seed']}_*.txt")).read_bytes(), "text/plain"
            else:
                body, kind = repository.bytes_of(capture["blob"]), "text/html"
            read = extract(body, f"{kind}; charset=utf-8")
            found = list(_located(rows, read.text, segment(read.text, read.blocks)))
            lost += len(rows) - len(found)
            yield from found
    if lost:
        print(f"{lost} sentences are not in the texts any more", file=sys.stderr)


def _located(rows: Iterable[Row], text: str, passages: Sequence[Passage]) -> Iterator[Case]:
    by_hash: dict[str, tuple[Passage, int, int]] = {}
    for passage in passages:
        for start, end in sentences(passage.text):
            by_hash.setdefault(_digest(passage.text[start:end]), (passage, start, end))
    for row in rows:
        place = _at_its_offsets(row, text, passages) or by_hash.get(row["sentence_sha256"])
        if place:
            passage, start, end = place
            at = passage.start + start
            wanted = tuple(_wanted(fact, text, at, start) for fact in row["facts"])
            yield Case(passage, start, end, wanted)


def _at_its_offsets(row: Row, text: str, passages: Sequence[Passage]) -> tuple[Passage, int, int] | None:
    """The sentence where it was read, however the text is divided today."""
    start, end = row["start"], row["end"]
    if _digest(text[start:end]) != row["sentence_sha256"]:
        return None
    around = (passage for passage in passages if passage.start <= start < passage.end)
    return next(((one, start - one.start, end - one.start) for one in around), None)


def _wanted(fact: Row, text: str, at: int, offset: int) -> Wanted:
    """A label whose spans count from `at` in the text, which is `offset` in the passage."""
    start, end = fact["at"]
    subjects = tuple(text[at + first : at + last] for first, last in fact["subject"])
    kinds = (fact["kind"], *fact.get("also", ()))
    span = (offset + start, offset + end)
    return Wanted(kinds, fact["value"], fact["unit"], subjects, span, fact.get("optional", False))


def _listed(subject: Any) -> tuple[str, ...]:
    return (subject,) if subject else ()


def _digest(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()


def counts(total: FactScore) -> dict[str, float]:
    """What there was and what share of it was right, for a program."""
    names = ("sentences", "bare", "wanted", "found", "subjects")
    return {name: getattr(total, name) for name in names} | {
        f"{name}_share": share for name, share in total.shares().items()
    }


def table(total: FactScore) -> str:
    """The same for a reader, in Markdown."""
    shares = total.shares()
    rows = [
        ("value and unit right", total.figures, total.wanted, shares["figures"]),
        ("kind, value and unit right", total.exact, total.wanted, shares["exact"]),
        ("subject right", total.subjects_right, total.subjects, shares["subject"]),
        ("false among the facts read", total.false, total.found, shares["false"]),
        (
            "sentences without a fact that got one",
            total.bare_with_facts,
            total.bare,
            shares["bare_with_facts"],
        ),
    ]
    lines = [f"| {name} | {part} of {whole} | {share:.3f} |" for name, part, whole, share in rows]
    return "\n".join([f"| {total.sentences} sentences | | share |", "|---|---|---|", *lines])


def shown(total: FactScore) -> Iterator[str]:
    """Each disagreement with its sentence."""
    for miss in total.misses:
        case = miss.case
        yield f"\n{miss.why.upper()} {' / '.join(case.passage.heading_path[-2:])} [{case.passage.intro[-80:]}]"
        yield f"  {case.passage.text[case.start : case.end]}"
        if miss.wanted:
            yield f"  wanted {miss.wanted.kinds} {miss.wanted.value} {miss.wanted.unit} {miss.wanted.subjects}"
        if miss.found:
            fact = miss.found
            yield f"  found {fact.kind} {fact.value} {fact.unit} | {fact.subject} | {fact.condition} | {fact.quote}"


if __name__ == "__main__":
    main()
