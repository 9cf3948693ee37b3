"""Where the sentences of a clause begin and end.

A small rule set: on lawyers' clause spans it does as well as trained splitters, and each boundary can be
explained.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from clauses.core.abbreviations import BEFORE_NUMBER, EITHER, IN_PARTS, MONTH, NEVER_END, NUMBERED, STARTER

_CLOSING = "\"'”’»›)\\]"
_BOUNDARY = re.compile(
    # What each of them begins with, asked first: that makes most steps one.
    r"(?=[.!?…‽。！？｡؟۔।॥።։;\u037e\s])(?:"
    rf"[.!?…‽](?:[{_CLOSING}]|[ \u00a0\u202f][»›]){{0,3}}(\s+)(?=\S)"
    # Scripts whose full stop is a mark of its own; most of them write no space after it.
    r"|[。！？｡؟۔।॥።։។။\u037e]+[\"'”’»›」』）】》〉)\]]{0,3}(\s*)(?=\S)"
    # Greek asks with a semicolon.
    r"|(?<=[\u0370-\u03ff\u1f00-\u1fff]);(\s+)(?=[«“\"(]?[\u0386-\u03ab\u1f08-\u1fef])"
    # Flat text from a page whose tags were dropped: "our systems.This policy".
    r"|(?<=[a-z]{3})[.!?]()(?=[A-Z][a-z]*\s)"
    r"|(?<!\s)\s*\n\s*)"
)
# The same for a text of ASCII letters without line breaks, in a third of the time.
_PLAIN_BOUNDARY = re.compile(
    rf"[.!?](?:[{_CLOSING}]{{0,3}}(\s+)(?=\S)|(?<=[a-z]{{3}}[.!?])()(?=[A-Z][a-z]*\s))"
)
_OPENING = re.compile(r"[\"'“”‘„«‹(\[¿¡「『（【《〈\s]{0,3}")
_BULLETS = frozenset("•●▪◦■□§")
# "(b) if you leave" after a full stop is the next item of a list within the paragraph.
_ITEM_MARK = re.compile(r"\(?(?:[a-z]|[ivx]{1,5})\)\s?[^\W\d_]")
_LAST_WORD = re.compile(r"[\w.&'’°º-]{1,30}$")
_NUMBER = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{1,5})[)\].]{1,2}"
    r"|(?:§|section|article|artikel|artículo|articolo|artigo|clause|part|annex|schedule|chapter|abschnitt)\s*[\w.]{1,7}\.",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 24
_ELISION = re.compile(r"^(?:l|d|qu|dell|all|nell|sull|un)['’]")
_CAPITALS = re.compile(r"(?:[A-Za-z]\.){1,4}")

_SUBJECT = r"(?:we|they|it|you|our|your|the|this|these|some|certain|others?(?! than))\b"
_TURN = re.compile(
    rf"[,;:] (?=(?:but|however|yet|although|though|whereas|and),? {_SUBJECT})|[,;] (?={_SUBJECT})"
    rf"|\s(?=(?:but|although|though|whereas) {_SUBJECT})",
    re.IGNORECASE,
)
_NOT = r"(?:\b(?:not|never|cannot|no longer)|n[’']t)\b"
# "We do not sell" denies; "if you do not agree" and "closing it does not undo" do not.
_DENIAL = re.compile(
    # What each begins with, asked first: that makes most steps one.
    rf"(?=[nc])(?<!\byou do )(?<!\byou may )(?<!\byou will )(?<!\byou ){_NOT}(?: \w+){{0,3}}? [\"“‘']?"
    r"(?:sell|rent|trade|lease|share"
    r"|disclose|give|pass|provide|transfer|use|collect|track|train|profile|target|store|keep|retain|read|scan|show"
    r"|serve|sold|rented|shared|disclosed|transferred|used|collected|tracked|trained|stored|kept|retained)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, in order, without the white space between them.

    `text[start:end]` is never empty; together the spans cover every character that is not white space. A line
    break always ends a sentence. A list number ("12.3. Refunds") stays with the sentence it numbers.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    boundaries = _PLAIN_BOUNDARY if text.isascii() and "\n" not in text else _BOUNDARY
    for boundary in boundaries.finditer(text):
        mark = boundary.group()[0]
        if mark in ".!?…‽" and not _ends_sentence(text, start, boundary):
            continue
        _append(spans, text, start, boundary.end())
        start = boundary.end()
    _append(spans, text, start, len(text))
    return spans


def parts(text: str) -> list[tuple[int, int]]:
    """The sentences, each split where a denial ends: "We do not sell your data, | but we share it."

    A denial reaches to the word or mark that sets a statement with a subject of its own against it, unless
    that statement is a denial too. Spans as those of `sentences`.
    """
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        left = start
        # Found once: to search on both sides of every turn would cost the square of their number.
        denials = [denial.span() for denial in _DENIAL.finditer(text, start, end)]
        for turn in _TURN.finditer(text, start, end) if denials else ():
            first = bisect_left(denials, (left, 0))
            if first < len(denials) and denials[first][1] <= turn.start() and denials[-1][0] < turn.end():
                _append(spans, text, left, turn.start() + 1)
                left = turn.start() + 1
        _append(spans, text, left, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if bare := piece.strip():
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, start + lead + len(bare)))


def _ends_sentence(text: str, start: int, boundary: re.Match[str]) -> bool:
    stop, following = boundary.start(), boundary.end()
    first = _OPENING.match(text, following)
    after = text[first.end() : first.end() + 1] if first else ""
    if not _begins(after) and not _ITEM_MARK.match(text, following):
        return False
    return text[stop] != "." or _is_full_stop(text, start, stop, following)


def _begins(letter: str) -> bool:
    """Whether a sentence may begin with a character: a capital, a figure, a bullet, a letter that has no case."""
    return letter.isdigit() or letter in _BULLETS or (letter.isalpha() and not letter.islower())


def _is_full_stop(text: str, start: int, stop: int, following: int) -> bool:
    if stop - start < _LONGEST_NUMBER and _NUMBER.fullmatch(text[start : stop + 1].strip()):
        return False
    found = _LAST_WORD.search(text, max(start, stop - 30), stop)
    word = found.group().lower() if found else ""
    word = _ELISION.sub("", word)
    if word in NEVER_END or IN_PARTS.search(text[max(start, stop - 12) : stop]):
        return False
    if word in BEFORE_NUMBER:
        return NUMBERED.match(text, following) is None
    if word.isdigit() and len(word) < 3:
        return MONTH.match(text, following) is None
    if word in EITHER or _CAPITALS.fullmatch(word + "."):
        return STARTER.match(text, following) is not None
    return True
