"""What a figure is about, when it holds, and the words that state it: slices of one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clauses.core.fact_kinds import KEEP

_VERB = re.compile(
    rf"\b(?P<passive>(?:is|are|be|been|was|were|being|get|gets) (?:\w+ly |also |then |only )*)?(?:{KEEP}|processed)\b"
)
_ADJECTIVE = re.compile(
    r"\b(?:of|the|any|your|our|all|such|other|previously) (?:deleted|stored|archived|removed|erased|retained)$"
)
# "until you delete it", "until your request is processed"
_IN_A_CONDITION = re.compile(r"\buntil (?:[\w']+ ){0,4}$")
_BRACKETS = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"(?:[•·▪◦‣*–—-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]|\d{1,2}(?:\.\d{1,3}){1,3}\.?)\s+")
_QUALIFIER = re.compile(
    r"(?:\b(?:within|between|for|after|up to|until|at least|at most|no|not|later|more|longer|less|fewer|than|a"
    r"|an|the|maximum"
    r"|minimum|period|of|in|by|to|our|existing|new|further|additional|approximately|about|only|initial"
    r"|full|from|and|then"
    r"|updated) )+\(?$"
)
_NOUN = re.compile(
    r"(?:'s?)?[ -](?:(?:data|retention|advance|prior|written|cancellation|withdrawal|cooling-off|grace"
    r"|trial|storage"
    r"|opt-out|in) ){0,3}(?:notice|period|policy|window|retention|in advance)\b"
)
_TRIGGER = re.compile(
    r"(?:[- ]\w+){0,2}? ?\b(?P<trigger>(?:after|of|from|following|upon|before|prior to|since"
    r"|in advance of)(?P<rest> [^,;.:()|]+))"
)
_STOP = re.compile(
    r"\b(?:unless|except|if|where|when|but|so that|in order|or (?:one\b|[$€£\d])|and (?:we|you|it|will"
    r"|may|are|is)|or as|to (?:the|an?))\b"
)
_LEADING = re.compile(
    r"(?:if|where|when|whenever|unless|once|for(?! example\b| instance\b)|in the event|in cases?|in such"
    r"|subject to|notwithstanding|except"
    r"|to the (?:fullest|maximum|extent)|by (?:using|accessing|creating)|upon|following|after"
    r"|with respect to|provided)\b"
)
_TRAILING = re.compile(r"\b(?:if|unless|except|provided that|where|when|only to the extent)\b[^;|]*")
_PLACE = re.compile(r" (?:on|from|in|at) (?:the|our|its|their|your)\b[^,]*$")
_BACK = re.compile(
    r"(?:[ ,]+(?:for|between|within|after|up to|until|at least|at most|no|not|later|more|longer|less|than|a|an"
    r"|the|maximum"
    r"|minimum|period|of|by|to|only|automatically|in|and|or|from|initial|generally|securely|\())+\s*$"
)
_MODAL = re.compile(r"\b(?:will|may|shall|can|must|would|should|is|are|was|were|be|has|have)\b")
_RELATIVE = re.compile(r",? ?\b(?:which|that|who)\s*$")
_PHRASE_START = re.compile(
    r"^.*\b(?:(?:can|may|will|shall|must|should|could) \w+|delete|to|of|for|with|by"
    r"|see|that|and|from|the|your)\s+(?=\w)"
)
_APPLIES = re.compile(
    r"[^.;]{0,60}?\b(?:appl(?:y|ies)(?: only)? to|for) (?P<what>(?!up to\b|[^,.;(]*\bpurposes?\b)[^,.;(]+)"
)
_BEFORE_RETENTION = re.compile(
    r"\b(?P<what>(?!(?:our|the|existing|extended|updated|new|we|of|a|longer|standard|extending"
    r"|expanding)\b)\w+(?: \w+)?) retention\b"
)
_NOTICE_OF = re.compile(
    r"[^.;,]{0,30}?\b(?:of|before|prior to|in advance of) (?P<what>(?:any |the |a )?[^,;.:()]+)"
)
_OUT_OF = re.compile(
    r"\b(?:opt(?:ing)? out of|reject|object to) (?P<what>[^,;.:()]+?)(?= (?:within|by|no later)| *$)"
)
_OTHER_PERIOD = re.compile(
    r",? (?:until .*|for the duration of .*|(?:only )?for (?:as|so) long as .*|(?:for|within|after"
    r"|up to) [^,;]{0,30}?\b(?:hour|day|week"
    r"|month|year)s?\b.*)$",
    re.S,
)
_OPENING_BRACKET = re.compile(r"^\([^()]*\) ")
_CONJUNCTION = re.compile(r"^(?:after|before|once|when|if|until|where|and) ", re.IGNORECASE)
_PRONOUNS = frozenset(
    ["it", "they", "them", "this", "that", "these", "those", "which", "we", "you", "such", "term"]
)
_LATER_PASSIVE = re.compile(rf", (?P<what>[^,;.:]+?) (?:will|may|shall|can|is|are) (?:\w+ )*?{KEEP}\b")
_LATER_ACTIVE = re.compile(rf"(?:, \w+(?: \w+){{0,3}}?| we(?: \w+){{0,2}}?) {KEEP} (?P<what>[^,;.:]+)")


@dataclass(frozen=True, slots=True)
class Scope:
    """A figure at `sentence[start:end]`; `low` is the folded sentence, of the same length."""

    sentence: str
    low: str
    start: int
    end: int

    @property
    def before(self) -> str:
        return self.low[: self.start]

    @property
    def after(self) -> str:
        return self.low[self.end :]

    def slice(self, start: int, end: int) -> str:
        """A part of the sentence as written, without bullets, list commas and white space around it."""
        words = self.sentence[start:end].strip()
        bullet = _BULLET.match(words)
        return words[bullet.end() if bullet else 0 :].strip(" ,;:|.-–—*\u2060")


def quote_span(scope: Scope) -> tuple[int, int]:
    """Start and end, in the sentence, of the figure with what qualifies it ("within 28 days of receipt")."""
    lead = _QUALIFIER.search(scope.before)
    start = lead.start() if lead else scope.start
    noun = _NOUN.match(scope.after)
    if noun:
        return start, scope.end + noun.end()
    trigger = _trigger_span(scope)
    if trigger and len(scope.sentence[scope.end : trigger[1]].split()) <= 8:
        return start, trigger[1]
    return start, scope.end


def condition(scope: Scope) -> str:
    """When the figure holds: the condition before it, or the one after it, or what the period starts with."""
    return _leading(scope) or _trailing(scope) or _trigger(scope)


def kept(scope: Scope, label: str) -> str:
    """What is retained, as written: object or subject of the verb, else a label ("Log entries: 30 days")."""
    what = _governed(scope) or _of_verb(scope) or _later(scope) or _label(scope) or label
    return "" if is_pronoun(what) else what


def affected(scope: Scope) -> str:
    """What a notice or window is about: what follows "of", "before" or "out of"."""
    found = _OUT_OF.search(scope.before)
    if found:
        return scope.slice(found.start("what"), found.end("what"))
    found = _NOTICE_OF.match(scope.after)
    if not found:
        return ""
    stop = _STOP.search(scope.after, found.start("what"), found.end())
    what = scope.slice(scope.end + found.start("what"), scope.end + (stop.start() if stop else found.end()))
    return "" if is_pronoun(what) else what


def _masked(low: str) -> str:
    """The sentence with what stands in brackets blanked out, so that its commas divide nothing."""
    return _BRACKETS.sub(lambda match: "(" + "_" * (len(match.group()) - 2) + ")", low)


def _main_verb(scope: Scope) -> re.Match[str] | None:
    # "backups of deleted notes": a participle before a noun is no verb.
    verbs = [
        verb
        for verb in _VERB.finditer(scope.before)
        if not _ADJECTIVE.search(verb.string, max(0, verb.start() - 12), verb.end())
    ]
    stated = [
        verb
        for verb in verbs
        if not _IN_A_CONDITION.search(verb.string, max(0, verb.start() - 60), verb.start())
    ]
    found = stated or verbs
    return found[-1] if found else None


def _leading(scope: Scope) -> str:
    bullet = _BULLET.match(scope.low)
    start = bullet.end() if bullet else 0
    if not _LEADING.match(scope.low, start):
        return ""
    verb = _main_verb(scope)
    masked = _masked(scope.low)
    limit = verb.start() if verb else scope.start
    stop = max(masked.rfind(", ", start, limit), masked.rfind(": ", start, limit))
    return scope.slice(start, stop) if stop > start else ""


def _trailing(scope: Scope) -> str:
    found = _TRAILING.search(_masked(scope.low), scope.end)
    return scope.slice(found.start(), found.end()) if found else ""


def _trigger(scope: Scope) -> str:
    span = _trigger_span(scope)
    return scope.slice(*span) if span else ""


def _trigger_span(scope: Scope) -> tuple[int, int] | None:
    found = _TRIGGER.match(scope.low, scope.end)
    if not found:
        return None
    stop = _STOP.search(scope.low, found.start("rest"), found.end())
    return found.start("trigger"), len(scope.low[: stop.start() if stop else found.end()].rstrip())


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
    verb = _main_verb(scope)
    if verb is None:
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


def is_pronoun(what: str) -> bool:
    """Whether the words only point at something named elsewhere."""
    return what.lower() in _PRONOUNS


def subject_before(scope: Scope, verb_at: int) -> str:
    """The noun before a passive verb, from where its clause starts; the word a "which" refers to."""
    masked = _masked(scope.low)
    head = masked[:verb_at]
    modal = next(
        iter(_MODAL.finditer(head, max(head.rfind("; "), head.rfind(": "), _opening(head)) + 1)), None
    )
    stop = modal.start() if modal else verb_at
    relative = _RELATIVE.search(head[:stop])
    if relative:
        start = _PHRASE_START.match(head[: relative.start()])
        return scope.slice(start.end() if start else 0, relative.start())
    start_at = max(head.rfind("; ", 0, stop), head.rfind(": ", 0, stop), _opening(head[:stop]))
    return _CONJUNCTION.sub("", scope.slice(start_at + 1, stop))


def _opening(head: str) -> int:
    """Where the condition a sentence opens with ends; -1 without one."""
    bullet = _BULLET.match(head)
    leads = _LEADING.match(head, bullet.end() if bullet else 0) or head.count(", ") == 1
    return head.rfind(", ") if leads else -1


def _later(scope: Scope) -> str:
    """The object of a verb after the figure: "after 30 days, drafts are removed"."""
    found = _LATER_PASSIVE.match(scope.after) or _LATER_ACTIVE.match(scope.after)
    if not found:
        return ""
    return _cut(scope.slice(scope.end + found.start("what"), scope.end + found.end("what")))


def _label(scope: Scope) -> str:
    colon = scope.before.rfind(":")
    return scope.slice(0, colon) if 0 < colon < 120 else ""
