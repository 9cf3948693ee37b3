"""The law that governs an agreement and the place of its courts or arbitration, as a sentence names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# A sentence without any of these names neither.
WORTH_READING = re.compile(r"\b(?:laws?|courts?|venue|arbitration|tribunals?)\b")
_GOVERNS = r"(?:governed|construed|interpreted|enforced|governing laws?|applicable laws?|choice of laws?)"
_LAW_OF = re.compile(
    r"\b(?:laws?|legislation|statutes) (?:(?:of|in force in|in effect in|applicable in|as applied in) )(?:the )?"
)
_GOVERNED_BEFORE = re.compile(
    rf"\b{_GOVERNS}\b(?:[^.;]|\.(?=[\w,])){{0,160}}$|\bgoverning laws?[\"']* means\b.*$"
    r"|\b(?:terms|agreement|contract|conditions|policy|notice|service|use)\b[^.;]{0,80} (?:is|are"
    r"|be) (?:\w+ly )?subject to the (?:\w+ )?$",
    re.S,
)
_GOVERNS_AFTER = re.compile(
    r"[^.;]{0,160}?,?(?<!\bnot)(?<!n't)(?<!\bnever)"
    r" (?:(?:shall|will|exclusively|solely) )*(?:governs?|appl(?:y|ies)|controls?)\b"
)
_NAMED_LAW = re.compile(rf"\b(?:{_GOVERNS}|subject) (?:[a-z]+ ){{0,6}}?(?:by|under|with|to) (?:the )?")
_LAW_WORD = re.compile(r" (?:substantive |national |state )?laws?\b")
_LAW_GOVERNS = re.compile(
    r" laws? (?:(?:shall|will|exclusively|solely) )*(?:governs?|appl(?:y|ies) to (?:these|this|the|our|all"
    r"|any)\b|controls?)\b"
    r"| laws? (?:shall|will) (?:\w+ly )?apply\b"
)
_COURT_AT = re.compile(
    r"\bcourts? (?:(?:located|sitting|situated|seated|based|having jurisdiction) )?(?:of|in|at|for|within) (?:the )?"
)
_SEAT = re.compile(
    r"\bvenue (?:for [^.;]{0,80}? )?(?:is|shall be|will be|lies|shall lie|will lie) (?:exclusively )?(?:in "
    r"|at )?(?:the )?"
    r"|\b(?:legal )?(?:seat|place|location)(?: or (?:legal )?place)? of (?:the )?arbitration (?:shall be"
    r"|will be|is)(?: in)? "
    r"(?:the )?"
    r"|\barbitration[^.;]{0,60}? (?:held|take place|conducted|seated|located) in (?:the )?"
)
_NAMED_COURTS = re.compile(r"\bjurisdiction of (?:the )?")
_COURTS_WORD = re.compile(r" courts?\b")
_SETTLES = re.compile(
    r"\b(?:exclusive(?:ly)?|jurisdiction|venue|submit(?:ted)?|brought|bring|resolved|litigated?|heard|filed"
    r"|adjudicated|settled?|determined)\b"
)
_MATTER = re.compile(
    r"\b(?:disput|claim|action|lawsuit|suit|proceeding|litigat|jurisdiction|venue|controvers|arbitrat)"
)
_OTHER_COURTS = re.compile(
    r"\b(?:order|judgment|subpoena|warrant)s? (?:of|from|by|issued by) (?:a |any |the )?[^,;]{0,40}$"
)
_OTHER_LAWS = re.compile(
    r"\b(?:organized|organised|incorporated|existing|established|registered|recognized) under [^,;]{0,40}$"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
# Between two names of one place: "the City of New York", "England and Wales", "Paris, France".
_LINK = re.compile(r",? (?:(?:of|and|de|du) (?:the )?)?|, ?(?:the )?")
# Names that begin something else; a text in capitals has these in capitals too.
_NO_PLACE = frozenset({
    "accordance", "addition", "connection", "relation", "respect", "lieu", "order", "person", "small", "proper",
    "without", "excluding", "except", "regardless", "notwithstanding", "and", "or", "you", "we", "they", "it",
    "in", "for", "to", "as", "if", "where", "when", "which", "who", "that", "this", "these", "those", "any",
    "all", "each", "both", "such", "is", "are", "shall", "will", "may", "not", "no", "by", "with", "on", "at",
    "from", "irrespective", "but", "exclusive", "federal", "party", "parties", "customer", "client", "user",
    "users", "court", "courts", "law", "laws", "jurisdiction", "conflict", "conflicts", "justice", "appeal",
    "appeals", "human", "rights", "member", "section", "the", "a", "an", "company", "us", "applicable",
    "competent", "some", "certain", "many", "most", "other", "another", "several", "various", "local", "mandatory",
    "respective", "relevant", "every", "governing", "prevailing",
})  # fmt: skip
# Said in small letters too, before a name.
_REALM = re.compile(
    r"(?:state|commonwealth|city|county|province|(?:federal |people's )?republic|canton|emirate"
    r"|district) of (?:the )?"
)
_SOME_STATE = re.compile(r",? member\b")
# A law named by its subject, and a treaty, are not the law of a place.
_SUBJECT_OF_LAW = re.compile(
    r"\b(?:data|privacy|protection|consumer|copyright|tax|export|securities|labou?r|employment|patents?"
    r"|trademarks?|bankruptcy|competition|antitrust|intellectual|criminal|convention|treaty|act)\b"
)
_NOT_GOVERNED = re.compile(
    r"(?:\b(?:not|never|nor)|n't)\b(?: \w+){0,2} (?:governed|construed|interpreted|subject)\b"
    r"(?:(?!\b(?:governed|construed|interpreted|but)\b)[^;]){0,80}$"
)
_PEOPLE = re.compile(r"(?:[a-z]+(?:ish|ch|ese|ss|ian|rman)|scots)")


@dataclass(frozen=True, slots=True)
class Named:
    """A law, or a place of courts or arbitration, named at `sentence[start:end]`; its phrase begins at `anchor`."""

    kind: Literal["governing_law", "venue"]
    start: int
    end: int
    anchor: int


def named_forums(sentence: str, low: str) -> list[Named]:
    """The governing laws and venues a sentence names, in order; `low` is the folded sentence.

    Only proper names count: not "a court of competent jurisdiction" or "where you live".
    """
    found = [*_laws(sentence, low), *_courts(sentence, low)]
    unique = {(one.kind, one.start): one for one in reversed(found)}
    return sorted(unique.values(), key=lambda one: one.start)


def _laws(sentence: str, low: str) -> Iterator[Named]:
    for match in _LAW_OF.finditer(low):
        before = low[max(0, match.start() - 400) : match.start()]
        place = _land(sentence, low, match.end())
        if not place or _OTHER_LAWS.search(before) or _NOT_GOVERNED.search(before):
            continue
        if _GOVERNED_BEFORE.search(before) or _GOVERNS_AFTER.match(low, place[1]):
            yield Named("governing_law", *place, match.start())
    for match in _NAMED_LAW.finditer(low):
        place = _land(sentence, low, match.end())
        law = _LAW_WORD.match(low, place[1]) if place else None
        if place and law and not _NOT_GOVERNED.search(low[max(0, match.start() - 40) : match.end()]):
            yield _law(low, place, law.end(), place[0])
    for match in _LAW_GOVERNS.finditer(low):
        start = _name_before(sentence, match.start())
        place = _land(sentence, low, start) if start < match.start() else None
        if place and place[1] == match.start():
            yield _law(low, place, match.start() + len(" law"), place[0])


def _land(sentence: str, low: str, at: int) -> tuple[int, int] | None:
    """The place named there, unless the name is that of a law by its subject, or of a treaty."""
    place = _place(sentence, low, at)
    return None if place and _SUBJECT_OF_LAW.search(low, *place) else place


def _law(low: str, place: tuple[int, int], law_end: int, anchor: int) -> Named:
    """ "California law" is that of California; "English law" has no shorter name."""
    start, end = place
    is_people = _PEOPLE.fullmatch(low, start, end) is not None
    return Named("governing_law", start, law_end if is_people else end, anchor)


def _courts(sentence: str, low: str) -> Iterator[Named]:
    if not _MATTER.search(low):
        return
    settles = _SETTLES.search(low) is not None or "venue" in low
    for match in _COURT_AT.finditer(low) if settles else ():
        before = low[max(0, match.start() - 120) : match.start()]
        place = _place(sentence, low, match.end())
        if place and not _OTHER_COURTS.search(before):
            yield Named("venue", *place, match.start())
    for match in _SEAT.finditer(low):
        place = _place(sentence, low, match.end())
        is_tongue = place and _PEOPLE.fullmatch(low, *place)
        if place and not is_tongue and not _COURTS_WORD.match(low, place[1]):
            yield Named("venue", *place, match.start())
    for match in _NAMED_COURTS.finditer(low):
        place = _place(sentence, low, match.end())
        if place and (word := _COURTS_WORD.match(low, place[1])):
            yield Named("venue", place[0], word.end(), match.start())


def _place(sentence: str, low: str, at: int) -> tuple[int, int] | None:
    """Start and end of the proper name that begins at a place of the sentence; None where none does."""
    end = at
    realm = _REALM.match(low, at)
    position = realm.end() if realm else at
    for _ in range(12):
        name = _NAME.match(sentence, position)
        if (
            not name
            or not name.group()[0].isupper()
            or low[name.start() : name.end()].strip(".") in _NO_PLACE
        ):
            break
        end = name.end()
        link = _LINK.match(low, end)
        if not link:
            break
        position = link.end()
    words = sentence[at:end].rstrip("'’")
    words = words if words[:-1].count(".") else words.rstrip(".")
    return (at, at + len(words)) if words and not _SOME_STATE.match(low, end) else None


def _name_before(sentence: str, end: int) -> int:
    """Where the run of capitalized words that ends at a place begins."""
    words = sentence[max(0, end - 60) : end].split(" ")
    start = end
    for word in reversed(words):
        if not word[:1].isupper() or not word[-1].isalpha() or word.lower() in _NO_PLACE:
            break
        start -= len(word) + (start < end)
    return start
