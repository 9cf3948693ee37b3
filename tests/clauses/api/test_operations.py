"""What operations have in common: unknown parameters, IDs that are none, former names, and queries that do not grow."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.api.schema import openapi
from clauses.api.wiring import api
from clauses.models import ChangeSet, Clause
from monitor.models import Document, Platform, Snapshot, Version
from monitor.renaming import rename_platform
from tests.builders import day, make_change_set, make_platform, make_user, publish
from tests.clauses.api.asking import BASE, ask, bearing, secret_of

pytestmark = pytest.mark.django_db


def paths() -> dict[str, str]:
    """A path for each operation that reads, of the rows that came first."""
    known = {
        "platform": Platform.objects.order_by("pk")[0].slug,
        "document_id": Document.objects.order_by("pk")[0].public_id,
        "version_id": Version.objects.order_by("pk")[1].public_id,
        "old_id": Version.objects.order_by("pk")[0].public_id,
        "new_id": Version.objects.order_by("pk")[1].public_id,
        "snapshot_id": Snapshot.objects.order_by("pk")[0].public_id,
        "change_set_id": ChangeSet.objects.order_by("pk")[0].public_id,
        "record_id": Clause.objects.order_by("pk")[0].public_id,
        "type": "data_retention",
    }
    return {
        said["operationId"]: path.removeprefix(BASE).format(**known)
        for path, methods in openapi(api)["paths"].items()
        for method, said in methods.items()
        if method == "get"
    }


_NEEDED: dict[str, dict[str, Any]] = {
    "document_on": {"on": "2025-06-01"},
    "compare_platforms": {"platform": ["first", "second"]},
    "compare_clause_type": {"platform": ["first", "second"]},
}


def test_a_parameter_that_no_operation_knows_is_refused_by_each(client: Client) -> None:
    make_change_set()
    for name, path in paths().items():
        answer = ask(client, path, nonsense="1", **_NEEDED.get(name, {}))
        assert answer.status_code == 400, name
        (mistake,) = answer.json()["parameters"]
        assert (mistake["parameter"], mistake["given"]) == ("nonsense", "1")


def test_no_operation_asks_more_of_the_database_as_rows_double() -> None:
    curator = bearing(secret_of(make_user(role="curator")))
    one, two = make_platform(slug="first"), make_platform(slug="second")
    for platform in (one, two):
        make_change_set(platform)
    counted = {name: count(curator, name, path) for name, path in paths().items()}
    for _ in range(2):
        for platform in (one, two, make_platform(), make_platform()):
            make_change_set(platform, at=day(60))
    for name, path in paths().items():
        assert count(curator, name, path) <= counted[name], name


def count(client: Client, name: str, path: str) -> int:
    """How many queries an operation takes, once what it keeps in memory is there."""
    query = _NEEDED.get(name, {})
    assert ask(client, path, **query).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        ask(client, path, **query)
    return len(queries)


@pytest.mark.parametrize(
    "path",
    [
        *("/records/P-1", "/records/p-000001", "/records/P-0000000000001", "/records/P-00000\u0661"),
        *("/versions/D-00001", "/documents/V-000001", "/change-sets/C-999999999999", "/snapshots/S-000000"),
        *(
            "/platforms/none",
            "/platforms/none/facts",
            "/clause-types/none",
            "/versions/V-000001/compare/V-999999",
        ),
    ],
)
def test_an_id_of_nothing_is_not_found(path: str, client: Client) -> None:
    make_change_set()
    answer = ask(client, path)
    assert answer.status_code == 404
    assert answer.json()["error"] == "not found"
    assert "query" not in answer.json()["detail"]


def test_versions_of_different_documents_are_not_compared(client: Client) -> None:
    one, two = make_change_set(), make_change_set()
    path = f"/versions/{one.old_version.public_id}/compare/{two.new_version.public_id}"
    assert ask(client, path).status_code == 404


def test_a_former_name_of_a_platform_leads_to_it(client: Client) -> None:
    platform = make_change_set().document.platform
    former = platform.slug
    rename_platform(platform, name="Renamed", slug="renamed", at=day(3))
    for path in ("", "/facts"):
        answer = ask(client, f"/platforms/{former}{path}")
        assert answer.status_code == 307
        assert answer["Location"] == f"{BASE}/platforms/renamed{path}"
        assert client.get(answer["Location"]).status_code == 200
    assert ask(client, "/documents", platform=former).json()["items"]


def test_a_merged_record_and_a_superseded_change_set_lead_on(client: Client) -> None:
    gone, heir = make_change_set(), make_change_set()
    ChangeSet.objects.filter(pk=gone.pk).update(superseded_by=heir)
    first, second = Clause.objects.order_by("pk")[:2]
    Clause.objects.filter(pk=first.pk).update(superseded_by=second)
    for path, kind, row in (
        (f"/change-sets/{gone.public_id}", "change-set", heir),
        (f"/records/{first.public_id}", "record", second),
    ):
        answer = ask(client, path)
        assert answer.status_code == 307
        assert answer["Location"] == reverse(f"api:{kind}", args=[row.public_id])
        assert row.public_id in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "parameter", "value"),
    [
        ("/platforms", "limit", "0"),
        ("/platforms", "limit", "101"),
        ("/platforms", "limit", "many"),
        ("/platforms", "state", "sad"),
        ("/platforms", "q", "\x00"),
        ("/change-sets", "severity", "none"),
        ("/change-sets", "platform", "none"),
        ("/change-sets", "type", "none"),
        ("/change-sets", "since", "2025-02-30"),
        ("/change-sets", "since", "1889-01-01"),
        ("/documents", "platform", "none"),
        ("/documents", "type", "poem"),
        ("/versions", "document", "D-1"),
        ("/records", "severity", "awful"),
        ("/records", "language", "xx"),
        ("/records", "q", "x" * 201),
        ("/records", "sort", "newest"),
        ("/compare", "platform", "only-one"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(path: str, parameter: str, value: str, client: Client) -> None:
    answer = ask(client, path, **{parameter: value})
    assert answer.status_code == 400, answer.content
    assert answer.json()["parameters"][0]["parameter"] == parameter


def test_what_a_document_said_before_anything_was_recorded_is_not_found(client: Client) -> None:
    document = make_change_set().document
    assert ask(client, f"/documents/{document.public_id}/on", on="2001-01-01").status_code == 404


def test_relevance_goes_on_to_the_last_bit(client: Client) -> None:
    source = make_change_set().document.sources.get()
    words = "".join(f"<p>We keep your data {'and more data ' * n}for {n} days.</p>" for n in range(1, 12))
    publish(source, f"<h2>Data</h2>{words}", day(9))
    told: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        part = ask(client, "/records", q="data", limit=2, **cursor).json()
        told += [row["id"] for row in part["items"]]
        if part["next"] is None:
            break
        cursor = {"cursor": part["next"]}
    assert len(told) == len(set(told)) == part["count"] > 8
