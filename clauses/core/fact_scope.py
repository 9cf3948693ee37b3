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
    r"|full|from|and|then|greater|later|longer|lesser|shorter|earlier|sooner"
    r"|updated) )+\(?$"
)
_NOUN = re.compile(
    r"(?:'s?)?[ -](?:(?:data|retention|advance|prior|written|cancellation|withdrawal|cooling-off|grace"
    r"|trial|storage"
    r"|opt-out|in) ){0,3}(?:notice|period|policy|window|retention|in advance)\b"
)
# "The greater of 30 days or one billing cycle": the figure is only one of two.
_ONE_OF_TWO = re.compile(r"\b(?:greater|later|longer|lesser|shorter|earlier|sooner) of (?:\(?[a-z]\) ?)?\(?$")
_OTHER_OF_TWO = re.compile(r",? (?:or|and) (?:\(?[a-z]\) )?[^,;.:()|]{2,60}?(?=[,;.:()|]|$)")
_TRIGGER = re.compile(
    r"(?:[- ]\w+){0,2}? ?\b(?P<trigger>(?:after|of|from|following|upon|before|prior to|since"
    r"|in advance of)(?P<rest> [^,;.:()|]+))"
)
_STOP = re.compile(
    r"\b(?:unless|except|if|where|when|but|so that|in order|or (?:one\b|[$€£\d])|and (?:we|you|it|will"
    r"|may|are|is)"
    r"|and (?:\w+ ){1,4}for (?:up to |at least )?(?:\d+|an?)|and \d+ [a-z]+ (?:after|from)|or as|to (?:the|an?))\b"
)
_LEADING = re.compile(
    r"(?:if|where|when|whenever|unless|once|for(?! example\b| instance\b)|in the event|in cases?|in such"
    r"|subject to|notwithstanding|except"
    r"|to the (?:fullest|maximum|extent)|by (?:using|accessing|creating)|upon|following|after"
    r"|with respect to|provided)\b"
)
_TRAILING = re.compile(r"\b(?:if|unless|except|provided that|where|when|only to the extent)\b[^;|]*")
_MODAL = re.compile(r"\b(?:will|may|shall|can|must|would|should|is|are|was|were|be|has|have)\b")
_RELATIVE = re.compile(r",? ?\b(?:which|that|who)\s*$")
_PHRASE_START = re.compile(
    r"^.*\b(?:(?:can|may|will|shall|must|should|could) \w+|delete|to|of|for|with|by"
    r"|see|that|and|from|the|your)\s+(?=\w)"
)
_NOTICE_OF = re.compile(
    r"[^.;,]{0,30}?\b(?:of|before|prior to|in advance of) (?P<what>(?:any |the |a )?[^,;.:()]+)"
)
_OUT_OF = re.compile(
    r"\b(?:opt(?:ing)? out of|reject|object to) (?P<what>[^,;.:()]+?)(?= (?:within|by|no later)| *$)"
)
_CONJUNCTION = re.compile(r"^(?:after|before|once|when|if|until|where|and) ", re.IGNORECASE)
_PRONOUNS = frozenset(
    ["it", "they", "them", "this", "that", "these", "those", "which", "we", "you", "such", "term"]
)


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
    other = _OTHER_OF_TWO.match(scope.after) if _ONE_OF_TWO.search(scope.before) else None
    noun = other or _NOUN.match(scope.after)
    if noun:
        return start, scope.end + noun.end()
    trigger = _trigger_span(scope)
    if trigger and len(scope.sentence[scope.end : trigger[1]].split()) <= 8:
        return start, trigger[1]
    return start, scope.end


def condition(scope: Scope) -> str:
    """When the figure holds: the condition before it, or the one after it, or what the period starts with."""
    return _leading(scope) or _trailing(scope) or _trigger(scope)


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


def main_verb(scope: Scope) -> re.Match[str] | None:
    """The last verb of keeping or deleting before the figure, outside of conditions where there is one."""
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
    verb = main_verb(scope)
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
