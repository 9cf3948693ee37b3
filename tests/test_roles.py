"""Who may do what, as the table in docs/team.md says: every address, asked for by every role."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import tokens
from clauses.models import TokenScope
from monitor.roles import ADMINISTRATOR, ANALYST, CURATOR
from tests.builders import make_user
from tests.site_addresses import site_addresses
from tests.test_access import PUBLIC
from tests.test_access_api import ACTS

_TABLE = (Path(__file__).resolve().parents[1] / "docs" / "team.md").read_text()
_LEVELS = (ANALYST, CURATOR, ADMINISTRATOR)
# What of the desk is for administrators: rows that name people.
_OF_PEOPLE = {
    "auth_user",
    "clauses_accountmail",
    "clauses_alert",
    "clauses_confirmation",
    "clauses_digest",
    "clauses_mailreturn",
    "clauses_recipient",
    "clauses_subscription",
    "clauses_webhookdelivery",
}


def row(role: str) -> list[re.Pattern[str]]:
    """The addresses that the table gives to a role beyond the one below; "…" is anything."""
    (line,) = re.findall(rf"^\| {role}.*?\|(.*)\|$", _TABLE, re.MULTILINE)
    return [re.compile(re.escape(path).replace("…", ".*")) for path in re.findall(r"`(/[^`]*)`", line)]


def least(name: str, path: str) -> str:
    """The least role that opens an address, by the table."""
    for role in (ADMINISTRATOR, CURATOR):
        if any(found.fullmatch(path) for found in row(role)):
            return role
    return "" if name in PUBLIC else ANALYST


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role="" if role == ANALYST else role))
    return client


@pytest.fixture
def pages(db: None) -> list[tuple[str, str]]:
    found = site_addresses()
    return [row for row in found if not row[1].startswith("/admin/") and not row[0].startswith("api:")]


@pytest.mark.parametrize("role", _LEVELS)
def test_every_page_opens_to_the_roles_of_the_table_and_to_no_other(
    role: str, pages: list[tuple[str, str]]
) -> None:
    client = signed_in(role)
    for name, path in pages:
        wanted = least(name, path)
        is_open = not wanted or _LEVELS.index(role) >= _LEVELS.index(wanted)
        if name == "sign-out":
            continue
        answer = client.get(path)
        answer.getvalue()
        if is_open:
            assert answer.status_code in {200, 302, 404, 405, 410}, f"{name} {path} {answer.status_code}"
        else:
            assert answer.status_code in {403, 405}, f"{name} {path} {answer.status_code}"
            refused = client.post(path).status_code
            # A page that only shows takes no POST from anybody.
            assert refused in {403, 405}, f"{name} {path} {refused}"
            assert 403 in {answer.status_code, refused}, f"{name} {path}"


def test_the_table_names_no_page_that_is_gone(pages: list[tuple[str, str]]) -> None:
    paths = [path for _, path in pages] + [reverse("admin:index")]
    for role in (CURATOR, ADMINISTRATOR):
        assert row(role)
        for pattern in row(role):
            assert any(pattern.fullmatch(path) for path in paths), pattern.pattern


def scope_row(scope: str) -> tuple[str, list[re.Pattern[str]]]:
    """The role that a scope of tokens needs, and the addresses that it opens, by the table of scopes."""
    (line,) = re.findall(rf"^\| `{scope}` \|(.*)\|$", _TABLE, re.MULTILINE)
    role, _, paths = line.partition("|")
    return role.strip(), [
        re.compile(re.escape(path).replace("…", "[^/]+")) for path in re.findall(r"`POST (/[^`]*)`", paths)
    ]


def test_every_act_opens_to_its_scope_with_its_role_and_to_no_other(db: None, settings: Any) -> None:
    settings.API_TOKEN_REQUESTS_A_MINUTE = 10_000
    acts = {path for name, path in site_addresses() if name.removeprefix("api:") in ACTS}
    assert len(acts) == len(ACTS)
    table = {scope: scope_row(scope) for scope in ("read", "decide", "watch")}
    for path in acts:
        (needed,) = [
            scope for scope, (_, found) in table.items() if any(one.fullmatch(path) for one in found)
        ]
        for role in _LEVELS:
            user = make_user(role="" if role == ANALYST else role)
            for scope in TokenScope:
                _, secret = tokens.make(user, "test", scope, 30, timezone.now())
                headers = {"Authorization": f"Bearer {secret}"}
                answer = Client().post(path, {}, content_type="application/json", headers=headers)
                is_able = _LEVELS.index(role) >= _LEVELS.index(table[needed][0])
                is_open = scope == needed and is_able
                expected = {200, 201, 400, 404, 409} if is_open else {403}
                assert answer.status_code in expected, f"{path} {role} {scope} {answer.status_code}"


def desk() -> dict[str, str]:
    """The lists of the desk by the name of their model."""
    names = [name.removeprefix("admin:") for name, _ in site_addresses() if name.endswith("_changelist")]
    return {name.removesuffix("_changelist"): reverse(f"admin:{name}") for name in names}


@pytest.mark.django_db
def test_the_desk_opens_to_curators_but_for_what_names_people() -> None:
    lists = desk()
    assert lists.keys() > _OF_PEOPLE
    for name, path in lists.items():
        opened = [signed_in(role).get(path, follow=True).status_code for role in _LEVELS]
        assert opened == ([403, 403, 200] if name in _OF_PEOPLE else [403, 200, 200]), name


@pytest.mark.django_db
def test_nobody_gives_themselves_a_role() -> None:
    for role in (ANALYST, CURATOR):
        client = signed_in(role)
        for name in ("admin:auth_user_add", "admin:index"):
            client.post(reverse(name), {"username": "x", "groups": [1, 2, 3]})
        answer = client.post(reverse("admin:auth_user_change", args=[1]), {"groups": [1, 2, 3]})
        assert answer.status_code in {302, 403}
        client.post(reverse("account"), {"email": "x@example.org", "groups": [3], "is_superuser": "on"})
        assert client.get(reverse("accounts")).status_code == 403
