"""The site that pictures are taken of: every address of the project leads somewhere on it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern

from clauses.urls import urlpatterns
from tests.full_site import furnish

pytestmark = pytest.mark.django_db
_FOR_STRANGERS = {"sign-in", "sign-up", "sign-up-confirm"}
# They tell of what a query, a token of the site or a finished day names.
_ASK_FOR_MORE = {"choose-comparison", "compare-type-json", "document-on-json", "metrics", "root"}


def test_every_address_leads_to_rows_that_are_there(client: Client) -> None:
    call_command("load_samples", stdout=StringIO())
    paths = furnish("lanterns over the harbor")
    assert paths.keys() == {str(one.name) for one in urlpatterns if isinstance(one, URLPattern)}
    client.force_login(User.objects.get(username="cleo"))
    shown = {name: path for name, path in paths.items() if name not in _FOR_STRANGERS | _ASK_FOR_MORE}
    found = {name: _status(client, path) for name, path in shown.items()}
    # 405: it takes nothing but POST.
    assert {name: status for name, status in found.items() if status >= 400 and status != 405} == {}


def _status(client: Client, path: str) -> int:
    answer = client.get(path)
    # A file is closed by who has read it.
    answer.getvalue()
    return int(answer.status_code)
