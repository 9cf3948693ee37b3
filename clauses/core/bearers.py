"""Whom a statement binds or frees, by its subject: the user, the provider, or somebody else."""

from __future__ import annotations

import re
from collections.abc import Container

from clauses.core.passive_voice import PROVIDERS, Bearer

_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ee]ach|[Ee]very) $")
_NO_NAMES_LIST = """
not no this that these those it they he she there which who such any some all each other others data information
content parties party neither either both nothing nobody use case cases
"""
_NO_NAMES = frozenset(_NO_NAMES_LIST.split())
_JOINED = frozenset({"and", "or", "but", "nor", "then"})
_SAID = re.compile(
    r"(?P<subject>[\w'-]+) (?:(?:also|hereby|only) )?"
    r"(?:(?P<not>(?:will|shall|may|can|must|do|does|should) not\b|cannot\b|won't\b|don't\b|doesn't\b)"
    r"|(?P<may>may|can|might)\b|(?:will|shall|must|do|does|should|agrees?)\b"
    # "We request that you use it, and never share it."
    r"|(?:(?<=request that you )|(?<=ask that you ))\w)"
)
_BARE = re.compile(r" ?be\b")
_REACH = 160
_PARTY_REACH = 30
_NEAR = 60
_OBJECT = re.compile(r"(?P<article>[Tt]he )?\b(?P<name>[A-Z][\w'-]+|us|you)\b")
# "Partners" sell on a platform; "our partners" work for it.
ALLIES = frozenset({"partner", "partners", "advertisers", "contributors"})
# In the standard contractual clauses of the European Union the provider may be the one or the other.
_ROLES = frozenset({"importer", "importers", "exporter", "exporters"})
_PARTIES = frozenset({"party", "parties"})
_OF_BOTH = re.compile(r"\b(?:each|either|both|neither|one|the|all)(?: (?:other|responsible|contracting))? $")
_OTHERS = re.compile(r"\b(?:other|another) $")
_PLURAL = re.compile(r"(?:do not|don't|are(?: not)?|aren't|have)\b")


def is_either_side(match: re.Match[str]) -> bool:
    """Whether the subject of a statement may be the user as well as the provider: "the data importer", "each party"."""
    subject, start = subject_of(match)
    if subject in _PARTIES:
        return _OF_BOTH.search(match.string, max(0, start - _PARTY_REACH), start) is not None
    return subject in _ROLES and match.string.endswith("data ", 0, start)


def subject_of(match: re.Match[str]) -> tuple[str, int]:
    """The subject of a statement and where it stands: in "Customer will not, and will not permit" both have one."""
    said = _said_before(match) if match["plain"] is None else governing(match)
    if said is None:
        return match["subject"], match.start()
    return said["subject"], said.start("subject")


def governing(match: re.Match[str]) -> re.Match[str] | None:
    """Subject and auxiliary that a bare "be" goes on from: "chats won't be kept or | be used"; None for any other."""
    is_bare = match["plain"] is not None and _BARE.match(match["between"])
    return _said_before(match) if is_bare else None


def _said_before(match: re.Match[str]) -> re.Match[str] | None:
    if match["subject"] not in _JOINED:
        return None
    text, start = match.string, match.start()
    begin = max((text.rfind(mark, max(0, start - _REACH), start) + 1 for mark in ".;:!?"), default=0)
    found = [
        said
        for said in _SAID.finditer(text, max(begin, start - _REACH), start)
        if said["subject"] not in _JOINED
    ]
    return found[-1] if found else None


def bearer_of(match: re.Match[str], text: str, users: Container[str]) -> Bearer:
    """The side that the subject of a statement names; `match` has the groups subject, not, plain and verb."""
    subject, start = subject_of(match)
    bearer = _named(subject, text, start, users)
    if bearer == "provider" and subject not in PROVIDERS and _is_plural(match):
        # "Models do not store …" speaks of things: no name of a company has several.
        return "other"
    return bearer


def serves_provider(match: re.Match[str], text: str, users: Container[str]) -> bool:
    """Whether what follows the verb names the provider: "the Vendor shall indemnify | Northlight" binds a user."""
    for word in _OBJECT.finditer(text, match.end(), match.end() + _NEAR):
        name = word["name"]
        if name.casefold() in users:
            return False
        if name.casefold() in PROVIDERS or (name[0].isupper() and not word["article"]):
            return True
    return False


def _named(subject: str, text: str, start: int, users: Container[str]) -> Bearer:
    before = text[max(0, start - 8) : start]
    if subject in users:
        is_other = _OTHERS.search(before.casefold()) or (subject in ALLIES and before.endswith("our "))
        return "other" if is_other else "user"
    if subject in PROVIDERS:
        return "provider"
    if not text[start].isupper() or len(subject) < 2 or subject in _NO_NAMES:
        return "other"
    # A name without an article is the provider's; "the Restaurant" may be either side.
    return "other" if _ARTICLE.search(before) else "provider"


def _is_plural(match: re.Match[str]) -> bool:
    """Whether subject and verb agree as those of several do: "Models do not", "Cookies store"."""
    if not match["subject"].endswith("s") or match["subject"].endswith(("ss", "'s")):
        return False
    said = match.string[match.end("subject") + 1 : match.end()]
    is_bare = match["plain"] is not None and not match["verb"].endswith(("s", "ed"))
    return is_bare or _PLURAL.match(said) is not None
