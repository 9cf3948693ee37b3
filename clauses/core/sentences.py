"""Where the sentences of a clause begin and end.

A small rule set: on lawyers' clause spans it does as well as trained splitters, and each boundary can be
explained.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_BOUNDARY = re.compile(
    r"[.!?…][\"'”’)\]]{0,3}(\s+)(?=[\"'“‘(\[]?[A-Z0-9À-Þ])"
    # Flat text from a page whose tags were dropped: "our systems.This policy".
    r"|(?<=[a-z]{3})[.!?]()(?=[A-Z][a-z]*\s)"
    r"|(?<!\s)\s*\n\s*"
)
_LAST_WORD = re.compile(r"[\w.&'’-]{1,30}$")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{1,5})[)\].]{1,2}")
_CAPITALS = re.compile(r"(?:[A-Za-z]\.){1,4}")
# A name or figure follows these, so a full stop after them ends nothing.
_TITLES = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "art", "arts", "sec", "secs", "cl", "para",
    "paras", "ch", "fig", "vol", "pp", "ed", "v", "vs", "cf", "approx", "incl", "e.g", "i.e", "eg",
    "ie", "viz", "al", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
    "dec", "reg",
})  # fmt: skip
# These may end a sentence or stand before a capital inside one: the next word decides.
_EITHER = frozenset({
    "inc", "ltd", "llc", "corp", "co", "plc", "gmbh", "etc", "bv", "s.a", "n.v", "u.s", "u.k", "e.u",
    "u.s.a", "a.m", "p.m", "d.c", "ave", "blvd",
})  # fmt: skip
_STARTER = re.compile(
    r"[\"'“‘(\[]?(?:We|You|The|This|These|Those|If|Our|Your|In|By|All|Any|However|To|When|Where|It|For|As|At|On|A"
    r"|An|No|Please|Such|That|Unless|Except|Some|Other|You're|They|There|After|Before|Once|Under|Upon|With)\b"
)

_SUBJECT = r"(?:we|they|it|you|our|your|the|this|these|some|certain|others?)\b"
_TURN = re.compile(
    rf"[,;:] (?=(?:but|however|yet|although|though|whereas|and),? {_SUBJECT})|[,;] (?={_SUBJECT})"
    rf"|\s(?=(?:but|although|though|whereas) {_SUBJECT})",
    re.IGNORECASE,
)
_NOT = r"(?:\b(?:not|never|cannot|no longer)|n[’']t)\b"
# "We do not sell" denies; "if you do not agree" and "closing it does not undo" do not.
_DENIAL = re.compile(
    rf"(?<!\byou do )(?<!\byou may )(?<!\byou will )(?<!\byou ){_NOT}(?: \w+){{0,3}}? (?:sell|rent|trade|lease|share"
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
    for boundary in _BOUNDARY.finditer(text):
        mark = boundary.group()[0]
        if mark == "." and not _ends_sentence(text, start, boundary.start(), boundary.end()):
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


def _ends_sentence(text: str, start: int, stop: int, following: int) -> bool:
    if _ENUMERATOR.fullmatch(text[start : stop + 1].strip()):
        return False
    found = _LAST_WORD.search(text, max(start, stop - 30), stop)
    word = found.group().lower() if found else ""
    if word in _EITHER or _CAPITALS.fullmatch(word + "."):
        return _STARTER.match(text, following) is not None
    return word not in _TITLES
