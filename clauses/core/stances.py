"""What a clause lets the provider do: whether it permits, limits, denies or only names the act its type is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.core.change_rubric import TypeRule, stem
from clauses.core.denials import EXCEPT
from clauses.core.edited import Side, Span
from clauses.core.folding import folded
from clauses.core.gifts import GIVE
from clauses.core.leads import lists_conditions
from clauses.core.meant_verbs import OWN
from clauses.core.norms import Norm
from clauses.core.passive_voice import PASSIVE
from clauses.core.table_rows import denies_cell
from clauses.core.values import TypeMatch
from monitor.core.blocks import CELL_SEPARATOR

# From least to most: "we never sell", "we do not sell except …", "once you opt out, we do not sell", "we sell only with
# your consent", nothing, "we sell".
FORBIDDEN, EXCEPTED, OPTED_OUT, CONSENT, ABSENT, ALLOWED = -4, -3, -2, -1, 0, 2
# Of a type that counts by who is bound: the provider answers for the user's loss.
ANSWERED = 1
GENERAL_DENIALS = frozenset({FORBIDDEN, EXCEPTED})
DENIALS = GENERAL_DENIALS | {OPTED_OUT}
# Stems of the verbs for what the user only says, and gives nothing by it.
_STATING = frozenset(map(stem, ("acknowledge", "represent", "warrant", "confirm")))
_GIVING = frozenset(map(stem, ("allow", "permit", "let", "give", "provide", "submit", "release", "retain")))
_CONSENT_WORDS = re.compile(
    r"(?<!\bor )(?<!\bor otherwise )\b(?:with|on) your (?:\w+ )?(?:consent|permission)\b"
    r"|\b(?:unless|if|where|when) (?:you|the customer|customer)(?:'ve|'s)? (?:\w+ly |have |has |choose to |decide to )*"
    r"(?:opt(?:ed|s)?[ -]?in|consent|agree|allow|permit|give (?:us )?(?:your |\w+ly )*(?:consent|permission)"
    r"|ask(?! (?:us )?(?:not|to stop)\b)"
    r"|(?:tell|direct|instruct) us to (?:do so|share|disclose|send|transfer|use|provide|publish)\b"
    r"|turn on|enable)"
)
# What the user has the provider do with the data is no right of the provider.
_DIRECTED = re.compile(
    r"\b(?:at|on|upon|under) your (?:\w+ )?(?:directions?|directives?|instructions?|requests?)\b"
    r"|\b(?:if|where|when|as) (?:you|the customer|customer) (?:direct|instruct)s?\b"
)
_BESIDES = re.compile(r"\b(?:and|or|but)\b")
_OR = re.compile(r"\bor (?:otherwise )?$")
EXAMPLE = re.compile(r"\W*(?:for (?:example|instance)|e\.g\.)")
# "We do not share it without your consent"; but "we may share it without your consent" asks for none.
_WITHOUT_CONSENT = re.compile(r"\bwithout your (?:\w+ )?(?:consent|permission)\b")
# "Consent: for marketing" in a row is the ground of what follows.
_CONSENT_GROUND = re.compile(r"\bconsent: for\b")
OPTING_OUT = re.compile(
    r"\b(?:if|once|when|where|after) [^.;:]{0,40}?\b(?:opt(?:s|ed|ing)?[ -]?out"
    r"|turn(?:ed)? (?:it |this )?off|(?<!\ban )(?<!\bthe )object(?:s|ed)?)\b"
)
_IN_THAT_CASE = re.compile(
    r"\W*(?:in (?:this|that|such(?: a)?) (?:last )?case|if (?:so|you do so)|once you do)\b"
)
_OPT_OUT = re.compile(r"\bopt(?:s|ed|ing)?[ -]?out\b|\b(?:turn|switch)(?:ed)? (?:it |this )?off\b")
_RIGHT = re.compile(
    r"\b(?:your|have|has|the|a|following|these) (?:\w+ )?rights?\b|\bright to\b|\bentitled\b|\boption to\b"
    r"|\bmay (?:request|ask|object|appeal|withdraw|delete|correct|access|export)\b"
)
_SUFFERED = frozenset(
    map(stem, ("lose", "get", "be", "experience", "encounter", "see", "find", "miss", "violate"))
)
# What serves a right over one's data.
_GRANTED = frozenset(
    map(
        stem,
        ("delete", "erase", "correct", "export", "honor", "respond", "answer", "restore", "allow", "stop"),
    )
)
# Provisions that are only named: what survives the contract, what is left as it is, what is not admitted.
_SURVIVES = re.compile(r"\b(?:provisions?|sections?|clauses?|articles?|paragraphs?)\b[^.;]{0,160}\bsurviv")
_NAMED = re.compile(r"\b(?:without prejudice to|as an? (?:acknowledge?ment|admission))\b[^,.;]{0,120}")
_MUTUAL = re.compile(
    r"\b(?:(?:each|both|either|neither|the) part(?:y|ies)|recipient|discloser)\b[^.;,]{0,40}$"
)
_WORD = re.compile(r"[\w'-]+")
# What a verb stands behind: "to train", "may use"; "your use" and "additional licenses" are no acts.
_LEADING_LIST = """
to and or be been is are was were may will can shall must we they who that which by for including not also
"""
_LEADING = frozenset(_LEADING_LIST.split())
# What joins one denied verb to the next: "will not sell, rent or otherwise share".
_JOINING = frozenset({"or", "nor", "and", "otherwise", "be", "publicly", "knowingly"})
# "Countries that do not provide the same" denies nothing of what is done.
_NOT_TO = re.compile(
    r"(?<!that do )(?<!that does )(?<!which do )(?<!which does )\bnot (?:to )?(?:be )?(?:\w+ly )?(\w+)"
)


def stances(rule: TypeRule, side: Side) -> set[int]:
    """What the evidence of a type says of its act; nothing where the clause speaks of what users may do."""
    return {stance(rule, side, span) for span in evidence(rule.slug, side)} - {ABSENT}


def stance(rule: TypeRule, side: Side, span: Span) -> int:
    """What the words at a place say of the act of a type: only whoever does it can promise or permit it."""
    cell = side.text.rfind(CELL_SEPARATOR, 0, span[1]) + 1
    if cell and _CONSENT_GROUND.search(side.folded, cell, span[1]):
        return CONSENT
    norm = side.norm_at(*span)
    if norm is None:
        return _stance_of_cell(rule, side, span)
    is_denied = _is_denied(rule, side, norm, span)
    return ABSENT if is_denied is None else _stance_of_act(side, span, is_denied=is_denied)


def _stance_of_act(side: Side, span: Span, *, is_denied: bool) -> int:
    start, end = side.statement(*span)
    sentence = side.folded[start:end]
    # "We share it when you ask us to. For example, we show your name to your carrier."
    begun = _sentence_before(side, start) if EXAMPLE.match(side.folded, start) else start
    if _CONSENT_WORDS.search(side.folded, begun, end) or _waits(side, begun, span, end, is_denied=is_denied):
        return CONSENT
    if is_denied:
        if is_for_who_opted_out(side, span):
            return OPTED_OUT
        return EXCEPTED if EXCEPT.search(sentence) else FORBIDDEN
    return ALLOWED


def _waits(side: Side, start: int, span: Span, end: int, *, is_denied: bool) -> bool:
    """Whether what is denied is done with consent, or what is done only as the user directs."""
    if is_denied:
        return _WITHOUT_CONSENT.search(side.folded, start, end) is not None
    return _is_directed(side, start, span, end)


def _is_directed(side: Side, start: int, span: Span, end: int) -> bool:
    """Whether the user directs the act at a place, and not what is done besides: "… and delete it at your request"."""
    for found in _DIRECTED.finditer(side.folded, start, end):
        between = side.folded[min(span[1], found.end()) : max(span[0], found.start())]
        if not _BESIDES.search(between) and not _OR.search(side.folded, start, found.start()):
            return True
    return False


def is_for_who_opted_out(side: Side, span: Span) -> bool:
    """Whether the statement at a place holds once somebody opted out."""
    start, end = side.statement(*span)
    return OPTING_OUT.search(side.folded[start:end]) is not None or _goes_back_to_opting_out(side, start)


def _goes_back_to_opting_out(side: Side, start: int) -> bool:
    """Whether a sentence begins with "in this case" after one on opting out."""
    if not _IN_THAT_CASE.match(side.folded, start):
        return False
    here = side.sentence(start, start + 1)[0]
    return _OPT_OUT.search(side.folded, _sentence_before(side, here), here) is not None


def _sentence_before(side: Side, start: int) -> int:
    return max((left for left, _ in side.sentences if left < start), default=start)


def evidence(slug: str, side: Side) -> Iterator[Span]:
    """Where in the side the evidence of a type stands; the whole side for a type that shows none."""
    for match in (match for read in side.read for match in read.types if match.slug == slug):
        yield from _places(match, side)


def _places(match: TypeMatch, side: Side) -> list[Span]:
    places = [place for item in match.evidence if (place := side.place_of(item.text))]
    return places or [(0, len(side.text))]


def _stance_of_cell(rule: TypeRule, side: Side, span: Span) -> int:
    """The cells of a table have no verbs: they permit what they name, unless they say no. All else describes.

    A type that no words of the row show counts where a column asks for its act ("Shared with").
    """
    titles = folded(" ".join(cell for clause in side.clauses for cell in clause.passage.header))
    if not titles or (span == (0, len(side.text)) and not is_done(rule.verbs, f"be {titles}")):
        return ABSENT
    return FORBIDDEN if denies_cell(side.text, *span) else ALLOWED


def _is_denied(rule: TypeRule, side: Side, norm: Norm, span: Span) -> bool | None:
    """Whether a statement denies the act of a type; None where it is about another act, or about the user's."""
    if norm.bearer == "user":
        gives = norm.verb in side.conceding or norm.verb in _GIVING
        return False if norm.force not in {"not", "may"} and norm.verb not in _STATING and gives else None
    if _MUTUAL.search(side.folded, side.sentence(*span)[0], norm.end):
        # What both sides owe each other is no promise to users.
        return None
    # "Data are stored" tells of no recipient who stores them.
    is_others = norm.bearer == "other" and not PASSIVE.search(side.folded, norm.start, norm.end)
    acts = rule.verbs | rule.others if is_others else rule.verbs
    if norm.verb == GIVE or (norm.force == "not" and norm.verb == OWN):
        # What the user is granted is the user's act, and what is not owned may be used.
        return None
    if norm.force == "not":
        return True if norm.verb in acts or _goes_on(acts, side, norm, span) else None
    words = side.folded[norm.start : max(span[1], norm.end)]
    if any(stem(found[1]) in acts for found in _NOT_TO.finditer(words)):
        return True
    return False if norm.verb in acts or is_done(acts, words) else None


def _goes_on(acts: frozenset[str], side: Side, norm: Norm, span: Span) -> bool:
    """Whether a denial reaches the act by a list of verbs: "will not show, sell or share"."""
    before = ""
    for word in _WORD.finditer(side.folded, norm.end, max(span[1], norm.end)):
        is_joined = before in _JOINING or side.folded.startswith(", ", max(0, word.start() - 2))
        if is_joined and stem(word.group()) in acts:
            return True
        before = word.group()
    return False


def is_done(acts: frozenset[str], words: str) -> bool:
    """Whether a verb for the act stands among the words: "may collect it to train our models"."""
    before, at = "", 0
    for word in _WORD.finditer(words):
        is_verb = before in _LEADING or words[at : word.start()].startswith(",")
        if is_verb and stem(word.group()) in acts:
            return True
        before, at = word.group(), word.end()
    return False


def is_mention(side: Side, span: Span) -> bool:
    """Whether the words at a place only name provisions: "the sections on warranties and liability survive"."""
    start, end = side.sentence(*span)
    if any(found.start() < span[1] <= found.end() for found in _NAMED.finditer(side.folded, start, end)):
        return True
    return side.norm_at(*span) is None and _SURVIVES.search(side.folded, start, end) is not None


def is_condition(side: Side, span: Span) -> bool:
    """Whether the words at a place are what something else depends on: an item below "we may end it if:"."""
    intro = side.clauses[0].passage.intro if side.clauses else ""
    return lists_conditions(intro) and side.sentence(*span)[0] == side.sentence(0, 1)[0]


def gives_right(side: Side, span: Span) -> bool:
    """Whether the words at a place give the user a right: what the user may do or is owed, or what is called one.

    A risk ("you may lose access") is none, nor is what the provider may do or what the user must.
    """
    norm = side.norm_at(*span)
    if norm is None:
        start, end = side.sentence(*span)
        return _RIGHT.search(side.folded, start, end) is not None
    if norm.bearer == "user":
        return norm.force in {"may", "does"} and norm.verb not in _SUFFERED and norm.worth != "adverse"
    if norm.force == "may":
        # "Every player may request access".
        return norm.bearer == "other" and side.rules is not None and norm.verb in side.rules.claiming
    return norm.worth == "favorable" and norm.verb in _GRANTED
