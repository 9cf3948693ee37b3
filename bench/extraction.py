"""Compare the texts we read with those that Open Terms Archive recorded from the same captures.

    var/environment/bin/python bench/extraction.py VERSIONS SNAPSHOTS DECLARATIONS [--per-document 4]

VERSIONS and SNAPSHOTS are git folders or bundles, DECLARATIONS is a folder. Prints a Markdown table. Word F1 is taken
over the words of both texts with their numbers; punctuation, Markdown's marks and the targets of links are dropped
from both. Theirs was always made with their selectors; versions that were visibly made with others than those declared
for the day are passed over. The naive rule reads the element marked as main, else the
body, without the tags that usually hold no text.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bs4 import BeautifulSoup
from tqdm import tqdm

from bench.triples import Repository, Triple, believable, triples
from monitor.core.extract import ExtractionError, extract_html, extract_markdown

_NAIVE = [
    *("nav", "header", "footer", "aside", "form", "button", "select"),
    *("script", "style", "noscript", "template", "svg", "iframe"),
]
_WORD = re.compile(r"\w+")
WAYS = ("with selectors", "without", "naive rule")


@dataclass
class Score:
    """What came of one document: F1 of each way by version, and what differed.

    `whole` holds the indexes of the versions that are not cut out of a larger page.
    """

    whole: list[int] = field(default_factory=list)
    f1: dict[str, list[float]] = field(default_factory=lambda: {way: [] for way in WAYS})
    missing: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)


@dataclass
class Clock:
    """Pages and the processor time they took."""

    pages: int = 0
    seconds: float = 0.0

    def time(self, work: Callable[[], str]) -> str:
        started = time.process_time()
        try:
            return work()
        except ExtractionError:
            return ""
        finally:
            self.seconds += time.process_time() - started
            self.pages += 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("versions", type=Path)
    parser.add_argument("snapshots", type=Path)
    parser.add_argument("declarations", type=Path)
    parser.add_argument("--per-document", type=int, default=4, help="versions to sample of each (default 4)")
    parser.add_argument("--only", default="", help="documents whose name holds this")
    arguments = parser.parse_args()
    clocks = {way: Clock() for way in WAYS}
    scores: dict[str, Score] = {}
    with (
        closing(Repository(arguments.versions)) as versions,
        closing(Repository(arguments.snapshots)) as snapshots,
    ):
        found = believable(triples(versions, snapshots, arguments.declarations))
        wanted = (one for one in found if arguments.only in one.document)
        for triple in tqdm(sampled(wanted, arguments.per_document), unit="version"):
            score = scores.setdefault(triple.document, Score())
            measure(triple, snapshots, score, clocks)
    report(scores, clocks)


def sampled(found: Iterable[Triple], count: int) -> list[Triple]:
    """So many versions of each document, evenly spread, always with the first and the last."""
    documents: dict[str, list[Triple]] = {}
    for triple in found:
        documents.setdefault(triple.document, []).append(triple)
    return [
        versions[at]
        for _, versions in sorted(documents.items())
        for at in sorted({round(step * (len(versions) - 1) / max(count - 1, 1)) for step in range(count)})
    ]


def measure(triple: Triple, snapshots: Repository, score: Score, clocks: dict[str, Clock]) -> None:
    """Read the captures of a version in each way and score them."""
    bodies = [snapshots.bytes_of(page.blob) for page in triple.pages]
    if not triple.is_cut_out:
        score.whole.append(len(score.f1[WAYS[0]]))
    theirs = words(extract_markdown(triple.markdown).text)
    for way in WAYS:
        texts = []
        for page, body in zip(triple.pages, bodies, strict=True):
            select, remove = (page.select, page.remove) if way == WAYS[0] else ([], [])
            texts.append(clocks[way].time(lambda: read(way, body, select, remove)))  # noqa: B023
        ours = words("\n".join(texts))
        score.f1[way].append(f1(theirs, ours))
        if way == WAYS[0]:
            score.missing.update(theirs - ours)
            score.extra.update(ours - theirs)


def read(way: str, body: bytes, select: list[str], remove: list[str]) -> str:
    """The text of a capture in one of the ways."""
    if way == "naive rule":
        return naive(body)
    return extract_html(body, charset="utf-8", select=select, remove=remove).text


def naive(body: bytes) -> str:
    """The text of the element marked as main, else of the body, without the tags that usually hold none."""
    soup = BeautifulSoup(body, "lxml", from_encoding="utf-8")
    part = soup.select_one("main, [role=main]") or soup.body or soup
    for tag in part.find_all(_NAIVE):
        tag.decompose()
    return part.get_text(" ")


def words(text: str) -> Counter[str]:
    """The words of a text with their numbers."""
    return Counter(_WORD.findall(text))


def f1(theirs: Counter[str], ours: Counter[str]) -> float:
    """Of two collections of words; 1 is equality."""
    return 2 * (theirs & ours).total() / max(theirs.total() + ours.total(), 1)


def report(scores: dict[str, Score], clocks: dict[str, Clock]) -> None:
    """Print the table and what it comes to."""
    print("| document | versions | with selectors | without | naive rule | words theirs alone / ours alone |")
    print("|---|---|---|---|---|---|")
    means: dict[str, list[float]] = {way: [] for way in WAYS}
    for document, score in scores.items():
        counted = {way: [score.f1[way][at] for at in score.whole] for way in WAYS} | {
            WAYS[0]: score.f1[WAYS[0]]
        }
        for way in WAYS:
            means[way] += [mean(counted[way])] if counted[way] else []
        cells = [
            f"{mean(counted[way]):.4f}" if counted[way] else f"({mean(score.f1[way]):.4f})" for way in WAYS
        ]
        alone = f"{sample(score.missing)} / {sample(score.extra)}"
        print(f"| {document} | {len(score.f1[WAYS[0]])} | {' | '.join(cells)} | {alone} |")
    print(
        "\nIn brackets: documents cut out of a larger page, which only selectors can find; not counted below.\n"
    )
    for way, clock in clocks.items():
        good = sum(value >= 0.97 for value in means[way])
        print(
            f"- {way}: median {median(means[way]):.4f}, lowest {min(means[way]):.4f}, "
            f"{good} of {len(means[way])} documents at 0.97 or more; "
            f"{clock.pages / clock.seconds:.1f} pages per CPU second ({clock.pages} pages)"
        )
    print(f"- peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def sample(counted: Counter[str]) -> str:
    """The most frequent words of a difference, with their number."""
    return f"{counted.total()}: {' '.join(word for word, _ in counted.most_common(6))}"


if __name__ == "__main__":
    main()
