"""The rules in force on this site: the shipped ones with what the site says otherwise over them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clauses.core.amendments import Rules, amended
from clauses.core.change_rubric import ChangeRubric
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.regulation import Regulation, shipped_regulation
from clauses.core.site_head import site_head
from clauses.core.taxonomy import ClauseType, Taxonomy, shipped_taxonomy
from clauses.models import LearnedHead, Rerating, ReratingEnd, SiteRules


@dataclass(frozen=True, slots=True)
class _InForce:
    """Rules, and the keys of what they were made of: the site's rules and the learned head."""

    site_rules: int | None
    head: int | None
    rules: Rules
    without_head: Taxonomy


def shipped_rules() -> Rules:
    """The rules that come with the program."""
    return Rules(shipped_taxonomy(), shipped_change_rubric(), shipped_regulation())


_in_force = _InForce(None, None, shipped_rules(), shipped_taxonomy())


def taxonomy_in_force() -> Taxonomy:
    """The taxonomy as it was at the last `refresh_taxonomy` in this process."""
    return _in_force.rules.taxonomy


def change_rubric_in_force() -> ChangeRubric:
    """The rubric of changes as it was then."""
    return _in_force.rules.change_rubric


def regulation_in_force() -> Regulation:
    """The notes on the law as they were then."""
    return _in_force.rules.regulation


def refresh_taxonomy() -> Taxonomy:
    """The taxonomy as it is now: see `refresh_rules`."""
    return refresh_rules().taxonomy


def refresh_rules() -> Rules:
    """The rules as they are now, from the rows. Called where a request or a run begins: no reading changes midway."""
    global _in_force  # noqa: PLW0603 - one value a process, replaced as a whole
    head = LearnedHead.objects.filter(is_adopted=True).values_list("pk", flat=True).first()
    site_rules = accepted_rules()
    if (site_rules, head) != (_in_force.site_rules, _in_force.head):
        made = rules_with(SiteRules.objects.get(pk=site_rules) if site_rules else None)
        taxonomy = _with_head(made.taxonomy, head)
        _in_force = _InForce(site_rules, head, replace(made, taxonomy=taxonomy), made.taxonomy)
    return _in_force.rules


def accepted_rules() -> int | None:
    """The key of the site's rules whose re-rating was accepted last; None where none ever was."""
    accepted = Rerating.objects.filter(end=ReratingEnd.ACCEPTED).order_by("-pk")
    return accepted.values_list("rules", flat=True).first()


def rules_with(site_rules: SiteRules | None) -> Rules:
    """The shipped rules with a version of the site's own.

    What an upgrade of ours took the ground from is left out; `problems_of` tells it.
    """
    return _amended(site_rules)[0] if site_rules else shipped_rules()


def rules_once_accepted(site_rules: SiteRules) -> Rules:
    """The rules as they would be in force: what was learned from decisions goes on where it goes by them as well."""
    made = rules_with(site_rules)
    return replace(made, taxonomy=_with_head(made.taxonomy, _in_force.head))


def problems_of(site_rules: SiteRules) -> list[str]:
    """What of a version of the site's rules, saved or not, cannot be put over the shipped ones of today."""
    return _amended(site_rules)[1]


def _amended(site_rules: SiteRules) -> tuple[Rules, list[str]]:
    marks = {"reads": site_rules.reads_as, "rates": site_rules.rates_as, "notes": site_rules.noted_as}
    return amended(shipped_rules(), site_rules.content, marks)


def drafted(kind: ClauseType) -> Taxonomy:
    """A taxonomy with nothing but this type."""
    return replace(taxonomy_in_force(), types={kind.slug: kind}, head=None)


def without_head(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy as it reads without what was learned from decisions."""
    return taxonomy if taxonomy.head is None else _in_force.without_head


def _with_head(taxonomy: Taxonomy, key: int | None) -> Taxonomy:
    """With the learned head of a row, unless that goes by the scores of another taxonomy."""
    row = LearnedHead.objects.filter(pk=key).first() if key else None
    if row is None or row.taxonomy_version != taxonomy.version:
        return taxonomy
    return replace(taxonomy, head=site_head(row.lessons), version=f"{taxonomy.version}.{row.pk}")
