"""The citation of a change set, as files for reference managers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.core import change_citation
from clauses.models import ChangeSet
from clauses.queries.cited_changes import cited_change
from clauses.queries.comparison import change_sets
from clauses.views.citation_file import bibtex_file, csl_json_file


def _standing(number: int, url_name: str) -> ChangeSet | HttpResponseRedirect:
    """The change set, or the way to the one that took its place."""
    found = get_object_or_404(change_sets(), number=number)
    if found.superseded_by:
        return HttpResponseRedirect(reverse(url_name, args=[found.superseded_by.number]))
    return found


@login_not_required
@require_safe
def change_set_bibtex(request: HttpRequest, number: int) -> HttpResponse:
    """The citation as a BibTeX file."""
    found = _standing(number, "change-set-bibtex")
    if not isinstance(found, ChangeSet):
        return found
    entry = change_citation.bibtex(cited_change(found), timezone.now().date())
    return bibtex_file(found.public_id, entry)


@login_not_required
@require_safe
def change_set_csl(request: HttpRequest, number: int) -> HttpResponse:
    """The citation as CSL JSON: a list with one item, as reference managers read it."""
    found = _standing(number, "change-set-csl")
    if not isinstance(found, ChangeSet):
        return found
    item = change_citation.csl(cited_change(found), timezone.now().date())
    return csl_json_file(found.public_id, item)
