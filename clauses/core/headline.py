"""What happened, in one sentence: for a change and for all changes between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clauses.core.align import without_number
from clauses.core.audiences import named_audiences
from clauses.core.change_rubric import ChangeRubric
from clauses.core.figure_phrases import amount_phrase, figure_phrases
from clauses.core.values import (
    ClauseChange,
    Direction,
    DocumentChangeKind,
    Reason,
    severity_rank,
)

# The longest headline, in characters: what a mail subject and a card of the timeline show whole.
MAX_LENGTH = 140

# What stands between the change that a headline tells and the number of the others.
AND_MORE = ", and makes "
# From so many changed clauses on, and such a share of all, a document is rewritten.
_MANY = 20
_MOST = 0.6

# The longest heading that fits into a sentence of ours.
_TITLE = 50
_CHANGED = ("added", "removed", "modified", "split", "merged")
_VERBS = {
    "added": "adds",
    "removed": "removes",
    "modified": "rewords",
    "split": "splits",
    "merged": "merges",
    "moved": "moves",
    "renumbered": "renumbers",
}
_TYPE_PHRASES = {
    "added": "adds {a_clause}",
    "dropped": "drops its clause on {name}",
    "extended": "adds to its clauses on {name}",
    "narrowed": "cuts its clauses on {name}",
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
_UNTYPED = frozenset({"other", "unknown"})
_TOLD_FIRST = ("_allowed", "_forbidden", "_excepted", "_restricted", "_ban_dropped")
_ACT_TELLS_MORE = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """What sentences are made with: who acts, which document it is, and the readers' names of types."""

    subject: str
    document: str
    type_names: Mapping[str, str]
    rubric: ChangeRubric


def headline(
    wording: Wording,
    kind: DocumentChangeKind,
    direction: Direction,
    changes: Sequence[ClauseChange],
    counts: Mapping[str, int],
    rewritten: int = 0,
) -> str:
    """The one sentence for a change set: at most MAX_LENGTH characters, subject first, without a full stop.

    A substantive set is told by its weightiest change and the number of the others that matter, or as a rewrite where
    most of the clauses changed; any other by its counts, so that it can never contradict them. `rewritten` are the
    clauses that came, went or were edited in more than their form.
    """
    if kind == "substantive":
        return _rewritten(wording, rewritten, counts) or _told_by_weight(wording, direction, changes)
    if kind == "date":
        return _fitted(f"{wording.subject} updates {_the_date(wording)}")
    if kind == "none":
        return _fitted(f"{wording.subject} changes nothing")
    return _fitted(f"{wording.subject} {_counted(counts) or 'rewords a heading'}")


def change_summary(
    wording: Wording, change: ClauseChange, kind: DocumentChangeKind = "editorial", heading: str = ""
) -> str:
    """The one sentence for a change, of the same form as a headline; `kind` is what it is without reasons.

    A clause without a type is told by the heading it stands under.
    """
    if kind == "date" and not change.reasons:
        return _fitted(f"{wording.subject} updates a date")
    place = _place(wording, change, heading)
    phrase = next(_phrases(wording, change, place), "") or f"{_VERBS[change.kind]} a clause{place}"
    return _fitted(f"{wording.subject} {phrase}")


def _rewritten(wording: Wording, rewritten: int, counts: Mapping[str, int]) -> str:
    """The sentence for a document of which most was written anew: no one change tells of it. Else empty."""
    if rewritten < _MANY or rewritten < sum(counts.values()) * _MOST:
        return ""
    named = f"its {wording.document}" if wording.document else "its text"
    return _fitted(f"{wording.subject} rewrites most of {named}")


def _told_by_weight(wording: Wording, direction: Direction, changes: Sequence[ClauseChange]) -> str:
    weightiest = max(changes, key=lambda change: _weight(change, direction))
    told = weightiest.summary or change_summary(wording, weightiest)
    others = sum(change.severity != "none" for change in changes) - 1
    rest = f"{AND_MORE}{others} other {plural('change', others)} of substance" if others > 0 else ""
    return told + rest if len(told + rest) <= MAX_LENGTH else told


def _weight(change: ClauseChange, direction: Direction) -> tuple[int, bool, int]:
    """The rank of a change: severity, the direction of the whole set, points; of equals the first stands."""
    points = sum(reason.points for reason in change.reasons)
    return severity_rank(change.severity), change.direction == direction, points


def _phrases(wording: Wording, change: ClauseChange, place: str) -> Iterator[str]:
    """What can be said of a change by its reasons, the weightiest first; of equals a figure first.

    What the provider now may or may not do tells more than a word that came or went with it.
    """
    figures = figure_phrases(change, wording.rubric)
    acts = {
        reason.code
        for reason in change.reasons
        if reason.code.endswith(_TOLD_FIRST) and _type_phrase(wording, reason)
    }

    def order(reason: Reason) -> tuple[int, bool, bool]:
        weight = reason.points + (_ACT_TELLS_MORE if reason.code in acts else 0)
        return -weight, reason.code not in figures, reason.code not in acts

    for reason in sorted(change.reasons, key=order):
        phrase = (
            figures.get(reason.code)
            or _type_phrase(wording, reason)
            or amount_phrase(reason, change)
            or _word_phrase(wording, reason, place)
        )
        if phrase:
            yield phrase


def _type_phrase(wording: Wording, reason: Reason) -> str:
    for event in _TYPE_EVENTS:
        rule = wording.rubric.types.get(reason.code.removesuffix(f"_{event}"))
        if rule is not None and rule.slug != reason.code:
            name = _type_name(wording, rule.slug)
            phrases = _PERMIT_PHRASES if rule.act else _TYPE_PHRASES
            phrase = phrases[event].format(name=name, a_clause=_a_clause(name), act=rule.act)
            return phrase + _for_whom(reason) if rule.act else phrase
    return ""


def _for_whom(reason: Reason) -> str:
    """ " for business customers", where the words name one group: a promise to some is none to all."""
    named = named_audiences([reason.quote])
    return f" for {named[0]}" if len(named) == 1 else ""


def _word_phrase(wording: Wording, reason: Reason, place: str) -> str:
    for rule in wording.rubric.words:
        if reason.code == f"{rule.code}_added":
            return f"adds {rule.name}"
        if reason.code == f"{rule.code}_dropped":
            return f"drops {rule.name}"
        if reason.code == f"{rule.code}_forbidden":
            return f"rules out {rule.name}"
        if reason.code == f"{rule.code}_ban_dropped":
            return f"no longer rules out {rule.name}"
    return wording.rubric.phrases.get(reason.code, "").replace("{on}", place)


def _type_name(wording: Wording, slug: str) -> str:
    """A type's name as it stands inside a sentence: a first word that is no acronym in lower case."""
    name = wording.type_names.get(slug, slug.replace("_", " "))
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _place(wording: Wording, change: ClauseChange, heading: str) -> str:
    """ " on data retention", or " under “Feedback”" for a clause without a type."""
    slug = next((slug for slug in change.types if slug not in _UNTYPED), "")
    if slug:
        return f" on {_type_name(wording, slug)}"
    title = " ".join(without_number(heading).split()).rstrip(".:")
    return f" under “{title}”" if 0 < len(title) <= _TITLE else ""


def _counted(counts: Mapping[str, int]) -> str:
    """ "adds 2 clauses, rewords 3 clauses and moves 1 clause": every kind of change that counts."""
    parts = [
        f"{verb} {counts[kind]} {plural('clause', counts[kind])}"
        for kind, verb in _VERBS.items()
        if counts.get(kind, 0)
    ]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _the_date(wording: Wording) -> str:
    return f"the date of its {wording.document}" if wording.document else "its date"


def _a_clause(name: str) -> str:
    """ "an arbitration clause", but "a clause on rights over your data"."""
    if len(name.split()) > 2:
        return f"a clause on {name}"
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name} clause"


def plural(noun: str, count: float | str) -> str:
    """The noun for so many."""
    return noun if str(count) == "1" else f"{noun}s"


def _fitted(text: str) -> str:
    """The text in one line, cut at a word where it is too long."""
    line = " ".join(text.split()).rstrip(".")
    if len(line) <= MAX_LENGTH:
        return line
    return line[: MAX_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
