"""Where a statement can begin: most words of a text need not be read further."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, compress, count, islice

from clauses.core.change_rubric import StatementRule, stem
from clauses.core.passive_voice import PROVIDERS

# The word before a space that a statement can begin with ...
_SUBJECT = re.compile(r"\b[\w'-]{1,40}$")
_WORD = re.compile(r"\w+")
# ... and what follows: one of these or a word in "ly", or, where the first names a party, a verb that counts.
_OPENERS_LIST = """
do does don doesn won will are is aren isn may can cannot could might must shall should never need needs have has
agree agrees reserve reserves also only then each both hereby ever be been being instead continue attempt able
allowed permitted let help
"""
_OPENERS = frozenset(_OPENERS_LIST.split())
_PHRASES = ("and our", "in any", "at any", "no longer")
_BEGIN_PHRASES = frozenset(phrase.split()[0] for phrase in _PHRASES)
# Whether a statement can go on with a word: never, where it follows a party or a name, with the next word, or always.
_NEVER_OPENS, _AFTER_PARTY, _IN_PHRASE, _ALWAYS = range(4)
_LONGEST_KEPT, _MOST_KEPT = 40, 20_000


def beginnings(read: str, text: str, rules: StatementRule) -> Iterator[int]:
    """The places in `read`, the folded form of `text`, at which a statement that counts can begin, in order."""
    parties, opens = _parties(rules.users), _openers(rules)
    words = read.split(" ")
    lengths = [*accumulate(map(len, words))]
    # Without a turn of a loop for every word of a text.
    for at in compress(count(), map(opens.__getitem__, islice(words, 1, None))):
        end, opening = lengths[at] + at, opens[words[at + 1]]
        if opening == _IN_PHRASE and not read.startswith(_PHRASES, end + 1):
            continue
        subject = _SUBJECT.search(read, end - len(words[at]), end)
        if subject and (
            opening != _AFTER_PARTY or subject.group() in parties or text[subject.start()].isupper()
        ):
            yield subject.start()


class _Opening(dict[str, int]):
    """By what stands after a possible subject: whether a statement can go on with it. Usual words are kept."""

    def __init__(self, rules: StatementRule) -> None:
        super().__init__()
        self._counts = rules.counts

    def __missing__(self, following: str) -> int:
        found = self._opening(_WORD.match(following))
        if len(following) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                # Whoever writes that many words uses others by now.
                self.clear()
            self[following] = found
        return found

    def _opening(self, word: re.Match[str] | None) -> int:
        if word is None:
            return _NEVER_OPENS
        if word.group() in _OPENERS or word.group().endswith("ly"):
            return _ALWAYS
        if word.string in _BEGIN_PHRASES:
            return _IN_PHRASE
        return _AFTER_PARTY if self._counts(stem(word.group())) else _NEVER_OPENS


@lru_cache(maxsize=4)
def _openers(rules: StatementRule) -> _Opening:
    return _Opening(rules)


@lru_cache(maxsize=4)
def _parties(users: frozenset[str]) -> frozenset[str]:
    """Everyone who is named otherwise than by a name: a rubric has one set of users for all texts."""
    return users | PROVIDERS
