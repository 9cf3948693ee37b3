"""Records, change sets and platforms as PDF: what their pages say, made from what their twins say."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.core import change_citation, citation
from clauses.forms.changes import TimelineForm
from clauses.forms.understood import understood
from clauses.printed.change_set import printed_change_set
from clauses.printed.platform import printed_platform
from clauses.printed.record import printed_record
from clauses.queries.cited_changes import cited_change
from clauses.queries.cited_records import cited
from clauses.queries.comparison import change_sets, shown_change_set
from clauses.queries.platform_twin import platform_twin
from clauses.queries.record_twin import record_twin
from clauses.queries.records import absorbing, record_page, records
from clauses.queries.twins import comparison_twin, public_url
from monitor.models import Platform


@login_not_required
@require_safe
def record_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A clause record; of a superseded one that which absorbed it."""
    found = get_object_or_404(records(), number=number)
    standing = absorbing(found)
    if standing.pk != found.pk:
        return HttpResponsePermanentRedirect(reverse("record-pdf", args=[standing.number]))
    now = timezone.now()
    page = record_page(found, now)
    cited_as = citation.sentence(cited(found, page.title, page.proof, page.wordings), now.date())
    return _file(found.public_id, printed_record(record_twin(page), cited_as, now))


@login_not_required
@require_safe
def change_set_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """A change set with its redlines. A superseded one leads to its successor."""
    found = get_object_or_404(change_sets(), number=number)
    if found.superseded_by:
        return HttpResponseRedirect(reverse("change-set-pdf", args=[found.superseded_by.number]))
    for version in (found.old_version, found.new_version):
        version.document = found.document
    shown = shown_change_set(found, found.old_version, found.new_version)
    if shown is None:
        raise Http404("not analyzed yet")
    now = timezone.now()
    address = public_url("change-set", found.number)
    cited_as = change_citation.sentence(cited_change(found), now.date())
    return _file(found.public_id, printed_change_set(comparison_twin(shown), address, cited_as, now))


@login_not_required
@require_safe
def platform_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The timeline of a platform, with the parameters of the page."""
    found = get_object_or_404(Platform, slug=slug)
    now = timezone.now()
    form = understood(TimelineForm(request.GET))
    twin = platform_twin(found, form.until(now), with_technical=bool(form.value("technical")))
    return _file(found.slug, printed_platform(twin, public_url("platform", found.slug), now))


def _file(name: str, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
