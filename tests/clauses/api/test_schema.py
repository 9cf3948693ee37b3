"""The OpenAPI description holds: schemathesis asks every operation for what it allows and for what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from clauses.analysis import analyze_pending
from clauses.api.schema import openapi
from clauses.api.wiring import api
from config.wsgi import application
from monitor.samples.loading import load
from tests.api_fuzzing import described, fuzz, operations, secrets_by_scope

pytestmark = pytest.mark.django_db
# The thousands are asked by bench/api_fuzz.py.
_EXAMPLES = 12


@pytest.fixture
def site() -> Iterator[Any]:
    """The WSGI application, which leaves the connection of the test open, as the client of tests does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield application
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_operation_keeps_what_it_promises(settings: Any, site: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = settings.API_TOKEN_REQUESTS_A_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    load()
    analyze_pending()
    secrets = secrets_by_scope()
    asked = {name: fuzz(operation, secrets, _EXAMPLES) for name, operation in operations(described(site))}
    said = openapi(api)["paths"]
    assert asked.keys() == {one["operationId"] for methods in said.values() for one in methods.values()}
    assert not [name for name, answered in asked.items() if not answered]


def test_the_description_says_who_may_ask(client: Client) -> None:
    said = client.get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert said["components"]["securitySchemes"].keys() == {"token"}
    asked = {
        one["operationId"]: one["security"] for methods in said["paths"].values() for one in methods.values()
    }
    assert asked["records"] == [{}, {"token": []}]
    assert asked["decisions"] == [{"token": []}]
    assert asked["decide_on_record"] == asked["revert_decision"] == [{"token": ["decide"]}]
    assert asked["watch_document"] == asked["pause_document"] == [{"token": ["watch"]}]


def test_the_words_of_ratings_and_what_a_text_may_hold_are_described(client: Client) -> None:
    shapes = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert shapes["DirectionWord"]["enum"] == ["adverse", "favorable", "neutral", "mixed"]
    assert "merged" in shapes["ChangeWord"]["enum"]
    assert "pattern" in shapes["Reversal"]["properties"]["reason"]
    assert shapes["ChangeSetHead"]["properties"]["severity"]["enum"] == ["high", "medium", "low", "none"]
