"""The two wordings of a clause that came, went or was edited: what differs, and where it stands."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from clauses.core.cached import cached
from clauses.core.change_rubric import ChangeRubric, StatementRule, WordRule
from clauses.core.content_words import content_stems
from clauses.core.editorial import without_links
from clauses.core.folding import folded
from clauses.core.leads import Led, led_within
from clauses.core.needed_words import Search
from clauses.core.norms import Norm, norms_of, shifted
from clauses.core.said import Said
from clauses.core.sentences import parts, sentences
from clauses.core.values import Classification, ReadClause, Run
from clauses.core.whole_phrases import drawn_in
from monitor.core.blocks import BLOCK_SEPARATOR, CELL_SEPARATOR

# How far a quote reaches around the words it is about, in characters.
_QUOTE_LENGTH = 240
# An exception stands at most so many characters after its "unless", and is one of so many new words or more.
_EXCEPTION_GAP = 25
_NEW_WORDS = 4
# The number of a clause stands before its title in so many characters.
_NUMBER_LENGTH = 12
Span = tuple[int, int]
# Cells and items of lists, of up to so many words, have no statement of their own.
SHORT = 12


# Not frozen: two are made for every change, and that makes each in a third of the time.
@dataclass(eq=False)
class Side:
    """One wording of a clause, with the spans that the other wording does not have.

    `clauses` are what it is made of: none, one, or several that were split or merged.
    """

    text: str
    changed: tuple[Span, ...]
    clauses: Sequence[ReadClause] = ()
    rules: StatementRule | None = None

    @cached
    def title_end(self) -> int:
        """Where a title that the text begins with ends: "Feedback. We may …" under the heading "Feedback"."""
        path = self.clauses[0].passage.heading_path if self.clauses else ()
        title = path[-1].strip(" .:") if path else ""
        at = self.text.find(title, 0, len(title) + _NUMBER_LENGTH) if title else -1
        is_run_in = at >= 0 and self.text[at + len(title) : at + len(title) + 1] in {".", ":"}
        return at + len(title) + 1 if is_run_in else 0

    @cached
    def norms(self) -> list[Norm]:
        """What it binds or frees the parties to, in order; an item of a list has what the introduction says."""
        found: list[Norm] = []
        at = 0
        if self.rules is None:
            return found
        for clause in self.clauses:
            own = norms_of(clause.passage, self.rules)
            found += [shifted(norm, at) for norm in own] if at else own
            at += len(clause.passage.text) + len(BLOCK_SEPARATOR)
        return found

    def norm_at(self, start: int, end: int) -> Norm | None:
        """The statement these characters belong to: the last that begins before their end in their sentence."""
        left, right = self.sentence(start, end)
        first = bisect_right(self._ends, left)
        found = self.norms[first : bisect_left(self._starts, right)]
        return next((norm for norm in reversed(found) if norm.start < end), found[0] if found else None)

    @cached
    def led(self) -> list[Led]:
        """The items of the lists inside of its sentences."""
        return list(led_within(self.text))

    @cached
    def acts(self) -> frozenset[tuple[bool, str, str]]:
        """Whether the user or somebody else does what, and by what force, wherever it is said."""
        return frozenset([(norm.bearer == "user", norm.verb, norm.force) for norm in self.norms])

    @cached
    def _starts(self) -> list[int]:
        return [norm.start for norm in self.norms]

    @cached
    def _ends(self) -> list[int]:
        return [norm.end for norm in self.norms]

    @cached
    def read(self) -> list[Classification]:
        """What was read from its clauses."""
        return [clause.classification for clause in self.clauses]

    @cached
    def folded(self) -> str:
        """The text as the patterns read it; of the same length."""
        return folded(self.text)

    @cached
    def sentences(self) -> list[Span]:
        """Its sentences as spans."""
        return sentences(self.text)

    @property
    def conceding(self) -> frozenset[str]:
        """Stems of the verbs by which the user gives something away."""
        return self.rules.conceding if self.rules else frozenset()

    @cached
    def content(self) -> frozenset[str]:
        """The stems of its words of content."""
        return content_stems(self.folded)

    @cached
    def content_of_duties(self) -> frozenset[str]:
        """The same of the sentences in which nobody else does anything and the user may do nothing."""
        others = (norm for norm in self.norms if norm.bearer != "user" or norm.force == "may")
        left_out = {self.sentence(norm.start, norm.end) for norm in others}
        said = (self.folded[slice(*one)] for one in self.sentences if one not in left_out)
        return content_stems(" ".join(said))

    def place_of(self, words: str) -> Span | None:
        """Where these words stand first; None where they do not, or are none."""
        start = self.text.find(words) if words else -1
        return (start, start + len(words)) if start >= 0 else None

    def is_changed(self, start: int, end: int) -> bool:
        """Whether any of these characters came or went."""
        # The spans are apart and in order: the first that ends behind the start is the only one to ask.
        at = bisect_right(self.changed, start, key=itemgetter(1))
        return at < len(self.changed) and self.changed[at][0] < end

    def is_said_anew(self, norm: Norm) -> bool:
        """Whether words of a statement came or went: its own, or those that lead into it."""
        leads = (led for led in self.led if led.start <= norm.start < led.end)
        places = [norm[-2:], *((led.begin, led.begin + len(led.lead)) for led in leads)]
        return any(self.is_changed(*place) for place in places)

    def is_exception_of_new(self, start: int) -> bool:
        """Whether these words only except something from what came (or went) with them: ", unless you …"."""
        at = bisect_right(self.changed, start, key=itemgetter(1))
        left = min(start, self.changed[at][0]) if at < len(self.changed) else start
        before, unless, after = self.folded[left:start].rpartition("unless")
        return bool(unless) and len(after) <= _EXCEPTION_GAP and len(before.split()) >= _NEW_WORDS

    @cached
    def statements(self) -> list[Span]:
        """Its sentences, denials apart from what is set against them, as spans."""
        return parts(self.text)

    def sentence(self, start: int, end: int) -> Span:
        """The sentence these characters begin in; itself where they stand in none."""
        return _around(self.sentences, start, end)

    def statement(self, start: int, end: int) -> Span:
        """The sentence or part of one these characters begin in; itself where they stand in none."""
        return _around(self.statements, start, end)

    def cell(self, start: int, end: int) -> str:
        """The cell of a row that these characters stand in; the text itself where it is no row."""
        left = self.text.rfind(CELL_SEPARATOR, 0, start) + 1
        right = self.text.find(CELL_SEPARATOR, end)
        return self.text[left : right if right >= 0 else None].strip(CELL_SEPARATOR)

    def quote(self, start: int, end: int) -> str:
        """The sentence around these characters as it stands in the text, or as much of it as is readable."""
        left, right = self.sentence(start, end)
        if right - left > _QUOTE_LENGTH:
            room = max(0, _QUOTE_LENGTH - (end - start)) // 2
            left, right = drawn_in(self.text, max(left, start - room), min(right, end + room))
        return self.text[left:right].strip()


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one whole version holds: a clause that only moved words about is measured against it.

    `headings` are its titles as `title_key` gives them, `said` its sentences.
    """

    types: frozenset[str]
    stances: Mapping[str, frozenset[int]]
    figures: frozenset[tuple[str, object]]
    headings: frozenset[str]
    said: Said


@dataclass(eq=False)
class ClauseEdit:
    """Both sides of a pair of clauses, one of them empty for an added or removed one, and their versions.

    `items` are those of a list that the clause introduces, as they stand below the old and below the new wording.
    """

    old: Side
    new: Side
    regions: tuple[Region, ...]
    versions: tuple[Inventory, Inventory]
    rubric: ChangeRubric
    items: tuple[tuple[ReadClause, ReadClause], ...] = ()

    @cached
    def searches(self) -> set[Search]:
        """The searches for words of the rubric that can find anything in either wording."""
        return self.rubric.searches.worth_making(f"{self.old.folded}\n{self.new.folded}")

    @cached
    def word_rules(self) -> list[WordRule]:
        """The rules whose words those are."""
        found = self.searches
        return [rule for rule in self.rubric.words if not found.isdisjoint(rule.searches)] if found else []

    @property
    def came(self) -> bool:
        """Whether there is a new side: of a whole clause, that it was added and not removed."""
        return bool(self.new.clauses)

    @property
    def is_whole(self) -> bool:
        """Whether a clause came or went."""
        return not (self.old.clauses and self.new.clauses)

    @property
    def whole(self) -> Side:
        """The new side, or the old one of a removed clause: all there is of a clause that came or went."""
        return self.new if self.came else self.old


class Region(NamedTuple):
    """One place of a redline: `old` was taken out and `new` put in; either may be empty."""

    old: Span
    new: Span

    def of(self, event: str) -> Span:
        """The place that shows what was extended, or what was narrowed."""
        return self.new if event == "extended" else self.old


def edit_of(
    old: Sequence[ReadClause],
    new: Sequence[ReadClause],
    runs: Sequence[Run],
    versions: tuple[Inventory, Inventory],
    rubric: ChangeRubric,
) -> ClauseEdit:
    """The edit that a redline shows."""
    before: list[Span] = []
    after: list[Span] = []
    regions: list[Region] = []
    i = j = 0
    start, changed = (i, j), 0
    # What is kept ends a region.
    for op, text in (*runs, Run("=", "")):
        length = len(text)
        if op == "=":
            if len(before) + len(after) > changed:
                regions.append(Region((start[0], i), (start[1], j)))
            i, j = i + length, j + length
            start, changed = (i, j), len(before) + len(after)
        elif op == "-":
            before += [(i, i + length)] * _is_worded(text)
            i += length
        else:
            after += [(j, j + length)] * _is_worded(text)
            j += length
    return ClauseEdit(
        Side(joined_text(old), tuple(before), old, rubric.statements),
        Side(joined_text(new), tuple(after), new, rubric.statements),
        tuple(regions),
        versions,
        rubric,
    )


def joined_text(clauses: Iterable[ReadClause]) -> str:
    """The wording of clauses that were split or merged, as one."""
    return BLOCK_SEPARATOR.join([clause.passage.text for clause in clauses])


def _is_worded(text: str) -> bool:
    """Whether a stretch holds words, and not only marks or what belongs to a link."""
    # One word, as most are, is no link: these hold marks or several words.
    return text.rstrip().isalnum() or any(map(str.isalnum, without_links(text)))


def _around(spans: Sequence[Span], start: int, end: int) -> Span:
    at = bisect_right(spans, (start, sys.maxsize)) - 1
    left, right = spans[at] if at >= 0 and start < spans[at][1] else (start, end)
    return left, max(right, end)
