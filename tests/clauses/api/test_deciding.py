"""Decisions by programs: as a curator's on the page, at the words that were read, once, and only with the role."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from clauses.curation import decide
from clauses.models import Clause, Decision
from clauses.models.choices import SeverityLevel
from monitor.roles import CURATOR
from tests.builders import make_change_set, make_user
from tests.clauses.api.asking import ask, bearing, secret_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause() -> Clause:
    make_change_set()
    return Clause.objects.standing().select_related("current__wording").order_by("-severity")[0]


@pytest.fixture
def curator() -> Client:
    return bearing(secret_of(make_user("ada", role=CURATOR), "decide"))


def body(clause: Clause, **values: Any) -> dict[str, Any]:
    said = {
        "types": ["arbitration"],
        "severity": "high",
        "reason": "It binds.",
        "wording_sha256": sha(clause),
    }
    return said | values


def sha(clause: Clause) -> str:
    answer = Client().get(f"/api/v1/records/{clause.public_id}").json()
    return answer["wordings"][0]["sha256"]


def path(clause: Clause) -> str:
    return f"/records/{clause.public_id}/decisions"


def test_a_decision_is_in_force_at_once(clause: Clause, curator: Client) -> None:
    answer = send(curator, path(clause), body(clause))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["by"], told["types"], told["severity"]) == ("ada", ["arbitration"], "high")
    record = ask(curator, f"/records/{clause.public_id}").json()
    assert (record["types"], record["severity"], record["is_ruled"]) == (["arbitration"], "high", True)
    assert record["decisions"][0]["reason"] == "It binds."


def test_no_type_says_that_it_is_of_none(clause: Clause, curator: Client) -> None:
    assert send(curator, path(clause), body(clause, types=[], severity="none")).status_code == 201
    record = ask(curator, f"/records/{clause.public_id}").json()
    assert (record["types"], record["severity"]) == ([], "none")


def test_a_type_named_twice_counts_once(clause: Clause, curator: Client) -> None:
    answer = send(curator, path(clause), body(clause, types=["arbitration", "arbitration"]))
    assert (answer.status_code, answer.json()["types"]) == (201, ["arbitration"])
    assert ask(curator, f"/records/{clause.public_id}").json()["types"] == ["arbitration"]


def test_a_decision_is_taken_back_once(clause: Clause, curator: Client) -> None:
    before = ask(curator, f"/records/{clause.public_id}").json()["types"]
    made = send(curator, path(clause), body(clause)).json()["decision"]
    back = send(curator, f"/decisions/{made}/revert", {"reason": "A slip."})
    assert back.status_code == 201
    assert back.json()["reverts"] == made
    assert ask(curator, f"/records/{clause.public_id}").json()["types"] == before
    again = send(curator, f"/decisions/{made}/revert", {"reason": "A slip."})
    assert (again.status_code, again.json()["error"]) == (409, "conflict")
    assert again.json()["detail"] == f"This decision on {clause.public_id} is taken back already."
    assert send(curator, f"/decisions/{made + 99}/revert", {"reason": "A slip."}).status_code == 404
    assert Decision.objects.count() == 2


def test_a_taking_back_is_not_taken_back_and_the_answer_says_what_it_is(
    clause: Clause, curator: Client
) -> None:
    made = send(curator, path(clause), body(clause)).json()["decision"]
    back = send(curator, f"/decisions/{made}/revert", {"reason": "A slip."}).json()["decision"]
    again = send(curator, f"/decisions/{back}/revert", {"reason": "It was right."})
    assert again.status_code == 409
    assert again.json()["detail"] == (
        f"This row takes a decision on {clause.public_id} back and rules nothing itself: decide anew."
    )


def test_other_words_than_those_that_were_read_are_a_conflict(clause: Clause, curator: Client) -> None:
    answer = send(curator, path(clause), body(clause, wording_sha256="0" * 64))
    assert answer.status_code == 409
    assert "other words" in answer.json()["detail"]
    assert not Decision.objects.exists()


def test_a_decision_meanwhile_is_a_conflict_where_the_latest_one_is_named(
    clause: Clause, curator: Client
) -> None:
    made = decide(clause, [], SeverityLevel.NONE, "Before.", make_user())
    refused = send(curator, path(clause), body(clause, latest=0))
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith(f"Somebody decided on {clause.public_id} meanwhile")
    assert send(curator, path(clause), body(clause, latest=made.pk)).status_code == 201
    assert send(curator, path(clause), body(clause, latest=None)).status_code == 201


def test_a_clause_that_does_not_stand_is_not_decided_on(curator: Client) -> None:
    make_change_set(new="<h2>Data</h2><p>Nothing of the kind is said here any more, at all.</p>")
    gone = Clause.objects.filter(removed_in__isnull=False)[0]
    assert send(curator, path(gone), body(gone)).status_code == 409


@pytest.mark.parametrize(
    ("values", "parameter"),
    [
        ({"types": ["no_such_type"]}, "types"),
        ({"types": "arbitration"}, "types"),
        ({"severity": "awful"}, "severity"),
        ({"severity": 3}, "severity"),
        ({"reason": ""}, "reason"),
        ({"reason": " \n "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"reason": "null \x00"}, "reason"),
        ({"wording_sha256": "abc"}, "wording_sha256"),
        ({"latest": -1}, "latest"),
        ({"decided_by": 1}, "decided_by"),
    ],
)
def test_what_makes_no_sense_is_named_and_nothing_is_kept(
    values: dict[str, Any], parameter: str, clause: Clause, curator: Client
) -> None:
    answer = send(curator, path(clause), body(clause, **values))
    assert answer.status_code == 400, answer.content
    assert answer.json()["parameters"][0]["parameter"].split(".")[0] == parameter
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]", b"null", b'"text"', b"\xff", b"[" * 100_000, b'{"reason": "\\ud800"}']
)
def test_what_is_no_body_is_refused(sent: bytes, clause: Clause, curator: Client) -> None:
    answer = curator.post(f"/api/v1{path(clause)}", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "not understood")


def test_a_body_larger_than_any_act_needs_is_refused(clause: Clause, curator: Client) -> None:
    answer = send(curator, path(clause), body(clause, reason="x" * 3_000_000))
    assert answer.status_code == 400


def test_half_a_sign_is_no_text(clause: Clause, curator: Client) -> None:
    assert send(curator, path(clause), body(clause, reason="half \ud800")).status_code == 400
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        ("", "read", 403),
        (CURATOR, "read", 403),
        ("administrator", "watch", 403),
        ("administrator", "decide", 201),
    ],
)
def test_who_decides_has_the_scope(role: str, scope: str, status: int, clause: Clause) -> None:
    client = bearing(secret_of(make_user(role=role), scope))
    assert send(client, path(clause), body(clause)).status_code == status
    assert Decision.objects.count() == (status == 201)


def test_a_lost_role_takes_the_scope_along_at_once(clause: Clause) -> None:
    user = make_user(role=CURATOR)
    client = bearing(secret_of(user, "decide"))
    user.groups.remove(Group.objects.get(name=CURATOR))
    answer = send(client, path(clause), body(clause))
    assert (answer.status_code, answer.json()["error"]) == (403, "not allowed")
    assert ask(client, f"/records/{clause.public_id}").status_code == 200
    assert not Decision.objects.exists()
