"""From the lines of a PDF to its blocks: what a page repeats goes, what a line end broke is joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from monitor.core.drafts import Draft
from monitor.core.page_numbers import page_number, without_page_number
from monitor.core.typed_marks import LIST_MARK, ends_sentence, reads_as_title

_BULLET = re.compile(r"[•◦▪▫‣⁃●○■□·–—*-]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:[^\W\d]+\s+)?(\d{1,3}(?:\.\d{1,3}){0,4})[.)]?\s+\S")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010]\Z")
_CONTINUES = re.compile(r"[^\W\d_]+")

# Lines this near to the upper or lower edge of what a page holds may be its header or footer.
_EDGE_LINES = 3
_SAME_HEIGHT = 6.0
_MIN_PAGES = 3
_MOST_PAGES = 0.5
# A line this much larger than the text is a heading; up to that, sizes count as the same.
_LARGER = 1.12
_SAME_SIZE = 0.06
# Lines of one paragraph stand at the usual distance, or a little more.
_WIDER = 1.35
_INDENT = 8.0
# A line that leaves so much of the width free was ended by its author.
_FULL = 0.7
_HALF = 0.5
# Two lines that both leave two thirds free are a list whose marks were drawn. No column is narrower than this.
_SHORT = 1 / 3
_LEAST_CHARACTERS = 45
_MAX_HEADING_WORDS = 25
_LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its page, the distance of its beginning from left and foot in points, and its size."""

    page: int
    x: float
    y: float
    size: float
    is_bold: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in a document: size of its text, distance of its lines as a multiple of that, longest lines."""

    size: float
    leading: float
    characters: int
    words: frozenset[str]


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


def laid_out(lines: Sequence[Line]) -> Iterator[Draft]:
    """The blocks of a document. Page numbers are dropped; a header or footer stands once, where it came first.

    Lines are joined to paragraphs over line and page ends. A heading is larger than the text, or stands alone in bold.
    """
    kept = list(_without_furniture(lines))
    if not kept:
        # Nothing but page numbers.
        kept = list(lines)
    usual = _measure(kept)
    paragraphs = _paragraphs(kept, usual)
    sizes = sorted(
        {_rounded(part.first.size) for part in paragraphs if _is_larger(part, usual)}, reverse=True
    )
    for paragraph in paragraphs:
        yield _draft(paragraph, usual, sizes)


def _without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    pages = [list(found) for _, found in groupby(lines, key=lambda line: line.page)]
    edges = [_edges(page) for page in pages]
    keys = {line: _furniture_key(line, len(pages)) for edge in edges for line in edge}
    numbers = _page_numbers(edges)
    repeated = _on_most(({keys[line] for line in edge} for edge in edges), len(pages))
    shown: set[tuple[str, int]] = set()
    for page, edge in zip(pages, edges, strict=True):
        for line in page:
            if line in edge and (line in numbers or keys[line] in shown):
                continue
            if line in edge and keys[line] in repeated:
                shown.add(keys[line])
            yield line


def _on_most(found: Iterable[Iterable[Hashable]], pages: int) -> set[Hashable]:
    """What more than half of the pages have, and at least three."""
    seen = Counter(each for page in found for each in page)
    return {each for each, count in seen.items() if count >= _MIN_PAGES and count > _MOST_PAGES * pages}


def _page_numbers(edges: Sequence[set[Line]]) -> set[Line]:
    """The lines that number their page: what they are ahead of the page's place is the same on several pages.

    A number without a word for "page" is one where most pages have theirs at this height.
    """
    found = {line: said for edge in edges for line in edge if (said := page_number(line.text))}
    usual = _on_most(({_height(line) for line in edge if line in found} for edge in edges), len(edges))
    ahead = Counter(said.number - line.page for line, said in found.items())
    return {
        line
        for line, said in found.items()
        if ahead[said.number - line.page] >= _MIN_PAGES and (said.is_named or _height(line) in usual)
    }


def _edges(page: Sequence[Line]) -> set[Line]:
    by_height = sorted(page, key=lambda line: -line.y)
    return {*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]}


def _furniture_key(line: Line, pages: int) -> tuple[str, int]:
    return without_page_number(line.text, pages), _height(line)


def _height(line: Line) -> int:
    return round(line.y / _SAME_HEIGHT)


def _measure(lines: Sequence[Line]) -> _Measure:
    sizes: Counter[float] = Counter()
    words: set[str] = set()
    for line in lines:
        sizes[_rounded(line.size)] += len(line.text)
        # The last word may be half of one.
        words.update(word.casefold() for word in _WORD.findall(line.text)[:-1])
    size = max(sizes, key=lambda found: (sizes[found], found))
    body = [line for line in lines if _rounded(line.size) == size]
    gaps = [
        (above.y - below.y) / size
        for above, below in pairwise(body)
        if size and above.page == below.page and 0.5 * size < above.y - below.y < 3 * size
    ]
    lengths = sorted(len(line.text) for line in body)
    return _Measure(size, _usual_gap(gaps), lengths[len(lengths) * 9 // 10], frozenset(words))


def _usual_gap(gaps: Sequence[float]) -> float:
    """The distance of lines inside paragraphs: of the frequent ones the least."""
    if not gaps:
        return 1.2
    middle = median(gaps)
    return median([gap for gap in gaps if gap <= middle])


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _paragraphs(lines: Iterable[Line], usual: _Measure) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    for line in lines:
        if found and _continues(found[-1], line, usual):
            found[-1].lines.append(line)
        else:
            found.append(_Paragraph([line]))
    return found


def _continues(paragraph: _Paragraph, line: Line, usual: _Measure) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = paragraph.last
    if LIST_MARK.match(line.text) or not _is_alike(last, line):
        return False
    if last.page != line.page or line.y > last.y + last.size:
        # The next page or column.
        return not ends_sentence(last.text) and _is_full(last, usual) and not _is_larger(paragraph, usual)
    if last.y - line.y > _WIDER * usual.leading * max(line.size, 1):
        return False
    return _is_larger(paragraph, usual) or _flows(paragraph, line, usual)


def _is_alike(last: Line, line: Line) -> bool:
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size):
        return False
    return last.is_bold == line.is_bold or not (
        reads_as_title(last.text, emphatic=last.is_bold) and len(last.text) < len(line.text)
    )


def _is_full(line: Line, usual: _Measure) -> bool:
    return len(line.text) >= _HALF * usual.characters


def _flows(paragraph: _Paragraph, line: Line, usual: _Measure) -> bool:
    """Whether two lines at the usual distance are one paragraph, by where the first ends and the second begins."""
    last = paragraph.last
    is_item = bool(LIST_MARK.match(paragraph.first.text))
    if ends_sentence(last.text):
        is_indented = line.x - last.x > _INDENT and not is_item
        return not is_indented and len(last.text) >= _FULL * usual.characters
    if _is_short(last, usual) and _is_short(line, usual) and not last.text.endswith("-"):
        return False
    first = next(filter(str.isalnum, line.text), "")
    return first.islower() or _is_full(last, usual)


def _is_short(line: Line, usual: _Measure) -> bool:
    return len(line.text) <= _SHORT * max(usual.characters, _LEAST_CHARACTERS)


def _is_larger(paragraph: _Paragraph, usual: _Measure) -> bool:
    if paragraph.first.size < _LARGER * usual.size or len(paragraph.lines) > _MAX_HEADING_WORDS:
        return False
    return sum(len(line.text.split()) for line in paragraph.lines) <= _MAX_HEADING_WORDS


def _draft(paragraph: _Paragraph, usual: _Measure, sizes: Sequence[float]) -> Draft:
    text = _joined(paragraph.lines, usual.words)
    page = paragraph.first.page
    if _is_larger(paragraph, usual) and any(map(str.isalpha, text)):
        return Draft("heading", text, min(1 + sizes.index(_rounded(paragraph.first.size)), 6), page=page)
    is_bold = all(line.is_bold for line in paragraph.lines)
    if is_bold and reads_as_title(text, emphatic=True):
        numbered = _NUMBERED.match(text)
        deeper = numbered.group(1).count(".") if numbered else 0
        return Draft("heading", text, min(len(sizes) + 1 + deeper, 6), page=page)
    bullet = _BULLET.match(text)
    if bullet:
        return Draft("item", text[bullet.end() :], 1, page=page)
    return Draft("item", text, 1, page=page) if LIST_MARK.match(text) else Draft("paragraph", text, page=page)


def _joined(lines: Sequence[Line], words: frozenset[str]) -> str:
    return (
        "".join(_ending(line.text, following.text, words) for line, following in pairwise(lines))
        + lines[-1].text
    )


def _ending(text: str, following: str, words: frozenset[str]) -> str:
    """A line as it stands before the next one: a word broken between them is made whole, else a space follows.

    The hyphen stays where the document writes it inside a line, or writes both halves as words of their own.
    """
    broken, rest = _BROKEN.search(text[-_LONGEST_WORD:]), _CONTINUES.match(following)
    if not broken or not rest or not rest.group()[0].islower():
        return f"{text} "
    first, second = broken.group(1).casefold(), rest.group().casefold()
    is_whole = first + second in words
    is_compound = f"{first}-{second}" in words or (first in words and second in words)
    return text if is_compound and not is_whole else text[:-1]
