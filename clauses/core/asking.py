"""What the provider asks: of the user to act, or for leave."""

from __future__ import annotations

import re
from collections.abc import Container

from clauses.core.bearers import ALLIES
from clauses.core.change_rubric import stem

_ASK, _REQUIRE = stem("ask"), stem("require")
# "We request that you use a strong password."
ASKING = frozenset({_ASK, stem("request")})
_OBTAIN, _COLLECT, _GET = stem("obtain"), stem("collect"), stem("get")
_WHOM = r"(?:(?:the|our|all|each) )?(?P<{}>[\w'-]+)"
# "We ask you to agree first" and "to choose whether" serve the user.
_LEAVING = r"(?:consent|agree|allow|permit|approve|authori[sz]e|opt|confirm|choose|decide)\b"
_ACT = rf"(?:please |kindly )?(?P<{{}}>(?!{_LEAVING})\w+)"
_ASKED = re.compile(
    rf" that {_WHOM.format('of')} {_ACT.format('that')}"
    rf"| {_WHOM.format('whom')} (?:please |kindly )?(?:not )?to {_ACT.format('to')}"
)
_FOR_LEAVE = re.compile(
    rf"[^.;:]{{0,60}}?\b(?:{_LEAVING}|consents?\b|permissions?\b|authori[sz]ations?\b|approvals?\b|choices?\b)"
)
# Whichever is named first: "data without your consent" are data, "consent to use data" is leave.
_OBTAINED = re.compile(
    r"(?: [\w'-]+){0,5}?"
    r" (?:(?P<leave>consents?|permissions?|authori[sz]ations?|approvals?|agreements?|leave)"
    r"|(?P<data>data|information|details|records|content|materials?))\b"
)


def asked_of_user(match: re.Match[str], users: Container[str]) -> tuple[str, int] | None:
    """The verb that a statement asks of the user, and where it ends: "we ask | that you refrain", "… | you to wait".

    None where nothing is asked ("we never ask you to pay"), or of "our partners", who act for the provider.
    """
    found = _ASKED.match(match.string, match.end()) if not (match["not"] or match["free"]) else None
    asked = found and (found["of"] or found["whom"])
    if not found or asked not in users or (asked in ALLIES and " our " in found.group()):
        return None
    return found["that"] or found["to"], found.end()


def done_by_asking(verb: str, match: re.Match[str]) -> str:
    """The stem of what is done by asking for something or obtaining it; any other verb itself.

    Only leave is asked for. What is never asked for otherwise ("we never ask you to pay") is not required, and data
    that are obtained are collected.
    """
    if verb == _ASK and match["not"] and not _FOR_LEAVE.match(match.string, match.end()):
        return _REQUIRE
    return _done_by_obtaining(match) if verb == _OBTAIN else verb


def _done_by_obtaining(match: re.Match[str]) -> str:
    found = _OBTAINED.match(match.string, match.end())
    if not found:
        return _GET
    return _OBTAIN if found["leave"] else _COLLECT
