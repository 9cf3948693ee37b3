"""Default deny by the API: every operation is named here on purpose, and asked for by nobody, a session and a token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.builders import make_user
from tests.site_addresses import site_addresses
from tests.test_access import _written_by

# What each operation asks for, of whom. None leads to a page.
OPEN_OPERATIONS = {
    "platforms",
    "platform",
    "platform-facts",
    "documents",
    "document",
    "document-captures",
    "document-on",
    "versions",
    "version",
    "compare-versions",
    "snapshot",
    "change-sets",
    "change-set",
    "changes",
    "records",
    "record",
    "clause-types",
    "clause-type",
    "compare-clause-type",
    "compare-platforms",
    "status",
    "coming",
    "references",
    "methodology",
    "law",
    "keys",
    "openapi",
}
CURATORS_OPERATIONS = {"decisions"}
ACTS = {
    "decide-on-record",
    "revert-decision",
    "watch-platform",
    "watch-document",
    "pause-document",
    "resume-document",
}
# They ask for what a walk along the addresses does not give.
NEED_A_PARAMETER = {"document-on", "compare-clause-type", "compare-platforms"}


@pytest.fixture
def operations(db: None, settings: Any) -> list[tuple[str, str]]:
    """The operations of the API. Of two under one address the one that reads is asked for by GET."""
    settings.API_REQUESTS_A_MINUTE = settings.API_TOKEN_REQUESTS_A_MINUTE = 10_000
    found = [(name, path) for name, path in site_addresses() if name.startswith("api:")]
    return [(name.removeprefix("api:"), path) for name, path in found]


def test_every_operation_is_named_on_purpose(operations: list[tuple[str, str]]) -> None:
    assert {name for name, _ in operations} == OPEN_OPERATIONS | CURATORS_OPERATIONS | ACTS


def test_without_a_token_operations_read_what_is_public_and_do_nothing(
    operations: list[tuple[str, str]], client: Client
) -> None:
    for name, path in operations:
        if name in ACTS:
            answer = client.post(path, {}, content_type="application/json")
            assert (answer.status_code, answer.json()["error"]) == (401, "not signed in"), name
        else:
            expected = 401 if name in CURATORS_OPERATIONS else 400 if name in NEED_A_PARAMETER else 200
            assert client.get(path).status_code == expected, name


def test_on_a_private_site_no_operation_answers_without_a_token(
    operations: list[tuple[str, str]], client: Client, settings: Any
) -> None:
    settings.PRIVATE_SITE = True
    for name, path in operations:
        for asked in (client.get, client.post, client.head, client.options):
            assert asked(path).status_code == 401, name
    client.force_login(make_user())
    for name, path in operations:
        if name in OPEN_OPERATIONS - NEED_A_PARAMETER:
            assert client.get(path).status_code == 200, name


def test_a_session_and_a_form_token_are_no_permission_to_act(operations: list[tuple[str, str]]) -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for name, path in operations:
        if name in ACTS:
            assert client.post(path, {}, content_type="application/json").status_code == 401, name


def test_operations_that_read_write_nothing(operations: list[tuple[str, str]]) -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for name, path in operations:
        assert _written_by(client.get, name, path) <= {"clauses_reader"}, name
