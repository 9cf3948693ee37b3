"""The watch list by programs: what is added, paused and resumed, and what is refused whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clauses.moving import retire
from monitor.models import Act, Document, Platform, Source
from tests.builders import day, make_document, make_platform, make_source, make_user
from tests.clauses.api.asking import ask, bearing, secret_of, send

pytestmark = pytest.mark.django_db
PAGE = {"url": "https://acme.example/terms", "select": ["main"], "remove": [".related"]}
ACME = {"platform": "Acme", "name": "Terms of Service", "language": "en", "pages": [PAGE]}


@pytest.fixture
def administrator() -> Client:
    return bearing(secret_of(make_user("ada", role="administrator"), "watch"))


def rows() -> tuple[int, int, int, int]:
    return Platform.objects.count(), Document.objects.count(), Source.objects.count(), Act.objects.count()


def test_a_document_brings_its_platform_along(administrator: Client) -> None:
    answer = send(administrator, "/documents", ACME)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["platform"], told["slug"], told["type"]) == ("acme", "terms-of-service", "terms_of_service")
    found = ask(administrator, f"/documents/{told['id']}").json()
    (source,) = found["sources"]
    assert (source["url"], source["select"], source["remove"]) == (PAGE["url"], ["main"], [".related"])
    assert Act.objects.filter(name="ada", kind="added", subject="document: Acme, Terms of Service").exists()


def test_a_second_document_joins_a_known_platform_whatever_its_capitals(administrator: Client) -> None:
    send(administrator, "/documents", ACME)
    page = {"url": "https://acme.example/privacy", "browser": True}
    other = {"platform": "ACME", "name": "Privacy", "type": "privacy_policy", "pages": [page]}
    assert send(administrator, "/documents", other).status_code == 201
    assert Platform.objects.count() == 1
    assert Source.objects.get(url=page["url"]).render == "browser"


def test_a_page_that_is_watched_already_is_a_conflict(administrator: Client) -> None:
    first = send(administrator, "/documents", ACME).json()
    same = {**ACME, "name": "Again", "pages": [{"url": "http://www.acme.example/terms/"}]}
    before = rows()
    answer = send(administrator, "/documents", same)
    assert answer.status_code == 409
    assert first["id"] in answer.json()["detail"]
    assert rows() == before


@pytest.mark.parametrize(
    "values",
    [
        {"pages": []},
        {"pages": [{"url": "ftp://acme.example/"}]},
        {"pages": [{"url": "https://user@acme.example/"}]},
        {"pages": [{"url": "https://169.254.169.254/latest"}]},
        {"pages": [PAGE, {"url": "not an address"}]},
        {"pages": [{**PAGE, "select": ["main["]}]},
        {"pages": [{**PAGE, "request_headers": {"Cookie": "x"}}]},
        {"name": ""},
        {"name": " padded "},
        {"name": "two\nlines"},
        {"name": "half \ud800"},
        {"name": "null \x00"},
        {"name": "x" * 161},
        {"platform": "x" * 121},
        {"type": "poem"},
        {"language": "English"},
        {"interval_minutes": 1},
    ],
)
def test_what_makes_no_sense_is_refused_whole(values: dict[str, Any], administrator: Client) -> None:
    before = rows()
    answer = send(administrator, "/documents", ACME | values)
    assert (answer.status_code, answer.json()["error"]) == (400, "not understood"), answer.content
    assert rows() == before


def test_a_name_that_is_taken_is_refused(administrator: Client) -> None:
    send(administrator, "/documents", ACME)
    before = rows()
    other = ACME | {"pages": [{"url": "https://acme.example/other"}]}
    answer = send(administrator, "/documents", other)
    assert answer.status_code == 400
    (mistake,) = answer.json()["parameters"]
    assert (mistake["parameter"], mistake["given"]) == ("name", ACME["name"])
    assert rows() == before


def test_a_platform_is_added_by_itself(administrator: Client) -> None:
    answer = send(administrator, "/platforms", {"name": "Acme & Sons"})
    assert answer.status_code == 201
    told = answer.json()
    assert (told["slug"], told["documents"], told["is_sample"]) == ("acme-sons", 0, False)
    assert ask(administrator, f"/platforms/{told['slug']}").status_code == 200
    assert send(administrator, "/platforms", {"name": "acme & SONS"}).status_code == 409


def test_a_document_is_paused_and_resumed_and_that_is_on_record(administrator: Client) -> None:
    document = make_source(make_document()).document
    path = f"/documents/{document.public_id}"
    for turn, is_paused in (("pause", True), ("pause", True), ("resume", False)):
        answer = send(administrator, f"{path}/{turn}")
        assert (answer.status_code, answer.json()["is_paused"]) == (200, is_paused)
        assert ask(administrator, path).json()["is_paused"] is is_paused
    assert list(Act.objects.filter(kind="reading").values_list("detail", flat=True)) == ["resumed", "paused"]
    assert answer.json()["next_fetch_at"]


def test_a_retired_document_is_not_resumed_and_no_act_says_so(administrator: Client) -> None:
    platform = make_platform()
    retired, successor = (make_source(make_document(platform)).document for _ in range(2))
    retire(retired, successor, day(0))
    answer = send(administrator, f"/documents/{retired.public_id}/resume")
    assert answer.status_code == 409
    assert successor.public_id in answer.json()["detail"]
    assert not Act.objects.filter(kind="reading").exists()


def test_a_sample_is_never_resumed(administrator: Client) -> None:
    document = make_document(make_platform(is_sample=True), is_paused=True)
    assert send(administrator, f"/documents/{document.public_id}/resume").status_code == 409
    document.refresh_from_db()
    assert document.is_paused


@pytest.mark.parametrize("role", ["", "curator"])
def test_who_does_not_keep_the_watch_list_cannot_by_the_api(role: str) -> None:
    client = bearing(secret_of(make_user(role=role), "watch"))
    before = rows()
    for path, body in (("/documents", ACME), ("/platforms", {"name": "Acme"})):
        assert send(client, path, body).status_code == 403
    assert rows() == before
