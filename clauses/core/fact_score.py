"""How well the facts that were read from texts agree with what a person read there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clauses.core.facts import find_facts
from clauses.core.folding import folded
from clauses.core.values import Fact, Passage

# Words that say nothing about which thing is meant.
_EMPTY = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "for", "or", "and", "our", "your", "their", "its", "any", "all",
    "such", "this", "that", "these", "those", "we", "you", "it", "from", "with", "by", "about", "which",
    "other", "certain",
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_UNIT_NAMES = {"$": "dollar", "usd": "dollar", "£": "gbp", "€": "eur"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact that a person read. `kinds`: any of them is right. `value` None: a length of time without a number.

    `subjects`: any of them is right; without any it is not judged. `span`: where the figure stands in the
    passage, if known. An optional fact is neither asked for nor wrong.
    """

    kinds: tuple[str, ...]
    value: str | None
    unit: str
    subjects: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence at `passage.text[start:end]` and the facts it states."""

    passage: Passage
    start: int
    end: int
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that was not read, read wrongly, or read where there is none."""

    why: str
    case: Case
    wanted: Wanted | None
    found: Fact | None


@dataclass
class FactScore:
    """Counts over many sentences.

    `exact`: kind, value and unit as wanted; `figures`: value and unit as wanted, of whatever kind.
    """

    sentences: int = 0
    bare: int = 0
    bare_with_facts: int = 0
    wanted: int = 0
    found: int = 0
    figures: int = 0
    exact: int = 0
    subjects: int = 0
    subjects_right: int = 0
    false: int = 0
    misses: list[Miss] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """The figures to publish, each 0 to 1."""
        return {
            "figures": _share(self.figures, self.wanted),
            "exact": _share(self.exact, self.wanted),
            "subject": _share(self.subjects_right, self.subjects),
            "false": _share(self.false, self.found, empty=0.0),
            "bare_with_facts": _share(self.bare_with_facts, self.bare, empty=0.0),
        }


def score(cases: Iterable[Case]) -> FactScore:
    """Read the facts of every sentence in its passage and compare them with those wanted."""
    total = FactScore()
    for case in cases:
        facts = [fact for fact in find_facts(case.passage) if case.start <= fact.start < case.end]
        _count(total, case, facts)
    return total


def _count(total: FactScore, case: Case, facts: Sequence[Fact]) -> None:
    left, asked = list(facts), sorted(case.wanted, key=lambda wanted: wanted.is_optional)
    total.sentences += 1
    total.bare += not asked
    total.bare_with_facts += not asked and bool(facts)
    total.found += len(facts)
    total.wanted += sum(not wanted.is_optional for wanted in asked)
    for wanted, fact in _pairs(asked, left):
        if not wanted.is_optional:
            _judge(total, case, wanted, fact)
    for wanted in asked:
        if not wanted.is_optional:
            total.misses.append(Miss("missed", case, wanted, None))
    total.false += len(left)
    total.misses += [Miss("false", case, None, fact) for fact in left]


def _pairs(asked: list[Wanted], left: list[Fact]) -> Iterator[tuple[Wanted, Fact]]:
    """Wanted and found facts that belong together, the best matches first; both lists lose them."""
    tests: tuple[Callable[[Wanted, Fact], bool], ...] = (
        lambda wanted, fact: is_figure(wanted, fact) and fact.kind in wanted.kinds and _touches(wanted, fact),
        lambda wanted, fact: is_figure(wanted, fact) and _touches(wanted, fact),
        lambda wanted, fact: wanted.span is not None and _touches(wanted, fact),
        lambda wanted, fact: wanted.span is None and fact.kind in wanted.kinds,
    )
    for belongs in tests:
        for wanted in list(asked):
            fact = next((fact for fact in left if belongs(wanted, fact)), None)
            if fact is not None:
                asked.remove(wanted)
                left.remove(fact)
                yield wanted, fact


def _judge(total: FactScore, case: Case, wanted: Wanted, fact: Fact) -> None:
    if not is_figure(wanted, fact):
        total.misses.append(Miss("figure", case, wanted, fact))
        return
    total.figures += 1
    if fact.kind not in wanted.kinds:
        total.misses.append(Miss("kind", case, wanted, fact))
        return
    total.exact += 1
    if wanted.subjects:
        total.subjects += 1
        is_right = any(is_same_subject(subject, fact.subject) for subject in wanted.subjects)
        total.subjects_right += is_right
        if not is_right:
            total.misses.append(Miss("subject", case, wanted, fact))


def is_figure(wanted: Wanted, fact: Fact) -> bool:
    """Whether value and unit are as wanted; of a length of time without a number, that it has none."""
    if wanted.value is None:
        return fact.normalized is None and _unit(fact.unit) == _unit(wanted.unit)
    return _plain(wanted.value) == _plain(fact.value) and _unit(wanted.unit) == _unit(fact.unit)


def is_same_subject(one: str, other: str) -> bool:
    """Whether the shorter of two descriptions shares at least half of its words of content with the other."""
    words, others = _content(one), _content(other)
    return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))


def _touches(wanted: Wanted, fact: Fact) -> bool:
    return wanted.span is None or (fact.start < wanted.span[1] and wanted.span[0] < fact.end)


def _plain(value: str) -> str:
    low = folded(value).strip(" .").removeprefix("the ")
    number = low.replace(",", "")
    return f"{float(number):g}" if re.fullmatch(r"\d+(?:\.\d+)?", number) else low


def _unit(unit: str) -> str:
    low = folded(unit).strip()
    return _UNIT_NAMES.get(low, low if low.endswith("ss") else low.removesuffix("s"))


def _content(words: str) -> frozenset[str]:
    found = _WORD.findall(folded(words))
    return frozenset(word.removesuffix("s") for word in found if word not in _EMPTY) or frozenset(found)


def _share(part: int, whole: int, empty: float = 1.0) -> float:
    return round(part / whole, 4) if whole else empty
