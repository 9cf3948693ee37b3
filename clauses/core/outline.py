"""Which headings and numbers stand above the words that are read next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clauses.core.numbering import DOUBLED, Mark

# Numbered paragraphs stand below every heading, lettered ones below these.
_PARAGRAPH = 100
_LETTER = 200
_MOST_LETTERS = 6
_NO_MARK = Mark(0, "", "decimal")


@dataclass(frozen=True, slots=True)
class _Step:
    """A heading, or the number of a paragraph with the heading that runs into it."""

    level: int
    title: str
    mark: Mark


class Outline:
    """Headings and numbers from the outermost to the innermost, as reading on changes them."""

    def __init__(self) -> None:
        self._steps: list[_Step] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The titles in force, outermost first."""
        return tuple(step.title for step in self._steps if step.title)

    @property
    def number(self) -> str:
        """What the words read next are cited by: "4.2(b)", "Annex A, 1.2"; "" where nothing is numbered."""
        marks = [step.mark for step in self._steps if step.mark.label]
        cited = ""
        last = _NO_MARK
        for place, mark in enumerate(marks):
            if mark.runs_through and place + 1 < len(marks):
                continue
            cited = _cite(cited, last, mark)
            last = mark
        return cited

    @property
    def letters(self) -> int:
        """How many lettered paragraphs stand around the words read next."""
        return sum(step.level == _LETTER for step in self._steps)

    @property
    def _annex(self) -> int:
        """The place of the innermost annex around the words read next; -1 for none."""
        return max((at for at, step in enumerate(self._steps) if step.mark.counts_anew), default=-1)

    def last_count(self, kind: str) -> int:
        """The place in its row of the innermost lettered paragraph of a kind; 0 for none."""
        return next((step.mark.counts[0] for step in reversed(self._steps) if step.mark.kind == kind), 0)

    def open(self, level: int, title: str, mark: Mark | None) -> None:
        """A heading of a level from 1 begins; those as deep as it and deeper end.

        One that counts on from another is as deep as that, and an annex stands in no numbered section.
        """
        level = min(level, self._level_of_row(mark)) if mark else level
        if mark and mark.counts_anew:
            numbered = (
                at for at, step in enumerate(self._steps) if step.mark.parts and not step.mark.counts_anew
            )
            del self._steps[next(numbered, len(self._steps)) :]
        while self._steps and self._steps[-1].level >= level:
            self._steps.pop()
        self._steps.append(_Step(level, title, mark or _NO_MARK))

    def _level_of_row(self, mark: Mark) -> int:
        """The level of the heading that bears the number before this one."""
        for step in reversed(self._steps):
            last = step.mark
            is_same = (last.style, last.kind, last.parts[:-1]) == (mark.style, mark.kind, mark.parts[:-1])
            if is_same and mark.parts and last.parts and last.parts[-1] + 1 == mark.parts[-1]:
                return step.level
        return _LETTER

    def enter(self, mark: Mark, title: str) -> None:
        """A numbered paragraph begins; `title` is the heading that runs into it, or ""."""
        if mark.style == "letter":
            self._enter_letter(mark, title)
            return
        self.leave_letters()
        if mark.style == "decimal":
            self._close_before(mark, title)
        else:
            self._close_named(mark)
        self._steps.append(_Step(_PARAGRAPH, title, mark))

    def leave_letters(self) -> None:
        """Words without a number follow: they are no part of the lettered paragraph before them."""
        while self._steps and self._steps[-1].level == _LETTER:
            self._steps.pop()

    def _enter_letter(self, mark: Mark, title: str) -> None:
        first = len(self._steps) - self.letters
        level = _LETTER
        for at in range(len(self._steps) - 1, -1, -1):
            step = self._steps[at]
            if step.mark.style == "letter" and (following := _following(step.mark, mark)):
                level = _LETTER if step.level == _LETTER else _PARAGRAPH
                mark = replace(mark, counts=following, kind=step.mark.kind)
                del self._steps[at:]
                break
        else:
            self._begin_row(mark, first)
            if 1 in mark.counts:
                mark = replace(mark, counts=(int(mark.counts[0] == 1), int(mark.counts[1] == 1)))
        self._steps.append(_Step(level, title, mark))

    def _begin_row(self, mark: Mark, first: int) -> None:
        """A letter that follows none: deeper, or later in a row of which some are missing."""
        same = [at for at in range(first, len(self._steps)) if self._steps[at].mark.kind == mark.kind]
        if same and 1 not in mark.counts:
            del self._steps[same[-1] :]
        elif len(self._steps) - first >= _MOST_LETTERS:
            del self._steps[first:]

    def _close_before(self, mark: Mark, title: str) -> None:
        """Ends what a decimal number follows or is no part of."""
        if len(mark.parts) == 1:
            self._close_whole(mark.parts[0], title)
            return
        self._close_outer(mark)
        while self._steps and (parts := self._steps[-1].mark.parts):
            last = self._steps[-1]
            if (
                _holds(last.mark, mark)
                or last.mark.counts_anew
                or (last.level < _PARAGRAPH and not mark.parts > parts)
            ):
                return
            self._steps.pop()

    def _close_outer(self, mark: Mark) -> None:
        """Ends the outermost paragraph like "4.2" that a number is no part of, with all in it: at 4.3, or 4.2 again."""
        for at in range(self._annex + 1, len(self._steps)):
            step = self._steps[at]
            is_part = step.mark.style == "decimal" and len(step.mark.parts) > 1
            if step.level == _PARAGRAPH and is_part and not _holds(step.mark, mark):
                del self._steps[at:]
                return

    def _close_whole(self, number: int, title: str) -> None:
        """Ends the steps from the one that a whole number counts on from; a list that starts anew ends the last."""
        found = [at for at in range(self._annex + 1, len(self._steps)) if self._precedes(at, number)]
        titled = [at for at in found if bool(self._steps[at].title) == bool(title)]
        if found:
            del self._steps[(titled or found)[-1] :]
            return
        while self._steps and self._steps[-1].level == _PARAGRAPH and not self._holds_list(number, title):
            self._steps.pop()

    def _precedes(self, at: int, number: int) -> bool:
        """Whether a step bears the whole number before this one, or is the outermost that begins with it."""
        mark = self._steps[at].mark
        if mark.style != "decimal" or mark.parts[0:1] != (number - 1,):
            return False
        return len(mark.parts) == 1 or at == 0 or self._steps[at - 1].mark.parts[:1] != mark.parts[:1]

    def _holds_list(self, number: int, title: str) -> bool:
        """Whether a list from 1 may stand in the last step: in a titled or a deeper one."""
        last = self._steps[-1]
        return (
            number == 1
            and not title
            and (bool(last.title) or len(last.mark.parts) > 1 or last.mark.style == "word")
        )

    def _close_named(self, mark: Mark) -> None:
        same = [
            at
            for at, step in enumerate(self._steps)
            if step.mark.style == "word" and step.mark.kind == mark.kind
        ]
        if same:
            del self._steps[same[-1] :]
        while self._steps and self._steps[-1].level == _PARAGRAPH and self._steps[-1].mark.style != "word":
            self._steps.pop()


def _holds(outer: Mark, mark: Mark) -> bool:
    """Whether a number is deeper than another and begins with it: 4.2 and 4."""
    return len(outer.parts) < len(mark.parts) and mark.parts[: len(outer.parts)] == outer.parts


def _following(last: Mark, mark: Mark) -> tuple[int, int] | None:
    """The places a letter takes as the next of a row, of letters or of Roman numbers; None where it is not the next."""
    if last.kind not in {mark.kind, mark.kind + DOUBLED}:
        return None
    letter, roman = (
        count if before and count == before + 1 else 0
        for count, before in zip(mark.counts, last.counts, strict=True)
    )
    return (letter, roman) if letter or roman else None


def _cite(cited: str, last: Mark, mark: Mark) -> str:
    """A citation with one more number after it; `last` is the number before."""
    if not cited:
        return mark.label
    if mark.style == "letter" and mark.label.startswith("("):
        return cited + mark.label
    if last.counts_anew:
        return f"{cited}, {mark.label}"
    if mark.style == "word":
        return mark.label
    if len(mark.parts) > 1:
        outer, comma, _ = cited.rpartition(", ")
        return outer + comma + mark.label
    return f"{cited}.{mark.label}" if last.style == "letter" and cited.isalnum() else f"{cited}({mark.label})"
