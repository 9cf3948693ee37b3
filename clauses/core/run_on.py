"""Where sections begin in a text whose line breaks became spaces: "…to you. 2. Fees You pay monthly. 2.1 Taxes …"."""

from __future__ import annotations

import re

from clauses.core.glue import STARTERS, counts_on

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
    found: list[int] = []
    last: tuple[int, ...] = (0,)
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        number = tuple(map(int, match.group("number").rstrip(".)").split(".")))
        if not counts_on(last, number) or (not _CLOSED.search(before) and _REFERS.search(before)):
            continue
        found.append(match.start())
        last = number
        title = _TITLE.match(text, match.end())
        if title:
            found.append(title.end())
    return found
