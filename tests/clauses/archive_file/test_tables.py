"""What travels in an archive, and what must not."""

from __future__ import annotations

import json
import re

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from clauses.archive_file.tables import LEFT_BEHIND, PEOPLE, RECORD, tables
from tests.clauses.archive_file.reading import members
from tests.clauses.archive_file.sites import SECRETS, archived, make_site
from tests.services.site import ROOT

pytestmark = pytest.mark.django_db
_SECRET = re.compile("token|secret|password|mail|address|client")


def test_of_every_model_it_is_said_whether_it_travels() -> None:
    models = {*apps.get_app_config("monitor").get_models(), *apps.get_app_config("clauses").get_models()}
    told = [*RECORD, *PEOPLE, *LEFT_BEHIND]
    assert set(told) == models
    assert len(told) == len(models)


def test_every_row_comes_after_those_it_cannot_be_without() -> None:
    before: set[str] = set()
    for table in tables(with_people=True):
        needed = {column.refers_to for column in table.columns if column.refers_to and not column.may_be_null}
        assert needed - {table.name} <= before, table.name
        before.add(table.name)


def test_without_people_no_table_refers_to_one_that_stays_behind() -> None:
    there = {table.name for table in tables(with_people=False)}
    for table in tables(with_people=False):
        assert {column.refers_to for column in table.columns if column.refers_to} <= there, table.name


def test_no_column_without_people_is_a_secret_by_its_name() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in tables(with_people=False)
        for column in table.columns
        if _SECRET.search(column.name)
    }
    assert named == set()


def test_without_people_those_who_ruled_are_named_and_nobody_else() -> None:
    make_site()
    archive = archived(with_people=False)
    (line,) = members(archive)["rows/auth.user/000001.jsonl"].splitlines()
    curator = User.objects.get(username="curator")
    assert json.loads(line) == {
        "id": curator.pk,
        "username": "curator",
        "first_name": "Ada",
        "last_name": "",
    }
    said = b"".join(members(archive).values())
    assert not [secret for secret in SECRETS if secret.encode() in said]


def test_with_people_everything_of_them_is_there() -> None:
    make_site()
    said = b"".join(members(archived()).values())
    assert [secret for secret in SECRETS if secret.encode() in said] == list(SECRETS)


def test_the_documentation_names_every_table() -> None:
    page = (ROOT / "docs" / "archive-format.md").read_text()
    assert [table.name for table in tables(with_people=True) if f"`{table.name}`" not in page] == []
