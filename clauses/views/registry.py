"""Clauses across all documents: the registry, one type, and one type on several platforms side by side."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clauses.core.plain_line import plain_line
from clauses.forms.registry import RegistryForm
from clauses.models import ChangeSet, Clause
from clauses.queries.adoption import (
    adoption,
    platforms_waiting,
    platforms_with,
    platforms_without,
    rows_of,
    severity_counts,
)
from clauses.queries.beside import type_comparison, type_comparison_twin
from clauses.queries.clause_types import grouped_types, named_type
from clauses.queries.registry import record_by_id, registry, type_counts
from clauses.queries.standing import numbers_of
from clauses.queries.waiting import rereading, waiting_documents
from clauses.site_taxonomy import taxonomy_in_force
from clauses.views.json_response import json_response
from monitor.models import Document, Platform, Snapshot, Version

_CLAUSES_ON_A_PAGE = 40
_PLATFORMS_ON_A_PAGE = 25
_MOST_PLATFORMS = 4
_CLAUSES_OF_A_COLUMN = 8
# So many names of an address are looked up, and so much of one is said back.
_MOST_NAMES = 20
_LONGEST_ECHO = 60


@login_not_required
@require_safe
def clauses(request: HttpRequest) -> HttpResponse:
    """The registry. A public ID typed as words leads to its record."""
    if found := record_by_id(request.GET.get("q", "")):
        return HttpResponseRedirect(_address(found))
    form = RegistryForm(request.GET)
    wanted = form.wanted()
    page = Paginator(registry(wanted), _CLAUSES_ON_A_PAGE).get_page(request.GET.get("page"))
    counts = type_counts()
    groups = [
        (group, [(found, counts.get(found.slug, 0)) for found in types]) for group, types in grouped_types()
    ]
    waiting = waiting_documents()
    if wanted.platform:
        waiting = waiting.filter(platform__slug=wanted.platform)
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "numbers": numbers_of(page),
        "groups": groups,
        "waiting_count": waiting.count(),
        "rereading": rereading(),
    }
    return render(request, "clauses/registry.html", context)


@login_not_required
@require_safe
def clause_type(request: HttpRequest, slug: str) -> HttpResponse:
    """One type: what it is, how many platforms have it, and in which words."""
    if slug not in taxonomy_in_force().types:
        raise Http404("no such clause type")
    page = Paginator(platforms_with(slug), _PLATFORMS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(slug, list(page))
    context = {
        "type": named_type(slug),
        "adoption": adoption(slug),
        "severities": severity_counts(slug),
        "page": page,
        "rows": rows,
        "numbers": numbers_of(clause for row in rows for clause in row.clauses),
        "waiting": platforms_waiting(slug),
        "without": platforms_without(slug),
        "rereading": rereading(),
    }
    return render(request, "clauses/clause_type.html", context)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The type and the platforms of an address, as far as they exist: the first is held against each of the others.

    `problems` are sentences about what the address asks for and cannot have.
    """

    slug: str
    chosen: list[Platform]
    is_asked: bool
    problems: list[str]

    @property
    def is_ready(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.slug) and len(self.chosen) > 1


def _asked(request: HttpRequest) -> _Asked:
    slug, first = request.GET.get("type", ""), request.GET.get("first", "")
    wanted = list(dict.fromkeys(request.GET.getlist("platform")))
    known = {row.slug: row for row in Platform.objects.filter(slug__in=wanted[:_MOST_NAMES])}
    found = [known[name] for name in wanted if name in known]
    problems = [
        f"There is no platform “{_echo(name)}”." for name in wanted[:_MOST_NAMES] if name not in known
    ]
    if len(found) > _MOST_PLATFORMS:
        left = ", ".join(row.name for row in found[_MOST_PLATFORMS:])
        problems.append(f"At most {_MOST_PLATFORMS} platforms are compared; left out: {left}.")
    chosen = found[:_MOST_PLATFORMS]
    if first and first not in {row.slug for row in chosen}:
        problems.append(f"“{_echo(first)}” is none of the platforms compared.")
    chosen.sort(key=lambda row: row.slug != first)
    is_type = slug in taxonomy_in_force().types
    if not is_type:
        problems.append(f"There is no clause type “{_echo(slug)}”." if slug else "Choose a clause type.")
    if len(chosen) < 2:
        problems.append("Choose at least two platforms.")
    return _Asked(slug if is_type else "", chosen, bool(slug or wanted or first), problems)


def _echo(words: str) -> str:
    """What was typed into an address, short and in one line."""
    line = plain_line(words)
    return line if len(line) <= _LONGEST_ECHO else f"{line[:_LONGEST_ECHO]}…"


@login_not_required
@require_safe
def compare_type(request: HttpRequest) -> HttpResponse:
    """One type on two to four platforms: figures, words in common with the one chosen as first, and side by side."""
    asked = _asked(request)
    columns = rows_of(asked.slug, asked.chosen, _CLAUSES_OF_A_COLUMN) if asked.is_ready else []
    context = {
        "groups": grouped_types(),
        "platforms": Platform.objects.filter(documents__current_version__isnull=False).distinct(),
        "type": named_type(asked.slug) if asked.slug else None,
        "chosen": [row.slug for row in asked.chosen],
        "firsts": _firsts(request, asked),
        "problems": asked.problems if asked.is_asked else [],
        "columns": columns,
        "comparison": type_comparison(asked.slug, asked.chosen) if asked.is_ready else None,
        "numbers": numbers_of(clause for row in columns for clause in row.clauses),
        "is_asked": asked.is_asked,
        "query": request.GET.urlencode(),
        "rereading": rereading() if asked.is_ready else None,
    }
    return render(request, "clauses/compare_type.html", context)


def _firsts(request: HttpRequest, asked: _Asked) -> list[tuple[Platform, str]]:
    """Each platform that can be held against the others, with the query for it; none where there is one pair alone."""
    if len(asked.chosen) < _MOST_PLATFORMS - 1:
        return []
    query = request.GET.copy()
    found = []
    for row in sorted(asked.chosen, key=lambda row: row.name):
        query["first"] = row.slug
        found.append((row, query.urlencode()))
    return found


@login_not_required
@require_safe
def compare_type_json(request: HttpRequest) -> JsonResponse:
    """The twin, with the parameters of the page; not found where there is nothing to compare."""
    asked = _asked(request)
    if not asked.is_ready:
        raise Http404(" ".join(asked.problems))
    found = type_comparison(asked.slug, asked.chosen)
    return json_response(type_comparison_twin(asked.slug, asked.chosen, found))


def _address(found: Clause | ChangeSet | Version | Snapshot | Document) -> str:
    if isinstance(found, Clause):
        return reverse("record", args=[found.number])
    if isinstance(found, ChangeSet):
        return reverse("change-set", args=[found.number])
    if isinstance(found, Snapshot):
        return reverse("snapshot", args=[found.number])
    if isinstance(found, Version):
        document = found.document
        return reverse("version", args=[document.platform.slug, document.slug, found.number])
    return reverse("document", args=[found.platform.slug, found.slug])
