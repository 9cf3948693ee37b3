"""Where a statement can begin: most words of a text need not be read further."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, tee
from operator import itemgetter

from clauses.core.change_rubric import StatementRule, stem
from clauses.core.passive_voice import PROVIDERS

# A word that a statement can begin with, and the one after it ...
_SUBJECT = re.compile(r"\b([\w'-]{1,40}) (?=(and our|in any|at any|no longer|\w+))")
# ... which is one of these or ends in "ly", or, where the first names a party, is a verb that counts.
_OPENERS_LIST = """
do does don doesn won will are is aren isn may can cannot could might must shall should never need needs have has
agree agrees reserve reserves also only then each both hereby ever be been being instead continue attempt able
allowed permitted let help
"""
_OPENERS = frozenset({*_OPENERS_LIST.split(), "and our", "in any", "at any", "no longer"})
# Whether a statement can go on with a word: never, where it follows a party or a name, or always.
_NEVER_OPENS, _AFTER_PARTY, _ALWAYS = range(3)
_LONGEST_KEPT, _MOST_KEPT = 40, 20_000


def beginnings(read: str, text: str, rules: StatementRule) -> Iterator[int]:
    """The places in `read`, the folded form of `text`, at which a statement that counts can begin, in order."""
    parties = _parties(rules.users)
    opens = _openers(rules)
    words, again = tee(_SUBJECT.finditer(read))
    # Without a turn of a loop for every word of a text.
    for word in compress(words, map(opens.__getitem__, map(itemgetter(2), again))):
        if opens[word[2]] == _ALWAYS or word[1] in parties or text[word.start()].isupper():
            yield word.start()


class _Opening(dict[str, int]):
    """By the word after a possible subject: whether a statement can go on with it. Usual words are kept."""

    def __init__(self, rules: StatementRule) -> None:
        super().__init__()
        self._counts = rules.counts

    def __missing__(self, following: str) -> int:
        is_opener = following in _OPENERS or following.endswith("ly")
        found = _ALWAYS if is_opener else _AFTER_PARTY if self._counts(stem(following)) else _NEVER_OPENS
        if len(following) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                # Whoever writes that many words uses others by now.
                self.clear()
            self[following] = found
        return found


@lru_cache(maxsize=4)
def _openers(rules: StatementRule) -> _Opening:
    return _Opening(rules)


@lru_cache(maxsize=4)
def _parties(users: frozenset[str]) -> frozenset[str]:
    """Everyone who is named otherwise than by a name: a rubric has one set of users for all texts."""
    return users | PROVIDERS
