"""What may be asked of a page with a form."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from clauses.views.form_page import form_page


@form_page
def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("A form.")


@pytest.mark.parametrize(
    ("method", "status"), [("GET", 200), ("HEAD", 200), ("POST", 200), ("PUT", 405), ("DELETE", 405)]
)
def test_a_page_with_a_form_is_shown_and_sent_and_nothing_else(method: str, status: int) -> None:
    assert _page(RequestFactory().generic(method, "/")).status_code == status
