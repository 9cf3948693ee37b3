"""Collecting the pieces of a page's text into blocks, as a walk over its elements comes by them."""

from __future__ import annotations

from typing import NamedTuple

from monitor.core.blocks import BlockKind
from monitor.core.drafts import Draft, clean
from monitor.core.page_parts import Surroundings
from monitor.core.typed_marks import begins_list_mark, ends_sentence, reads_as_title

MAX_LEVEL = 6
_OPENING = ("(", "[", "{", "“", "«", "‘", '"', "'", "/", "—", "–", "-")


class Place(NamedTuple):
    """Where the walk is: what kind of block words make here."""

    around: Surroundings
    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0
    bold: bool = False
    preformatted: bool = False


class Writer:
    """Collects the pieces of the open block and the blocks closed so far."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._pieces: list[str] = []
        self._is_bold = True
        self._after_break = False
        self._is_apart = False
        self.last_words = ""
        self._heading_level = 1

    def write(self, text: str, place: Place) -> None:
        if not text.strip():
            self._pieces.append(text)
            return
        if self._after_break:
            self._settle_break(text, place)
        if self._is_apart:
            self._settle_apart(text)
        self._pieces.append(text)
        self.last_words = text
        self._is_bold = self._is_bold and place.bold

    def set_apart(self) -> None:
        """What comes next is set apart by style alone, unless it reads on: a comma or a bracket does."""
        self._is_apart = True

    def _settle_apart(self, following: str) -> None:
        self._is_apart = False
        if following[:1].isalnum() and not self.last_words.endswith(_OPENING):
            self._pieces.append(" ")

    def line_break(self, place: Place) -> None:
        if self._after_break:
            self.close(place)
        elif place.kind == "heading":
            self._pieces.append(" ")
        else:
            self._after_break = True

    def _settle_break(self, following: str, place: Place) -> None:
        """One break ends a paragraph after a sentence or title, or before a list mark; else it is a space.

        Editors put a single break in addresses and in the middle of sentences as often as between paragraphs.
        """
        is_title = self._is_bold and not place.bold
        if ends_sentence(self.last_words) or begins_list_mark(following) or is_title:
            self.close(place)
        else:
            self._after_break = False
            self._pieces.append(" ")

    def close(self, place: Place) -> None:
        text = clean("".join(self._pieces)) if self._pieces else ""
        if text:
            self.drafts.append(self._draft(text, place))
        self._pieces.clear()
        self._is_apart = False
        self._is_bold = True
        self._after_break = False

    def _draft(self, text: str, place: Place) -> Draft:
        if place.kind == "heading":
            self._heading_level = place.level
            return Draft("heading", text, place.level)
        if place.kind == "paragraph" and self._is_bold and reads_as_title(text, emphatic=True):
            return Draft("heading", text, min(self._heading_level + 1, MAX_LEVEL))
        return Draft(place.kind, text, place.level)
