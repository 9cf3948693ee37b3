"""Measure the rules of a clause type against sentences that were read by hand.

    var/environment/bin/python bench/type_gold.py [--captures FOLDER_OR_BUNDLE] [--show]
    var/environment/bin/python bench/type_gold.py --type ai_training --lines FILE.jsonl

The sets stand in `bench/gold/`, without their text: it is cut again from the captures beside the checkout, and its
hash must agree. Without captures it says so and measures nothing. FILE.jsonl holds {"text": …, "label": …} lines,
the label true or false or the slug of a type, or "labels": a list of slugs, as a site's own gold set has it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.triples import Repository
from clauses.core.classify import classify_types
from clauses.core.sentences import sentences
from clauses.core.taxonomy import Taxonomy, shipped_taxonomy
from clauses.core.values import Passage
from monitor.core.extract import extract
from monitor.core.normalize import sha256

GOLD = Path(__file__).resolve().parent / "gold"
SHARED = Path(__file__).resolve().parents[2] / "shared"
CAPTURES = SHARED / "data" / "ota-snapshots.bundle"
SLUGS = ("ai_training", "feedback_rights")
HALVES = ("open", "locked")


@dataclass(frozen=True)
class Read:
    """A sentence of a set with its text: whether it is of the type, and which half it belongs to."""

    text: str
    on_target: bool
    half: str


@dataclass(frozen=True)
class Score:
    """How the rules did on some sentences."""

    sentences: int
    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def precision(self) -> float:
        """The share of what the rules found that is of the type."""
        return self.true_positives / max(self.true_positives + self.false_positives, 1)

    @property
    def recall(self) -> float:
        """The share of the sentences of the type that the rules found."""
        return self.true_positives / max(self.true_positives + self.false_negatives, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def entries(slug: str) -> list[dict[str, Any]]:
    """The lines of a set."""
    lines = (GOLD / f"{slug}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def half_of(sentence_sha256: str) -> str:
    """The half a sentence belongs to: its hash decides, so nobody chose."""
    return HALVES[int(sentence_sha256[-1], 16) % 2]


def rebuild(slug: str, captures: Path = CAPTURES, seeds: Path = SHARED / "seeds") -> list[Read] | None:
    """The sentences of a set with their text; None without captures. Raises ValueError where one is not found."""
    if not captures.exists() or not seeds.exists():
        return None
    texts: dict[str, str] = {}
    found = []
    with closing(Repository(captures)) as repository:
        for entry in entries(slug):
            key = entry["blob"] or entry["page"]
            if key not in texts:
                texts[key] = _text(entry, repository, seeds)
            text = _sentence(texts[key], entry)
            found.append(Read(text, entry["on_target"], half_of(entry["sentence_sha256"])))
    return found


def _text(entry: dict[str, Any], repository: Repository, seeds: Path) -> str:
    if entry["blob"]:
        body, kind = repository.bytes_of(entry["blob"]), "text/html"
    else:
        body, kind = (seeds / f"{entry['page']}.txt").read_bytes(), "text/plain"
    if sha256(body) != entry["bytes_sha256"]:
        raise ValueError(f"{entry['page']}: these are not the bytes that were read")
    return extract(body, kind).text


def _sentence(text: str, entry: dict[str, Any]) -> str:
    """By its place; by its hash alone where a newer extractor moved it."""
    places = [(entry["start"], entry["end"]), *sentences(text)]
    for start, end in places:
        if sha256(text[start:end].encode()) == entry["sentence_sha256"]:
            return text[start:end]
    raise ValueError(f"no sentence with the hash {entry['sentence_sha256']} in {entry['page']}")


def lines(file: Path, slug: str) -> Iterator[Read]:
    """Sentences from a file of {"text", "label"} or {"text", "labels"} lines, all of the open half."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        on_target = slug in row["labels"] if "labels" in row else row["label"] in (True, 1, slug)
        yield Read(row["text"], on_target, "open")


def is_found(text: str, slug: str, taxonomy: Taxonomy) -> bool:
    """Whether the rules give a sentence that stands alone the type."""
    return any(match.slug == slug for match in classify_types(Passage.alone(text), taxonomy))


def evaluate(read: Iterable[Read], slug: str, taxonomy: Taxonomy) -> Score:
    """Precision and recall of the rules for one type."""
    pairs = [(one.on_target, is_found(one.text, slug, taxonomy)) for one in read]
    return Score(
        len(pairs), pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))
    )


def evaluate_gold(slug: str, captures: Path = CAPTURES) -> dict[str, Score] | None:
    """The scores of a set by half; None without captures."""
    read = rebuild(slug, captures)
    if read is None:
        return None
    return {
        half: evaluate([one for one in read if one.half == half], slug, shipped_taxonomy()) for half in HALVES
    }


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--captures", type=Path, default=CAPTURES)
    parser.add_argument("--type", choices=SLUGS)
    parser.add_argument("--lines", type=Path, help="measure these sentences instead")
    parser.add_argument("--half", choices=HALVES, help="look at this half alone")
    parser.add_argument("--show", action="store_true", help="print what the rules got wrong in the open half")
    arguments = parser.parse_args()
    if arguments.lines and not arguments.type:
        parser.error("--lines needs --type")
    print("| type | half | sentences | precision | recall | F1 |\n|---|---|---|---|---|---|")
    for slug in [arguments.type] if arguments.type else SLUGS:
        read = list(lines(arguments.lines, slug)) if arguments.lines else rebuild(slug, arguments.captures)
        if read is None:
            print(f"{slug}: skipped, there are no captures at {arguments.captures}", file=sys.stderr)
            continue
        _report(slug, read, [arguments.half] if arguments.half else HALVES, show=arguments.show)


def _report(slug: str, read: list[Read], halves: Iterable[str], *, show: bool) -> None:
    taxonomy = shipped_taxonomy()
    for half in halves:
        part = [one for one in read if one.half == half]
        if not part:
            continue
        score = evaluate(part, slug, taxonomy)
        print(
            f"| {slug} | {half} | {score.sentences} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} |"
        )
        for one in part if show and half == "open" else ():
            if one.on_target != is_found(one.text, slug, taxonomy):
                print(f"{'missed' if one.on_target else 'wrong'}: {one.text}", file=sys.stderr)


if __name__ == "__main__":
    main()
