"""The dates a document states of itself: from when it applies, and when it was last revised.

A date counts only beside a label ("gültig ab", "最后更新") in a line or sentence about this very text: a wrong date
does more harm than none. Neither is ever the day on which we saw the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from monitor.core.dates.languages import UNSPACED, Kind, Tongue, Words, shipped_words
from monitor.core.dates.written import Written, dates_in, western_figures

# Where a document states its own date, in characters; further on only a line that says little else counts.
_BEGINNING, _END = 3000, 1500
_MAX_DATE_LINE = 90
# So far apart two days still stand together: in the lines around a title, or in one paragraph.
_TOGETHER = 600
# What is looked at of such lines, at their beginning and at their end, and of all dates: a page may be a list of dates.
_SHORT_LINES, _MAX_DATES = 30_000, 500
# How far a label may be from its date, and how long the sentence before it may be.
_LABEL_SPACE, _SENTENCE, _MAX_WORDS = 110, 160, 14
_BOUNDARY = re.compile(r"\n|[|·•]|[.!?;:](?=\s)|[。！？；：]")
_WORD = re.compile(r"[^\W\d_]+(?:['’])?")
# A colon ends what may name a text, but not the sentence: "Related: Cookie Policy, updated …".
_STOP = re.compile(r"\n|[|·•]|[.!?;](?=\s)|[。！？；]")
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-Ý])(?=[A-ZÀ-Ý])")
_HEADING = 60
_CONTINUES = re.compile(r"\s*,\s*(?P<next>[^\W_]+)|[^\S\n]+(?P<lower>[^\W_]+)")


@dataclass(frozen=True, slots=True)
class _Label:
    """A label beside a date: the languages that have it, what stands before it, and how it looks.

    `sentence` reaches back over colons and other dates, `before` does not; `heading` is that of a list of dates.
    """

    tongues: list[Tongue]
    before: str
    sentence: str
    heading: str
    gap: str
    begins_line: bool
    is_capital: bool


def find_effective_date(text: str) -> date | None:
    """The date from which a document says that it applies; None when it does not say.

    Reads the languages of dates/languages.toml. A date without a label is never taken, nor a numeric one whose day
    and month could be exchanged in the label's language (3/4/2025 in English, not in French).
    """
    return _stated(text, "effective")


def find_updated_date(text: str) -> date | None:
    """The date on which a document says that it was last revised: when it was written, not when it applies."""
    return _stated(text, "updated")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A day that a text states, and where. `is_bare`: nothing but its place says what it is the day of."""

    start: int
    day: date
    is_bare: bool
    is_label_first: bool


def _stated(text: str, kind: Kind) -> date | None:
    """The day that stands nearest to what it dates: to the beginning of the document.

    What stands further on dates a section, an agreement beside this one or an entry in a log, and says nothing
    against it. Where the beginning states none, a sentence about this text counts wherever it stands, and a bare
    label at the end of the text.
    """
    shown = western_figures(_where_dates_stand(text))
    found = sorted(_statements(shown, kind), key=lambda statement: statement.start)
    if found and found[0].start < _BEGINNING:
        return _agreed([one for one in found if one.start - found[0].start <= _TOGETHER], kind)
    end = len(shown) - len(_short_lines(text[-_END:]))
    return _agreed([one for one in found if one.start >= end or not one.is_bare], kind)


def _agreed(found: Sequence[_Statement], kind: Kind) -> date | None:
    """The day of statements that stand together. Where they differ, which one counts is not for us to choose."""
    days = {one.day for one in found if one.is_label_first} or {one.day for one in found}
    # A history of revisions ("2020年4月1日制定 2025年8月28日改定") names the same thing several times.
    is_history = kind == "updated" and not any(one.is_label_first for one in found)
    return max(days) if len(days) == 1 or (days and is_history) else None


def _statements(text: str, kind: Kind) -> Iterator[_Statement]:
    words = shipped_words()
    dates = list(islice(dates_in(text), _MAX_DATES))
    yield from _labeled_before(text, dates, kind, words)
    yield from _labeled_after(text, dates, kind, words)


def _where_dates_stand(text: str) -> str:
    lines = _short_lines(text[_BEGINNING:])
    if len(lines) > 2 * _SHORT_LINES:
        lines = f"{lines[:_SHORT_LINES]}\n{lines[-_SHORT_LINES:]}"
    return f"{text[:_BEGINNING]}\n{lines}"


def _short_lines(text: str) -> str:
    """The short lines of a text that begins within one."""
    return "\n".join(line for line in text.split("\n")[1:] if len(line) <= _MAX_DATE_LINE)


def _labeled_before(text: str, dates: Iterable[Written], kind: Kind, words: Words) -> Iterator[_Statement]:
    last = 0
    for written in dates:
        space = text[max(last, written.start - _LABEL_SPACE) : written.start]
        found = words.before[kind].search(space)
        if found:
            label = _label(text, written.start - len(space) + found.start(), last, found, words)
            if _is_of_this(label, text[written.end :], words):
                for day in _days(written, label.tongues):
                    yield _Statement(written.start, day, _opens(label), is_label_first=True)
        last = written.end


def _labeled_after(text: str, dates: Iterable[Written], kind: Kind, words: Words) -> Iterator[_Statement]:
    last = 0
    for written in dates:
        found = words.after[kind].match(text, written.end)
        if found and not re.match(r"[^\W\d_]", text[found.end() : found.end() + 1]):
            label = _label(text, written.start, last, found, words)
            is_bare = not _WORD.search(label.before)
            if is_bare or _speaks_of_this(label):
                for day in _days(written, label.tongues):
                    yield _Statement(written.start, day, is_bare, is_label_first=False)
        last = written.end


def _label(text: str, at: int, last: int, found: re.Match[str], words: Words) -> _Label:
    """A label whose sentence reaches up to `at`, but not before the end of the last date."""
    name = found["label"]
    start = max(last, at - _SENTENCE)
    ends = [boundary.end() for boundary in _BOUNDARY.finditer(text, start, at)]
    start = ends[-1] if ends else start
    stops = [stop.end() for stop in _STOP.finditer(text, max(0, at - _SENTENCE), at)]
    return _Label(
        words.speaking(name),
        text[start:at],
        text[stops[-1] if stops else max(0, at - _SENTENCE) : at],
        _heading(text[:at]),
        found.groupdict().get("gap", ""),
        begins_line=not text[:at].rpartition("\n")[2].strip(' \t([*_-–—“"'),
        is_capital=not name[0].islower(),
    )


def _heading(text: str) -> str:
    """The heading above the line that a text ends in, and above the lines with dates before it: that of a list."""
    for line in reversed(text[-3 * _SENTENCE :].split("\n")[:-1]):
        bare = line.strip(" \t#*_-–—")
        if bare and not any(dates_in(western_figures(bare))):
            return bare if len(bare) <= _HEADING and bare[-1] not in ".!?。" else ""
    return ""


def _is_archive(heading: str, tongue: Tongue) -> bool:
    """Whether dates below a heading are those of earlier texts. "See the previous version" is a link, not a heading."""
    is_link = tongue.looks.search(heading) and heading[-1] not in ":："
    return bool(tongue.earlier.search(heading)) and not is_link


def _is_of_this(label: _Label, rest: str, words: Words) -> bool:
    """Whether a label before a date, which `rest` follows, dates this text."""
    if any(t.foreign.search(label.sentence) or _is_archive(label.heading, t) for t in label.tongues):
        return False
    if _opens(label):
        return ":" in label.gap or "：" in label.gap or _says_no_more(rest, label, words)
    if not _speaks_of_this(label):
        return False
    # "The Terms effective 1 May apply", "the Addendum (updated 1 May) is part of this": one of several texts.
    before = label.before.rstrip(" ,(")
    last = before.split()[-1].lstrip("(*_") if before.split() else ""
    chosen = any(tongue.nouns.fullmatch(last) for tongue in label.tongues)
    rest = rest.lstrip(")")
    skipped = words.follows.match(rest)
    rest = rest[skipped.end() :] if skipped else rest
    return not chosen or (not re.match(r"[^\S\n]+[^\W\d_A-ZÀ-Ý]", rest) and _says_no_more(rest, label, words))


def _days(written: Written, tongues: Iterable[Tongue]) -> Iterator[date]:
    """The day, where all languages that have the label read the same one."""
    days = {written.on(tongue.order) for tongue in tongues}
    day = days.pop() if len(days) == 1 else None
    if day:
        yield day


def _speaks_of_this(label: _Label) -> bool:
    """Whether the sentence before a label is about this text: "These terms are", "本規約は", "Acme Privacy Policy"."""
    if any(tongue.foreign.search(label.before) for tongue in label.tongues) or len(label.before) >= _SENTENCE:
        return False
    if ":" in label.gap or "：" in label.gap:
        return True
    has_noun = any(tongue.nouns.search(label.before + label.gap) for tongue in label.tongues)
    if re.search(UNSPACED, label.before):
        return has_noun
    is_glued = label.is_capital and label.before[-1:].isalnum()
    words = _WORD.findall(_GLUED.split(label.before)[-1] if is_glued else label.before)
    if not words or len(words) > _MAX_WORDS:
        return False
    return (has_noun or label.is_capital) and all(_may_name_it(word, label.tongues) for word in words)


def _may_name_it(word: str, tongues: Iterable[Tongue]) -> bool:
    return word[0].isupper() or any(t.own.fullmatch(word) or t.nouns.fullmatch(word) for t in tongues)


def _opens(label: _Label) -> bool:
    """Whether a label opens its line or sentence."""
    return not _WORD.search(label.before) and (label.begins_line or label.is_capital)


def _says_no_more(rest: str, label: _Label, words: Words) -> bool:
    """Whether what follows a date leaves it that of the text: "Effective 1 May, the law requires …" does not."""
    skipped = words.follows.match(rest)
    rest = rest[skipped.end() :] if skipped else rest
    found = _CONTINUES.match(rest)
    if not found:
        return True
    word = found["next"] or found["lower"]
    if any(tongue.own.fullmatch(word) or tongue.nouns.fullmatch(word) for tongue in label.tongues):
        ahead = rest[:40]
        return any(t.nouns.search(ahead) and not t.foreign.search(ahead) for t in label.tongues)
    if any(tongue.earlier.match(word) for tongue in label.tongues):
        return True
    follows = rest[found.start(found.lastgroup or 0) :]
    return any(tongue.labels.match(follows) for tongue in words.tongues)
