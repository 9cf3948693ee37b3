"""What leads into an item of a list: "We will not:" before "sell your data", in the same sentence or before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from clauses.core.sentences import sentences

# What a sentence that opens a list ends with before its first item: "We do not do any of the following:".
CLOSING = re.compile(r"(?:\sdo (?:(?:any|all|each) of )?the following(?: things)?)?\s*[:;,.–—-]*\s*$")
# "We may end the contract where:" lists what it depends on.
_CONDITION = re.compile(r"\b(?:if|where|when|unless|whenever|provided that)\W*$", re.IGNORECASE)
# "Company will not: (a) sell …", "shall not (i) sell …", "may: sell …; rent …".
_OPENING = re.compile(
    r"(?P<modal>\b(?:not|never|may|will|shall|must|can|cannot)|n['’]t)"
    r"(?:\s?:\s*(?:\((?:a|i|1)\)\s?)?|\s\((?:a|i|1)\)\s?)",
    re.IGNORECASE,
)
_OPENING_NEEDS = (":", "(a", "(i", "(1", "(A", "(I")
_MARK = r"\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)"
_NEXT = re.compile(rf";\s*(?:(?:and/or|and|or)\s)?\s*(?:{_MARK}\s?)?|(?<=[\s,]){_MARK}\s", re.IGNORECASE)
# Each is read by itself.
_MOST = 100


class Led(NamedTuple):
    """Words at `start` to `end` of a text, and what leads into them, "Company will not", which begins at `begin`."""

    lead: str
    start: int
    end: int
    begin: int


def lists_conditions(intro: str) -> bool:
    """Whether the items that a sentence introduces only say on what it depends, and bind nobody by themselves."""
    return _CONDITION.search(intro) is not None


def led_within(text: str) -> Iterator[Led]:
    """The items of lists inside of sentences, of a long text the first; a list within a list is part of its item."""
    yield from islice(_all_led(text), _MOST)


def _all_led(text: str) -> Iterator[Led]:
    is_needed = any(map(text.__contains__, _OPENING_NEEDS))
    for left, right in sentences(text) if is_needed and _OPENING.search(text) else ():
        opening = _OPENING.search(text, left, right)
        if opening:
            lead = text[left : opening.end("modal")]
            yield from (Led(lead, *span, left) for span in _items(text, opening.end(), right))


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in _NEXT.finditer(text, start, end):
        if text[start : mark.start()].strip():
            yield start, mark.start()
        start = mark.end()
    if text[start:end].strip():
        yield start, end
