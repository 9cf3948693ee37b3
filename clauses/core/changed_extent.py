"""How far a statement reaches: what was added to it or cut from it, and what a whole clause binds the parties to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.core.change_facts import Effect
from clauses.core.change_rubric import opposite
from clauses.core.changed_types import typed
from clauses.core.edited import ClauseEdit, Side, Span, content_stems
from clauses.core.values import Direction, Reason, severity_rank

# "Except as the law demands" makes a statement reach less far; so does every condition.
_LIMITS = re.compile(
    r"\b(?:except|unless|only|solely|other than|excluding|provided that|subject to|to the extent|limited to"
    r"|if|where|when|as long as|without your|not|no|apart from|save (?:for|as))\b"
)
# Sentences that only show the way to somewhere else.
_POINTS = re.compile(
    r"\b(?:contact us|(?:further|more|additional) information|help center|please (?:contact|see|read|visit|refer)"
    r"|for details|learn more|see (?:our|the)|read more|you can find|find out more|click here|questions)\b"
)
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
        added, removed = came - edit.old.content, gone - edit.new.content
        if bool(added) == bool(removed) or edit.new.sentence(*region.new) in rewritten:
            # In a sentence that was rewritten, nobody can tell an addition from another way to say it.
            continue
        if _is_pointer(edit.new, region.new) or _is_pointer(edit.old, region.old):
            continue
        if added:
            yield from _reach(edit, edit.new, region.new, "extended")
        else:
            yield from _reach(edit, edit.old, region.old, "narrowed")


def _is_pointer(side: Side, span: Span) -> bool:
    start, end = side.sentence(*span)
    return start < span[1] and _POINTS.search(side.folded, start, end) is not None


def _stems(side: Side, span: Span) -> frozenset[str]:
    return content_stems(side.folded[slice(*span)])


def _reach(edit: ClauseEdit, side: Side, span: Span, event: str) -> Iterator[Effect]:
    worth = _worth(edit, side, span)
    if worth == "neutral" and not _is_about(edit):
        return
    is_more = event == "extended"
    text = side.folded[span[0] : span[1]]
    if _LIMITS.search(text) and not _OPENS.search(text):
        is_more = not is_more
        event = "limited" if event == "extended" else "limit_dropped"
    direction = worth if is_more else opposite(worth)
    kind = {"adverse": "burden", "favorable": "benefit"}.get(worth, "content")
    points = edit.rubric.clauses.content_points if worth == "neutral" else _weight(edit)
    yield Effect(Reason(f"{kind}_{event}", points, side.quote(*span)), direction)


def _weight(edit: ClauseEdit) -> int:
    """The points of a statement that reaches further or less far: those of the clause's own severity."""
    rank = max(severity_rank(read.severity) for read in (*edit.old.read, *edit.new.read))
    return edit.rubric.clauses.worse_points[max(1, rank) - 1]


def _worth(edit: ClauseEdit, side: Side, span: Span) -> Direction:
    """What the statement around a place is for the user; without one, what the types of the clause are."""
    norm = side.norm_at(*span)
    if norm:
        return norm.worth
    worths = {edit.rubric.worth_of(slug) for slug in typed(*side.read)}
    return worths.pop() if len(worths) == 1 else "neutral"


def _is_about(edit: ClauseEdit) -> bool:
    """Whether either wording is about something that matters in terms."""
    return bool(typed(*edit.old.read, *edit.new.read))


def whole_norm_effects(edit: ClauseEdit) -> Iterator[Effect]:
    """What a clause that came or went binds the parties to: a burden on the user, a benefit, or both."""
    side, event = edit.whole, "added" if edit.came else "removed"
    for worth in ("adverse", "favorable"):
        # That the provider uses or shares something describes a practice; what it gives it has to give.
        found = [
            norm
            for norm in side.norms
            if norm.worth == worth and (norm.force != "does" or worth == "favorable")
        ]
        if found:
            kind = "burden" if worth == "adverse" else "benefit"
            is_firm = any(norm.bearer == "user" or norm.force not in {"may", "does"} for norm in found)
            weight = len({norm.verb for norm in found}) + (worth == "favorable") * (1 + is_firm)
            points = min(weight, edit.rubric.clauses.norm_points)
            quote = side.quote(found[0].start, found[0].end)
            yield Effect(Reason(f"{kind}_{event}", points, quote), worth if edit.came else opposite(worth))
