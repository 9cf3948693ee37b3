"""What the provider asks: of the user to act, or for leave."""

from __future__ import annotations

import re
from collections.abc import Container

from clauses.core.change_rubric import stem

_WHOM = r"(?:(?:the|our|all|each) )?(?P<{}>[\w'-]+)"
# "We ask you to agree first" serves the user.
_ACT = r"(?:please |kindly )?(?P<{}>(?!(?:consent|agree|allow|permit|approve|opt|confirm)\b)\w+)"
_ASKED = re.compile(
    rf" that {_WHOM.format('of')} {_ACT.format('that')}"
    rf"| {_WHOM.format('whom')} (?:please |kindly )?(?:not )?to {_ACT.format('to')}"
)
_LEAVE = re.compile(
    r"(?: [\w'-]+){0,5} (?:consents?|permissions?|authori[sz]ations?|approvals?|agreements?|leave)\b"
)
_DATA = re.compile(r"(?: [\w'-]+){0,4} (?:data|information|details|records|content|materials?)\b")


def asked_of_user(match: re.Match[str], users: Container[str]) -> tuple[str, int] | None:
    """The verb that a statement asks of the user, and where it ends: "we ask | that you refrain", "… | you to wait"."""
    found = _ASKED.match(match.string, match.end())
    if not found or (found["of"] or found["whom"]) not in users:
        return None
    return found["that"] or found["to"], found.end()


def verb_of_obtaining(match: re.Match[str]) -> str:
    """What is done by obtaining something: data are collected, only leave is asked for; the stem of a verb."""
    if _LEAVE.match(match.string, match.end()):
        return stem("obtain")
    return stem("collect" if _DATA.match(match.string, match.end()) else "get")
