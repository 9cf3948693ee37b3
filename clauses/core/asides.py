"""What looks like a statement and lays down nothing: conditions, examples, descriptions, what nobody warrants."""

from __future__ import annotations

import re

from clauses.core.bearers import subject_of
from clauses.core.passive_voice import Bearer

# "If you do not agree", "the data that you may provide": no statement of its own.
_SUBORDINATE = re.compile(
    r"\b(?:if|when|where|whenever|wherever|unless|whether|while|because|before|after|once|until|what|how|whose|which|whom?|however"
    r"|as|so that|such that)"
    r"(?: and (?:when|how|to))? (?:(?:the|an?|your|our|any|such|each|that) )?$"
)
# "How the stamps of letters are assigned" asks, and states nothing.
_ASKING = re.compile(r"\b(?:how|why|whether)(?: (?!(?:you|we|they|it|us|he|she)\b)[\w'-]+){0,4} $")
# "How letters are read and | we …", "regardless of how letters are read | we …": the question ends before.
_ASKED_BEFORE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|has|have|had|will|may|can|must)\b.*|and|or|but) $"
)
# "When your personal data is no longer required"; but "after the trial we charge you".
_OF_THING = re.compile(
    r"\b(?:if|when|where|unless|whether|while|once|until) (?:the|an?|your|our|any|such) \w+ $"
)
_PRONOUNS = frozenset({"we", "you", "they", "it", "he", "she"})
# "Letters that are not fetched": which ones; but "you agree that …".
_NOUN = re.compile(
    r"^(?!.*\b(?:agrees?|acknowledges?|understands?|confirms?|ensures?|provided|so|such|and|or) $).*\w ?$"
)
_RELATIVE = re.compile(
    r"\b(?:information|content|data|materials?|services?|features?|(?<!of )(?<!to )(?<!by )(?<!in )"
    r"(?<!agree )(?<!agrees )(?<!acknowledge )(?<!understand )that|those|anything|everything) $"
)
# "For example, you may be a member of a club" allows nothing.
_EXAMPLE = re.compile(r"\bfor (?:example|instance)\b[^.]*$")
# "Unless it proves that it is not responsible".
_SUPPOSED = re.compile(r"\b(?:unless|if|whether) [^.;,]{1,50} that $")
_BACK = 120
_NEAR = 36
_ASKED = re.compile(r"[^.!?]{0,400}\?")
# In "we do not warrant that errors will be corrected" nobody says that they will.
_UNWARRANTED = re.compile(
    r"\b(?:not|no|never|nor|neither|disclaims?)\b[^.;]{0,60}"
    r"\b(?:warrant|guarant|represent|promis|assur)\w*\b[^.;]{0,240}$"
)
_WARRANTED = ("warrant", "guarant", "represent", "promis", "assur")
_REACH = 320
# "We do not set out to collect", "not limited to": a denial of no act.
_AUXILIARIES = frozenset(
    {"can", "may", "will", "shall", "must", "could", "should", "do", "does", "is", "are"}
)
_INITIALS = 4
_STOP = re.compile(r"[.;:,!?()|\n]")
_BEFORE_NOUN_LIST = """
the a an any your our my their its his her all those these other another such what whatever which whichever
"""
_BEFORE_NOUN = frozenset(_BEFORE_NOUN_LIST.split())
_NOUN_REACH = 5
_NO_NOUN = frozenset({"and", "or", "but", "nor", "so", "then", "also", "that", "here", "there"})
_OPENING_LIST = """
in on at by with within for from under upon through during after before until once when if where while as unless
"""
_OPENING = frozenset(_OPENING_LIST.split())
_OBJECT = re.compile(r" (?:your|the|our|any|all|their|its|it|them|an?)\b")
# What one does with these is a service, and takes nothing.
_OF_SERVICE = re.compile(
    r"process(?:es)? (?:\w+ ){0,2}(?:payments?|orders?|transactions?|refunds?|returns)\b"
    r"(?! (?:data|information|details|history|records?|cards?)\b)"
)
_NO_ACT = {"limited": " to", "set": " out ", "seek": " to "}


def is_aside(match: re.Match[str], read: str) -> bool:
    """Whether a statement stands in a condition, in an example, in a description of something else or in a question."""
    start = subject_of(match)[1]
    before, further = read[max(0, start - 24) : start], read[max(0, start - _BACK) : start]
    if (
        _is_asking(further, match["subject"])
        or _SUBORDINATE.search(before)
        or _SUPPOSED.search(further)
        or _ASKED.match(read, match.end())
    ):
        return True
    if match["not"] and match["subject"] in {"that", "which"} and _NOUN.search(before):
        return True
    if match["subject"] not in _PRONOUNS and _OF_THING.search(read, max(0, start - _NEAR), start):
        return True
    if match["may"] and match["subject"] == "you" and _EXAMPLE.search(further):
        return True
    is_weak = match["plain"] is not None or match["may"] or match["free"]
    return bool(is_weak) and _RELATIVE.search(before) is not None


def describes_noun(match: re.Match[str]) -> bool:
    """Whether subject and verb only say which thing is meant: "these are the letters | you choose" to show.

    "In this case you choose" and "each month you choose" are sentences of their own.
    """
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    words = _STOP.split(before)[-1].split()
    if not words or words[0] in _OPENING or words[-1] in _NO_NOUN:
        return False
    # "The letters", "the ratings or comments": the noun has its article before it, or the one joined to it has.
    return not _BEFORE_NOUN.isdisjoint(words[-_NOUN_REACH:-1])


def _is_asking(before: str, subject: str) -> bool:
    found = _ASKING.search(before)
    return found is not None and not (subject in _PRONOUNS and _ASKED_BEFORE.search(found.group()))


def is_void(match: re.Match[str], text: str, bearer: Bearer, *, is_done: bool) -> bool:
    """Whether words neither give nor take: a denied intention, part of a title, what is not warranted, a service."""
    if (
        match["subject"] in _AUXILIARIES
        and match.string[max(0, match.start() - 2) : match.start() - 1].isalpha()
    ):
        # Inside of a statement that was an aside: "so that it | can no longer be used".
        return True
    if match["not"] and "able to" in match["between"] and match["not"].startswith(("may", "might")):
        # What may turn out to be impossible is not forbidden.
        return True
    following = _NO_ACT.get(match["verb"])
    if match["not"] and following and match.string.startswith(following, match.end()):
        return True
    is_no_verb = match["plain"] is not None and _is_no_verb(match, text)
    if is_no_verb or (bearer != "user" and _OF_SERVICE.match(match.string, match.start("verb"))):
        return True
    if bearer != "other":
        return False
    return match["free"] is not None or (is_done and _is_unwarranted(match))


def _is_no_verb(match: re.Match[str], text: str) -> bool:
    """Whether what looks like subject and verb is none: "Healthcare Use", "help us protect", "blocking ID use"."""
    at = match.start("verb")
    is_name = text[at].isupper() and not text[at : match.end()].isupper()
    return is_name or match["subject"] == "us" or _is_of_initials(match, text)


def _is_of_initials(match: re.Match[str], text: str) -> bool:
    """Whether what looks like a subject is short for some words before a noun: "API use", "IP access"."""
    subject, verb = text[match.start() : match.end("subject")], text[match.start("verb") : match.end()]
    is_noun = verb.islower() and not verb.endswith("s") and not _OBJECT.match(match.string, match.end())
    return is_noun and subject.isupper() and len(subject) <= _INITIALS and match["subject"] not in _PRONOUNS


def _is_unwarranted(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _REACH) : match.start()]
    return any(word in before for word in _WARRANTED) and _UNWARRANTED.search(before) is not None
