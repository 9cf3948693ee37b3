"""The companies that a text says it is an agreement with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.core.change_facts import Effect
from clauses.core.edited import ClauseEdit
from clauses.core.folding import folded
from clauses.core.values import Reason

# "Northlight Ireland Limited", "OpenAI, L.L.C.": a name with the form of a company behind it.
_FORM = (
    r"(?:L\.?L\.?C|Inc|Ltd|Limited|Corp|Corporation|GmbH|PLC|plc|B\.?V|N\.?V|S\.?A\.?S?|S\.?r\.?l|SARL|SE|AG|AB|ApS|A/S|Oy"
    r"|Pty|LLP)\b"
)
_NAME = rf"[A-Z][\w&'’-]*(?:,? (?:[A-Z][\w&'’-]*|of|and)){{0,4}}?,? {_FORM}\.?"
_PARTY = re.compile(
    r"\b(?:between you and|agreement with|contract with|contracts? (?:with you )?is (?:made |concluded )?with"
    r"|contracts? with you is|you (?:are )?contract(?:ing)? with"
    r"|entered into (?:by and )?(?:between you and|with)"
    r"|(?:[Ss]ervices?|[Ss]ite|[Ww]ebsite|[Aa]pp|[Pp]latform) (?:is|are) (?:operated|provided|offered|run) by"
    # "“Northlight Contracting Party” means: (a) Northlight Ireland Ltd".
    r"|Contracting (?:Party|Entity)[”\"]? means:?(?: \(?[a1i]\))?"
    rf") (?:the )?(?P<name>{_NAME})"
)
# One of these stands in whatever the pattern finds: most texts need not be searched.
_NEEDS = (
    *("between you and", "agreement with", "entered into"),
    *("contract", "Contracting ", "ed by", "run by"),
)
# "The State of California" and "California" are one.
_WITHOUT = re.compile(r"[^\w ]|\b(?:the|state|commonwealth|republic|laws?|of|county|usa?|united states)\b ?")
# "Northlight Ltd" and "Northlight Limited" are one.
_IN_FULL = {"ltd": "limited", "corp": "corporation"}


def parties(text: str) -> dict[str, str]:
    """The companies that the text says it is an agreement with, by names that are the same however they are written."""
    found: dict[str, str] = {}
    for match in _PARTY.finditer(text) if may_name_party(text) else ():
        found.setdefault(bare_name(match["name"]), match["name"])
    return found


def may_name_party(text: str) -> bool:
    """Whether a text, or one of several joined by line breaks, is worth asking for its parties."""
    return any(map(text.__contains__, _NEEDS))


def replaced_party(old: str, new: str) -> str:
    """The company that one wording names as the party to the agreement in place of another; empty for none."""
    after = parties(new)
    before = parties(old) if after else after
    return next(iter(after.values())) if before and not before.keys() & after.keys() else ""


def bare_name(name: str) -> str:
    """A name of a company, a law or a court without what its writing varies in."""
    *said, last = _WITHOUT.sub("", folded(name)).split() or [""]
    return " ".join((*said, _IN_FULL.get(last, last)))


def party_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """Another company to contract with, of which nobody can say whom it serves."""
    name = replaced_party(edit.old.text, edit.new.text)
    place = edit.new.place_of(name) if name else None
    if place:
        reason = Reason("company_replaced", edit.rubric.clauses.content_points, edit.new.quote(*place))
        yield Effect(reason, "neutral")
