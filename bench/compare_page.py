"""How heavy and how fast the page of a long comparison is, in a real Chromium.

    var/environment/bin/python bench/compare_page.py [--runs 7]

Watches invented documents of 100,000 words into a site of its own, two texts each, and opens their comparisons: bytes
of HTML, time to the first byte from one process and to the first paint. Times are the best of several runs, as whatever
else the machine does only adds to them. Ends with 1 where a page breaks what docs/pages.md promises.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright

from tests.browser.addresses import get_json
from tests.browser.chromium import executable
from tests.services.site import Site

_MOST_BYTES = 2_000_000
_MOST_PAINT_MS = 1_000
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"

# What runs inside the site: invented documents, each with two texts of so many clauses of so many words.
_PREPARE = """
from bench.compare_page import CASES, page_of
from monitor.models import Document, Platform, Source
from tests.builders import day, make_document, make_platform, make_source, publish
platform = make_platform(slug="bench", name="Bench")
for slug, case in CASES.items():
    source = make_source(make_document(platform, slug=slug, name=slug))
    publish(source, page_of(case, is_new=False), day(0))
    publish(source, page_of(case, is_new=True), day(9))
"""


class Case(NamedTuple):
    """How many clauses of how many words, and each how many-th of them changes; 0 for the one in the middle."""

    clauses: int
    words: int
    step: int


CASES = {
    "500-changes": Case(1_000, 100, 2),
    "1000-changes": Case(1_000, 100, 1),
    "one-change": Case(1_000, 100, 0),
    "long-clauses": Case(25, 4_000, 1),
}


def page_of(case: Case, *, is_new: bool) -> str:
    """One of the two texts of a case as HTML."""
    from bench.redline_pairs import Writer  # noqa: PLC0415

    writer = Writer(case.clauses + case.words)
    found = []
    for at in range(case.clauses):
        words: list[str] = []
        while len(words) < case.words:
            words += writer.clause().split()
        is_changed = at % case.step == 0 if case.step else at == case.clauses // 2
        period = "years" if is_new and is_changed else "days"
        opening = f"We keep record {at} of what you send for {at + 2} {period}."
        heading = f"<h2>Part {at // 10}</h2>" if at % 10 == 0 else ""
        found.append(f"{heading}<p>{opening} {' '.join(words[: case.words - 11])}.</p>")
    return "".join(found)


class Row(NamedTuple):
    """What was measured of one page."""

    kilobytes: float
    first_byte_ms: float
    paint_ms: float


def main() -> None:
    """Make the site, open the pages, print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="proviso-compare-") as folder:
        site = Site(Path(folder), SWEEP_SECONDS="60")
        site.manage("migrate", "-v0")
        site.shell(_PREPARE)
        with site.up() as running, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
            print("| comparison | page | HTML kB | first byte ms | first paint ms |")
            print("|---|---|---|---|---|")
            broken = [
                _print(name, query, _measured(browser, address, arguments.runs))
                for name, query, address in _pages(running.address)
            ]
            browser.close()
    sys.exit(any(broken))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    return parser.parse_args()


def _pages(site: str) -> Iterator[tuple[str, str, str]]:
    for slug in CASES:
        newer, older = get_json(f"{site}/platforms/bench/{slug}.json")["versions"]
        address = f"{site}/platforms/bench/{slug}/compare/{older['id']}...{newer['id']}/"
        for query in ("", "?page=2", "?all=1"):
            yield slug, query, address + query


def _measured(browser: Browser, address: str, runs: int) -> Row:
    sizes, first_bytes, paints = [], [], []
    for _ in range(runs):
        begun = time.perf_counter()
        with urllib.request.urlopen(address, timeout=60) as answer:
            answer.read(1)
            first_bytes.append((time.perf_counter() - begun) * 1000)
            sizes.append(1 + len(answer.read()))
        with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
            page = context.new_page()
            page.goto(address, wait_until="load")
            page.wait_for_function(_PAINT)
            paints.append(page.evaluate(_PAINT))
    return Row(max(sizes) / 1000, min(first_bytes), min(paints))


def _print(name: str, query: str, row: Row) -> bool:
    print(
        f"| {name} | {query or 'first'} | {row.kilobytes:.0f} | {row.first_byte_ms:.0f} | {row.paint_ms:.0f} |",
        flush=True,
    )
    return row.kilobytes * 1000 > _MOST_BYTES or row.paint_ms > _MOST_PAINT_MS


if __name__ == "__main__":
    main()
