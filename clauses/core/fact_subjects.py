"""What a figure other than a retention period is about: the notice's matter, the claim, the liability, the people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clauses.core.fact_scope import Scope, affected, is_pronoun, subject_before

# A noun phrase ends before these.
_END = (
    r"(?= (?:within|by|at least|at most|at any|at its|at our|no later|not later|in advance|in writing|for any"
    r"|for the|for a"
    r"|with (?:\d+|at least|prior|written|a\b|no less|not less)"
    r"|without|before|after|only|no sooner"
    r"|upon|on|if|unless|except|and (?:we|you|it|to)|or (?:we|you)|from the|during|following|prior|to be"
    r"|to avoid|so that|in order|that|which"
    r"|who|is|are|will|shall|may|must|can|has|have|\d)\b|[,;:.()\[]|$)"
)
_WHAT = rf"(?P<what>(?:(?!\b(?:us|you|it|them)\b)[^,;:.()]){{2,90}}?){_END}"
_TO_WHOM = r"(?:(?:you|us|customers?|users?|the customer|the other party) )?"
_ACT = (
    r"\b(?:terminate|cancel|change|modify|amend|update|increase|raise|discontinue|suspend|audit|assign|replace|revise"
    r"|withdraw|close|end|appoint|engage)(?:s|ing)?(?! (?:in|at|by|within|with|on|and|or|no|not|only|upon)\b) "
)
_MATTER_OF_NOTICE = (
    re.compile(rf"\b(?:notify|inform|tell|alert) {_TO_WHOM}(?:of|about) {_WHAT}"),
    re.compile(
        rf"\bnotice(?: period)? {_TO_WHOM}(?:of|for|regarding|about) (?!\d|at least|not less|no less){_WHAT}"
    ),
)
_READERS: dict[str, tuple[re.Pattern[str], ...]] = {
    "notice_period": (
        re.compile(
            r"\b(?P<what>(?:(?:any|all|material|substantial|significant|these|such|the|price) )+(?:changes?"
            r"|modifications?|updates?"
            rf"|amendments?|increases?)(?: (?:to|in|of) [^,;:.()]{{2,60}}?)?){_END}"
        ),
        re.compile(_ACT + _WHAT),
    ),
    "opt_out_window": (
        re.compile(
            rf"\b(?:opt(?:ing)?[ -]out (?:of|from)|object(?:ing)? to|reject(?:ing)?|declin(?:e|ing)) {_WHAT}"
        ),
    ),
    "response_time": (
        re.compile(
            rf"\b(?:respond(?:ing)? to|reply(?:ing)? to|responses? to|answer(?:ing)?|acknowledg(?:e"
            rf"|ing)(?: receipt of)?"
            rf"|fulfil) {_WHAT}"
        ),
        re.compile(rf"\b(?:of|after|from) (?:receiving|receipt of|our receipt of) {_WHAT}"),
    ),
    "refund_period": (
        re.compile(
            rf"\b(?:refunds?(?: (?:of|for))?|cancel|withdraw from|return|reimburse) (?!(?:in|and|or|within|to"
            rf"|by|from|if|for|during|is|will|shall|policy|period|request)\b){_WHAT}"
        ),
        re.compile(rf"\b(?:date|day) of {_WHAT}"),
    ),
    "renewal_notice": (
        re.compile(
            rf"\b(?:cancel|terminate|not renew|stop) (?!(?:at|in|by|before|within|the automatic)\b){_WHAT}"
        ),
        re.compile(
            r"\b(?P<what>(?:your|the|this|a|each) (?:[\w-]+ ){0,3}?[\w-]+)(?= (?:will )?(?:automatically )?renews?\b)"
        ),
        re.compile(
            r"\b(?P<what>(?:your|the|this|any) (?:[\w-]+ )?(?:subscription|agreement|plan|membership|contract)s?)\b"
        ),
    ),
    "claim_period": (
        re.compile(
            r"\b(?P<what>(?:any |all |a |your |such |the )?(?:claims?|causes? of action|disputes?|actions?"
            r"|lawsuits?)\b"
            r"(?: (?:or|and) (?:claims?|causes? of action|disputes?|actions?))?"
            r"(?: (?:regarding|about|under|against|relating to|arising out of) [^,;:.()]{2,60}?(?= (?:must|may"
            r"|shall|will|is|has)\b))?)"
        ),
        re.compile(rf"\b(?:dispute|contest) {_WHAT}"),
    ),
    "period": (
        re.compile(
            rf"\b(?:pay|cure[sd]?|remedy|dispute|resolve|retrieve|export|download|settle|notify {_TO_WHOM}of) "
            rf"(?!(?:within|in|by|on|is|are|not|between|or|and|with)\b){_WHAT}"
        ),
    ),
    "liability_cap": (
        re.compile(
            r"\b(?P<what>(?:our|your|their|its|the|each|either|any|[\w-]+'s?) (?:[\w-]+'?s? ){0,4}?liabilit(?:y|ies)"
            r"(?: of (?:the )?[\w-]+(?: (?!for|to|in|under|with|arising|will|shall|is|and)[\w-]+){0,2})?)"
        ),
        re.compile(r"\b(?P<what>(?:the )?[\w-]+) (?:shall|will|is|are) (?:not|in no event) (?:be )?liable\b"),
    ),
    "effective_date": (
        re.compile(
            r"\b(?P<what>(?:these|this|the|our|your) (?:[\w-]+ ){0,4}?(?:terms(?: of \w+)?|agreement|policy"
            r"|notice|statement|addendum"
            r"|changes?|updates?|versions?|amendments?|dpa|prices?))\b"
        ),
    ),
    "deadline": (
        re.compile(
            r"\bto (?P<what>(?!be\b|the\b|our\b|your\b|these\b|this\b)[a-z][^,;:.()]{2,90}?)(?=[,;:.()]|$"
            r"| and (?:to |make )| or )"
        ),
        re.compile(
            r"\b(?:you|users?|customers?) (?:will |must |may |can |need to |have to )+(?P<what>[^,;:.()]{2,90}?)"
            r"(?= (?:by|before|until|no later|on or before)\b)"
        ),
    ),
    "renewal_period": (
        re.compile(
            r"\b(?P<what>(?:your|the|this|these|each|any|all|our) (?:[\w-]+ ){0,3}?(?:subscriptions?"
            r"|agreements?|terms?|plans?"
            r"|memberships?|contracts?))\b"
        ),
    ),
}
_PERSON = re.compile(
    r"\b(?:child(?:ren)?|minors?|teen(?:ager)?s?|(?:end )?users?|individuals?|persons?|people|anyone|residents?"
    r"|consumers?"
    r"|customers?|you|those|someone|members?)\b"
)
# Where the words that are in force, or come to be, stand before the verb.
_COMES_INTO_FORCE = re.compile(
    r"(?P<verb>,? (?:are|is|become|becomes|will be|will become|shall be|will take|takes?|will come|come|goes?"
    r"|go)) (?:in )?"
    r"(?:effective|effect|into effect|into force)\b"
)
_LOOSE_END = re.compile(r"(?: (?:and|or|at|at least|by|the|with|upon|on|of|for|to|in))+$")
# Words after the figure come before those in front of it for these.
_READ_AFTER_FIRST = frozenset(["deadline", "notice_period"])


def subject_of(kind: str, scope: Scope) -> str:
    """What the figure of a kind is about, as written; "" where the sentence does not say."""
    if kind == "notice_period":
        what = _first(_MATTER_OF_NOTICE, scope) or affected(scope) or _in_force(scope)
        if what:
            return what
    if kind == "minimum_age":
        return _person(scope)
    return _first(_READERS.get(kind, ()), scope, kind in _READ_AFTER_FIRST)


def _first(readers: Iterable[re.Pattern[str]], scope: Scope, after_first: bool = False) -> str:
    """What the first reader says that says something."""
    for reader in readers:
        what = _read(reader, scope, after_first)
        if what and not is_pronoun(what):
            return what
    return ""


def _read(reader: re.Pattern[str], scope: Scope, after_first: bool) -> str:
    """The match nearest before the figure, else the first after it; the other way round if so asked."""
    before = [match.span("what") for match in reader.finditer(scope.before)]
    found = reader.search(scope.low, scope.end)
    after = found.span("what") if found else None
    near = before[-1] if before else None
    span = (after or near) if after_first else (near or after)
    return _LOOSE_END.sub("", scope.slice(*span)) if span else ""


def _person(scope: Scope) -> str:
    """Whom an age limit is about: the nearest person up to the age."""
    found = None
    for match in _PERSON.finditer(scope.low, 0, scope.end):
        found = match
    return scope.slice(*found.span()) if found else ""


def _in_force(scope: Scope) -> str:
    """ "All price changes will be effective thirty days after …"."""
    found = None
    for match in _COMES_INTO_FORCE.finditer(scope.before):
        found = match
    return subject_before(scope, found.start("verb")) if found else ""


_DECIDED = re.compile(
    r"\b(?:governed|construed|interpreted|brought|resolved|submitted|heard|settled|adjudicated|litigated"
    r"|decided|determined"
    r"|finally|exclusively)\b"
)
_GOVERNS = re.compile(rf"\b(?:governs?|appl(?:y|ies) to|controls?) {_WHAT}")
_GOVERNS_NEXT = re.compile(rf"(?: laws?)? (?:\w+ ){{0,3}}?(?:governs?|appl(?:y|ies) to|controls?) {_WHAT}")
_TAKEN_THERE = re.compile(
    rf"\b(?:bring|submit|file|litigate|resolve|settle|venue for|arbitrate) (?:the )?(?=any|all|the|a|dispute"
    rf"|claim){_WHAT}"
)
_STATED = re.compile(r"^.*\b(?:agrees?|acknowledges?|understand) that ", re.IGNORECASE | re.DOTALL)
_PROMISE = re.compile(r"\b(?:agree|submit|consent)s?\b", re.IGNORECASE)
_FOR_WHOM = re.compile(
    r"(?:^|[;:.(]\s?|\([a-z]+\) )(?P<what>(?:for|if|where|unless|to the extent) [^;:.()]{3,140}?), "
)


def forum_subject(scope: Scope, anchor: int) -> str:
    """What a law governs or a court decides; `anchor`: where the words begin that name it ("the laws of …")."""
    governs = _GOVERNS_NEXT.match(scope.low, scope.end)
    if governs:
        return scope.slice(*governs.span("what"))
    decided = _DECIDED.search(scope.low, scope.low.rfind("; ", 0, anchor) + 1, anchor)
    if decided:
        what = _STATED.sub("", subject_before(scope, decided.start()))
        if what and not is_pronoun(what) and not _PROMISE.search(what):
            return what
    found = _GOVERNS.search(scope.low, scope.end)
    for match in _TAKEN_THERE.finditer(scope.low, 0, anchor):
        found = match
    return scope.slice(*found.span("what")) if found else ""


def forum_condition(scope: Scope) -> str:
    """For whom, or when, a law or venue is the one: the nearest such words before it."""
    found = None
    for match in _FOR_WHOM.finditer(scope.before):
        found = match
    return scope.slice(*found.span("what")) if found else ""
