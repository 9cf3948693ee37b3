"""Who may, must or must not do what: the statements of a clause, and what each is for the user."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from clauses.core.asides import describes_noun, is_aside, is_void
from clauses.core.asking import ASKING, asked_of_user, done_by_asking
from clauses.core.bans import bans, begins_with_ban
from clauses.core.bearers import bearer_of, governing, is_either_side, serves_provider, subject_of
from clauses.core.change_rubric import StatementRule, opposite, stem
from clauses.core.denials import EXCEPTING
from clauses.core.folding import folded
from clauses.core.gifts import GIVE, worth_of_gift
from clauses.core.leads import CLOSING, Led, led_within, lists_conditions
from clauses.core.meant_verbs import meant_by, meant_verb
from clauses.core.passive_voice import PASSIVE, Bearer, agent_of
from clauses.core.sentences import sentences
from clauses.core.statement_beginnings import beginnings
from clauses.core.unnamed_denials import unnamed_denials
from clauses.core.values import Direction, Passage
from clauses.core.worths import STATES, Force, worth_of, worth_of_act

_MAY = (
    r"may|can|could|might|(?:are|is) (?:free|entitled|permitted|allowed) to|(?:have|has) (?:the|a) right to"
    r"|(?:have|has) the option to"
    r"|reserves? the right to"
)
_MUST = (
    r"must|shall|agrees? to|agrees? that (?:you|they|it) will|(?:are|is) (?:required|obliged|obligated) to"
    r"|(?:are|is) responsible for|needs? to|(?:have|has) to"
)
_NOT = (
    r"(?:will|do|does|may|can|must|shall|should|are|is) not|won't|don't|doesn't|can't|cannot|aren't|isn't"
    r"|(?:(?:will|can|may|shall|must|could|are|is) )?(?:never|no longer)|agrees? not to"
    r"|agrees? that (?:you|they) will not"
)
# "You do not have to" demands nothing.
_FREE = (
    r"(?:do|does|will) not (?:need|have) to|(?:don't|doesn't|won't) (?:need|have) to"
    r"|(?:are|is) (?:not|under no) (?:required|obliged|obligated|obligation) to|(?:has|have) no (?:obligation|duty) to"
)
_BETWEEN = (
    # "Will, at its own expense, defend".
    r"(?:, (?!and\b|or\b|nor\b|but\b)[^,.;:()]{1,60},)?"
    r"(?: ?\b(?:\w+ly|also|only|ever|then|is|are|be|been|being|have|in any way|at any time|instead|continue to"
    r"|attempt to|able to|allowed to|permitted to|let|help|held(?= (?:liable|responsible)\b))\b){0,6}"
)
_STATEMENT = re.compile(
    r"(?P<subject>\b[\w'-]{1,40})(?: (?:also|only|generally|currently|then|each|both|hereby|expressly|and our \w+))?"
    rf" (?:(?P<free>{_FREE})|(?P<not>{_NOT})|(?P<must>{_MUST})|(?P<may>{_MAY})|(?P<will>will)"
    rf"|(?P<plain>(?:also |then |only )?(?=\w)))\b(?P<between>{_BETWEEN}) ?[\"']?"
    r"(?P<verb>(?!(?:us|you|it|them|me|him|her|and|or|not)\b)\w+)"
)
_PRONOUN = re.compile(r"(?i:it|they)\b")
# "We do not read your letters except:" opens a list of what is not promised.
_EXCEPTING = re.compile(
    rf"\b(?:{EXCEPTING}|excluding)\b"
    # "Unless the law demands it" is an exception that is told to its end.
    r"(?! (?:otherwise|required|prohibited|permitted|agreed|expressly|stated|noted|specified)\b)"
    # "For purposes other than marketing, such as:" lists the purposes, not what is excepted.
    r"(?:(?!\b(?:such as|including|for (?:example|instance))\b)[^.;:]){0,60}$"
)
# "We use it for no purposes other than:" is a promise with all of its items.
_LIMIT = re.compile(
    r"\b(?:not|never|no)\b[^.;:]*\bpurposes?,? (?:except|unless|other than|apart from|save)\b"
)
# "You may only use …", "you may use it only for …".
_ONLY = re.compile(r"[^.;:,]*\bonly\b")
_NEAR = 40
# "We keep no logs", "we share it with nobody", "we use it for no advertising"; but "no later than" denies nothing, and
# "with no limits" or "for no fee" says how it is done.
_NONE = re.compile(
    r"(?: (?:it|them|this|these|your \w+))?"
    r"(?: (?:no|none)\b(?! (?:later|longer|more|less|fewer|earlier|sooner|matter|doubt|other|one but)\b)"
    r"|(?: (?:to|with|in|for|on|from|of))? (?:none|nobody|no one)\b(?! but\b)"
    r"|(?: (?:to|with|for|from|of)) no (?:third|outside|part(?:y|ies)|partners?|brokers?|advertis\w+|compan(?:y|ies)"
    r"|persons?|people|purposes?|marketing)\b)"
    r"|(?: [\w'-]+){1,3} (?:with|to) (?:no one|nobody)\b(?! but\b)"
)
# The first figure asked first: that finds it in half of the time.
_FIGURE = re.compile(r"[0-9](?<!\w.)[0-9]*+\b")
# A longer text is one of few. Those kept are of 4 MB together at most.
_LONGEST_SHARED = 1_000


class Norm(NamedTuple):
    """One statement: who is bound or freed, with what force, to do what. `worth` is what it is for the user.

    `start` and `end` are its place in the text, from the subject to the verb.
    """

    bearer: Bearer
    force: Force
    verb: str
    worth: Direction
    start: int
    end: int


def norms(text: str, rules: StatementRule) -> list[Norm]:
    """The statements of a text in order. Conditions and descriptions ("if you do not agree") are none.

    No rule of this room reads a figure, so wordings that differ in figures alone are read once.
    """
    is_shared = len(text) <= _LONGEST_SHARED
    found = _shared_norms(_FIGURE.sub(_without_value, text), rules) if is_shared else None
    return list(_norms(text, rules) if found is None else found)


def _without_value(figure: re.Match[str]) -> str:
    return "0" * len(figure.group())


def _norms(text: str, rules: StatementRule) -> tuple[Norm, ...]:
    plain = _plain(text, rules)
    led = [norm for item in led_within(text) for norm in _led(item, text, rules, plain)]
    return tuple(sorted((*plain, *led), key=_place)) if led else tuple(plain)


def _plain(text: str, rules: StatementRule) -> list[Norm]:
    # Folded, a dash would join the words that it parts: "of you—we use it".
    read = folded(text.replace("—", ";"))
    found: list[Norm] = []
    for norm in sorted((*_banned(read), *_denied(read, rules), *_stated(read, text, rules)), key=_place):
        # "We do not allow" is one statement, though it can be read in two ways.
        if not found or norm.start >= found[-1].end:
            found.append(norm)
    return found


def _led(item: Led, text: str, rules: StatementRule, plain: Iterable[Norm]) -> Iterator[Norm]:
    """What an item of a list inside of a sentence says with what leads into it, where it says nothing alone."""
    by = item.start - len(item.lead) - 1
    for norm in _plain(f"{item.lead} {text[item.start : item.end]}", rules)[:1]:
        end = norm.end + by
        near = min(item.end, end + _NEAR)
        is_told = any(other.start < near and other.end > item.start for other in plain)
        if end > item.start and not is_told:
            yield norm._replace(start=item.start, end=end)


# The types of a version are asked for what its clauses say, and then each of its edits.
@lru_cache(maxsize=4096)
def _shared_norms(text: str, rules: StatementRule) -> tuple[Norm, ...] | None:
    """The statements of a text without its figures; None where one takes a figure for its verb."""
    found = _norms(text, rules)
    return None if any(norm.verb.isdigit() for norm in found) else found


def _place(norm: Norm) -> tuple[int, int]:
    """By start; of two that begin together the longer one first."""
    return norm.start, -norm.end


def norms_of(passage: Passage, rules: StatementRule) -> list[Norm]:
    """The statements of a clause. An item of a list that makes none has the one its introduction ends with.

    "You may not:" forbids each of its items; under "Prohibited uses" each item is forbidden; below "if:" none adds any.
    """
    is_led = passage.intro and not begins_with_ban(folded(passage.text))
    lead = f"{CLOSING.sub('', passage.intro)} " if is_led else ""
    own, introduced = norms(lead + passage.text, rules), list[Norm]()
    if lead:
        found = [shifted(norm, -len(lead)) for norm in own]
        own = [norm._replace(start=0) if norm.start < 0 else norm for norm in found if norm.end > 0]
        introduced = [norm for norm in found if norm.end <= 0][-1:]
    if own and introduced and _PRONOUN.match(passage.text, own[0].start):
        # "The customer agrees that:", "It is responsible …".
        bearer = introduced[0].bearer
        own[0] = own[0]._replace(bearer=bearer, worth=worth_of(bearer, own[0].force, own[0].verb, rules))
    inherited = (
        introduced or [norm for title in passage.heading_path[-1:] for norm in _banned(folded(title))][-1:]
    )
    if not inherited:
        return own
    first = next(iter(sentences(passage.text)), (0, 0))
    if lists_conditions(passage.intro):
        own = [norm for norm in own if norm.start >= first[1]]
    inherited = _led_by(lead, inherited)
    if any(norm.start < first[1] for norm in own):
        return own
    return [*(norm._replace(start=0, end=first[1]) for norm in inherited), *own]


def _led_by(lead: str, introduced: list[Norm]) -> list[Norm]:
    """What an item has of what its introduction says; nothing of a promise that it sets one more condition for."""
    if _EXCEPTING.search(folded(lead).rstrip()):
        is_limit = _LIMIT.search(folded(lead)) is not None
        return [_excepted(norm, is_limit=is_limit) for norm in introduced]
    return (
        [norm for norm in introduced if norm.worth != "favorable"] if lists_conditions(lead) else introduced
    )


def _excepted(norm: Norm, *, is_limit: bool) -> Norm:
    """What an exception to a statement says: that it does not hold there. What a limit leaves open costs nothing."""
    force: Force = "may" if norm.force == "not" else "not"
    return norm._replace(force=force, worth="neutral" if is_limit else opposite(norm.worth))


def shifted(norm: Norm, by: int) -> Norm:
    """The same statement that many characters further on."""
    return norm._replace(start=norm.start + by, end=norm.end + by) if by else norm


def _stated(read: str, text: str, rules: StatementRule) -> Iterator[Norm]:
    at = 0
    for start in beginnings(read, text, rules):
        if start < at:
            # Inside of the statement before.
            continue
        match = _STATEMENT.match(read, start)
        norm = _norm(match, text, rules) if match else None
        if match and norm and not is_aside(match, read):
            yield norm
            at = match.end()


def _norm(match: re.Match[str], text: str, rules: StatementRule) -> Norm | None:
    verb = meant_verb(match)
    if match["plain"] is not None and not rules.counts(verb):
        return None
    is_done = verb in rules.taking or verb in rules.serving or verb in rules.deciding
    bearer = bearer_of(match, text, rules.users)
    if verb not in STATES and PASSIVE.search(match["between"]):
        bearer = agent_of(match, subject_of(match)[0], bearer, rules.users, is_done=is_done)
    if bearer == "other" and verb in rules.answering - STATES and serves_provider(match, text, rules.users):
        bearer = "user"
    # Whoever is free to do something is allowed to it; a provider that need not do it promises nothing.
    denies = match["free"] or (is_done and _NONE.match(match.string, match.end()))
    force = "not" if denies and bearer == "provider" else _force(match)
    asked = asked_of_user(match, rules.users) if verb in ASKING and bearer == "provider" else None
    if asked:
        return Norm("user", "must", stem(asked[0]), "adverse", match.start(), asked[1])
    verb = verb if bearer == "user" else done_by_asking(verb, match)
    given = worth_of_gift(verb, match, rules.users) if bearer != "user" else None
    if given:
        worth = opposite(given) if force == "not" else given
        return Norm(bearer, force, GIVE, worth, match.start(), match.end())
    is_known = is_done or (bearer == "user" and (verb in rules.conceding or verb in rules.receiving))
    if is_void(match, text, bearer, is_done=is_done) or (bearer == "other" and not is_known):
        return None
    if force == "does" and (not is_known or _describes(match, bearer, verb, rules)):
        return None
    is_for_nobody = is_either_side(match) or _is_own_freedom(match, bearer, verb, rules)
    worth = "neutral" if is_for_nobody else worth_of(bearer, force, verb, rules)
    return Norm(bearer, force, verb, worth, match.start(), match.end())


def _describes(match: re.Match[str], bearer: Bearer, verb: str, rules: StatementRule) -> bool:
    """Whether what is said to be done only describes something: "trains", "we provide an API", "letters contain"."""
    if match["verb"].endswith("ing") or verb in rules.describing:
        return True
    if bearer == "user" and verb in rules.deciding:
        return describes_noun(match)
    return bearer == "other" and not PASSIVE.search(match["between"])


def _is_own_freedom(match: re.Match[str], bearer: Bearer, verb: str, rules: StatementRule) -> bool:
    """Whether a permission gives the user nothing: "you may only use …", "we have the right to correct …"."""
    if match["may"] is None:
        return False
    if bearer == "user":
        return _ONLY.match(match.string, match.start(), match.end() + _NEAR) is not None
    return "right" in match["may"] and verb in rules.serving


def _force(match: re.Match[str]) -> Force:
    said = governing(match)
    if said:
        return "not" if said["not"] else "may" if said["may"] else "will"
    if match["free"]:
        return "may"
    if match["not"]:
        return "not"
    if match["must"]:
        return "must"
    if match["may"]:
        return "may"
    return "will" if match["will"] else "does"


def _denied(read: str, rules: StatementRule) -> Iterator[Norm]:
    for verb, start, end in unnamed_denials(read):
        yield Norm("provider", "not", meant_by(verb), worth_of_act("not", meant_by(verb), rules), start, end)


def _banned(read: str) -> Iterator[Norm]:
    """What is said to be forbidden without naming the user: "Scraping is prohibited", "Do not scrape"."""
    for verb, start, end in bans(read):
        yield Norm("user", "not", stem(verb), "adverse", start, end)
