"""What does not fit the schema is told by its name, with what was given, in words and not in patterns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from clauses.api.patterns import OTHER_FORM
from clauses.api.schema import openapi
from clauses.api.wiring import api
from tests.builders import make_document, make_user
from tests.clauses.api.asking import ask, bearing, secret_of, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "parameter", "given", "problem"),
    [
        ("/change-sets", "limit", "0", "It must be 1 or more."),
        ("/change-sets", "limit", "1000", "It must be 100 or less."),
        ("/change-sets", "limit", "many", "It must be a whole number."),
        ("/change-sets", "severity", "awful", "It is none of the values that are allowed."),
        ("/change-sets", "since", "yesterday", "Write a day from 1990 on, like 2025-12-31."),
        ("/change-sets", "type", "poem\x00", ""),
        ("/change-sets", "cursor", "a b", "This is no cursor of this list."),
        ("/records", "q", "a\x00b", "Null characters are no text."),
        ("/records", "q", "x" * 201, "It may have 200 characters at most."),
        ("/versions", "document", "D-1", "Write the public ID of a document, like D-00012."),
        ("/versions", "document", "D-99999", "There is no document with this ID."),
        ("/versions", "platform", "none", ""),
    ],
)
def test_a_parameter_is_told_with_what_was_given_and_a_sentence(
    path: str, parameter: str, given: str, problem: str, client: Client
) -> None:
    answer = ask(client, path, **{parameter: given})
    assert answer.status_code == 400, answer.content
    told = answer.json()
    assert told["detail"] == f"This was not understood: {parameter}."
    (mistake,) = told["parameters"]
    assert (mistake["parameter"], mistake["given"]) == (parameter, given[:60])
    assert problem in mistake["problem"]
    assert "pattern" not in mistake["problem"]


def test_a_parameter_of_several_kinds_is_named_once_with_all_that_it_may_be(client: Client) -> None:
    path = f"/documents/{make_document().public_id}/captures"
    (mistake,) = ask(client, path, kind="nope").json()["parameters"]
    assert (mistake["parameter"], mistake["given"]) == ("kind", "nope")
    assert {"unreachable", "held_back"} <= set(mistake["allowed"])


def test_a_repeated_parameter_is_named_as_it_was_asked_for(client: Client) -> None:
    answer = ask(client, "/records", document_type=["terms_of_service", "poem"])
    (mistake,) = answer.json()["parameters"]
    assert (mistake["parameter"], mistake["given"]) == ("document_type", "poem")


@pytest.mark.parametrize(
    ("body", "parameter", "given", "problem"),
    [
        ({}, "name", "", "It is missing."),
        ({"name": 7}, "name", "7", "It must be text."),
        ({"name": True}, "name", "true", "It must be text."),
        ({"name": ["a"]}, "name", "", "It must be text."),
        ({"name": "two\nlines"}, "name", "two\nlines", "Write one line"),
        ({"name": ""}, "name", "", "It must have 1 or more characters."),
        ({"name": "Acme", "homepage": "x"}, "homepage", "x", "There is no such field."),
        ({"name": "half \ud800"}, "name", "half ?", "This is no text."),
    ],
)
def test_a_field_of_the_body_is_told_in_the_same_way(
    body: dict[str, Any], parameter: str, given: str, problem: str
) -> None:
    administrator = bearing(secret_of(make_user(role="administrator"), "watch"))
    (mistake,) = send(administrator, "/platforms", body).json()["parameters"]
    assert (mistake["parameter"], mistake["given"]) == (parameter, given)
    assert mistake["problem"].startswith(problem)


def _patterns(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        if said.get("in") == "path":
            return
        if isinstance(said.get("pattern"), str):
            yield said["pattern"]
        for part in said.values():
            yield from _patterns(part)
    elif isinstance(said, list):
        for part in said:
            yield from _patterns(part)


def test_each_form_that_the_schema_asks_for_has_a_sentence() -> None:
    found = set(_patterns(openapi(api)))
    assert found
    assert found <= OTHER_FORM.keys()
