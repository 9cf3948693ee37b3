"""The link targets of a page: never a change of the text, told apart only when two files are compared."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.html_page import chosen, compiled, is_html, link_targets, parsed, stated_charset, take_out
from monitor.core.selectors import Selector


def links(
    body: bytes, content_type: str, *, select: Sequence[Selector] = (), remove: Sequence[Selector] = ()
) -> tuple[str, ...]:
    """The targets of all links in the selected part of an HTML page, in order. Other content has none.

    The page is read as `extract` reads it, with the charset of its content type. Raises BadSelector.
    """
    if not is_html(content_type):
        return ()
    soup = parsed(body, stated_charset(content_type))
    take_out(soup, compiled(remove))
    parts = chosen(soup, compiled(select)) if select else [soup]
    return link_targets(parts)
