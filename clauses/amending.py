"""What a site says otherwise than the shipped rules: saved as a version, re-rated by, and accepted or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from clauses.core.amendments import parts_of
from clauses.models import Rerating, ReratingEnd, SiteRules
from clauses.queries.site_rules import open_rerating, with_types_in_use, working_rules
from clauses.site_taxonomy import problems_of, refresh_rules, rules_with, without_head
from monitor.acts import note
from monitor.models import ActKind
from monitor.models.counter import Counter


class AmendingError(ValueError):
    """Rules that cannot be saved, accepted or discarded; `problems` say why, a sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def save(
    content: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime,
    *,
    based_on: int,
    restores: SiteRules | None = None,
) -> Rerating:
    """Save a content as the next version of the site's rules, and begin the re-rating by it.

    `based_on` is the number of the version that the caller saw, 0 for none. An open re-rating of an earlier version
    ends. A type of the site that is not in the content stays, retired, where something is or was of it. Raises
    AmendingError, with nothing written, where the content is no good or says nothing new, and where somebody saved
    meanwhile.
    """
    content = {section: dict(rows) for section, rows in content.items() if rows}
    with transaction.atomic():
        # Whoever saves at the same time waits here, and sees what was saved before.
        (number,) = Counter.take(SiteRules.LETTER, 1)
        latest = working_rules()
        if based_on != (latest.number if latest else 0):
            raise AmendingError(_saved_meanwhile(latest))
        content = with_types_in_use(content, latest)
        if content == (latest.content if latest else {}):
            raise AmendingError("Nothing differs from what is saved already.")
        rules = SiteRules(
            number=number,
            content=content,
            reason=reason.strip(),
            made_by=by,
            made_at=at,
            restores=restores,
            **_first_alike(content, number),
        )
        if problems := problems_of(rules):
            raise AmendingError(*(f"{problem[:1].upper()}{problem[1:]}." for problem in problems))
        rules.save()
        rerating = _begin(rules, by, at)
        note(by, ActKind.CHANGED, f"rules of this site: version {number}", f"saved: {rules.reason}")
    return rerating


def again(rerating: Rerating, by: User, at: datetime) -> Rerating:
    """Begin a re-rating anew, over what is in force now. Raises AmendingError where it has ended meanwhile."""
    with transaction.atomic():
        return _begin(_open(rerating).rules, by, at)


def accept(rerating: Rerating, by: User, at: datetime) -> None:
    """Put the rules of a re-rating in force: from now on texts are read and changes rated by them.

    Raises AmendingError where it has ended meanwhile, is not read to its end, what is in force is not what it was read
    over, or it lacks a type of the site that something is of by now.
    """
    with transaction.atomic():
        found = _open(rerating)
        if found.read_at is None:
            raise AmendingError("It is not read to its end yet.")
        if not is_over_what_is_in_force(found):
            raise AmendingError(
                "Something else came into force since it began, so its report is not true any more. Read again."
            )
        if used := _lacks_in_use(found.rules):
            raise AmendingError(
                f"Clauses are, or were ruled to be, of {used} since it was saved, and it has no such type any more. "
                "Save it again: the type stays then, retired."
            )
        _end(found, ReratingEnd.ACCEPTED, by, at)
        note(by, ActKind.CHANGED, f"rules of this site: version {found.rules.number}", "accepted: in force")
    refresh_rules()


def discard(rerating: Rerating, by: User, at: datetime) -> None:
    """Leave everything as it is. Raises AmendingError where the re-rating has ended meanwhile."""
    with transaction.atomic():
        found = _open(rerating)
        _end(found, ReratingEnd.DISCARDED, by, at)
        note(by, ActKind.CHANGED, f"rules of this site: version {found.rules.number}", "discarded")


def is_over_what_is_in_force(rerating: Rerating) -> bool:
    """Whether what is in force is what a re-rating was begun over."""
    return (rerating.over_taxonomy, rerating.over_rubric) == _in_force()


def _in_force() -> tuple[str, str]:
    rules = refresh_rules()
    return without_head(rules.taxonomy).version, rules.change_rubric.version


def _begin(rules: SiteRules, by: User, at: datetime) -> Rerating:
    if before := open_rerating():
        _end(before, ReratingEnd.REPLACED, by, at)
    over_taxonomy, over_rubric = _in_force()
    proposed = rules_with(rules)
    reads = proposed.taxonomy.version, proposed.change_rubric.version
    return Rerating.objects.create(
        rules=rules,
        over_taxonomy=over_taxonomy,
        over_rubric=over_rubric,
        taxonomy_version=reads[0],
        rubric_version=reads[1],
        begun_at=at,
        # Names and notes alone change no reading.
        read_at=at if reads == (over_taxonomy, over_rubric) else None,
    )


def _open(rerating: Rerating) -> Rerating:
    """The re-rating, locked. Raises AmendingError where somebody ended it."""
    found = Rerating.objects.select_for_update().get(pk=rerating.pk)
    if found.end:
        by = f" by {found.ended_by}" if found.ended_by else ""
        raise AmendingError(f"This re-rating has ended already: {found.get_end_display().lower()}{by}.")
    return found


def _end(rerating: Rerating, end: ReratingEnd, by: User, at: datetime) -> None:
    rerating.end, rerating.ended_by, rerating.ended_at = end, by, at
    rerating.save(update_fields=["end", "ended_by", "ended_at"])


def _lacks_in_use(rules: SiteRules) -> str:
    """The names of types of the site that a version lacks though something is of them; empty for none."""
    lacking = with_types_in_use(rules.content, rules).get("types", {})
    return ", ".join(lacking[slug]["name"] for slug in lacking.keys() - rules.content.get("types", {}).keys())


def _first_alike(content: Mapping[str, Any], number: int) -> dict[str, int]:
    """For each part of a content the first version that says the same of it: readings by that one are known."""
    own = parts_of(content)
    first = {part: number if digest else 0 for part, digest in own.items()}
    for other, before in SiteRules.objects.order_by("-number").values_list("number", "content"):
        alike = parts_of(before)
        first |= {part: other for part, digest in own.items() if digest and alike[part] == digest}
    return {"reads_as": first["reads"], "rates_as": first["rates"], "noted_as": first["notes"]}


def _saved_meanwhile(latest: SiteRules | None) -> str:
    if latest is None:
        return "Another version was saved and discarded meanwhile. What you entered stands below; save again."
    return (
        f"{latest.made_by} saved version {latest.number} meanwhile: {latest.reason} What you entered stands "
        "below; save again to put it over that version."
    )
