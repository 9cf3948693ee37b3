"""What is denied before anyone is named: "Nothing here limits our liability", "in no event shall we be liable"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# One of each of these groups stands in whatever a pattern finds: most texts need not be searched.
_NOTHING_NEEDS = (
    ("nothing", "neither"),
    ("limit", "exclude", "restrict", "waive", "prevent", "remove", "require"),
)
_NOTHING = re.compile(
    r"\b(?:nothing|neither)\b[^.;:]{0,60}?\b(?P<verb>limits?|excludes?|restricts?|waives?|prevents?|removes?|requires?)\b"
    # That no duty of the user gets smaller is no promise to the user.
    r"(?! (?:your|(?:the )?(?:user|customer|member)'?s'?) (?:\w+ ){0,2}(?:obligations?|duty|duties|liability)\b)"
)
# "In no event shall we be liable": the denial stands before the one who is bound.
_NEVER_NEEDS = (
    ("in no ", "under no ", "at no time", "neither", "nor"),
    ("liable", "responsible", "sell", "sold", "share", "disclose", "use", "charge"),
)
_NEVER = re.compile(
    r"\b(?:in no (?:event|case|way)|under no circumstances?|at no time|neither|nor)\b[^.;:]{0,80}?"
    r"\b(?:shall|will|may|can|is|are|be)\b[^.;:]{0,40}?"
    r"\b(?P<verb>liable|responsible|sell|sold|share|shared|disclosed?|use|used|charged?)\b"
)


# "Neither we nor our shareholders, employees, … and suppliers will be liable".
_NOBODY_LIABLE = re.compile(
    r"\b(?:neither|nor)\b(?:(?!\b(?:but|while)\b)[^.;:]){80,200}?"
    r"\b(?:shall|will|may|can|is|are|be)\b[^.;:]{0,20}?\b(?P<verb>liable|responsible)\b"
)
_NOBODY_LIABLE_NEEDS = (("neither", "nor"), ("liable", "responsible"))
_PATTERNS = (
    (_NOTHING, _NOTHING_NEEDS),
    (_NEVER, _NEVER_NEEDS),
    (_NOBODY_LIABLE, _NOBODY_LIABLE_NEEDS),
)


def unnamed_denials(read: str) -> Iterator[tuple[str, int, int]]:
    """The verb that is denied and the place of the denial, in a folded text."""
    for pattern, needs in _PATTERNS:
        for match in _found(pattern, needs, read):
            yield match["verb"], match.start(), match.end()


def _found(pattern: re.Pattern[str], needs: Iterable[Iterable[str]], read: str) -> Iterable[re.Match[str]]:
    for group in needs:
        if not any(map(read.__contains__, group)):
            return ()
    return pattern.finditer(read)
