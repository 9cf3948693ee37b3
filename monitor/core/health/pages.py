"""What the gate looks at: a captured page, the past of its source, and the other documents of its platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from monitor.core.blocks import BLOCK_SEPARATOR, Extract

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_HEADING_OPENS = re.compile(r"<h1", re.IGNORECASE)
_HEADING = re.compile(r"<h1[^>]{0,500}>(.{0,400}?)</h1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HEADINGS, _HEADINGS_TRIED = 3, 30
# Where a page ends: what comes after the closing tags are comments of proxies and caches.
_END = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A captured page.

    `markup` is its HTML, empty for another type; `final_url` is where redirects led, empty for nowhere else.
    `extract` is the text that the source's selectors gave; where they gave none, `is_selected` is false and it is
    the text of the whole page, or None where that holds no text either.
    """

    markup: str
    url: str
    final_url: str
    extract: Extract | None
    is_selected: bool = True

    @property
    def text(self) -> str:
        """The text to judge, empty where none was read."""
        return self.extract.text if self.extract else ""

    @property
    def language(self) -> str:
        """The language the page states, empty for none."""
        return self.extract.language if self.extract else ""


@dataclass(frozen=True, slots=True)
class History:
    """The last good text of a source.

    `language` is what the page or the watch list states; `url` is where that capture came from, after redirects.
    `markup` gives the HTML of that capture. `is_read_alike` is false where the text was read by other selectors, so
    that a difference may be ours.
    """

    text: str
    title: str
    language: str
    url: str
    markup: Callable[[], str]
    is_read_alike: bool = True


@dataclass(frozen=True, slots=True)
class Neighbor:
    """The current text of another document of the same platform, or of another source of the same document."""

    name: str
    text: str


Neighbors = Callable[[], Sequence[Neighbor]]


def titles(page: Page) -> list[str]:
    """What a page calls itself: its title, its headings of the first level, the first block of its text."""
    found = [match.group(1) for match in _TITLE.finditer(page.markup, 0, 200_000)][:1]
    headings = matches(_HEADING_OPENS, _HEADING, page.markup, _HEADINGS_TRIED)
    found += [match.group(1) for match in islice(headings, _HEADINGS)]
    names = [" ".join(unescape(_TAG.sub(" ", name)).split()) for name in found]
    names.append(page.text.partition(BLOCK_SEPARATOR)[0][:200])
    if page.extract and page.extract.title not in names:
        names.append(page.extract.title[:300])
    return [name for name in names if name]


def matches(
    opens: re.Pattern[str], whole: re.Pattern[str], markup: str, most: int
) -> Iterator[re.Match[str]]:
    """Where elements match a pattern, tried at the first `most` places at which such a tag opens.

    Tags that open and never close would otherwise be tried in their hundred thousands.
    """
    starts = islice(opens.finditer(markup), most)
    return (found for start in starts if (found := whole.match(markup, start.start())))


def path_of(url: str) -> str:
    """The path of an address, empty where it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def is_closed(markup: str) -> bool:
    """Whether the HTML has an end: its body or the page is closed."""
    end = markup[-_END:].lower()
    return "</html" in end or "</body" in end
