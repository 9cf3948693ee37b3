"""Where a form leads: within the site, whatever it was sent with."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from clauses.views.way_back import way_back


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "", "\\\\evil"]
)
def test_a_target_outside_leads_to_the_page_of_the_form(target: str):
    request = RequestFactory().post("/", {"next": target})
    assert way_back(request, "changes") == "changes"


def test_a_target_of_the_site_is_kept():
    assert way_back(RequestFactory().post("/", {"next": "/work/?status=any"}), "work") == "/work/?status=any"
