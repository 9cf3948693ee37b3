"""Selectors: the only language users may write about pages. A CSS selector, or a range between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import soupsieve

# A range as Open Terms Archive declares it: from before or after one element to before or after another.
Selector = str | Mapping[str, str]
RANGE_STARTS = ("startBefore", "startAfter")
RANGE_ENDS = ("endBefore", "endAfter")


def bad_selector(selector: object) -> str:
    """What is wrong with a selector or a range, in one line; empty where nothing is."""
    if isinstance(selector, Mapping):
        return _bad_range(selector)
    if not isinstance(selector, str):
        return f"{selector!r} is neither a CSS selector nor a range"
    if not selector.strip():
        return "A CSS selector is empty"
    try:
        soupsieve.compile(selector)
    # A pseudo-element is "not implemented", and a deep selector exhausts the recursion of the parser.
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, RecursionError) as error:
        first_line = (str(error).splitlines() or ["it cannot be read"])[0]
        return f"{selector!r} is not a CSS selector: {first_line}"
    return ""


def start_first(selectors: Iterable[Selector]) -> list[Selector]:
    """The same selectors, each range with its start before its end: a database keeps no order of keys."""
    return [one if isinstance(one, str) else dict(sorted(one.items(), key=_is_end)) for one in selectors]


def _is_end(end: tuple[str, str]) -> bool:
    return end[0] in RANGE_ENDS


def _bad_range(selector: Mapping[object, object]) -> str:
    keys = set(selector)
    is_whole = len(keys) == 2 and len(keys & set(RANGE_STARTS)) == 1 and len(keys & set(RANGE_ENDS)) == 1
    if not is_whole:
        return "A range has one of startBefore and startAfter, and one of endBefore and endAfter"
    for end in selector.values():
        if not isinstance(end, str):
            return f"{end!r} is not a CSS selector"
        if message := bad_selector(end):
            return message
    return ""
