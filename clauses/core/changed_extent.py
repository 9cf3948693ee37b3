"""How far a statement reaches: what was added to it or cut from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import opposite, stem
from clauses.core.changed_statements import ONLY, is_said_by_only
from clauses.core.changed_types import typed
from clauses.core.content_words import content_stems
from clauses.core.edited import ClauseEdit, Region, Side, Span
from clauses.core.norms import Norm
from clauses.core.redline import LIGHT_WORDS, words
from clauses.core.values import Direction, Reason, severity_rank

# "Except as the law demands" makes a statement reach less far; so does every condition.
_LIMIT = (
    r"(?:except|unless|only|solely|other than|excluding|provided that|subject to|to the extent|limited to"
    r"|if|where|when|as long as|without your|not|no|apart from|save (?:for|as))\b"
)
_LIMITS = re.compile(rf"\b{_LIMIT}")
# A promise without leave is a smaller one, and a power without it the larger one.
_WITHOUT_LEAVE = re.compile(
    r"\bwithout (?:[\w']+ ){0,4}?(?:consents?|permissions?|authori[sz]ation|approval|agreement|notice)\b"
)
# What holds by default holds until those whom it serves choose otherwise.
_DEFAULT = re.compile(r"\W*by default\b(?:, \w+)?\W*")
# One more case, whatever it is limited to itself: ", or letters that are not stamped". What begins with a limit is no
# case, and a limit behind a comma holds for all that stands before it.
_FURTHER = re.compile(
    rf"\W*(?:or|and|nor|as well as),? (?!(?:then |also |in each case |always )?(?:without\b|{_LIMIT}))"
    rf"(?!.*[,;(] ?(?:but |and |or |in each case )?{_LIMIT})"
)
# Sentences that only show the way to somewhere else.
_POINTS = re.compile(
    r"\b(?:contact us|(?:further|more|additional) information|help center|please (?:contact|see|read|visit|refer)"
    r"|for details|learn more|see (?:our|the|this section)|read more|you can find|find out more|click here|questions)\b"
)
_OF_PLACE = re.compile(
    r"\b(?:residents?|citizens?|inhabitants?|(?:live|living|located|reside|residing) in)\b"
)
_OF_ALL = re.compile(r"\b(?:every|everyone|everybody|all|anyone|wherever|regardless of where)\b")
# Before a noun and what stands with it; so many words more name it closer.
_DETERMINED = re.compile(r"\b(?:the|our|your|its|their)(?: [\w-]+){0,2} $")
_MOST_BEFORE_NOUN, _NEAR = 3, 60
_WORD = re.compile(r"[\w-]+")
# Where something is written, or by what law it holds, is not how far it reaches.
_WRITTEN = r"(?:laws?|regulations?|terms|agreement|policy|sections?|clauses?|articles?)"
_REFERENCE = re.compile(
    r"\W*(?:under|pursuant to|in accordance with|according to|as (?:described|defined|set out|set forth) in) "
    rf"(?:[\w'-]+ ){{0,4}}{_WRITTEN}(?: \d[\d.]*)?(?: (?:of|in) (?:[\w'-]+ ){{0,3}}{_WRITTEN})?\W*"
)
_PARTY = re.compile(r"\b(?:you|your|we|us|our)\b")
# The user's own choice: that it is open to some alone takes something from the others.
_CHOICE = re.compile(
    r"\b(?:which|such|this|that|the|an?) (?:\w+ )?(?:options?|choices?|opt-out|possibility)\b"
)
_WIDER = frozenset({"for_more", "limit_dropped"})
_KINDS = {"adverse": "burden", "favorable": "benefit", "neutral": "content"}
# One of these stands wherever any of some users, or of some things alone, is said.
_OF_SOME = re.compile(
    r"only|solely|exclusively|residen|citizen|inhabitant|live|living|located|reside|residing"
    r"|p(?:lan|ackage|aying|aid|remium|rofessional)|t(?:ier|eam)|version|edition|subscription|business|enterprise|commercial"
)
# Those who have one plan of several, and everybody who uses a service.
_PLAN = r"(?:plans?|tiers?|version|edition|package|subscription)"
_PERSONS = r"(?:users?|customers?|members?|subscribers?|holders?|accounts?|sellers?|those|people)"
_GROUP = re.compile(
    rf"\b(?:{_PERSONS}\b[^.;,]{{0,40}}\b{_PLAN}"
    rf"|(?:paying|paid|premium|business|enterprise|commercial|professional|team)\b[^.;,]{{0,20}}\b(?:{_PERSONS}|{_PLAN}))\b"
)
# Not "all our projects": those are things.
_EVERYBODY = re.compile(rf"\b(?:everyone|everybody|anyone|anybody|(?:all|every) (?:\w+ )?{_PERSONS})\b")
_ANYONE = re.compile(rf"\b(?:you|all|any|every|anyone|everyone|{_PERSONS})\b")
_LISTS = re.compile(r", |\b(?:and|or|as well as)\b")
_JOINS = re.compile(r"^\W*(?:of|for|from|with|on|to|who|by)\b")
_OPENS = re.compile(r"\bnot limited to\b|\bnot only\b|\bno (?:time )?limit|\bwithout limitation\b")


def extent_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What it means that words were added to a statement or cut from it.

    More of what costs the user is adverse, more of what serves the user favorable; a condition or an exception
    makes less of either.
    """
    if not _is_about(edit) and not edit.old.norms and not edit.new.norms:
        # It states nothing, about nothing that matters.
        return
    stems = [(_stems(edit.old, region.old), _stems(edit.new, region.new)) for region in edit.regions]
    # Words of content in place of others.
    rewritten = {
        edit.new.sentence(*region.new)
        for region, (gone, came) in zip(edit.regions, stems, strict=True)
        if gone - came and came - gone
    }
    for region, (gone, came) in zip(edit.regions, stems, strict=True):
        reach = _new_reach(edit, region)
        if reach:
            yield from _reached(edit, region, reach)
            continue
        added, removed = came - edit.old.content, gone - edit.new.content
        is_either = bool(added) != bool(removed)
        if (
            not is_either
            or edit.new.sentence(*region.new) in rewritten
            or _is_in_place_of_others(edit, region)
        ):
            # In a sentence that was rewritten, nobody can tell an addition from another way to say it.
            continue
        if _is_no_term(edit, region):
            continue
        if added:
            yield from _reach(edit, edit.new, region.new, "extended")
        else:
            yield from _reach(edit, edit.old, region.old, "narrowed")


def _is_in_place_of_others(edit: ClauseEdit, region: Region) -> bool:
    """Whether words stand in place of others: of an address or letters ("L.L.C.") without stems, or of a form.

    "Letters and parcels" for "letter" lists one thing more; "storing" for "how it is stored" says it otherwise.
    """
    gone, came = _words(edit.old, region.old), _words(edit.new, region.new)
    sides = ((edit.old, region.old), (edit.new, region.new))
    if _is_pronoun_for(*sides) or _is_pronoun_for(*reversed(sides)):
        return True
    if not (gone - came and came - gone):
        return False
    return not (_lists_more(edit.new, region.new, gone) or _lists_more(edit.old, region.old, came))


def _is_pronoun_for(named: tuple[Side, Span], place: tuple[Side, Span]) -> bool:
    """Whether a place says no more than "you" or "we" where the other wording names a party: "the Customer"."""
    name = _words(*named)
    is_name = 0 < len(name) <= _MOST_BEFORE_NOUN and not _PARTY.search(named[0].folded, *named[1])
    return is_name and not _words(*place) and _PARTY.search(place[0].folded, *place[1]) is not None


def _words(side: Side, span: Span) -> set[str]:
    found = words(side.folded[slice(*span)])
    return {word for word in found if word.isalnum() and word not in LIGHT_WORDS}


def _lists_more(side: Side, span: Span, others: set[str]) -> bool:
    """Whether a place lists things, all of those said by the other words among them."""
    is_kept = {stem(word) for word in others} <= {stem(word) for word in _words(side, span)}
    return is_kept and _LISTS.search(side.folded, *span) is not None


def _new_reach(edit: ClauseEdit, region: Region) -> str:
    """What is new of the people (of one place, of one plan) or things that a sentence holds for; else empty."""
    old, new = edit.old.folded[slice(*region.old)], edit.new.folded[slice(*region.new)]
    if not _OF_SOME.search(old) and not _OF_SOME.search(new):
        return ""
    if _is_of_some(old, new):
        return "for_more"
    if _is_of_some(new, old):
        return "for_fewer"
    if ONLY.search(old) and _OF_ALL.search(new):
        return "limit_dropped"
    return "limited" if ONLY.search(new) and _OF_ALL.search(old) else ""


def _is_of_some(some: str, others: str) -> bool:
    """Whether the first of two wordings speaks of fewer people than the other."""
    if _OF_ALL.search(others) and _OF_PLACE.search(some):
        return True
    if _EVERYBODY.search(others) and ONLY.search(some):
        return True
    if not _GROUP.search(some) or _GROUP.search(others):
        return False
    return _ANYONE.search(others) is not None or (not others.strip() and _JOINS.match(some) is not None)


def _is_in_title(side: Side, span: Span) -> bool:
    """Whether a place lies in the title that the clause begins with, which states nothing."""
    return span[1] <= max(side.title_end + 1, span[0])


def _is_no_term(edit: ClauseEdit, region: Region) -> bool:
    """Whether the words of a place lay down nothing: in a title, on the way to another text, before a noun."""
    sides = ((edit.new, region.new), (edit.old, region.old))
    is_title = all(_is_in_title(*side) for side in sides)
    return is_title or any(
        is_pointer(*side) or _is_closer_name(*side) or _REFERENCE.fullmatch(side[0].folded, *side[1])
        for side in sides
    )


def _is_closer_name(side: Side, span: Span) -> bool:
    """Whether words only name closer what a noun stands for: "our language models", "the parcel service"."""
    found = words(side.folded[slice(*span)])
    is_bare = 0 < len(found) <= _MOST_BEFORE_NOUN and all(word.isalpha() for word in found)
    if not is_bare or not LIGHT_WORDS.isdisjoint(found) or _LIMITS.search(side.folded, *span):
        return False
    follows = _WORD.match(side.folded, span[1])
    is_before = _DETERMINED.search(side.folded[max(0, span[0] - _NEAR) : span[0]])
    if is_before is None or follows is None or follows.group() in LIGHT_WORDS:
        return False
    # "The old letters" that are deleted are fewer than "the letters"; "the API Services" have a name.
    is_name = side.text[span[1]].isupper()
    norm = side.norm_at(*span)
    return is_name or norm is None or norm.worth != "favorable"


def is_pointer(side: Side, span: Span) -> bool:
    """Whether the sentence at a place only shows the way to another text."""
    start, end = side.sentence(*span)
    return start < span[1] and _POINTS.search(side.folded, start, end) is not None


def _stems(side: Side, span: Span) -> frozenset[str]:
    return content_stems(side.folded[slice(*span)])


def _reached(edit: ClauseEdit, region: Region, reach: str) -> Iterator[Effect]:
    """What it means that a sentence holds for more people or things, or for fewer: as the sentence now says it."""
    # "Users of the Professional plan can export" is not read as a statement of theirs, "all users can" is.
    worths = (_worth(edit, edit.old, region.old), _worth(edit, edit.new, region.new))
    worth: Direction = next((found for found in worths if found != "neutral"), "neutral")
    if worth == "neutral" and not _is_about(edit):
        return
    points = edit.rubric.clauses.content_points
    if worth != "neutral":
        points = max(_weight(edit), edit.rubric.statements.service_points)
    shown = edit.new.quote(*region.new) or edit.old.quote(*region.old)
    direction = worth if reach in _WIDER else opposite(worth)
    yield Effect(Reason(f"{_KINDS[worth]}_{reach}", points, shown), direction)


def _reach(edit: ClauseEdit, side: Side, span: Span, event: str) -> Iterator[Effect]:
    worth = _worth(edit, side, span)
    if worth == "neutral" and not _is_about(edit):
        return
    is_more, is_of_choice = event == "extended", False
    text = side.folded[span[0] : span[1]]
    whole = _whole_norm(side, span)
    is_default = _DEFAULT.fullmatch(text) is not None
    if whole and not is_default and is_said_by_only(edit, whole.verb, side.quote(*span)):
        return
    if is_default or (not whole and _is_limit(text, side.norm_at(*span))):
        is_more = not is_more
        event = "limited" if event == "extended" else "limit_dropped"
        is_of_choice = _CHOICE.search(text) is not None
        worth = "favorable" if is_of_choice else worth
    direction = worth if is_more else opposite(worth)
    points = edit.rubric.clauses.content_points if worth == "neutral" else _weight(edit)
    is_smaller = worth == "favorable" and direction == "adverse" and _is_promise(side.norm_at(*span))
    if is_of_choice or (is_smaller and not is_default):
        points = max(points, edit.rubric.statements.service_points)
    yield Effect(Reason(f"{_KINDS[worth]}_{event}", points, side.quote(*span)), direction)


def _is_limit(text: str, norm: Norm | None) -> bool:
    """Whether words make what is stated reach less far: an exception, a condition, a denial without leave."""
    if _OPENS.search(text) or _FURTHER.match(text):
        return False
    if _WITHOUT_LEAVE.search(text):
        return norm is not None and norm.force == "not"
    return _LIMITS.search(text) is not None


def _whole_norm(side: Side, span: Span) -> Norm | None:
    """The statement that a place holds whole: "if it breaks, you receive a credit" limits nothing beside it."""
    norm = side.norm_at(*span)
    return norm if norm and span[0] <= norm.start and norm.end <= span[1] else None


def _is_promise(norm: Norm | None) -> bool:
    """Whether the provider binds itself: not to do something, to do it, or to give what the user receives."""
    if norm is None or norm.bearer == "other":
        return False
    return norm.force in ({"not", "will", "must"} if norm.bearer == "provider" else {"does", "will"})


def _weight(edit: ClauseEdit) -> int:
    """The points of a statement that reaches further or less far: those of the clause's own severity."""
    rank = max(severity_rank(read.severity) for read in (*edit.old.read, *edit.new.read))
    return edit.rubric.clauses.worse_points[max(1, rank) - 1]


def _worth(edit: ClauseEdit, side: Side, span: Span) -> Direction:
    """What the statement around a place is for the user; of a clause that makes none, what its types are."""
    norm = side.norm_at(*span)
    if norm:
        return norm.worth
    if side.norms:
        # Its types are those of what other sentences state.
        return "neutral"
    worths = {edit.rubric.worth_of(slug) for slug in typed(*side.read)}
    return worths.pop() if len(worths) == 1 else "neutral"


def _is_about(edit: ClauseEdit) -> bool:
    """Whether either wording is about something that matters in terms."""
    return bool(typed(*edit.old.read, *edit.new.read))
