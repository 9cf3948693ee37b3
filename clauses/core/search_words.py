"""Words as the search sees them: the same for what is indexed, what is asked for and what is marked in a result.

No language is assumed: no word is left out as too common and none is cut down to its stem, so that legal words are
found as they stand ("notice" is not "notices"; "notice*" is both), and a German clause is as findable as an English
one. Letter case, accents and apostrophes do not count. Where a script writes no spaces, each character is a word, and
several in a row are looked for as a phrase. A word counts by its first 200 letters and digits, as long as PostgreSQL
can hold it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

QUOTATION_MARKS = '"“”„«»'
# Chinese, Japanese and Thai write no spaces.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
# A quoted phrase or a run without spaces; a minus before it, a star behind it.
_ASKED = re.compile(
    rf"(-?)(?:[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]+)[{QUOTATION_MARKS}](\*?)|([^\s{QUOTATION_MARKS}]+))"
)
_MOST_TERMS = 20
# A word of a `tsvector` is shorter than 2,048 bytes, and all of them together are shorter than a megabyte. A letter
# takes four bytes at most; a heading and a text that are as long as can be fit in.
_LONGEST_WORD = 200
_MOST_INDEXED_WORDS = 16_000
_MOST_INDEXED_LETTERS = 100_000
_LEAST_OF_A_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, folded. `is_prefix`: the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def fits(self, found: Sequence[str]) -> bool:
        """Whether so many folded words are it."""
        if len(found) != len(self.words) or found[:-1] != list(self.words[:-1]):
            return False
        last = self.words[-1]
        return found[-1].startswith(last) if self.is_prefix else found[-1] == last


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for: one term of every group, and none of the excluded ones."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not self.groups and not self.excluded

    @property
    def is_contradiction(self) -> bool:
        """Whether all that could stand for a wanted word is excluded, so that nothing fits: "fee -fee"."""
        return any(set(group) <= set(self.excluded) for group in self.groups)

    @property
    def terms(self) -> list[Term]:
        """What may stand in a result."""
        return [term for group in self.groups for term in group]


def folded_words(text: str) -> list[str]:
    """The words of a text in the form in which they are compared."""
    return [word for word, _, _ in _placed(text)]


def indexed_words(text: str) -> list[str]:
    """The folded words of a text, as many from its beginning as an index can hold: 16,000, of 100,000 letters."""
    words: list[str] = []
    room = _MOST_INDEXED_LETTERS
    for word in islice(folded_words(text), _MOST_INDEXED_WORDS):
        room -= len(word)
        if room < 0:
            break
        words.append(word)
    return words


def parse_search(words: str) -> Search:
    """What a reader typed: words, "words in a row", -without, begin*, one OR other. Anything else counts as a space."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joins = False
    for minus, phrase, star, single in list(_ASKED.findall(words))[:_MOST_TERMS]:
        if single == "OR":
            joins = bool(groups)
            continue
        term = _term(phrase or single, bool(star) or single.endswith("*"))
        if term is None:
            continue
        if minus:
            excluded.append(term)
        elif joins:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joins = False
    return Search(tuple(groups), tuple(excluded))


def _term(words: str, is_prefix: bool) -> Term | None:
    found = tuple(folded_words(words))
    if not found:
        return None
    return Term(found, is_prefix and len(found[-1]) >= _LEAST_OF_A_PREFIX)


def marked(text: str, terms: Iterable[Term], longest: int = 320) -> list[tuple[str, str]]:
    """The text, or a stretch of it around what was found first, as runs: ("=" or "!", text), "!" for what was found.

    A run ("…", "") stands where text was left out. The runs without it are the text of the stretch, unchanged.
    """
    spans = _spans(text, list(terms))
    start, end = _stretch(text, spans[0][0] if spans else 0, longest)
    runs: list[tuple[str, str]] = [("…", "")] if start else []
    at = start
    for begin, stop in spans:
        if at <= begin and stop <= end:
            runs += [("=", text[at:begin]), ("!", text[begin:stop])]
            at = stop
    runs.append(("=", text[at:end]))
    if end < len(text):
        runs.append(("…", ""))
    return [run for run in runs if run[1] or run[0] == "…"]


def _spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where a term stands, the longest of those that begin at a word; none overlaps the one before."""
    placed = list(_placed(text)) if terms else []
    lengths = sorted({len(term.words) for term in terms}, reverse=True)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(placed):
        fitting = (size for size in lengths if at + size <= len(placed))
        step = next((size for size in fitting if _fits(placed[at : at + size], terms)), 0)
        if step:
            found.append((placed[at][1], placed[at + step - 1][2]))
        at += step or 1
    return found


def _fits(placed: Sequence[tuple[str, int, int]], terms: Sequence[Term]) -> bool:
    words = [word for word, _, _ in placed]
    return any(term.fits(words) for term in terms)


def _stretch(text: str, first: int, longest: int) -> tuple[int, int]:
    """A stretch of whole words that begins a little before what was found first."""
    if len(text) <= longest:
        return 0, len(text)
    wanted = max(0, min(first - longest // 4, len(text) - longest))
    start = text.find(" ", wanted) + 1 if wanted else 0
    start = start if start <= first else wanted
    end = text.rfind(" ", first, start + longest + 1) if start + longest < len(text) else len(text)
    return start, end if end > first else start + longest


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words with their place in the text."""
    for match in _WORD.finditer(text):
        plain = unicodedata.normalize("NFKD", match[0].casefold())
        word = "".join(letter for letter in plain if letter.isalnum())[:_LONGEST_WORD]
        if word:
            yield word, match.start(), match.end()
