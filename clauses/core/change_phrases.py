"""What is said of one change: by the reason that weighs most, about what, and for whom."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clauses.core.align import without_number
from clauses.core.audiences import addressed_audience, audience_of
from clauses.core.change_rubric import ChangeRubric, TypeRule, opposite
from clauses.core.changed_quote import from_changed
from clauses.core.content_words import content_stems
from clauses.core.denials import EXCEPTING
from clauses.core.figure_phrases import amount_phrase, figure_phrases
from clauses.core.folding import folded
from clauses.core.plain_line import plain_line
from clauses.core.stances import OPTING_OUT, is_done
from clauses.core.table_rows import has_answer
from clauses.core.unread import NO_RULE, OTHER_LANGUAGE, RESTATED
from clauses.core.values import ClauseChange, Reason
from monitor.core.blocks import CELL_SEPARATOR

# The longest heading, and the longest words of a clause, that fit into a sentence of ours.
_TITLE = 50
_QUOTED = 60
# The longest headline, in characters: what a mail subject and a card of the timeline show whole.
MAX_LENGTH = 140
# Fewer characters or words tell nothing of a clause.
_LEAST, _LEAST_WORDS = 24, 4
# Reasons that say only what a clause is for the user: its words say what it is.
_VAGUE = re.compile(
    r"(?:burden|benefit|content)_|(?:practice|service|ban|exclusion|promise|duty)_(?:added|dropped)$|costly_"
)
_TYPE_PHRASES = {
    "added": "adds {a_clause}",
    "dropped": "drops its clause on {name}",
    "extended": "adds to its clauses on {name}",
    "narrowed": "cuts its clauses on {name}",
}
_DUTY_PHRASES = {
    "added": "promises to {act}",
    "dropped": "no longer promises to {act}",
    "extended": "adds to its promises to {act}",
    "narrowed": "cuts its promises to {act}",
}
_PERMIT_PHRASES = {
    "allowed": "allows itself to {act}",
    "restricted": "ties its right to {act} to conditions",
    "forbidden": "promises not to {act}",
    "excepted": "promises not to {act}, with exceptions",
    "ban_dropped": "no longer promises not to {act}",
    "dropped": "drops its right to {act}",
    "extended": "adds to its right to {act}",
    "narrowed": "cuts its right to {act}",
}
_TYPE_EVENTS = (
    "ban_dropped",
    "allowed",
    "restricted",
    "forbidden",
    "excepted",
    "dropped",
    "added",
    "extended",
    "narrowed",
)
# What is said of a type's clauses where its act is not done.
_NAMED_EVENTS = {"allowed": "added", **{event: event for event in _TYPE_PHRASES}}
# What an act is done to, and to what of others than all users.
_OF_USERS = (("what users provide", "data of"), ("of users", "of"))
_WORD_PHRASES = {
    "added": "adds {name}{place}",
    "dropped": "drops {name}{place}",
    "forbidden": "rules out {name}{place}",
    "ban_dropped": "no longer rules out {name}{place}",
}
_UNTOLD = frozenset({NO_RULE, OTHER_LANGUAGE, RESTATED})
_TOLD_FIRST = ("_allowed", "_forbidden", "_excepted", "_restricted", "_ban_dropped")
_ACT_TELLS_MORE = 2
# A promise that holds on a condition is told as one.
_PROMISED = ("_forbidden", "promise_added", "service_added", "ban_added")
_SOME = ("promise_", "service_", "ban_", "exclusion_")
_CONDITION = re.compile(
    rf"\b(?:{EXCEPTING}|if|where|when|once|by default|in (?:such|this|that) (?:a )?case|provided that|as long as"
    r"|to the extent)\b"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What sentences are made with: who acts, which document it is, and the readers' names of types."""

    subject: str
    document: str
    type_names: Mapping[str, str]
    rubric: ChangeRubric


class Told(NamedTuple):
    """What is said of a change, by which reason and about what.

    `is_sure`: it rests on figures of both texts, or on a type of clause that the document as a whole got or lost.
    """

    phrase: str
    reason: Reason
    topic: Hashable
    is_sure: bool

    def contradicts(self, other: Told) -> bool:
        """Whether both speak of one thing, and one says that it got better and the other that it got worse."""
        sides = {self.reason.direction, other.reason.direction}
        return self.topic == other.topic and sides == {"adverse", "favorable"}


def told(wording: Wording, change: ClauseChange, path: Sequence[str] = ()) -> Told | None:
    """What can be said of a change by its reasons, the weightiest first; of equals a figure first. None without any.

    What the provider now may or may not do tells more than a word that came or went with it. `path` are the headings
    the clause stands under, the title of the document first.
    """
    figures = figure_phrases(change, wording.rubric)
    for reason in sorted(change.reasons, key=lambda reason: _order(wording, reason, figures)):
        phrase = figures.get(reason.code) or amount_phrase(reason, change)
        if phrase:
            return Told(phrase, reason, _figure_topic(reason, change), _is_two_figures(reason, change))
        if reason.code in _UNTOLD:
            continue
        whom = addressed_audience(reason.quote) or audience_of(path)
        rule = _type_rule(wording, reason)
        if rule:
            slug, event = rule
            phrase = _type_phrase(wording, slug, event, reason, whom)
            is_sure = not wording.rubric.types[slug].act and event in {"added", "dropped"}
            return Told(phrase, reason, slug, is_sure)
        place = place_of(wording, change, path)
        phrase = _word_phrase(wording, reason, place) or _other_phrase(wording, change, reason, place, whom)
        if phrase:
            return Told(phrase, reason, _topic(wording, reason, change, place), is_sure=False)
    return None


def _order(wording: Wording, reason: Reason, figures: Mapping[str, str]) -> tuple[int, bool, bool]:
    is_act = reason.code.endswith(_TOLD_FIRST) and _type_rule(wording, reason) is not None
    return -(reason.points + is_act * _ACT_TELLS_MORE), reason.code not in figures, not is_act


def _figure_topic(reason: Reason, change: ClauseChange) -> Hashable:
    for fact in change.facts:
        if reason.code.startswith(f"{fact.kind}_"):
            return fact.kind, fact.subject.casefold()
    return reason.quote


def _is_two_figures(reason: Reason, change: ClauseChange) -> bool:
    return reason.code.endswith(("_raised", "_lowered")) and any(
        fact.old and fact.new and reason.code.startswith(f"{fact.kind}_") for fact in change.facts
    )


def _topic(wording: Wording, reason: Reason, change: ClauseChange, place: str) -> Hashable:
    """What a sentence is about: the words of the rubric there, else the type or the heading."""
    for rule in wording.rubric.words:
        if reason.code.startswith(f"{rule.code}_"):
            return rule.code, place
    return change.told_type or place or reason.quote


def _type_rule(wording: Wording, reason: Reason) -> tuple[str, str] | None:
    """The type a reason is of, and what happened to it."""
    for event in _TYPE_EVENTS:
        slug = reason.code.removesuffix(f"_{event}")
        if slug != reason.code and slug in wording.rubric.types:
            return slug, event
    return None


def _type_phrase(wording: Wording, slug: str, event: str, reason: Reason, whom: str) -> str:
    """What happened to a type: to its act, and for whom, or to its clauses where nothing says that the act is done."""
    rule, name = wording.rubric.types[slug], type_name(wording, slug)
    is_gain = event in {"added", "extended"}
    if rule.duty and reason.direction not in {rule.added if is_gain else opposite(rule.added), "neutral"}:
        return _DUTY_PHRASES[event].format(act=rule.duty)
    named = _NAMED_EVENTS.get(event)
    if rule.act and not (named and _is_of_another_act(rule, reason.quote)):
        act = _act_for(rule.act, whom)
        return _PERMIT_PHRASES[event].format(act=act) + _scope(act, reason, whom)
    return _TYPE_PHRASES[named or event].format(name=name, a_clause=_a_clause(name))


def _is_of_another_act(rule: TypeRule, quote: str) -> bool:
    """Whether a row of a table has no word of the type's act: "Marketing measurement" targets nobody.

    Of "Letters | yes" the column asks for the act.
    """
    if CELL_SEPARATOR not in quote or has_answer(quote):
        return False
    words = folded(quote)
    return not (content_stems(words) & content_stems(rule.act) or is_done(rule.verbs, words))


def _act_for(act: str, whom: str) -> str:
    """The act as it is done to some: not all of them are users who provide something."""
    # Once: the name of a group may itself speak of users.
    found = next(((words, instead) for words, instead in _OF_USERS if whom and words in act), None)
    return act.replace(found[0], f"{found[1]} {whom}") if found else act


def _scope(act: str, reason: Reason, whom: str) -> str:
    """ " for business customers": a promise to some is none to all, and one on a condition none without it."""
    those = f" for {whom}" if whom and whom not in act else ""
    if reason.code.endswith("_forbidden") and OPTING_OUT.search(folded(reason.quote)):
        return f"{those} once {'they' if whom else 'users'} opt out"
    return those + _on_condition(reason)


def _on_condition(reason: Reason) -> str:
    is_promise = reason.code.endswith(_PROMISED)
    return ", on conditions" if is_promise and _CONDITION.search(folded(reason.quote)) else ""


def _word_phrase(wording: Wording, reason: Reason, place: str) -> str:
    within = f" in its clause{place}" if place.startswith(" on ") else place
    for rule in wording.rubric.words:
        for event, phrase in _WORD_PHRASES.items() if reason.code.startswith(rule.code) else ():
            if reason.code == f"{rule.code}_{event}":
                return phrase.format(name=rule.name, place=within)
    return ""


def _other_phrase(wording: Wording, change: ClauseChange, reason: Reason, place: str, whom: str) -> str:
    """The rubric's own phrase, for those it is about; a clause without type and heading is told by its words."""
    phrase = wording.rubric.phrases.get(reason.code, "")
    said = phrase.replace("{on}", place)
    whom = "" if whom.casefold() in place.casefold() else whom
    if whom:
        said = said.replace("the user's", f"that of {whom}").replace("the user", whom)
    if reason.code.startswith(_SOME):
        said += f" for {whom}" if whom else _on_condition(reason)
    if "{on}" not in phrase or not reason.quote:
        return said
    room = MAX_LENGTH - len(f"{wording.subject} {said}: “”")
    is_told = place and (
        not _VAGUE.match(reason.code) or room < _LEAST or len(reason.quote.split()) < _LEAST_WORDS
    )
    length = min(_QUOTED, max(room, _LEAST))
    return (
        said if is_told else f"{said}: {_quoted(from_changed(reason.quote, change.redline, length), length)}"
    )


def _quoted(words: str, length: int) -> str:
    line = plain_line(words).strip("“”\"' ").rstrip(".;:,")
    if len(line) > length:
        line = f"{line[: length - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
    return f"“{line}”"


def place_of(wording: Wording, change: ClauseChange, path: Sequence[str]) -> str:
    """ " on data retention", or " under “Feedback”" for a clause that no type tells."""
    if change.told_type:
        return f" on {type_name(wording, change.told_type)}"
    title = title_of(path)
    return f" under “{title}”" if title else ""


def title_of(path: Sequence[str]) -> str:
    """The nearest heading as a sentence can name it; empty where it is that of the document, or too long."""
    heading = path[-1] if len(path) > 1 else ""
    title = " ".join(without_number(heading).split()).rstrip(".:")
    return title if len(title) <= _TITLE else ""


def type_name(wording: Wording, slug: str) -> str:
    """A type's name as it stands inside a sentence: a first word that is no acronym in lower case."""
    name = wording.type_names.get(slug, slug.replace("_", " "))
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _a_clause(name: str) -> str:
    """ "an arbitration clause", but "a clause on rights over your data"."""
    if len(name.split()) > 2:
        return f"a clause on {name}"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name} clause"
