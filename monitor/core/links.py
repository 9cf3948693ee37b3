"""The link targets of a page: never a change of the text, told apart only when two files are compared."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import BeautifulSoup

from monitor.core.decoding import decode


def links(
    body: bytes, content_type: str, *, select: Sequence[str] = (), remove: Sequence[str] = ()
) -> tuple[str, ...]:
    """The targets of all links in the selected part of an HTML page, in order. Other content has none."""
    if "html" not in content_type:
        return ()
    soup = BeautifulSoup(decode(body, None), "lxml")
    for selector in remove:
        for tag in soup.select(selector):
            tag.extract()
    parts = [tag for selector in select for tag in soup.select(selector)] if select else [soup]
    return tuple(str(link["href"]) for part in parts for link in part.find_all("a", href=True))
