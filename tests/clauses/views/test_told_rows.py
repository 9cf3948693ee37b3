"""Clauses, figures and changes as files: what the lists say, all of it, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clauses.models import ChangeSet, Clause
from tests.builders import day, make_change_set, make_platform, make_source, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(make_user())
    return client


def rows(client: Client, address: str) -> list[dict]:
    """The rows of a file, of either kind."""
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert response["Content-Disposition"].startswith("attachment")
    body = b"".join(response.streaming_content).decode()
    if address.partition("?")[0].endswith(".jsonl"):
        return [json.loads(line) for line in body.splitlines()]
    return list(csv.DictReader(StringIO(body)))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_every_standing_clause_is_a_row(signed_in: Client, kind: str) -> None:
    make_change_set()
    found = rows(signed_in, f"/clauses.{kind}")
    standing = Clause.objects.filter(removed_in=None)
    assert {row["record"]: row["text"] for row in found} == {
        clause.public_id: clause.current.wording.text for clause in standing
    }


def test_a_clause_says_what_the_registry_says_of_it(signed_in: Client) -> None:
    make_change_set()
    told = {row["id"]: row for row in signed_in.get("/clauses.json").json()["clauses"]}
    for row in rows(signed_in, "/clauses.jsonl"):
        twin = told[row["record"]]
        assert (row["url"], row["text"], row["types"]) == (twin["url"], twin["text"], twin["types"])
        assert (row["severity"], row["confidence"]) == (twin["severity"], twin["confidence"])
        assert (row["since"], row["document"]) == (twin["since"], twin["document"]["slug"])


def test_every_figure_is_a_row_whose_place_is_in_the_text_of_its_clause(signed_in: Client) -> None:
    make_change_set()
    texts = {row["record"]: row["text"] for row in rows(signed_in, "/clauses.jsonl")}
    found = rows(signed_in, "/facts.jsonl")
    assert [(row["kind"], row["value"], row["unit"]) for row in found] == [("retention", "5", "year")]
    for row in found:
        assert texts[row["record"]][row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_every_change_set_is_a_row(signed_in: Client, kind: str) -> None:
    first, second = make_change_set(), make_change_set()
    found = rows(signed_in, f"/changes.{kind}")
    assert {row["change_set"] for row in found} == {first.public_id, second.public_id}
    twin = signed_in.get(f"/changes/{first.public_id}.json").json()
    row = next(row for row in found if row["change_set"] == first.public_id)
    assert (row["headline"], row["severity"], row["kind"]) == (
        twin["headline"],
        twin["severity"],
        twin["kind"],
    )
    assert str(row["modified"]) == str(twin["counts"]["modified"])


def test_the_filters_of_the_lists_hold(signed_in: Client) -> None:
    one, other = make_platform(), make_platform()
    make_change_set(one)
    source = make_source(other.documents.create(slug="terms", name="Terms", language="en"))
    publish(source, "<p>You must be at least 16 years old.</p>", day(0))
    publish(source, "<p>You must be at least 18 years old.</p>", day(3))
    assert {row["platform"] for row in rows(signed_in, f"/clauses.jsonl?platform={other.slug}")} == {
        other.slug
    }
    assert {row["kind"] for row in rows(signed_in, f"/facts.jsonl?platform={other.slug}")} == {"minimum_age"}
    assert [row["text"] for row in rows(signed_in, "/clauses.jsonl?q=least+18")] == [
        "You must be at least 18 years old."
    ]
    assert [row["platform"] for row in rows(signed_in, f"/changes.jsonl?platform={one.slug}")] == [one.slug]
    high = {row["change_set"] for row in rows(signed_in, "/changes.jsonl?severity=high")}
    assert high == {row.public_id for row in ChangeSet.objects.filter(severity=3)}


def test_more_rows_than_a_list_holds_all_come(signed_in: Client, monkeypatch) -> None:
    source = make_source()
    publish(
        source, "".join(f"<p>We keep item {number} of it for 30 days.</p>" for number in range(40)), day(0)
    )
    monkeypatch.setattr("clauses.queries.registry.MOST_LISTED", 10)
    monkeypatch.setattr("clauses.queries.told_rows._AT_A_TIME", 7)
    for address in ("/clauses.jsonl", "/clauses.jsonl?q=days", "/facts.jsonl"):
        assert len({row["record"] for row in rows(signed_in, address)}) == 40


@pytest.mark.parametrize(
    "address",
    [
        "/clauses.csv?severity=worst",
        "/facts.jsonl?severity=worst",
        "/changes.csv?since=soon",
        "/facts.csv?kind=retention",
        "/changes.jsonl?from=2025-01-01",
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(signed_in: Client, address: str) -> None:
    assert signed_in.get(address).status_code == 400


def test_words_that_a_spreadsheet_would_run_are_words(signed_in: Client) -> None:
    source = make_source()
    publish(source, "<p>=HYPERLINK(&quot;https://evil.example&quot;) We keep it for 30 days.</p>", day(0))
    (row,) = rows(signed_in, "/clauses.csv")
    assert not row["text"].startswith("=")
    assert "=HYPERLINK" in row["text"]


def test_an_empty_site_has_columns_and_no_rows(signed_in: Client) -> None:
    response = signed_in.get("/clauses.csv")
    assert b"".join(response.streaming_content).decode().startswith("record,url,platform,document,")
    assert rows(signed_in, "/changes.jsonl") == []


@pytest.mark.parametrize("name", ["clauses", "facts", "changes"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_without_a_sign_in_nothing_is_made(client: Client, name: str, kind: str) -> None:
    assert client.get(f"/{name}.{kind}").status_code == 302


def test_more_clauses_take_no_more_queries(signed_in: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            for address in ("/clauses.jsonl", "/facts.jsonl", "/changes.jsonl"):
                rows(signed_in, address)
        return len(queries)

    make_change_set()
    # The shares of types are kept until something changes.
    count()
    one = count()
    for _ in range(4):
        make_change_set()
    count()
    assert count() == one
