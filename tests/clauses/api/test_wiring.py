"""Every answer of the API says what its page's twin says; an operation without such a test cannot join."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from clauses.api.schema import openapi
from clauses.api.wiring import api
from clauses.curation import decide
from clauses.models import ChangeSet, Clause, Reference
from clauses.models.choices import SeverityLevel
from monitor.models import Document, Platform, Snapshot, Version
from tests.clauses.api.two_doors import Json, TwoDoors

pytestmark = pytest.mark.django_db
_THEN = "2026-06-01"


def same(one: Json, other: Json) -> None:
    assert one == other
    # Not only equal but told alike: true is no 1, and 1 is no 1.0.
    assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def part_of(part: Json, whole: Json) -> None:
    same(part, {key: whole[key] for key in part})


def by_id(rows: Iterator[Json] | list[Json], key: str = "id") -> list[Json]:
    return sorted(rows, key=lambda row: row[key])


def address(document: Document) -> str:
    return f"/platforms/{document.platform.slug}/{document.slug}"


def documents_by_id() -> dict[str, Document]:
    return {row.public_id: row for row in Document.objects.select_related("platform")}


def check_platforms(site: TwoDoors) -> None:
    for query in ({}, {"document_type": "privacy_policy"}, {"state": "paused"}, {"q": "sorr"}):
        rows = by_id(site.every("/platforms", 2, **query), "slug")
        same({"items": rows}, {"items": by_id(site.pages("/platforms.json", "platforms", **query), "slug")})
        assert site.api("/platforms", **query)["count"] == site.twin("/platforms.json", **query)["count"]
    assert len(rows) == 1


def check_platform(site: TwoDoors) -> None:
    for slug in Platform.objects.values_list("slug", flat=True):
        for query in ({"as_of": _THEN}, {"as_of": _THEN, "technical": "true"}, {"as_of": "2025-09-30"}):
            same(site.api(f"/platforms/{slug}", **query), site.twin(f"/platforms/{slug}.json", **query))


def check_platform_facts(site: TwoDoors) -> None:
    for slug in Platform.objects.values_list("slug", flat=True):
        found = site.api(f"/platforms/{slug}/facts", as_of=_THEN)
        assert found["facts"]
        part_of(found, site.twin(f"/platforms/{slug}.json", as_of=_THEN))


def check_documents(site: TwoDoors) -> None:
    found = list(site.every("/documents", 3))
    known = documents_by_id()
    assert [row["id"] for row in found] == sorted(known)
    for row in found:
        part_of(row, site.twin(f"{address(known[row['id']])}.json"))
    some = list(site.every("/documents", platform="sorrelmind", type="privacy_policy"))
    assert [row["slug"] for row in some] == ["privacy-policy"]


def check_document(site: TwoDoors) -> None:
    for public_id, row in documents_by_id().items():
        for query in ({}, {"kind": "failed"}, {"kind": "confirmed"}):
            same(site.api(f"/documents/{public_id}", **query), site.twin(f"{address(row)}.json", **query))


def check_document_captures(site: TwoDoors) -> None:
    for public_id, row in documents_by_id().items():
        for query in ({}, {"kind": "quiet"}):
            found = list(site.every(f"/documents/{public_id}/captures", 4, **query))
            same({"items": found}, {"items": site.twin(f"{address(row)}.json", **query)["captures"]})


def check_document_on(site: TwoDoors) -> None:
    for public_id, row in documents_by_id().items():
        asked = Client().get(f"{address(row)}/on.json", {"on": _THEN})
        same(site.api(f"/documents/{public_id}/on", on=_THEN), site.twin(asked.url))


def check_versions(site: TwoDoors) -> None:
    found = list(site.every("/versions"))
    assert [row["id"] for row in found] == [row.public_id for row in Version.objects.order_by("number")]
    for row in found[::5]:
        page = f"/platforms/{row['document']['platform']}/{row['document']['slug']}/versions/{row['id']}.json"
        part_of(row, site.twin(page))
    document = found[0]["document"]
    some = list(site.every("/versions", 2, document=document["id"], platform=document["platform"]))
    same({"items": some}, {"items": [row for row in found if row["document"] == document]})


def check_version(site: TwoDoors) -> None:
    for row in Version.objects.select_related("document__platform"):
        twin = site.twin(f"{address(row.document)}/versions/{row.public_id}.json")
        same(site.api(f"/versions/{row.public_id}"), twin)


def check_compare_versions(site: TwoDoors) -> None:
    for document in Document.objects.select_related("platform"):
        ids = [row.public_id for row in document.versions.order_by("ordinal")]
        for old, new in {(ids[0], ids[-1]), (ids[-1], ids[0]), (ids[0], ids[0])}:
            twin = site.twin(f"{address(document)}/compare/{old}...{new}.json")
            same(site.api(f"/versions/{old}/compare/{new}"), twin)


def check_snapshot(site: TwoDoors) -> None:
    for row in Snapshot.objects.order_by("pk")[::9]:
        same(site.api(f"/snapshots/{row.public_id}"), site.twin(f"/snapshots/{row.public_id}.json"))


def check_change_sets(site: TwoDoors) -> None:
    filters: list[Json] = [{}, {"severity": "medium"}, {"platform": "sorrelmind", "direction": "adverse"}]
    filters += [{"type": "data_retention"}, {"since": "2025-09-01"}, {"kind": "date"}]
    for query in filters:
        found = list(site.every("/change-sets", 4, **query))
        same({"items": found}, {"items": list(site.pages("/changes.json", "changes", **query))})
        told, twin = site.api("/change-sets", **query), site.twin("/changes.json", **query)
        assert (told["count"], told["counts"]) == (twin["count"], twin["counts"])


def check_change_set(site: TwoDoors) -> None:
    for row in ChangeSet.objects.all():
        same(site.api(f"/change-sets/{row.public_id}"), site.twin(f"/changes/{row.public_id}.json"))


def check_changes(site: TwoDoors) -> None:
    cursor: Json = {}
    events = []
    while True:
        part = site.api("/changes", limit=5, **cursor)
        events += part["events"]
        cursor = {"since": part["next"]}
        if part["is_last"]:
            break
    told = {row["id"]: row["change_set"] for row in events}
    assert [row["id"] for row in events] == [row.public_id for row in ChangeSet.objects.order_by("number")]
    for row in site.pages("/changes.json", "changes"):
        same(told[row["id"]], row)


def check_records(site: TwoDoors) -> None:
    filters: list[Json] = [{}, {"severity": "high"}, {"type": "data_retention"}, {"q": "refund"}]
    filters += [{"q": "data", "sort": "severity"}, {"confidence": "low", "platform": "coppermere"}]
    filters += [{"q": "keep OR delete", "document_type": "privacy_policy", "language": "en"}]
    for query in filters:
        found = list(site.every("/records", 60, **query))
        same({"items": found}, {"items": list(site.pages("/clauses.json", "clauses", **query))})
        assert found
        part_of(
            {key: site.api("/records", **query)[key] for key in ("count", "is_more", "is_cut")},
            site.twin("/clauses.json", **query),
        )


def check_record(site: TwoDoors) -> None:
    standing = Clause.objects.filter(superseded_by=None)
    decide(
        standing.filter(current__isnull=False)[0], [], SeverityLevel.NONE, "It is a heading.", site.curator
    )
    for row in [*standing.order_by("number")[::24], *standing.filter(removed_in__isnull=False)[:4]]:
        same(site.api(f"/records/{row.public_id}"), site.twin(f"/records/{row.public_id}.json"))


def check_clause_types(site: TwoDoors) -> None:
    same({"types": site.api("/clause-types")["items"]}, {"types": site.twin("/methodology.json")["types"]})


def check_clause_type(site: TwoDoors) -> None:
    for slug in ("data_retention", "arbitration", "data_sale"):
        for query in ({}, {"document_type": "privacy_policy"}):
            same(site.api(f"/clause-types/{slug}", **query), site.twin(f"/clauses/{slug}.json", **query))


_BESIDE = {"platform": ["sorrelmind", "coppermere"]}


def check_compare_clause_type(site: TwoDoors) -> None:
    for query in (_BESIDE, _BESIDE | {"first": "coppermere"}, _BESIDE | {"document_type": "privacy_policy"}):
        twin = site.twin("/compare.json", type="data_retention", **query)
        same(site.api("/clause-types/data_retention/compare", **query), twin)


def check_compare_platforms(site: TwoDoors) -> None:
    for query in (_BESIDE, _BESIDE | {"first": "coppermere"}):
        same(site.api("/compare", **query), site.twin("/compare.json", **query))


def check_status(site: TwoDoors) -> None:
    told, twin = site.api("/status"), site.twin("/status.json")
    assert told.pop("at") < twin.pop("at")
    same(told, twin)


def check_coming(site: TwoDoors) -> None:
    same(site.api("/coming"), site.twin("/coming.json"))


def check_references(site: TwoDoors) -> None:
    found = list(site.every("/references", 1))
    assert [row["id"] for row in found] == list(Reference.objects.order_by("pk").values_list("pk", flat=True))
    (row,) = found
    told = site.twin(f"/changes/{row['change_set']}.json")["references"]
    page = {key: row[key] for key in ("kind", "url", "title", "publisher", "published_on")}
    assert page in told


def check_methodology(site: TwoDoors) -> None:
    same(site.api("/methodology"), site.twin("/methodology.json"))


def check_law(site: TwoDoors) -> None:
    same(site.api("/methodology/law"), site.twin("/methodology/law.json"))


def check_keys(site: TwoDoors) -> None:
    same(site.api("/keys"), site.twin("/keys.json"))


def check_decisions(site: TwoDoors) -> None:
    for clause in Clause.objects.standing().filter(current__isnull=False).order_by("pk")[:5]:
        decide(clause, ["arbitration"], SeverityLevel.HIGH, "For show.", site.curator)
    same({"items": list(site.every("/decisions", 2))}, {"items": site.lines("/review/decisions.jsonl")})


def _checks() -> dict[str, Callable[[TwoDoors], None]]:
    found = {name: value for name, value in globals().items() if name.startswith("check_")}
    return {name.removeprefix("check_"): value for name, value in found.items()}


def test_every_answer_says_what_its_page_says(settings: Any) -> None:
    settings.API_TOKEN_REQUESTS_A_MINUTE = 100_000
    site = TwoDoors()
    for check in _checks().values():
        check(site)


def test_every_operation_that_reads_is_held_against_its_page() -> None:
    reading = {
        said["operationId"]
        for methods in openapi(api)["paths"].values()
        for method, said in methods.items()
        if method == "get"
    }
    assert reading == _checks().keys()
    assert len(reading) > 25


def test_every_field_and_parameter_is_explained() -> None:
    described = openapi(api)
    for methods in described["paths"].values():
        for said in methods.values():
            assert said["summary"]
            assert said["description"] != said["summary"], said["operationId"]
            assert all(row.get("description") for row in said["parameters"]), said["operationId"]
    for name, shape in described["components"]["schemas"].items():
        assert shape.get("description"), name
        for key, field in shape.get("properties", {}).items():
            assert field.get("description"), f"{name}.{key}"
