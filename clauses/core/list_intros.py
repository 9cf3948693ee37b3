"""Which sentence introduces the list that a block is an item of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from clauses.core.sentences import sentences

MAX_INTRO = 400
Look = Literal["plain", "item", "mark", "bullet", "definition", "label"]
# What a definition begins with.
QUOTES = '“"„«「'
_COLON = re.compile(r"[:：]\s?[-–—]?\Z|\s[-–—]\Z")
_STOPPED = re.compile(r"[.!?;…。！？؟।][\"'”’»)\]」』）]*\Z")
# "We collect the following data." introduces a list although it is a sentence of its own.
_ANNOUNCES = re.compile(
    r"\b(?:following|as follows|(?:listed|described|set out|given|named|stated) below"
    r"|folgend\w*|nachstehend\w*|suivant\w*|ci-dessous|siguientes?|a continuación|seguent[ei]|volgende|następując\w*)\b"
    r"|以下|下記|如下|다음|следующ|التالية",
    re.IGNORECASE,
)

# "This includes:" says of each item what the sentence before it states.
_POINTS_BACK = re.compile(
    r"(?:this|that|these|those|they|it)(?: also| may| can)? (?:includes?|are|is|comprises?|covers?)"
    r"(?:,? (?:but (?:is|are) )?not limited to|,? without limitation|,? for example)?\s?,?[:：]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Intro:
    """The sentences that introduce a list, outermost first, and the headings that run into them."""

    words: str = ""
    titles: tuple[str, ...] = ()


_NONE = Intro()
_MAX_TITLES = 4
# More than the lists of any page are nested.
_DEEPEST = 10**6


@dataclass(slots=True)
class _Opener:
    """A block that may introduce a list: what, is worked out when an item follows."""

    depth: int
    text: str
    title: str
    outer: Intro
    look: Look = "plain"
    inner: Intro | None = None


class ListIntros:
    """The lists around the block read next. The words of a nested list's introductions are joined."""

    def __init__(self) -> None:
        # Innermost last; the first is the paragraph before the list, of depth 0.
        self._openers: list[_Opener] = []
        # The depth of the last paragraph among them: items of the page's lists stand below it.
        self._base = 0

    @property
    def is_open(self) -> bool:
        """Whether the last block ends in a colon, or is an item of a list that has an introduction."""
        return self._begins_list() or (bool(self._openers) and bool(self._openers[-1].outer.words))

    def takes(self, look: Look) -> bool:
        """Whether a paragraph of a look is an item: the first after an introduction, or one more like the last item.

        A definition is one too after a sentence that announces it ("The following words have a meaning").
        """
        if not self._openers:
            return False
        last = self._openers[-1]
        if len(self._openers) > 1:
            return last.look == look and bool(last.outer.words)
        announces = look == "definition" and _ANNOUNCES.search(_inner(last).words) is not None
        return self._begins_list() or (announces and last.text[0] not in QUOTES)

    def _begins_list(self) -> bool:
        return bool(self._openers) and _COLON.search(self._openers[0].text[-4:]) is not None

    def close(self) -> None:
        """A heading ends all lists."""
        self._openers.clear()
        self._base = 0

    def paragraph(self, text: str, title: str) -> Intro:
        """A paragraph that is no item ends all lists; one that reads on in mid-sentence belongs to its list."""
        reads_on = len(self._openers) > 1 and text[:1].islower()
        # The list stands below the paragraph before it, or is introduced by its own first level.
        outermost = map(_inner, self._openers[:2]) if reads_on else ()
        intro = next((found for found in outermost if found.words), _NONE)
        self._openers = [_Opener(0, text, title, intro)]
        self._base = 0
        return intro

    def point(self, depth: int, text: str, title: str, look: Look) -> Intro:
        """A paragraph that is an item by its look, nested from 1."""
        self._base = depth * _DEEPEST
        return self._item(self._base, text, title, look)

    def item(self, depth: int, text: str, title: str) -> Intro:
        """An item of a list of the page, nested from 1."""
        return self._item(self._base + depth, text, title, "item")

    def row(self) -> Intro:
        """The row of a table that a colon announces."""
        return _inner(self._openers[0]) if self._begins_list() else _NONE

    def _item(self, depth: int, text: str, title: str, look: Look) -> Intro:
        while self._openers and self._openers[-1].depth >= depth:
            self._openers.pop()
        intro = _inner(self._openers[-1]) if self._openers else _NONE
        self._openers.append(_Opener(depth, text, title, intro, look))
        return intro


def _inner(opener: _Opener) -> Intro:
    if opener.inner is None:
        # A label with its value ("Domain: example.org") introduces nothing unless it says so.
        own = introducing(opener.text, is_label=bool(opener.title))
        outer = opener.outer
        titles = (*outer.titles, opener.title)[-_MAX_TITLES:] if opener.title and own else outer.titles
        opener.inner = Intro(_joined(outer.words, own), titles)
    return opener.inner


def introducing(text: str, *, is_label: bool = False) -> str:
    """The last sentence of a text, if what follows it is a list: it ends in a colon, in nothing, or announces one.

    "" where it does not; that of a label and its value has to end in a colon or announce. With the sentence before it
    where it only points back to that.
    """
    tail = text[-MAX_INTRO:]
    if len(text) > MAX_INTRO:
        tail = tail[tail.find(" ") + 1 :]
    found = sentences(tail)
    start, end = found[-1] if found else (0, 0)
    last = tail[start:end]
    if _COLON.search(last) or _ANNOUNCES.search(last):
        points_back = len(found) > 1 and _POINTS_BACK.fullmatch(last)
        return tail[found[-2][0] : end] if points_back else last
    return "" if is_label or _STOPPED.search(last) else last


def _joined(outer: str, own: str) -> str:
    if not outer or not own:
        return own or outer
    joined = f"{outer} {own}"
    return joined if len(joined) <= MAX_INTRO else own
