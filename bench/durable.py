"""Which recorded changes lasted: the measure of research over another archive's record, and how ours compares.

A text is durable when it stood on record for seven days or more in all; a durable change leads from one such text to
the next that differs in more than three words. Words are compared without links, marks and punctuation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

STOOD = timedelta(days=7)
MORE_THAN_WORDS = 3
# Two records of one change may date it by different captures of the same days.
SAME_DAYS = timedelta(days=3)
_WORD = re.compile(r"\w+")

Words = Counter[str]


@dataclass(frozen=True)
class Recorded:
    """A text on somebody's record, since when."""

    since: datetime
    words: Words
    name: str = ""


@dataclass(frozen=True)
class Step:
    """From one text to the next."""

    old: Recorded
    new: Recorded

    @property
    def distance(self) -> int:
        """How many words differ."""
        return apart(self.old.words, self.new.words)

    @property
    def touched(self) -> set[str]:
        """The words that came or went."""
        return set(self.new.words - self.old.words) | set(self.old.words - self.new.words)


def words_of(text: str) -> Words:
    """The words of a text, in lower case, with how often each stands in it."""
    return Counter(_WORD.findall(text.lower()))


def apart(one: Words, other: Words) -> int:
    """How many words stand in one text and not in the other."""
    return sum((one - other).values()) + sum((other - one).values())


def steps(record: Sequence[Recorded]) -> list[Step]:
    """Every change of words on a record, in order of time."""
    pairs = pairwise(record)
    return [Step(old, new) for old, new in pairs if old.words != new.words]


def durable_steps(record: Sequence[Recorded], until: datetime) -> list[Step]:
    """The durable changes of a record that goes to `until`."""
    stood: dict[frozenset[tuple[str, int]], timedelta] = {}
    first: dict[frozenset[tuple[str, int]], Recorded] = {}
    ends = [text.since for text in record[1:]] + [until]
    for text, end in zip(record, ends, strict=True):
        key = frozenset(text.words.items())
        stood[key] = stood.get(key, timedelta()) + (end - text.since)
        first.setdefault(key, text)
    lasting = [text for key, text in first.items() if stood[key] >= STOOD]
    found: list[Step] = []
    standing = lasting[0] if lasting else None
    for text in lasting[1:]:
        assert standing
        if apart(standing.words, text.words) > MORE_THAN_WORDS:
            found.append(Step(standing, text))
            standing = text
    return found


def is_recorded(step: Step, ours: Sequence[Recorded]) -> bool:
    """Whether the text in force on our record, some days after theirs changed, is nearer to the new than to the old.

    In force, and not changed on the same days: their reading may have failed for weeks where ours did not.
    """
    begun = [text for text in ours if text.since <= step.new.since + SAME_DAYS]
    return bool(begun) and apart(begun[-1].words, step.new.words) < apart(begun[-1].words, step.old.words)


def is_shared(step: Step, theirs: Sequence[Step]) -> bool:
    """Whether the other record has a change of the same days in some of the same words."""
    near = (other for other in theirs if abs(other.new.since - step.new.since) <= SAME_DAYS)
    return any(step.touched & other.touched for other in near)
