"""The record of a clause: page, JSON twin and citations."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.core import citation
from clauses.models import Clause
from clauses.queries.cited_records import cited, cited_record
from clauses.queries.record_twin import record_twin
from clauses.queries.records import absorbing, merged_into, record_page, records
from clauses.views.citation_file import bibtex_file, csl_json_file
from clauses.views.json_response import json_response
from clauses.views.pdf_file import pdf_file


def _record(number: int, url_name: str) -> Clause | HttpResponsePermanentRedirect:
    """The record, or the way to the one that absorbed it."""
    found = get_object_or_404(records(), number=number)
    standing = absorbing(found)
    if standing.pk != found.pk:
        note = f"?merged={found.public_id}" if url_name == "record" else ""
        return HttpResponsePermanentRedirect(reverse(url_name, args=[standing.number]) + note)
    return found


@login_not_required
@require_safe
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that is known of a clause, and its proof."""
    found = _record(number, "record")
    if not isinstance(found, Clause):
        return found
    now = timezone.now()
    page = record_page(found, now)
    context = {
        "page": page,
        "clause": found,
        "document": found.document,
        "merged": merged_into(found, request.GET.get("merged", "")),
        "citation": citation.sentence(cited(found, page.title, page.proof, page.wordings), now.date()),
    }
    return render(request, "clauses/record.html", context)


@login_not_required
@require_safe
def record_json(request: HttpRequest, number: int) -> HttpResponse:
    """The twin."""
    found = _record(number, "record-json")
    return (
        json_response(record_twin(record_page(found, timezone.now()))) if isinstance(found, Clause) else found
    )


@login_not_required
@require_safe
def record_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The record on paper, made from what the twin says."""
    from clauses.printed.record import printed_record  # noqa: PLC0415

    found = _record(number, "record-pdf")
    if not isinstance(found, Clause):
        return found
    now = timezone.now()
    page = record_page(found, now)
    cited_as = citation.sentence(cited(found, page.title, page.proof, page.wordings), now.date())
    return pdf_file(found.public_id, printed_record(record_twin(page), cited_as, now))


@login_not_required
@require_safe
def record_bibtex(request: HttpRequest, number: int) -> HttpResponse:
    """The citation as a BibTeX file."""
    found = _record(number, "record-bibtex")
    if not isinstance(found, Clause):
        return found
    now = timezone.now()
    return bibtex_file(found.public_id, citation.bibtex(cited_record(found, now), now.date()))


@login_not_required
@require_safe
def record_csl(request: HttpRequest, number: int) -> HttpResponse:
    """The citation as CSL JSON: a list with one item, as reference managers read it."""
    found = _record(number, "record-csl")
    if not isinstance(found, Clause):
        return found
    now = timezone.now()
    return csl_json_file(found.public_id, citation.csl(cited_record(found, now), now.date()))
