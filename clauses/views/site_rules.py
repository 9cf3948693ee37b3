"""What the site says otherwise than the shipped taxonomy, rubrics and notes: all of it, and a form for each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clauses import amending
from clauses.core.amended_points import Point, clause_points
from clauses.core.amended_types import unnamed_type
from clauses.core.amendments import Rules, change_points_of
from clauses.forms.site_notes import NotesForm
from clauses.forms.site_rules import AgencyForm, ContentForm, GroupsForm, PointsForm
from clauses.forms.site_types import TypeForm
from clauses.models import SiteRules
from clauses.queries.record_law import NO_NOTES
from clauses.queries.site_rules import left_out, open_rerating, rules_of_the_site, versions, working_rules
from clauses.site_taxonomy import rules_with, shipped_rules
from clauses.tasks import rerate_soon
from clauses.views.roles import curator

RUBRICS = {"clauses": "The rubric of clauses", "changes": "The rubric of changes"}
_LATEST = 50


@require_safe
def site_rules(request: HttpRequest) -> HttpResponse:
    """What stands, what is under way, what there is to edit, and every version. For curators."""
    curator(request)
    working = working_rules()
    rules = rules_with(working)
    shipped = shipped_rules().taxonomy.types
    context = {
        "in_force": rules_of_the_site(),
        "open": open_rerating(),
        "problems": left_out(working),
        "said": working.content if working else {},
        "groups": [
            (group, [kind for kind in rules.taxonomy.types.values() if kind.group == group.slug])
            for group in rules.taxonomy.groups
        ],
        "shipped": shipped,
        "rubrics": RUBRICS,
        "agencies": rules.regulation.agencies.values(),
        "versions": versions()[:_LATEST],
    }
    return render(request, "rules/all.html", context)


@require_http_methods(["GET", "POST"])
def type_rules(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One type: its texts, points and phrases; without a slug a new one of the site."""
    curator(request)
    shown = rules_with(working_rules()).taxonomy.types.get(slug)
    if slug and shown is None:
        raise Http404("no such type")
    shipped = shipped_rules().taxonomy.types.get(slug)
    kind = shipped or (unnamed_type(slug) if slug else None)

    def made(working: SiteRules | None, rules: Rules, sent: Any, initial: Mapping[str, Any]) -> TypeForm:
        row = working.content.get("types", {}).get(slug, {}) if working else {}
        return TypeForm(kind, row, rules.taxonomy, sent, initial=dict(initial))

    return _edited(request, made, "rules/type.html", {"kind": shown, "shipped": shipped})


@require_http_methods(["GET", "POST"])
def group_rules(request: HttpRequest) -> HttpResponse:
    """The groups that types stand in."""
    curator(request)
    shipped = shipped_rules().taxonomy.groups

    def made(working: SiteRules | None, rules: Rules, sent: Any, initial: Mapping[str, Any]) -> GroupsForm:
        return GroupsForm(shipped, rules.taxonomy.groups, sent, initial=dict(initial))

    return _edited(request, made, "rules/groups.html", {})


@require_http_methods(["GET", "POST"])
def point_rules(request: HttpRequest, rubric: str) -> HttpResponse:
    """The points of one rubric."""
    curator(request)
    if rubric not in RUBRICS:
        raise Http404("no such rubric")
    points = list(_points(rubric))

    def made(working: SiteRules | None, rules: Rules, sent: Any, initial: Mapping[str, Any]) -> PointsForm:
        present = working.content.get("points", {}) if working else {}
        return PointsForm(points, present, sent, initial=dict(initial))

    return _edited(request, made, "rules/points.html", {"title": RUBRICS[rubric]})


@require_http_methods(["GET", "POST"])
def note_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The notes on the law of one type, shipped or of the site."""
    curator(request)
    kind = rules_with(working_rules()).taxonomy.types.get(slug)
    if kind is None:
        raise Http404("no such type")

    def made(working: SiteRules | None, rules: Rules, sent: Any, initial: Mapping[str, Any]) -> NotesForm:
        present = rules.regulation.types.get(slug, NO_NOTES)
        return NotesForm(slug, present, sent, initial=dict(initial))

    return _edited(
        request, made, "rules/notes.html", {"kind": kind, "laws": shipped_rules().regulation.laws.values()}
    )


@require_http_methods(["GET", "POST"])
def agency_rules(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One agency; without a slug a new one."""
    curator(request)
    known = rules_with(working_rules()).regulation
    if slug and slug not in known.agencies:
        raise Http404("no such agency")

    def made(working: SiteRules | None, rules: Rules, sent: Any, initial: Mapping[str, Any]) -> AgencyForm:
        return AgencyForm(rules.regulation, rules.regulation.agencies.get(slug), sent, initial=dict(initial))

    return _edited(request, made, "rules/agency.html", {"agency": known.agencies.get(slug)})


def _points(rubric: str) -> list[Point]:
    shipped = shipped_rules()
    if rubric == "clauses":
        return list(clause_points(shipped.taxonomy.rubric))
    return list(change_points_of(shipped))


def _edited(
    request: HttpRequest,
    made: Callable[[SiteRules | None, Rules, Any, Mapping[str, Any]], ContentForm],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page of a form; POST saves a version, and leads to its re-rating.

    Where it cannot be saved nothing is, what was entered stands, and the next try goes on from the latest version.
    """
    working = working_rules()
    number = working.number if working else 0
    sent = request.POST if request.method == "POST" else None
    form = made(working, rules_with(working), sent, {"based_on": number})
    if form.is_valid():
        try:
            rerating = amending.save(
                form.put_into(working.content if working else {}),
                form.cleaned_data["reason"],
                curator(request),
                timezone.now(),
                based_on=form.cleaned_data["based_on"],
            )
        except amending.AmendingError as error:
            for problem in error.problems:
                form.add_error(None, problem)
        else:
            rerate_soon()
            return redirect("rerating", rerating.pk)
    return render(request, template, context | {"form": form, "working": working, "based_on": number})
