"""Pictures of every page, wide and narrow, in light and dark: to look at, and for docs/pages.md.

    var/environment/bin/python -m bench.page_pictures FOLDER [--only NAME] [--empty] [--docs]

Loads the invented platforms and rows of every kind into a fresh site, serves it, and takes a PNG of each page of
`clauses/urls.py` in Chromium: FOLDER/NAME-wide-light.png and three more. `--empty`: of a site that watches nothing, its
visitor signed in all the same. `--docs`: only those that docs/pages.md shows, cut to a sheet's height, in docs/images.
Needs what the tests need.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium
from tests.browser.every_address import emptied, furnished, of_samples, opened, visitors
from tests.services.site import Site

_WIDTHS = {"wide": 1280, "narrow": 390}
_SCHEMES = ("light", "dark")
# What docs/pages.md shows: name, width, scheme.
DOCS = [
    *(
        (name, "wide", "light")
        for name in (
            "dashboard",
            "platform",
            "document",
            "version",
            "compare",
            "record",
            "clauses",
            "clause-type",
            "compare-platforms",
            "status",
            "work",
            "subscriptions",
            "review-clause",
            "review-changes",
            "watch-import",
            "accounts",
        )
    ),
    ("record", "wide", "dark"),
]
_SHEET = {"wide": 1000, "narrow": 1100}


def main() -> int:
    """Serve, look, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "images" / "pages")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as own, sync_playwright() as playwright:
        site = Site(Path(own), SWEEP_SECONDS="3600", SIGN_UP="open")
        site.manage("migrate", "-v0")
        site.manage("load_samples")
        paths = emptied(site) if asked.empty else furnished(site)
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        with site.up() as running:
            if not asked.empty:
                paths |= of_samples(running)
            for width, scheme in product(_WIDTHS, _SCHEMES):
                wanted = [name for name in paths if asked.only in name]
                if asked.docs:
                    wanted = [name for name in wanted if (name, width, scheme) in DOCS]
                for name, picture in _pictures(browser, running.address, paths, wanted, width, scheme):
                    ending = (
                        "" if asked.docs and (width, scheme) == ("wide", "light") else f"-{width}-{scheme}"
                    )
                    _write(picture, asked.folder / f"{name}{ending}.png", _SHEET[width] if asked.docs else 0)
        browser.close()
    return 0


def _pictures(
    browser: Browser, site: str, paths: dict[str, str], wanted: list[str], width: str, scheme: str
) -> Iterator[tuple[str, Page]]:
    """Each of the wanted pages, opened: by the administrator, else by a stranger; what is no page is passed over."""
    look = {"viewport": {"width": _WIDTHS[width], "height": 900}, "color_scheme": scheme}
    with visitors(browser, site, **look) as (ours, strangers):
        seen = set()
        for name in opened(ours, site, paths, wanted):
            seen.add(name)
            yield name, ours
        for name in opened(strangers, site, paths, [name for name in wanted if name not in seen]):
            yield name, strangers


def _write(page: Page, file: Path, most: int) -> None:
    """Of the page, at most so many pixels high, in a window as high as the page: nothing sticks to its edge."""
    size = page.viewport_size
    assert size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(height, most or height)}
    page.screenshot(path=file, clip=clip)
    page.set_viewport_size(size)
    print(file, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
