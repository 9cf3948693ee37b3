"""What is measured of a capture once, and asked for by several kinds of verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from monitor.core.blocks import BLOCK_SEPARATOR
from monitor.core.health.kinship import Kinship, kinship, size
from monitor.core.health.pages import History, Page, titles
from monitor.core.health.phrases import says

# Words. Stand-ins for a document are short; a policy of that length is believed unless it says what they say.
_SLIGHT = 150
# From this share on in common with its past, a text is the document, whatever else it says.
_AKIN = 0.5
_FIRST_LINES = 12
_LINE_WORDS = 40
_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s*")


@dataclass(frozen=True)
class Look:
    """A captured page beside the past of its source, and what is measured of both."""

    page: Page
    history: History | None

    @cached_property
    def words(self) -> int:
        """Words of the text."""
        return size(self.page.text)

    @cached_property
    def words_before(self) -> int:
        """Words of the last good text, 0 for none."""
        return size(self.history.text) if self.history else 0

    @cached_property
    def kin(self) -> Kinship | None:
        """What the text has in common with the last good one, None without one."""
        return kinship(self.page.text, self.history.text) if self.history else None

    @property
    def is_akin(self) -> bool:
        """Whether at least half of the text was known, or half of the last good text is kept."""
        return self.kin is not None and max(self.kin.known, self.kin.kept) >= _AKIN

    @property
    def shrunk(self) -> float:
        """The share of the former length that is left, 1 without a past or where the text grew."""
        return min(1.0, self.words / self.words_before) if self.words_before else 1.0

    @property
    def is_slight(self) -> bool:
        """Whether the text is as short as the pages that stand in for a document."""
        return self.words <= _SLIGHT

    @cached_property
    def titles(self) -> list[str]:
        """What the page calls itself."""
        return titles(self.page)

    @cached_property
    def first_lines(self) -> list[str]:
        """The first sentences of the text, those that are short enough to say one thing."""
        lines = self.page.text[:6000].split(BLOCK_SEPARATOR)[:_FIRST_LINES]
        sentences = [sentence for line in lines for sentence in _SENTENCE.split(line)[:_FIRST_LINES]]
        return [sentence for sentence in sentences if 0 < len(sentence.split()) <= _LINE_WORDS]

    def is_titled(self, pattern: re.Pattern[str]) -> bool:
        """Whether the page calls itself so, and did not before."""
        called = [title for title in self.titles if says(pattern, title)]
        return bool(called) and not (self.history and says(pattern, self.history.title))

    def share_saying(self, pattern: re.Pattern[str]) -> float:
        """The share of the text's words in first sentences that begin so, those of the last good text left aside."""
        before = self.history.text if self.history else ""
        said = [
            line for line in self.first_lines if pattern.match(line.strip(" \"'“”")) and line not in before
        ]
        return sum(map(size, said)) / self.words if self.words else 0.0
