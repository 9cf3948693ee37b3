"""What a retention period is about, as the sentence or its label names it."""

from __future__ import annotations

import re

from clauses.core.fact_kinds import KEEP
from clauses.core.fact_scope import Scope, is_pronoun, main_verb, subject_before

_PLACE = re.compile(r" (?:on|from|in|at) (?:the|our|its|their|your)\b[^,]*$")
_BACK = re.compile(
    r"(?:[ ,]+(?:for|between|within|after|up to|until|at least|at most|no|not|later|more|longer|less|than|a|an"
    r"|the|maximum"
    r"|minimum|period|of|by|to|only|automatically|in|and|or|from|initial|generally|securely|\())+\s*$"
)
_APPLIES = re.compile(
    r"[^.;]{0,60}?\b(?:appl(?:y|ies)(?: only)? to|for) (?P<what>(?!up to\b|[^,.;(]*\bpurposes?\b)[^,.;(]+)"
)
_BEFORE_RETENTION = re.compile(
    r"\b(?P<what>(?!(?:our|the|existing|extended|updated|new|we|of|a|longer|standard|extending"
    r"|expanding)\b)\w+(?: \w+)?) retention\b"
)
_OTHER_PERIOD = re.compile(
    r",? (?:until .*|for the duration of .*|(?:only )?for (?:as|so) long as .*|(?:for|within|after"
    r"|up to) [^,;]{0,30}?\b(?:hour|day|week"
    r"|month|year)s?\b.*)$",
    re.S,
)
_OPENING_BRACKET = re.compile(r"^\([^()]*\) ")
_LATER_PASSIVE = re.compile(rf", (?P<what>[^,;.:]+?) (?:will|may|shall|can|is|are) (?:\w+ )*?{KEEP}\b")
_LATER_ACTIVE = re.compile(rf"(?:, \w+(?: \w+){{0,3}}?| we(?: \w+){{0,2}}?) {KEEP} (?P<what>[^,;.:]+)")


# "Notes for a week and drafts for a day": the second period has its own noun and shares the verb.
_NEXT_OF_TWO = re.compile(
    r"\b(?:hour|day|week|fortnight|month|quarter|year)s?\b\)?(?: (?:after|from|of) [^,;.:()]{1,40}?)?"
    r"(?:[,;] (?:(?:and|but|while|whereas) )?| (?:and|but|while|whereas) )"
    r"(?P<what>(?!(?:except|or|for|in|at|on|up|to|if|then|only|after|within|until|where|when|not|we|you|they|it|this)\b)"
    r"(?:(?!\b(?:we|you|they|it|will|may|can|must|shall|are|is|hours?|days?|weeks?|months?|years?)\b)[^,;.:()])+?)"
    r"(?= (?:for|up to|after|within|at least|at most|no longer) )"
    r"(?:(?!\b(?:hour|day|week|fortnight|month|quarter|year)s?\b)[^,;.:()])*$"
)
_EXPIRES = re.compile(r"(?P<verb>\b(?:(?:will|shall|may) )?(?:\w+ly )?(?:expires?|lapses?)\b)[^.;:]*$")
# The name of a field is no name of what is kept.
_FIELD = re.compile(
    r"(?:(?:data|maximum|minimum|our|the) )*(?:retention|storage|keeping)?[ -]?"
    r"(?:period|time|duration|length|term|retention|lifespan|how long(?: .*)?)s?"
)


def kept(scope: Scope, label: str) -> str:
    """What is retained, as written: object or subject of the verb, else a label ("Log entries: 30 days")."""
    what = _governed(scope) or _of_second(scope) or _of_verb(scope) or _later(scope) or _label(scope) or label
    return "" if is_pronoun(what) or _FIELD.fullmatch(what.lower()) else what


def _of_second(scope: Scope) -> str:
    """The noun of a second period that shares its verb with the first."""
    found = _NEXT_OF_TWO.search(scope.before)
    if found is None or re.search(rf"\b{KEEP}\b", found.group("what")):
        return ""
    return scope.slice(*found.span("what"))


def _governed(scope: Scope) -> str:
    """ "a 30-day retention period applies to feedback", "our 30-day log retention"."""
    if not re.match(r"[ -](?:\w+ ){0,2}?(?:retention|period|policy)\b", scope.after):
        return ""
    found = _APPLIES.match(scope.after)
    if found:
        return scope.slice(scope.end + found.start("what"), scope.end + found.end("what"))
    named = re.match(r"[ -](?P<what>\w+(?: \w+)?) retention\b", scope.after)
    return scope.slice(scope.end + named.start("what"), scope.end + named.end("what")) if named else ""


def _of_verb(scope: Scope) -> str:
    verb = main_verb(scope)
    if verb is None:
        expires = _EXPIRES.search(scope.before)
        if expires:
            return subject_before(scope, expires.start("verb"))
        named = _BEFORE_RETENTION.search(scope.before)
        return scope.slice(named.start("what"), named.end("what")) if named else ""
    between = scope.low[verb.end() : scope.start]
    back = _BACK.search(" " + between)
    stop = verb.end() + (back.start() - 1 if back else len(between))
    what = scope.slice(verb.end(), max(stop, verb.end()))
    if what and not verb.group("passive") and not _starts_with_preposition(what):
        return _cut(what)
    return subject_before(scope, verb.start())


def _starts_with_preposition(what: str) -> bool:
    return (
        re.match(r"(?:on|from|in|at|for|by|as|with|and|within|after|until|up|beyond|upon)\b", what.lower())
        is not None
    )


def _cut(what: str) -> str:
    what = _OTHER_PERIOD.sub("", _PLACE.sub("", _OPENING_BRACKET.sub("", what)))
    return what if len(what.split()) <= 20 else what.split(",")[0]


def _later(scope: Scope) -> str:
    """The object of a verb after the figure: "after 30 days, drafts are removed"."""
    found = _LATER_PASSIVE.match(scope.after) or _LATER_ACTIVE.match(scope.after)
    if not found:
        return ""
    return _cut(scope.slice(scope.end + found.start("what"), scope.end + found.end("what")))


def _label(scope: Scope) -> str:
    colon = scope.before.rfind(":")
    return scope.slice(0, colon) if 0 < colon < 120 else ""
