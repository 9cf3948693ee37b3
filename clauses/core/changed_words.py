"""The changed words of a pair of wordings: which rubric words came or went, and the quote that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import ChangeRubric, WordRule, opposite
from clauses.core.folding import folded
from clauses.core.sentences import parts, sentences
from clauses.core.values import Direction, Reason, Run

_NEGATION = re.compile(
    r"\b(?:not|never|no|cannot|nor|neither|no longer|without)(?:[ -]\w+){0,2}[ -]?$|n't(?: \w+){0,2} ?$"
)
# How far a quote reaches around the words it is about, in characters.
_QUOTE_LENGTH = 240

# An exception stands at most so many characters after its "unless", and is one of so many new words or more.
_EXCEPTION_GAP = 25
_NEW_WORDS = 4

Span = tuple[int, int]


@dataclass(frozen=True)
class Side:
    """One wording of a clause, with the spans that the other wording does not have."""

    text: str
    changed: tuple[Span, ...]

    @cached_property
    def folded(self) -> str:
        """The text as the patterns read it; of the same length."""
        return folded(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        """Its sentences as spans."""
        return sentences(self.text)

    def is_changed(self, start: int, end: int) -> bool:
        """Whether any of these characters came or went."""
        return any(left < end and start < right for left, right in self.changed)

    def is_exception_of_new(self, start: int) -> bool:
        """Whether these words only except something from what came (or went) with them: ", unless you …"."""
        left = max((left for left, right in self.changed if left <= start < right), default=start)
        before, unless, after = self.folded[left:start].rpartition("unless")
        return bool(unless) and len(after) <= _EXCEPTION_GAP and len(before.split()) >= _NEW_WORDS

    @cached_property
    def statements(self) -> list[Span]:
        """Its sentences, denials apart from what is set against them, as spans."""
        return parts(self.text)

    def sentence(self, start: int, end: int) -> Span:
        """The sentence these characters begin in; itself where they stand in none."""
        return _around(self.sentences, start, end)

    def statement(self, start: int, end: int) -> Span:
        """The sentence or part of one these characters begin in; itself where they stand in none."""
        return _around(self.statements, start, end)

    def quote(self, start: int, end: int) -> str:
        """The sentence around these characters as it stands in the text, or as much of it as is readable."""
        left, right = self.sentence(start, end)
        if right - left > _QUOTE_LENGTH:
            room = max(0, _QUOTE_LENGTH - (end - start)) // 2
            left, right = _at_words(self.text, max(left, start - room), min(right, end + room))
        return self.text[left:right].strip()


def sides(runs: Sequence[Run]) -> tuple[Side, Side]:
    """Old and new wording of a redline."""
    return _side(runs, "-"), _side(runs, "+")


def word_effects(old: Side, new: Side, rubric: ChangeRubric) -> Iterator[Effect]:
    """What the rubric's words that came or went mean: at most one effect for each rule and direction."""
    for rule in rubric.words:
        yield from _rule_effects(rule, old, new)


def is_negated(text: str, start: int) -> bool:
    """Whether a negation stands just before this place of a folded text."""
    return _NEGATION.search(text[max(0, start - 40) : start]) is not None


def _around(spans: Sequence[Span], start: int, end: int) -> Span:
    found = next(((left, right) for left, right in spans if left <= start < right), (start, end))
    return found[0], max(found[1], end)


def _side(runs: Sequence[Run], op: str) -> Side:
    text, changed = "", []
    for run in runs:
        if run.op == op:
            changed.append((len(text), len(text) + len(run.text)))
        if run.op in {op, "="}:
            text += run.text
    return Side(text, tuple(changed))


def _rule_effects(rule: WordRule, old: Side, new: Side) -> Iterator[Effect]:
    before, after = _found(rule, old), _found(rule, new)
    for negated in (False, True):
        direction = opposite(rule.added) if negated else rule.added
        balance = len(after[negated]) - len(before[negated])
        if balance > 0:
            spans = _fresh(new, after[negated], old, before[negated])
            yield from _effect(rule, "forbidden" if negated else "added", new, spans, direction)
        elif balance < 0:
            spans = _fresh(old, before[negated], new, after[negated])
            event = "ban_dropped" if negated else "dropped"
            yield from _effect(rule, event, old, spans, opposite(direction))


def _fresh(side: Side, spans: Sequence[Span], other: Side, known: Sequence[Span]) -> list[Span]:
    """The spans, those whose very words the other wording lacks first."""
    stood = {other.folded[start:end] for start, end in known}
    return sorted(spans, key=lambda span: side.folded[span[0] : span[1]] in stood)


def _effect(
    rule: WordRule, event: str, side: Side, spans: Sequence[Span], direction: Direction
) -> Iterator[Effect]:
    """The effect, quoted from the first span that came or went; none where all of them stood before."""
    for start, end in spans:
        if side.is_changed(start, end) and not side.is_exception_of_new(start):
            yield Effect(Reason(f"{rule.code}_{event}", rule.points, side.quote(start, end)), direction)
            return


def _found(rule: WordRule, side: Side) -> tuple[list[Span], list[Span]]:
    """Where the words stand plainly, and where negated."""
    plain: list[Span] = []
    negated: list[Span] = []
    for pattern in rule.patterns:
        for match in pattern.finditer(side.folded):
            turned = not rule.keeps_negation and is_negated(side.folded, match.start())
            (negated if turned else plain).append(match.span())
    return sorted(plain), sorted(negated)


def _at_words(text: str, start: int, end: int) -> Span:
    """The span drawn in to whole words."""
    while start > 0 and start < end and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > start and not text[end].isspace():
        end -= 1
    return start, end
