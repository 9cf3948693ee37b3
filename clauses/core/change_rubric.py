"""The rubric of change: which circumstances make a change matter, for whom, and how much."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from clauses.core.needed_words import Search, Searches
from clauses.core.values import Direction, Severity, severity_at

_OPPOSITE: dict[Direction, Direction] = {"adverse": "favorable", "favorable": "adverse"}


@dataclass(frozen=True, slots=True)
class FactRule:
    """What a change of one kind of figure means. `more` is what a larger one is for the user."""

    kind: str
    name: str
    more: Direction
    steps: tuple[tuple[float, int], ...]
    unbounded_points: int
    vague_points: int
    stated: Direction
    stated_points: int


@dataclass(frozen=True, slots=True)
class TypeRule:
    """What it means that a type of clause comes (`added`); `repeat` where the document keeps another one.

    With an `act` ("sell data") its clauses count by whether they permit the provider to do that; `verbs` are the stems
    of the verbs for it, `others` of those where others than the provider act ("partners may receive"): a denial of
    anything else is no promise. A type that `is_deniable` is not there where it is denied: "does not renew". A `duty`
    is what the provider owes where a clause of the type binds it ("indemnify the user"): then all is turned round; one
    that `needs_bearer` is there only where it says who is bound, one that `is_right` where the user may do something.
    """

    slug: str
    act: str
    verbs: frozenset[str]
    others: frozenset[str]
    added: Direction
    points: int
    repeat: int
    is_deniable: bool
    duty: str
    needs_bearer: bool
    is_right: bool

    @property
    def permits(self) -> bool:
        """Whether its clauses count by what they permit."""
        return bool(self.act)


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that mean something when they come or go; `keeps_negation`: a "not" before them turns nothing.

    `is_of_provider`: they count in what the provider does, not in what the user may, must or must not do;
    `is_of_user`: not in what the provider may; `is_of_bans`: only in what the user may not do; `is_one_way`: however
    often a sentence names it, it is one, and the condition that it is not taken offers none; `is_said_once`: what one
    clause says holds for the whole document. `beside`: where set, one
    of these stands in their sentence; `not_after` and `not_before`: they do not count behind or before these.
    """

    code: str
    name: str
    added: Direction
    points: int
    searches: tuple[Search, ...]
    keeps_negation: bool
    is_of_provider: bool
    is_of_user: bool
    is_of_bans: bool
    is_one_way: bool
    is_said_once: bool
    beside: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class StatementRule:
    """Stems of the verbs for what costs and what serves the user, and the points of statements on them.

    `answering` are those for who answers for a loss, `conceding` what the user gives away by saying it, `claiming` what
    it is worth something to be allowed to,
    `describing` what says nothing as a bare statement ("we provide an API"), `receiving` what the user is owed.
    """

    taking: frozenset[str]
    serving: frozenset[str]
    answering: frozenset[str]
    conceding: frozenset[str]
    claiming: frozenset[str]
    describing: frozenset[str]
    deciding: frozenset[str]
    receiving: frozenset[str]
    users: frozenset[str]
    promise_points: int
    firmness_points: int
    service_points: int
    statement_points: int
    duty_points: int

    def __hash__(self) -> int:
        # Not of all verbs: what is kept by the rules is asked for with every clause.
        return hash((self.promise_points, self.service_points, self.duty_points))

    def counts(self, verb: str) -> bool:
        """Whether a statement counts on this verb without a "may", "will" or "must"."""
        lists = (self.taking, self.serving, self.deciding, self.conceding, self.receiving)
        return any(verb in verbs for verbs in lists)


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """What another governing law or place of court means: points, and the words for the user's own."""

    names: Mapping[str, str]
    points: int
    home: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ClauseRule:
    """Points of a clause that comes, goes or gets costlier, by its severity (low, medium, high)."""

    cost_points: tuple[int, ...]
    repeat_points: tuple[int, ...]
    worse_points: tuple[int, ...]
    content_points: int
    currency_points: int
    norm_points: int


@dataclass(frozen=True, slots=True)
class ChangeRubric:
    """All of it, with the least points for high, medium and low, and the words for "without an end".

    `searches` are those of all `words`.
    """

    version: str
    high: int
    medium: int
    low: int
    unbounded: re.Pattern[str]
    facts: Mapping[str, FactRule]
    places: PlaceRule
    amounts: tuple[tuple[float, int], ...]
    types: Mapping[str, TypeRule]
    words: tuple[WordRule, ...]
    searches: Searches
    statements: StatementRule
    clauses: ClauseRule
    phrases: Mapping[str, str]
    worths: Mapping[str, Direction]

    def worth_of(self, slug: str) -> Direction:
        """What a clause of a type is for the user where its words do not say who is bound."""
        return self.worths.get(slug, "adverse")

    def severity(self, points: int) -> Severity:
        """The severity that so many points give."""
        return severity_at(points, high=self.high, medium=self.medium, low=self.low)


def opposite(direction: Direction) -> Direction:
    """What the reverse of a change is for the user."""
    return _OPPOSITE.get(direction, direction)


# Forms that share no stem with their verb.
IRREGULAR = {
    "sold": "sell",
    "resold": "resell",
    "kept": "keep",
    "told": "tell",
    "paid": "pay",
    "lost": "lose",
    "withheld": "withhold",
    "sought": "seek",
    "held": "hold",
    "sent": "send",
    "borne": "bear",
    "bore": "bear",
    "chosen": "choose",
    "chose": "choose",
    "given": "give",
    "gave": "give",
    "taken": "take",
    "left": "leave",
    "brought": "bring",
}


_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


# The words of a language come again and again.
@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without its ending: "share", "shares", "shared" and "sharing" are one, as are "deny" and "denied"."""
    word = IRREGULAR.get(word, word)
    for ending, instead in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and _is_root(root, ending):
            return _undoubled(root) + instead
    return word


def _is_root(root: str, ending: str) -> bool:
    """Whether an ending is one: that of "bring" is not, nor that of "process" and "this"."""
    if ending == "s" and root.endswith(("s", "u", "i")):
        return False
    return len(root) > 1 and any(letter in "aeiouy" for letter in root)


def _undoubled(root: str) -> str:
    """ "transferr" of "transferred" is "transfer"; "sell" and "pass" keep their letters."""
    return root[:-1] if len(root) > 4 and root[-1] == root[-2] and root[-1] in "rtpnm" else root
