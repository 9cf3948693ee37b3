"""What is forbidden without naming the user, in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# "Do not worry", "never again will we", "never more than a week".
_NO_BAN = r"(?:worry|hesitate|again|more|less|will|shall|can|may|do|does)\b"
_FORBIDDEN = re.compile(
    r"\b(?:(?:is|are) (?:strictly |expressly |also )?(?:prohibited|forbidden|not (?:allowed|permitted))\b"
    r"|prohibited (?:from|to|uses?|activit)|we (?:(?:do not|don't) (?:allow|permit|tolerate)|(?:strictly )?prohibit)\b)"
    # An aside ("for example, do not …") or a condition may stand before it; in "we specifically do not" somebody acts.
    r"|(?:^|[.!?:;] ?| - )(?:(?:for (?:example|instance)|e\.g\.|in particular|specifically|instead|also),? "
    r"|(?:if|when|where) [^.!?:;,]{1,100}, )?"
    rf"(?:please )?(?:do not|don't|never) (?P<verb>(?!{_NO_BAN})\w+)|^not (?P<bare>\w+)"
)
# "Content that is prohibited", "places where riding is not allowed": which ones; but "you note that we prohibit".
_DESCRIBED = re.compile(
    r"\b(?:(?:where|whose|if|when|unless)(?: [\w'-]+){1,4}|which"
    r"|(?<!agree )(?<!agrees )(?<!acknowledge )(?<!acknowledges )(?<!understand )(?<!note )(?<!confirm )that) $"
)
_BAN = re.compile(r"(?:please )?(?:do not|don't|never) ")
# One of these stands in whatever the pattern finds, or at its very beginning: most texts need not be searched.
_NAMED = ("prohibit", "forbidden", "not allowed", "not permitted")
_ORDERS = ("do not ", "don't ", "never ")
_NEEDS = (*_NAMED, *_ORDERS)
_FIRST = ("not ", *_ORDERS)
# In a long text "do not" may stand at the end of another word ("shado not").
_NEEDS_APART = (*_NAMED, *(f"{mark}{order}" for order in _ORDERS for mark in " .!?:;"))
_NEAR = 40


def bans(read: str) -> Iterator[tuple[str, int, int]]:
    """The verb of each ban ("do" where it has none), its start and end: "Scraping is prohibited", "Do not scrape"."""
    for match in _FORBIDDEN.finditer(read) if _may_ban(read) else ():
        if not _DESCRIBED.search(read, max(0, match.start() - _NEAR), match.start()):
            yield match["verb"] or match["bare"] or "do", match.start(), match.end()


def _may_ban(read: str) -> bool:
    if read.startswith(_FIRST):
        return True
    return any(map(read.__contains__, _NEEDS)) and any(map(read.__contains__, _NEEDS_APART))


def begins_with_ban(read: str) -> bool:
    """Whether an item forbids by itself, so that it does not go on from its introduction."""
    return _BAN.match(read) is not None
