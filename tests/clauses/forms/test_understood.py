"""Filters that make no sense: files and feeds refuse them and say why, pages name them and go on."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import make_change_set

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "parameter", "allowed"),
    [
        ("/changes.json?severity=severe", "severity", "medium"),
        ("/changes.json?type=nonsense", "type", "data_retention"),
        ("/changes.json?since=yesterday", "since", None),
        ("/platforms.json?state=odd", "state", "failing"),
        ("/clauses.json?severity=severe", "severity", "high"),
        ("/clauses.json?platform=nobody", "platform", "{platform}"),
        ("/clauses/data_retention.json?document_type=novel", "document_type", "{type}"),
        ("/compare.json?platform={platform}&platform={other}&language=xx", "language", "en"),
        ("/platforms/{platform}.json?as_of=once", "as_of", None),
        ("/platforms/{platform}/{document}/on.json?on=once", "on", None),
    ],
)
def test_a_twin_says_which_parameter_is_wrong_and_what_it_may_be(
    client: Client, address: str, parameter: str, allowed: str | None
) -> None:
    document, other = make_change_set().document, make_change_set().document
    names = {
        "platform": document.platform.slug,
        "other": other.platform.slug,
        "document": document.slug,
        "type": document.type,
    }
    answer = client.get(address.format(**names))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/json"
    (mistake,) = answer.json()["parameters"]
    assert mistake["parameter"] == parameter
    assert mistake["given"] in address
    assert mistake["problem"]
    if allowed:
        assert allowed.format(**names) in mistake["allowed"]


def test_a_feed_says_it_in_plain_text(client: Client) -> None:
    answer = client.get("/changes.atom?severity=severe")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith("severity: ")
    assert "One of: low, medium, high." in answer.content.decode()
    assert client.get("/changes.atom?severity=high").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/changes/?severity=severe",
        "/clauses/?severity=severe",
        "/platforms/?state=odd",
        "/clauses/data_retention/?language=xx",
    ],
)
def test_a_page_names_what_it_ignored(client: Client, address: str) -> None:
    make_change_set()
    page = client.get(address)
    assert page.status_code == 200
    assert "Not understood and ignored: " in page.content.decode()
    assert "Not understood" not in client.get(address.split("?", maxsplit=1)[0]).content.decode()


def test_a_type_that_no_clause_has_is_understood_and_found_nowhere(client: Client) -> None:
    make_change_set()
    answer = client.get("/clauses.json?type=class_action_waiver")
    assert answer.status_code == 200
    assert answer.json()["clauses"] == []


@pytest.mark.parametrize("address", ["/records/P-999999.json", "/platforms/nobody.json", "/nothing.json"])
def test_what_there_is_not_is_said_as_json_where_json_was_asked_for(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["error"] == "not found"
    page = client.get(address.removesuffix(".json") + "/")
    assert page.status_code == 404
    assert page["Content-Type"].startswith("text/html")
