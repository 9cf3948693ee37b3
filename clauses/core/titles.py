"""What reads as a title: headings nobody marked as such, and headings that run into their paragraph."""

from __future__ import annotations

import re

MAX_TITLE_WORDS = 12
MAX_RUN_IN_WORDS = 10
MAX_QUESTION_WORDS = 20

_NUMBER = re.compile(
    r"(?:(?:section|article|part|chapter|clause|annex|appendix|schedule"
    r"|§)\s*[\divxlc]{1,5}\b[.):]?(?:\s*[-–—:])?"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3}){0,4})(?:[.)]|(?<=\.\d)|(?<=\.\d\d))"
    r"|[ivxlc]{1,5}[.)]|\(?[a-z][.)])\s+(?=[^\W\d_“\"'(])",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?:[•·▪*–—-]\s+)?(?P<title>(?:\(?\w{1,4}(?:\.\d{1,3})*[.)]\s+|\d{1,3}(?:\.\d{1,3})+\s+)?"
    r"[“\"]?[^\W\d_a-zß-ÿ](?:[^.:?!;|]|\.(?=\w)){1,110})"
    r"(?:(?P<colon>:)(?=\s|[a-z])|\.[”\"]?(?=\s+[“\"(]?[^\W\d_a-zß-ÿ]))"
)
# A phrase with one of these states something: it is a sentence, not a title.
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|shall|may|must|can|cannot|could|should|would|does|do|did|has|had|have"
    r"|agrees?|applies|apply|includes|means|collects|retains|uses|provides|don't|won't|isn't|aren't|follows"
    r"|(?:we|you|they|it)['’](?:ll|re|ve|s|d))\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(
    r"(?:we|you|it|they|he|she|i|this|these|those|there|please|if|when|note|for example|for instance"
    r"|however|e\.g"
    r"|such as|by (?:using|accessing|clicking)|depending|click|see|tap"
    # Pronouns that begin a statement in other languages, whose verbs are not known here.
    r"|wir|ihr|sie|nous|vous|ils|elles|nosotros|ustedes|usted|noi|nós|wij)\b",
    re.IGNORECASE,
)
_QUESTION_START = re.compile(
    r"(?:who|what|when|where|why|how|which|whose|do|does|did|is|are|can|could|may|will|would|should"
    r"|have|has)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:inc|ltd|corp|co|no|nos|art|sec|st|dr|mr|mrs|ms|vs|etc))$", re.IGNORECASE
)
_MINOR = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "or",
        "our",
        "out",
        "per",
        "so",
        "the",
        "to",
        "us",
        "via",
        "with",
        "your",
        "&",
        "–",
        "-",
    ]
)
_SENTENCE_END = re.compile(r"[.!?;,…][”\"’')\]]*$")
_UNTITLED = re.compile(r"[\d@|©®\\/→>]")


def ends_sentence(text: str) -> bool:
    """Whether a text stops like a sentence or a list item does."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def number_depth(text: str) -> int:
    """The depth of the section number a text starts with: 0 without, 1 for "4.", 2 for "4.1"."""
    match = _NUMBER.match(text)
    if match is None:
        return 0
    dotted = match.group("dotted")
    return dotted.count(".") + 1 if dotted else 1


def without_number(text: str) -> str:
    """The text after its section number."""
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def is_title_case(text: str) -> bool:
    """Whether every word of weight begins with a capital ("How We Use Your Data")."""
    words = [word.strip("“”\"'()[],:&") for word in text.split()]
    return all(not word or word.lower() in _MINOR or not word[0].islower() for word in words)


def is_capitals(text: str) -> bool:
    """Whether a text of at least four letters has no lower-case letter."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def title_depth(text: str) -> int:
    """How deep a heading a paragraph would be by its look alone; 0 for none.

    "4. Your rights" and capitals are of depth 1, "4.1 Access" of depth 2; a short phrase without"
    " number or capitals is of depth 6. A title is short, starts with a capital, ends no
    sentence and states nothing; one without a number holds no figure, address or link mark either.
    """
    bare = without_number(text)
    depth = number_depth(text)
    if not _is_short_phrase(bare) or _states_something(bare):
        return 0
    if depth:
        return depth
    if _UNTITLED.search(bare):
        return 0
    return 1 if is_capitals(bare) else 6


def _is_short_phrase(text: str) -> bool:
    words = text.split()
    limit = MAX_QUESTION_WORDS if text.endswith("?") else MAX_TITLE_WORDS
    if not 1 <= len(words) <= limit or len(text) > 140 or text.endswith(":"):
        return False
    return (text[0].isupper() or text[0] in "“\"'") and (text.endswith("?") or not ends_sentence(text))


def _states_something(text: str) -> bool:
    if text.endswith("?"):
        return _QUESTION_START.match(text) is None
    if is_title_case(text) or _QUESTION_START.match(text):
        return False
    return _SENTENCE_START.match(text) is not None or _PREDICATE.search(text) is not None


def run_in_title(text: str) -> str:
    """The heading that runs into a paragraph ("Usage Data. We collect …", "Deletion: the right …"), or "".

    It is a phrase of at most ten words at the start, closed by a colon or a full stop, that states
    nothing, with text after it.
    """
    match = _RUN_IN.match(text)
    if match is None or not text[match.end() :].strip():
        return ""
    title = match.group("title").strip()
    bare = without_number(title).strip('“”"')
    if not 1 <= len(bare.split()) <= MAX_RUN_IN_WORDS or title.count("(") != title.count(")"):
        return ""
    if not match.group("colon") and _ABBREVIATION.search(bare):
        return ""
    if _SENTENCE_START.match(bare) or (_PREDICATE.search(bare) and not is_title_case(bare)):
        return ""
    return title
