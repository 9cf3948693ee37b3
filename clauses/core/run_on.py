"""Where sections begin in a text whose line breaks became spaces: "…to you. 2. Fees You pay monthly. 2.1 Taxes …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.core.glue import STARTERS, counts_on
from clauses.core.titles import run_in_title

MIN_SECTIONS = 3
_NUMBER = re.compile(
    r"(?<=\s)(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}[.)])\s+(?=[“\"(„«]?[^\W\d_a-zß-öø-ÿ])"
)
_CLOSED = re.compile(r"[.;:!?)”\"»]\s*\Z")
# "as stated in Section 2. We": a reference ends the sentence.
_REFERS = re.compile(
    r"(?:\b(?:sections?|articles?|clauses?|paragraphs?|chapters?|parts?|annex|schedule|exhibit|step|version|no|nr|abs|art"
    r"|artikel|artículo|abschnitt|ziffer|and|or|to|in|of|und|et|y)\.?|§|[-–,/])\s*\Z",
    re.IGNORECASE,
)
_TITLE = re.compile(
    rf"\s*[^\W\d_][\w’'-]*,?(?:\s(?:[\w’'/-]+|[&–-]),?){{0,9}}?(?=\s(?:{STARTERS})\s[^\W\d_])"
)
_LOOK_BACK = 24


def run_on_sections(text: str) -> list[int]:
    """The offsets, in order, at which a numbered section, or the text below its title, begins; linear.

    Numbers count on from 1. One that follows no end of a sentence counts where it does not end a reference.
    """
    return [offset for start, below in _sections(text) for offset in ((start, below) if below else (start,))]


def titled_sections(text: str) -> list[int]:
    """The same offsets in a text that may be a list in a sentence: none unless all sections but one have titles.

    Nor are what a colon introduces sections of their own.
    """
    found = list(_sections(text))
    if len(found) < MIN_SECTIONS or text[: found[0][0]].rstrip().endswith(":"):
        return []
    ends = [start for start, _ in found[1:]] + [len(text)]
    titled = sum(
        bool(below or run_in_title(text[start:end].strip()))
        for (start, below), end in zip(found, ends, strict=True)
    )
    return run_on_sections(text) if titled >= max(MIN_SECTIONS, len(found) - 1) else []


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """Where each section begins, and the text below its title; 0 for a section without a title of that kind."""
    last: tuple[int, ...] = (0,)
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        number = tuple(map(int, match.group("number").rstrip(".)").split(".")))
        if not counts_on(last, number) or (not _CLOSED.search(before) and _REFERS.search(before)):
            continue
        last = number
        title = _TITLE.match(text, match.end())
        yield match.start(), title.end() if title else 0
