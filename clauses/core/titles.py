"""What reads as a title: headings nobody marked as such, and headings that run into their paragraph."""

from __future__ import annotations

import re

from clauses.core.numbering import mark_of

# Levels of headings found by their look stand below the six marked ones, numbers before plain titles.
LEVEL_BELOW_MARKED = 6
PLAIN_DEPTH = 9
LETTER_DEPTH = 8
MAX_TITLE_WORDS = 12
MAX_RUN_IN_WORDS = 10
MAX_QUESTION_WORDS = 20
MAX_UNSPACED_TITLE = 30
_LONGEST_STATEMENT_LIKE = 5
_LONGEST_HEAD = 240

_RUN_IN = re.compile(
    r"(?:[•·▪*–—-]\s+)?(?P<title>[“\"'„«]?[^\W\d_a-zß-öø-ÿ](?:[^.:：?!|。！？]|\.(?=\w)){0,110})"
    r"(?:(?P<colon>:)(?=\s|[a-z])|(?P<wide>：)|\.[”\"»]?(?=\s+[“\"(„«]?[^\W\d_a-zß-öø-ÿ]))"
)
# A line with a date after a label ("Last updated: 3 May 2031") has no heading.
_DATED = re.compile(r"(?=.{0,24}(?:19|20)\d\d)(?:[^.;]|(?<=\d)\.){4,36}\.?\Z")
# "Terms of the Tool Last updated: May 3, 2031 You may …" dates the text, and heads nothing.
_DATE_LABEL = re.compile(
    r"\b(?:last (?:updated|revised|modified)|effective(?: date| as of)?"
    r"|zuletzt (?:aktualisiert|geändert)|dernière mise à jour)\Z",
    re.IGNORECASE,
)
# A phrase with one of these states something: it is a sentence, not a title.
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|shall|may|must|can|cannot|could|should|would|does|do|did|has|had|have"
    r"|agrees?|applies|apply|includes?|means|collects|retains|uses(?= \w)|provides|don't|won't|isn't|aren't|follows"
    r"|allows?|represents|completed|encrypts?|acknowledges?|accepts|grants|warrants|requires|remains|reserves|makes|takes"
    r"|keeps|becomes|depends|gives|offers|covers|governs|contains|processes|complies|ensures|receives|relies|exists"
    r"|(?:we|you|they|it)['’](?:ll|re|ve|s|d)"
    # German verbs that no English title holds.
    r"|ist|sind|gilt|gelten|wird|werden|kann|können|darf|dürfen|muss|müssen|haftet|haften|bleibt|bleiben)\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(
    r"(?:we|you|it|they|he|she|i|this|these|those|there|please|if|when|note|for example|for instance"
    r"|however|e\.g"
    r"|such as|by (?:using|accessing|clicking)|depending|click|see|tap|to the extent|subject to|with respect to"
    # Pronouns that begin a statement in other languages, whose verbs are not known here.
    r"|wir|ihr|sie|nous|vous|ils|elles|nosotros|ustedes|usted|noi|nós|wij)\b",
    re.IGNORECASE,
)
_QUESTION_START = re.compile(
    r"(?:wer|was|wann|wo|warum|wieso|wie|welche[nmrs]?|wof[uü]r"
    r"|who|what|when|where|why|how|which|whose|do|does|did|is|are|can|could|may|will|would|should"
    r"|have|has)\b",
    re.IGNORECASE,
)
# "Who we are", "How we use data".
_INDIRECT_QUESTION = re.compile(
    r"(?:wer|was|wann|wie|welche[nmrs]?|who|what|why|how|which|whose)\b", re.IGNORECASE
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
_SENTENCE_END = re.compile(r"[.!?;,…。！？；，、؟،؛।][”\"’')\]»」』）]*$")
# "For users in Peru: you may" begins a statement with a circumstance.
_CIRCUMSTANCE = re.compile(
    r"(?:as|in|for|to|by|at|on|under|upon|with|without|within|during|until|after|before|from|except)\b",
    re.IGNORECASE,
)
# "Correction of data", "Fees and taxes": a noun comes first, and no verb can follow at once.
_NOUN_PHRASE = re.compile(
    r"(?:as )?[^\W\d_]+(?:,| (?:&|and|or|of|to|for|about|on|from|with|under|by)\b)", re.IGNORECASE
)
# A language alone is a link to a translation.
_LANGUAGE_NAMES = """
english deutsch français español italiano português nederlands polski svenska dansk norsk suomi čeština magyar română
türkçe русский українська ελληνικά العربية עברית 日本語 한국어 中文 简体中文 繁體中文 indonesia
"""
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
_UNTITLED = re.compile(r"[\d@|©®\\/→>]")


def ends_sentence(text: str) -> bool:
    """Whether a text stops like a sentence or a list item does."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def number_depth(text: str) -> int:
    """The depth of the number a text starts with: 0 without, 1 for a part, 2 for "4.", 3 for "4.1", 8 for "(a)"."""
    mark = mark_of(text)
    if mark is None or mark.end == len(text):
        return 0
    return _depth(text)


def level_of(number: str) -> int:
    """The level of a heading that bears a number, among those found by their look."""
    return LEVEL_BELOW_MARKED + _depth(number)


def _depth(text: str) -> int:
    mark = mark_of(text)
    if mark is None:
        return PLAIN_DEPTH
    if mark.style == "word":
        return 1 if mark.runs_through or mark.counts_anew else max(2, len(mark.parts) + 1)
    if mark.style == "letter":
        return 2 if mark.kind == "upper." else LETTER_DEPTH
    return len(mark.parts) + 1


def without_number(text: str) -> str:
    """The text after its section number."""
    mark = mark_of(text)
    return text[mark.end :] if mark else text


def is_title_case(text: str) -> bool:
    """Whether every word of weight begins with a capital ("How We Use Your Data")."""
    words = [word.strip("“”\"'()[],:&") for word in text.split()]
    return all(not word or word.lower() in _MINOR or not word[0].islower() for word in words)


def is_capitals(text: str) -> bool:
    """Whether a text of at least four letters has no lower-case letter."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def title_depth(text: str) -> int:
    """How deep a heading a paragraph would be by its look alone; 0 for none.

    Numbered ones have the depth of their number, capitals that of "4.", a short phrase without either is the
    deepest. A title is short, starts with a capital, ends no sentence and states nothing; one with a number
    may close with a full stop or colon ("4.1. Access."); one without holds no figure, address or link mark.
    """
    mark = mark_of(text)
    if mark and mark.end == len(text):
        return _depth(text) if mark.style == "word" else 0
    bare = text[mark.end :] if mark else text
    if _may_close(bare, is_section=mark is not None and mark.style != "letter"):
        bare = bare[:-1].rstrip()
    if not _is_short_phrase(bare, is_numbered=mark is not None) or states_something(bare):
        return 0
    if mark:
        depth = _depth(text)
        # "(b) Your content" may be an item of a list as well.
        return depth if depth != LETTER_DEPTH or is_title_case(bare) else 0
    if _UNTITLED.search(bare) or bare.lower() in _LANGUAGES:
        return 0
    return 2 if is_capitals(bare) else PLAIN_DEPTH


def _may_close(text: str, *, is_section: bool) -> bool:
    """Whether the stop at the end of a short text may be a title's ("4.1 Access.", "FEES.", "Use of Partners.")."""
    if text.endswith((":", "：")):
        return is_section and _names(text[:-1])
    if not text.endswith(".") or _ABBREVIATION.search(text[:-1]) or not is_title_case(text):
        return False
    return is_section or is_capitals(text) or len(text.split()) > 1


def _is_short_phrase(text: str, *, is_numbered: bool) -> bool:
    words = text.split()
    limit = MAX_QUESTION_WORDS if text.endswith("?") else MAX_TITLE_WORDS
    if not 1 <= len(words) <= limit or len(text) > 140 or text.endswith((":", "：")):
        return False
    if not text.endswith("?") and ends_sentence(text):
        return False
    if text[0].isupper() or text[0] in "“\"'„«¿":
        return True
    # A script without capitals shows a title by its number alone.
    return is_numbered and text[0].lower() == text[0].upper() and len(text) <= MAX_UNSPACED_TITLE


def states_something(text: str) -> bool:
    """Whether a short phrase without a full stop is a statement and no title."""
    if text.endswith("?"):
        return _QUESTION_START.match(text) is None
    if (is_title_case(text) and not is_capitals(text)) or _QUESTION_START.match(text):
        return False
    return _SENTENCE_START.match(text) is not None or _PREDICATE.search(text) is not None


def run_in_title(text: str) -> str:
    """The heading that runs into a paragraph ("Usage Data. We collect …", "Deletion: the right …"), or "".

    It is a phrase of at most ten words at the start, with the number before it, closed by a colon or a full
    stop, that states nothing, with more than a date after it.
    """
    head = text[:_LONGEST_HEAD]
    mark = mark_of(text)
    at = mark.end if mark else 0
    match = _RUN_IN.match(head, at)
    if match is None:
        return ""
    rest = text[match.end() : match.end() + _LONGEST_HEAD].strip()
    title = match.group("title").strip()
    if not rest or _DATED.match(rest) or _DATE_LABEL.search(title) or title.count("(") != title.count(")"):
        return ""
    bare = title.strip("“”\"'„«»")
    is_titled = match.group("colon") or match.group("wide")
    if not _names(bare) or not (
        _is_label(bare, rest) if is_titled else _is_phrase(bare, is_numbered=mark is not None)
    ):
        return ""
    return head[:at].lstrip() + title if mark else title


def _names(title: str) -> bool:
    if not 1 <= len(title.split()) <= MAX_RUN_IN_WORDS or _SENTENCE_START.match(title):
        return False
    is_indirect = _INDIRECT_QUESTION.match(title) is not None
    return (
        is_indirect or (is_title_case(title) and not is_capitals(title)) or _PREDICATE.search(title) is None
    )


def _is_label(title: str, rest: str) -> bool:
    """Whether words before a colon name what comes after, and are no beginning of its statement."""
    return is_title_case(title) or not rest[0].islower() or _CIRCUMSTANCE.match(title) is None


def _is_phrase(title: str, *, is_numbered: bool) -> bool:
    """Whether words before a full stop are a heading: with a number, in title case, or too few for a sentence."""
    if _ABBREVIATION.search(title):
        return False
    is_short = len(title.split()) <= _LONGEST_STATEMENT_LIKE and not title.startswith("The ")
    return is_numbered or is_short or is_title_case(title) or _NOUN_PHRASE.match(title) is not None
