"""What the site says otherwise than the shipped taxonomy, rubrics and notes: all of it, and a form for each part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

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
from clauses.views.form_page import form_page
from clauses.views.roles import curator
from clauses.views.saved_rules import saved

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
        "said": _said(working),
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


@form_page
def type_rules(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One type: its texts, points and phrases; without a slug a new one of the site."""
    working, rules = _worked_on(request)
    shown = rules.taxonomy.types.get(slug)
    if slug and shown is None:
        raise Http404("no such type")
    shipped = shipped_rules().taxonomy.types.get(slug)
    kind = shipped or (unnamed_type(slug) if slug else None)
    form = TypeForm(kind, _said(working).get("types", {}).get(slug, {}), rules.taxonomy, _sent(request))
    return _edited(request, working, form, "rules/type.html", {"kind": shown, "shipped": shipped})


@form_page
def group_rules(request: HttpRequest) -> HttpResponse:
    """The groups that types stand in."""
    working, rules = _worked_on(request)
    form = GroupsForm(shipped_rules().taxonomy.groups, rules.taxonomy.groups, _sent(request))
    return _edited(request, working, form, "rules/groups.html", {})


@form_page
def point_rules(request: HttpRequest, rubric: str) -> HttpResponse:
    """The points of one rubric."""
    working, _ = _worked_on(request)
    if rubric not in RUBRICS:
        raise Http404("no such rubric")
    form = PointsForm(_points(rubric), _said(working).get("points", {}), _sent(request))
    return _edited(request, working, form, "rules/points.html", {"title": RUBRICS[rubric]})


@form_page
def note_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The notes on the law of one type, shipped or of the site."""
    working, rules = _worked_on(request)
    kind = rules.taxonomy.types.get(slug)
    if kind is None:
        raise Http404("no such type")
    form = NotesForm(slug, rules.regulation.types.get(slug, NO_NOTES), _sent(request))
    laws = shipped_rules().regulation.laws.values()
    return _edited(request, working, form, "rules/notes.html", {"kind": kind, "laws": laws})


@form_page
def agency_rules(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One agency; without a slug a new one."""
    working, rules = _worked_on(request)
    agency = rules.regulation.agencies.get(slug)
    if slug and agency is None:
        raise Http404("no such agency")
    form = AgencyForm(rules.regulation, agency, _sent(request))
    return _edited(request, working, form, "rules/agency.html", {"agency": agency})


def _points(rubric: str) -> list[Point]:
    shipped = shipped_rules()
    if rubric == "clauses":
        return list(clause_points(shipped.taxonomy.rubric))
    return list(change_points_of(shipped))


def _worked_on(request: HttpRequest) -> tuple[SiteRules | None, Rules]:
    """The version that an edit goes on from, and the rules by it. For curators."""
    curator(request)
    working = working_rules()
    return working, rules_with(working)


def _said(working: SiteRules | None) -> Mapping[str, Any]:
    return working.content if working else {}


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _edited(
    request: HttpRequest,
    working: SiteRules | None,
    form: ContentForm,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page of a form; POST saves a version, and leads to its re-rating.

    Where it cannot be saved nothing is, what was entered stands, and the next try goes on from the latest version.
    """
    if form.is_valid() and (answer := saved(request, form, form.put_into(_said(working)))):
        return answer
    return render(request, template, context | {"form": form, "based_on": working.number if working else 0})
