"""The clauses of two platforms beside each other: which say the same, in which words, and which have no counterpart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clauses.core.align import align
from clauses.core.change_facts import fact_changes
from clauses.core.likeness import SAME
from clauses.core.redline import redline, words
from clauses.core.values import FactChange, Pair, ReadClause, Run
from monitor.core.blocks import BLOCK_SEPARATOR


@dataclass(frozen=True, slots=True)
class Alike:
    """Clauses of both sides, by index, that say much the same. `redline` leads from the left words to the right ones.

    Nobody wrote the one over the other: "-" runs are in the left words alone, "+" runs in the right ones alone.
    `facts` are the figures that differ, left as `old`, right as `new`.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    redline: tuple[Run, ...]
    facts: tuple[FactChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether every word is the same."""
        return all(run.op == "=" or run.text.isspace() for run in self.redline)


@dataclass(frozen=True, slots=True)
class Beside:
    """Every clause of both sides once: in `alike`, or by index in what only the one side has."""

    alike: tuple[Alike, ...]
    only_left: tuple[int, ...]
    only_right: tuple[int, ...]


def beside(left: Sequence[ReadClause], right: Sequence[ReadClause]) -> Beside:
    """Pair the clauses of two sides as two versions of one text are, and compare words and figures.

    A pair counts where at least half of the words of its longer side are kept, in order: below that a redline
    between texts that never were one is no help. No severity and no direction: neither came first.
    """
    pairs = align([clause.passage for clause in left], [clause.passage for clause in right])
    judged = [_alike(pair, left, right) for pair in pairs if pair.old and pair.new]
    alike = tuple(pair for pair in judged if _kept_share(pair.redline) >= SAME)
    paired_left = {index for pair in alike for index in pair.left}
    paired_right = {index for pair in alike for index in pair.right}
    return Beside(
        alike,
        tuple(index for index in range(len(left)) if index not in paired_left),
        tuple(index for index in range(len(right)) if index not in paired_right),
    )


def _alike(pair: Pair, left: Sequence[ReadClause], right: Sequence[ReadClause]) -> Alike:
    ours, theirs = [left[index] for index in pair.old], [right[index] for index in pair.new]
    facts = fact_changes(
        [fact for clause in ours for fact in clause.classification.facts],
        [fact for clause in theirs for fact in clause.classification.facts],
    )
    return Alike(pair.old, pair.new, redline(_text(ours), _text(theirs)), facts)


def _text(clauses: Sequence[ReadClause]) -> str:
    return BLOCK_SEPARATOR.join(clause.passage.text for clause in clauses)


def _kept_share(runs: Sequence[Run]) -> float:
    """The share of the words of the longer side that both have."""
    counts = {"=": 0, "-": 0, "+": 0}
    for run in runs:
        counts[run.op] += len(words(run.text))
    longer = counts["="] + max(counts["-"], counts["+"])
    return counts["="] / longer if longer else 1.0
