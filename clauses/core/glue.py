"""Where a text without line breaks lost a separator: "…your settings.Data RetentionWe keep…" lost two."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

STARTERS = (
    "We|You|Your|Our|The|This|These|Those|If|In|To|It|For|When|Where|By|As|All|Any|Please|There|An|At"
    "|On|Under|Upon"
    "|Unless|Such|No|However|Some|Each|Other|After|Before"
)
# A full stop or colon, closing marks, and at once a capital or a section number.
_PUNCTUATED = re.compile(
    r"(?:(?<=[^\W_])|(?<=[)\]%”\"]))[.!?:;][”\")\]]*(?=[“(]?[A-Z](?:[a-z]|[A-Z]|\s))"
    # The parts of "1.2. Fees" touch, but belong together.
    r"|(?:(?<=[^\W\d_])|(?<=[)\]%”\"]))[.!?:;][”\")\]]*(?=\d{1,2}(?:\.\d{1,2}){0,3}\.?\s[A-Z“])"
    r"|(?<=\w)[)\]”\"](?=[A-Z][a-z])|(?<=[.!?])[)\]”](?=[A-Z][a-z])"
)
_INITIALS = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]\.)*[A-Z]\.$")
_LETTERS = re.compile(r"[A-Za-z’']+")
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AFTER_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?=[A-Z][a-z]{2})")
_AFTER_CAPITALS = re.compile(rf"(?<=[A-Z]{{2}})(?=(?:{STARTERS})\s[a-z])")
_SECTION = re.compile(
    r"(?<=[A-Za-z)\]”\".;:])(?<!\d\.)(?=(\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}(?=\.))\.?\s+[A-Z“])"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_STARTER = re.compile(rf"(?:{STARTERS})")
# Compounds end in these as sentences begin with them: the word before must be one of the text's own.
_PARTICLES = frozenset({"In", "On", "It", "Up"})
_STARTS_LIKE_NAME = re.compile(r"[a-z’']{0,3}[A-Z]")
_RUNNING = re.compile(r"[a-z,]\s")
_RUNNING_ON = re.compile(r"[’']s\b|[,.]?\s[a-z(]")


def joints(text: str) -> list[int]:
    """The offsets, in order, at which a separator is missing; linear in the length of the text.

    A mark that ends something and touches a capital is enough, except after initials ("U.S."). Two
    words that touch need two of: the left is a word of this text, the right is one, the right is a word
    sentences begin with. Names such as "OpenAI" are left whole: they stand in running text.
    """
    found = {match.end() for match in _PUNCTUATED.finditer(text) if not _is_initial(text, match)}
    found.update(match.end() for match in _AFTER_YEAR.finditer(text))
    found.update(match.end() for match in _AFTER_CAPITALS.finditer(text))
    found.update(_sections(text))
    found.update(_touching_words(text))
    return sorted(found - {0, len(text)})


def _is_initial(text: str, match: re.Match[str]) -> bool:
    dot = match.start() + 1
    return text[match.start()] == "." and _INITIALS.search(text, max(0, dot - 8), dot) is not None


def _sections(text: str) -> list[int]:
    """Section numbers that touch the text before them and count on."""
    found = []
    last: tuple[int, ...] = (0,)
    for match in _SECTION.finditer(text):
        number = tuple(map(int, match.group(1).split(".")))
        if counts_on(last, number, missing=2):
            found.append(match.start())
            last = number
    return found


def counts_on(last: tuple[int, ...], number: tuple[int, ...], *, missing: int = 0) -> bool:
    """Whether a section number may follow another: the first point of it, or the next of it or of what holds it.

    As many as `missing` may be left out between the two.
    """
    depth = len(number)
    if depth > len(last):
        opens = number[:-1] == last or (number[:-2] == last[:-1] and number[-2:] == (last[-1] + 1, 1))
        return opens and number[-1] == 1
    return number[:-1] == last[: depth - 1] and last[depth - 1] < number[-1] <= last[depth - 1] + 1 + missing


def _touching_words(text: str) -> list[int]:
    words = {word.lower() for word in _WORD.findall(text) if not _PARTS.search(word)}
    glued = [match for match in _LETTERS.finditer(text) if _PARTS.search(match.group())]
    names = _names(text, glued)
    found = []
    for match in glued:
        if match.group() in names:
            continue
        parts = _PARTS.split(match.group())
        offset = match.start()
        for left, right in pairwise(parts):
            offset += len(left)
            follows = text[offset + len(right) : offset + len(right) + 1]
            if _is_joint(left, right, follows, words):
                found.append(offset)
    return found


def _is_joint(left: str, right: str, follows: str, words: set[str]) -> bool:
    if len(left) < 2:
        return False
    begins = _STARTER.fullmatch(right) is not None and follows.isspace()
    is_left = _is_known(left, words)
    if right in _PARTICLES and not is_left:
        return False
    return (is_left or len(left) > 5) + _is_known(right, words) + begins >= 2


def _is_known(word: str, words: set[str]) -> bool:
    """Whether a text has the word, in either number."""
    plain = word.lower()
    return plain in words or plain + "s" in words or plain.removesuffix("s") in words


def _names(text: str, glued: list[re.Match[str]]) -> frozenset[str]:
    """Compounds used as a word: repeated, or with capitals at the end, in the middle of running text.

    A name begins with a capital or with a short prefix ("iPhone", "macOS").
    """
    running = Counter(
        match.group() for match in glued if _STARTS_LIKE_NAME.match(match.group()) and _runs_on(text, match)
    )
    return frozenset(name for name, count in running.items() if count > 2 or name[-2:].isupper())


def _runs_on(text: str, match: re.Match[str]) -> bool:
    before = _RUNNING.match(text, max(0, match.start() - 2))
    return before is not None and _RUNNING_ON.match(text, match.end()) is not None
