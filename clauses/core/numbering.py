"""The number a text starts with: "4.2", "(b)", "Section 12", "ARTICLE IV", "§ 3 Abs. 2", "Annex A", "第三条"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from clauses.core.abbreviations import MONTH

Style = Literal["word", "decimal", "letter"]

# Words before a number that names a section of its own; those of the first group say no more than the number.
_PLAIN_WORDS = (
    "section|sec|clause|nr|núm|abschnitt|ziffer|sección|seccion|sezione|secção|seção|cláusula|clausula|clausola"
    "|rozdział|punkt"
)
_NAMING_WORDS = (
    "article|artikel|artículo|articulo|articolo|artigo|art|§§?|part|teil|partie|parte|deel|chapter|kapitel|chapitre"
    "|capítulo|capitulo|capitolo|hoofdstuk|annex|annexe|anhang|anlage|anexo|allegato|bijlage|appendix|schedule|exhibit"
    "|title|titre|título|titolo|статья|раздел|глава|приложение|artykuł|čl|článek"
)
# A part or chapter holds sections that count on through all of them; an annex counts anew.
_THROUGH = re.compile(
    r"part|teil|partie|parte|deel|chapter|kapitel|chapitre|cap[ií]tul|capitolo|hoofdstuk|tit|раздел|глава|第.*[章編编部]|제.*[장편]",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"annexe?|anhang|anlage|anexo|allegato|bijlage|appendix|schedule|exhibit|приложение", re.IGNORECASE
)
_NEXT = r"(?=[^\W\d_a-zß-öø-ÿ]|[“\"'„«(\[¿¡「（])"
# "SECTION 9 CONTAINS A WAIVER" speaks of a section.
_REFERS = "(?i:applies|contains?|shall|will|may|governs?|sets|is|are|of|and|or|above|below|does|describes?)"
_WORD_MARK = re.compile(
    rf"(?i:(?P<plain>{_PLAIN_WORDS})|(?P<naming>{_NAMING_WORDS}))\.?\s*(?:(?i:no|nr|n°|nº|№)\.?\s*)?"
    r"(?P<value>\d{1,4}(?:\.\d{1,3}){0,4}[a-z]?|[IVXLC]{1,6}|[A-Z])\b"
    r"(?P<sub>\s+(?:Abs|Absatz|al|para|párr|ust)\.?\s*\d{1,3}(?:\s+(?:S|Satz|Nr)\.?\s*\d{1,3})?)?"
    rf"(?:\s*[.):]\s*[-–—]?(?=\s|\Z)|\s*[-–—](?=\s|\Z)|\s*\Z|\s+(?!{_REFERS}\b){_NEXT})"
)
_ASIAN_MARK = re.compile(
    r"(?P<label>(?:第\s*[一二三四五六七八九十百千零〇\d]{1,6}\s*[条條章节節款项項編编部]|제\s*\d{1,4}\s*[조장항절편관]))(?:[\s.、:：]+|(?=[(（【「])|\Z)"
    r"|(?P<count>[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*"
)
_DECIMAL = re.compile(
    r"(?P<dotted>\d{1,3}(?:\.\d{1,3}){1,4}|\d{1,2}\. \d{1,2}(?=\s+[A-Z][a-z]))"
    r"(?:[.)]?\s*\Z|[.)][-–—]?\s+(?=\S)|\s+[-–—]\s+|\s+"
    + _NEXT
    + r")|(?P<whole>\d{1,3})(?:[.)][-–—]?\s*\Z|[.)][-–—]?\s+(?=[^\W\d_]|[“\"'„«(\[¿¡「（]))"
)
_FIRST = re.compile(r"[(（]|[^\W\d_]+|§+")
_NAMES = re.compile(f"{_PLAIN_WORDS}|{_NAMING_WORDS}", re.IGNORECASE)
_LONGEST_LETTERS = 5
_LETTER = re.compile(
    r"(?:\((?P<inner>[a-zA-Z]|([a-z])\2|[ivxlc]{1,5}|[IVXLC]{1,5}|\d{1,2})\)|(?P<open>[a-zA-Z]|([a-z])\4|[ivxlc]{1,5}"
    r"|[IVXLC]{1,5})[.)])(?:\s*\Z|\s+(?=[^\W_]|[“\"'„«(\[¿¡]))"
)
# "aa)" stands below "a)"; whether "cc)" does or is a Roman number, its row tells.
DOUBLED = "2"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Mark:
    """The number at the start of a text; the words begin at `end`, which is the text's length where it has none.

    `label` is how it is cited. `parts` are the figures of a decimal number, or of a named one that is counted so.
    `counts` are its places in a row of letters and in one of Roman numbers: "(i)" is the ninth and the first.
    """

    end: int
    label: str
    style: Style
    parts: tuple[int, ...] = ()
    kind: str = ""
    counts: tuple[int, int] = (0, 0)

    @property
    def runs_through(self) -> bool:
        """Whether the numbers below it count on through its siblings: it adds nothing to their citation."""
        return self.style == "word" and _THROUGH.match(self.label) is not None

    @property
    def is_named(self) -> bool:
        """Whether a word stands before the number ("Section 12")."""
        return self.style != "letter" and bool(self.kind)

    @property
    def counts_anew(self) -> bool:
        """Whether the numbers below it begin again: those of an annex do."""
        return self.style == "word" and _ANEW.fullmatch(self.kind) is not None


def mark_of(text: str) -> Mark | None:
    """The number a text starts with, or None. A figure, a date or a reference in running text is none."""
    head = text[:60]
    # A mark at the end of a longer text's head would look like a text that is a mark and nothing else.
    found = _decimal(head) if head[:1].isdigit() else _worded(head)
    if found is None or found.end == len(head) < len(text):
        return None
    spaces = len(head[found.end :]) - len(head[found.end :].lstrip())
    return replace(found, end=found.end + spaces) if spaces else found


def _worded(text: str) -> Mark | None:
    """A mark that begins with a word, a letter or a bracket; most texts begin with a longer word."""
    first = _FIRST.match(text)
    if first is None:
        return None
    if first.group() in "(（":
        return _lettered(text) or _asian(text)
    if len(first.group()) <= _LONGEST_LETTERS and (found := _lettered(text)):
        return found
    return _named(text) if _NAMES.fullmatch(first.group()) else _asian(text)


def _named(text: str) -> Mark | None:
    match = _WORD_MARK.match(text)
    if match is None:
        return None
    value = match.group("value")
    parts = tuple(map(int, value.split("."))) if re.fullmatch(r"[\d.]+", value) else ()
    if not parts and value.isupper() and set(value.lower()) <= set(_ROMAN):
        parts = (_roman(value.lower()),)
    word = match.group("plain") or match.group("naming")
    if match.group("plain") and re.fullmatch(r"[\d.]+", value):
        return Mark(match.end(), value, "decimal", parts, word.casefold())
    label = value if match.group("plain") else text[: match.end("sub" if match.group("sub") else "value")]
    return Mark(match.end(), " ".join(label.split()), "word", parts, word.casefold())


def _asian(text: str) -> Mark | None:
    match = _ASIAN_MARK.match(text)
    if match is None:
        return None
    label = match.group("label") or match.group("count").rstrip("、")
    return Mark(match.end(), "".join(label.split()), "word", (), label[-1])


def _decimal(text: str) -> Mark | None:
    match = _DECIMAL.match(text)
    if match is None:
        return None
    figures = (match.group("dotted") or match.group("whole")).replace(" ", "")
    if match.group("whole") and MONTH.match(text, match.end()):
        return None
    return Mark(match.end(), figures, "decimal", tuple(map(int, figures.split("."))))


def _lettered(text: str) -> Mark | None:
    match = _LETTER.match(text)
    if match is None:
        return None
    value = match.group("inner") or match.group("open")
    case = "digit" if value.isdigit() else ("upper" if value.isupper() else "lower")
    kind = case + ("()" if match.group("inner") else match.group()[len(value)])
    if len(value) > 1 and value.lower()[0] not in _ROMAN and not value.isdigit():
        kind += DOUBLED
    label = value if kind == "upper." else f"({value})"
    return Mark(match.end(), label, "letter", (), kind, _counts(value.lower()))


def _counts(value: str) -> tuple[int, int]:
    """The place of a letter or figure in its row, and that of a Roman number; 0 where it is none."""
    if value.isdigit():
        return int(value), 0
    letter = ord(value[0]) - ord("a") + 1 + 26 * (len(value) - 1) if len(set(value)) == 1 else 0
    return letter, _roman(value) if set(value) <= set(_ROMAN) else 0


def _roman(value: str) -> int:
    figures = [_ROMAN[letter] for letter in value]
    later = [*figures[1:], 0]
    return sum(-one if one < following else one for one, following in zip(figures, later, strict=True))
