"""Default deny: every address of the site, walked by somebody who is not signed in, and posted to without a token."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clauses.models import Reader
from tests.builders import make_user
from tests.site_addresses import site_addresses

# What a reader without an account may see. Anything else asks to sign in: a new page joins this list on purpose.
PUBLIC = {
    "account-address-confirm",
    "api-reference",
    "api-shapes",
    "atom",
    "document-atom",
    "change-set",
    "change-set-json",
    "change-set-pdf",
    "changes",
    "changes-json",
    "choose-comparison",
    "clause-type",
    "clause-type-atom",
    "clauses",
    "methodology-json",
    "platforms-json",
    "clause-type-json",
    "clauses-json",
    "coming",
    "coming-ics",
    "coming-json",
    "compare",
    "compare-json",
    "compare-type",
    "compare-type-json",
    "dashboard",
    "healthz",
    "readyz",
    "metrics",
    "document",
    "document-json",
    "document-on",
    "document-on-json",
    "law",
    "law-json",
    "mail-events",
    "methodology",
    "platform",
    "platform-atom",
    "platform-json",
    "platform-pdf",
    "platforms",
    "record",
    "change-set-bibtex",
    "change-set-csl",
    "record-bibtex",
    "record-csl",
    "record-json",
    "record-pdf",
    "root",
    "saved-view-atom",
    "sign-in",
    "sign-up",
    "sign-up-confirm",
    "password-reset",
    "password-reset-confirm",
    "signing-keys",
    "signing-keys-json",
    "subscribe",
    "subscribe-confirm",
    "subscriptions-by-mail",
    "change-by-mail",
    "end-by-mail",
    "snapshot",
    "snapshot-bytes",
    "snapshot-json",
    "status",
    "status-json",
    "unsubscribe",
    "unsubscribe-digest",
    "version",
    "version-json",
    "version-text",
    "welcome",
}
# Public too, but of use only with a secret that holds, or with what a form asks for.
OTHER_ANSWERS = {
    "account-address-confirm": 410,
    "metrics": 404,
    "mail-events": 405,
    "welcome": 410,
    "sign-up": 404,
    "sign-up-confirm": 410,
    "password-reset-confirm": 410,
    "subscribe-confirm": 410,
    "subscriptions-by-mail": 404,
    "change-by-mail": 405,
    "end-by-mail": 404,
    "unsubscribe-digest": 404,
    "choose-comparison": 404,
    "document-on-json": 404,
    "compare-type-json": 404,
    "root": 404,
    "saved-view-atom": 404,
}
# What stays open on a private site: the way to an account, and what the secret of a mail or a feed leads to.
DOORS = {
    "account-address-confirm",
    "change-by-mail",
    "end-by-mail",
    "healthz",
    "mail-events",
    "metrics",
    "readyz",
    "saved-view-atom",
    "sign-in",
    "sign-up",
    "sign-up-confirm",
    "password-reset",
    "password-reset-confirm",
    "subscriptions-by-mail",
    "unsubscribe",
    "unsubscribe-digest",
    "welcome",
}
_WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
WITHOUT_TOKEN = {"mail-events": 404, "unsubscribe": 200, "unsubscribe-digest": 404}


@pytest.fixture
def addresses(db: None) -> list[tuple[str, str]]:
    """The pages."""
    return [(name, path) for name, path in site_addresses() if not name.startswith("api:")]


def test_without_signing_in_only_the_public_pages_open(
    addresses: list[tuple[str, str]], client: Client
) -> None:
    assert len(addresses) > 80
    for name, path in addresses:
        response = client.get(path)
        if name in PUBLIC:
            expected = OTHER_ANSWERS.get(name, 200)
            assert response.status_code == expected, f"{name} {path} answers {response.status_code}"
        else:
            leads_to_sign_in = response.status_code == 302 and "/sign-in/" in _end(client, response.url)
            assert leads_to_sign_in or response.status_code == 403, f"{name} {path} {response.status_code}"


def _end(client: Client, address: str) -> str:
    """Where a chain of redirects ends: the desk has a door of its own, which leads to the site's."""
    for _ in range(3):
        response = client.get(address)
        if response.status_code != 302:
            return address
        address = response.url
    return address


def test_on_a_private_site_only_the_doors_open(
    addresses: list[tuple[str, str]], client: Client, settings: Any
) -> None:
    settings.PRIVATE_SITE = True
    for name, path in addresses:
        for ask in (client.get, client.post):
            response = ask(path)
            if name in DOORS:
                assert response.status_code in {200, 404, 405, 410}, f"{name} {path} {response.status_code}"
            else:
                leads_to_sign_in = response.status_code == 302 and "/sign-in/" in _end(client, response.url)
                assert leads_to_sign_in or response.status_code == 403, (
                    f"{name} {path} {response.status_code}"
                )


def test_a_private_site_is_read_by_who_has_an_account(
    addresses: list[tuple[str, str]], client: Client, settings: Any
) -> None:
    settings.PRIVATE_SITE = True
    client.force_login(make_user())
    for name, path in addresses:
        if name in PUBLIC - {"sign-in"}:
            assert client.get(path).status_code == OTHER_ANSWERS.get(name, 200), f"{name} {path}"


def test_the_list_of_public_pages_names_no_page_that_is_gone(addresses: list[tuple[str, str]]) -> None:
    assert {name for name, _ in addresses} >= PUBLIC


def test_a_post_without_a_token_is_refused_everywhere(addresses: list[tuple[str, str]]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for name, path in addresses:
        response = client.post(path)
        expected = WITHOUT_TOKEN.get(name, 403)
        assert response.status_code == expected, f"{name} {path} answers {response.status_code}"


def test_looking_at_any_page_changes_nothing(addresses: list[tuple[str, str]]) -> None:
    """GET never writes, but for the session that a visit to the desk renews, and the note of when somebody was here."""
    client = Client()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for name, path in addresses:
        assert _written_by(client.get, name, path) <= {"django_session", "clauses_reader"}, f"{name} {path}"


@pytest.mark.parametrize("purpose", ["head", "Sec-Purpose", "Purpose"])
def test_asking_for_a_head_or_in_advance_notes_no_visit(
    addresses: list[tuple[str, str]], purpose: str
) -> None:
    for began in (False, True):
        client = Client(headers={} if purpose == "head" else {purpose: "prefetch;prerender"})
        user = make_user(is_superuser=True, is_staff=True)
        client.force_login(user)
        if began:
            long_ago = timezone.now() - timedelta(days=3)
            Reader.objects.create(user=user, last_at=long_ago, seen_at=long_ago)
        for name, path in addresses:
            ask = client.head if purpose == "head" else client.get
            assert _written_by(ask, name, path) <= {"django_session"}, f"{name} {path}"


def test_asking_for_a_head_answers_as_asking_for_the_page(addresses: list[tuple[str, str]]) -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for name, path in addresses:
        # Signing out ends the session that the rest is asked with; who listens for mail events answers for itself.
        if name in {"sign-out", "mail-events"}:
            continue
        head, page = client.head(path), client.get(path)
        assert (head.status_code, head.getvalue()) == (page.status_code, b""), f"{name} {path}"
        page.getvalue()


def _written_by(ask: Callable[[str], Any], name: str, path: str) -> set[str]:
    """The tables a request writes to."""
    if name == "sign-out":
        return set()
    with CaptureQueriesContext(connection) as queries:
        ask(path).getvalue()
    found = (_WRITES.match(query["sql"]) for query in queries)
    return {match[1] for match in found if match}
