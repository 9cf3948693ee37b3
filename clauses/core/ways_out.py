"""What a way out is worth: nothing where the practice came or went with it, or is promised not to be done."""

from __future__ import annotations

from clauses.core.change_rubric import stem
from clauses.core.changed_types import is_practice_gone, typed
from clauses.core.edited import ClauseEdit

# What the user does who takes one; to withdraw a consent takes back what was asked for.
LEAVING = frozenset(map(stem, ("opt", "object", "decline", "refuse")))


def is_idle(edit: ClauseEdit, *, came: bool) -> bool:
    """Whether a way out that came or went is one of nothing: the version without it lacks the practice too.

    What is practiced is told by the types of the clause that permit something; a clause of no such type is believed.
    """
    side = edit.new if came else edit.old
    rules = (edit.rubric.types.get(slug) for slug in typed(*side.read))
    slugs = [rule.slug for rule in rules if rule and rule.permits]
    return bool(slugs) and all(is_practice_gone(slug, edit, came=came) for slug in slugs)
