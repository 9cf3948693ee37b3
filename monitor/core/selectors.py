"""CSS selectors: the only language users may write about pages."""

from __future__ import annotations

import soupsieve


def bad_selector(selector: str) -> str:
    """What is wrong with a CSS selector, in one line; empty where nothing is."""
    if not selector.strip():
        return "A CSS selector is empty"
    try:
        soupsieve.compile(selector)
    # A pseudo-element is "not implemented", and a deep selector exhausts the recursion of the parser.
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, RecursionError) as error:
        first_line = (str(error).splitlines() or ["it cannot be read"])[0]
        return f"{selector!r} is not a CSS selector: {first_line}"
    return ""
