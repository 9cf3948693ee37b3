"""What changed between two versions: as a page by versions, as a page by change set, and as JSON."""

from urllib.parse import urljoin

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.core import change_citation
from clauses.forms.comparison import ComparisonForm
from clauses.models import ChangeSet
from clauses.queries.cited_changes import cited_change
from clauses.queries.compare_pages import Place, compare_page, place_of
from clauses.queries.compared_figures import FEW_FIGURES, figure_rows
from clauses.queries.comparison import (
    ShownComparison,
    candidate_after,
    change_sets_with_texts,
    compared,
    neighbors_of,
    parts_of,
    shown_change_set,
    versions_of,
    versions_to_compare,
)
from clauses.queries.twins import comparison_twin, public_url
from clauses.queries.versions import versions
from clauses.views.asked_page import asked_clause, asked_page
from clauses.views.json_response import json_response
from clauses.views.pdf_file import pdf_file
from monitor.models import Version


def _pair(platform: str, slug: str, old: int, new: int) -> tuple[Version, Version]:
    """Both versions; not found where one is of another document."""
    of_document = versions().filter(document__slug=slug, document__platform__slug=platform)
    return get_object_or_404(of_document, number=old), get_object_or_404(of_document, number=new)


@login_not_required
@require_safe
def compare(request: HttpRequest, platform: str, slug: str, old: int, new: int) -> HttpResponse:
    """Two versions of a document, clause by clause."""
    before, after = _pair(platform, slug, old, new)
    return _page(request, before, after, compared(before, after))


@login_not_required
@require_safe
def compare_json(request: HttpRequest, platform: str, slug: str, old: int, new: int) -> JsonResponse:
    """The twin."""
    return _twin(compared(*_pair(platform, slug, old, new)))


@login_not_required
@require_safe
def change_set(request: HttpRequest, number: int) -> HttpResponse:
    """A change set, as the comparison of its two versions. A superseded one leads to its successor."""
    found = _standing(number, "change-set")
    if not isinstance(found, ChangeSet):
        return found
    before, after = versions_of(found)
    return _page(request, before, after, shown_change_set(found, before, after))


@login_not_required
@require_safe
def change_set_json(request: HttpRequest, number: int) -> HttpResponse:
    """The twin of a change set."""
    found = _standing(number, "change-set-json")
    if not isinstance(found, ChangeSet):
        return found
    return _twin(shown_change_set(found, *versions_of(found)))


@login_not_required
@require_safe
def change_set_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A change set on paper, made from what the twin says."""
    from clauses.printed.change_set import printed_change_set  # noqa: PLC0415

    found = _standing(number, "change-set-pdf")
    if not isinstance(found, ChangeSet):
        return found
    shown = _read(shown_change_set(found, *versions_of(found)))
    address = public_url("change-set", found.number)
    body = printed_change_set(comparison_twin(shown), address, _citation(shown), timezone.now())
    return pdf_file(found.public_id, body)


def _standing(number: int, url_name: str) -> ChangeSet | HttpResponseRedirect:
    """The change set, or the way to its successor."""
    found = get_object_or_404(change_sets_with_texts(), number=number)
    if found.superseded_by:
        return HttpResponseRedirect(reverse(url_name, args=[found.superseded_by.number]))
    return found


def _page(request: HttpRequest, old: Version, new: Version, shown: ShownComparison | None) -> HttpResponse:
    context: dict[str, object] = {
        "old": old,
        "new": new,
        "document": new.document,
        "shown": shown,
        "versions": versions_to_compare(new.document),
    }
    if shown is None:
        return render(request, "clauses/compare_waiting.html", context)
    is_all = request.GET.get("all") == "1"
    form = ComparisonForm(request.GET, shown.changes)
    chosen = form.listed() if form.is_filtering else None
    place = Place(request.path, form.query())
    if record := asked_clause(request):
        found = place_of(shown.stops, record, is_all=is_all, place=place, listed=chosen)
        # That of the beginning where it stands in neither text, so that links last.
        return HttpResponseRedirect(urljoin(request.path, found or place.query(1, is_all=False)))
    before, after = neighbors_of(shown)
    view = compare_page(
        shown.stops if chosen is None or is_all else chosen,
        asked_page(request),
        is_all=is_all,
        place=place,
        # The whole text shows every change; the index lists those that were chosen.
        chosen=None if chosen is None else [change.number for change in chosen],
    )
    figures = figure_rows(view.steps) if view.number == 1 and chosen is None else []
    context |= {
        "form": form,
        "chosen": chosen,
        "view": view,
        "figures": figures,
        "has_many_figures": len(figures) > FEW_FIGURES,
        "candidate": candidate_after(new),
        "citation": _citation(shown),
        "previous_change": before,
        "next_change": after,
        "sides": [("Before", old, parts_of(old)), ("After", new, parts_of(new))],
    }
    return render(request, "clauses/compare.html", context)


def _citation(shown: ShownComparison) -> str:
    """How the change set is cited; empty where nothing is recorded."""
    if shown.change_set is None:
        return ""
    return change_citation.sentence(cited_change(shown.change_set), timezone.now().date())


def _twin(shown: ShownComparison | None) -> JsonResponse:
    return json_response(comparison_twin(_read(shown)))


def _read(shown: ShownComparison | None) -> ShownComparison:
    if shown is None:
        raise Http404("not analyzed yet")
    return shown
