"""The page of a re-rating and that of a version: progress, report, acceptance, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clauses.models import ChangeSet, Rerating, SiteRules
from clauses.models.choices import SeverityLevel
from clauses.site_taxonomy import refresh_rules
from tests.builders import make_change_set, make_user
from tests.clauses.amended_site import LENIENT, put_in_force, read_all, save, text_of
from tests.task_queue import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped_rules_afterwards() -> Iterator[None]:
    yield
    work_off()


@pytest.fixture
def ada() -> User:
    return make_user("ada", role="administrator")


@pytest.fixture
def client(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def test_progress_is_a_bar_that_a_reload_moves_and_the_report_waits_for_an_answer(
    client: Client, ada: User, django_capture_on_commit_callbacks: Any
) -> None:
    change_set = make_change_set()
    make_change_set()
    run = save(LENIENT, ada)
    path = reverse("rerating", args=[run.pk])
    page = text_of(client.get(path))
    assert "0 of 2 documents read" in page
    assert 'role="progressbar"' in page
    assert 'aria-valuenow="0"' in page
    assert "Accept version" not in page
    assert client.post(path, {"answer": "accept"}, follow=True).status_code == 200
    assert not Rerating.objects.exclude(end="").exists()
    read_all()
    page = text_of(client.get(path))
    assert "progressbar" not in page
    assert "<strong>2</strong> of 4 standing clauses" in page
    assert "<strong>2</strong> of 2 changes" in page
    assert change_set.public_id in page
    assert reverse("change-set", args=[change_set.number]) in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, {"answer": "accept"})
    assert "clauses.tasks.reread_stale_documents" in work_off()
    assert set(ChangeSet.objects.values_list("severity", flat=True)) == {SeverityLevel.LOW}
    assert "Accepted by ada" in text_of(client.get(path))


def test_a_discarded_version_changes_nothing_and_cannot_be_accepted_later(client: Client, ada: User) -> None:
    before = refresh_rules().taxonomy.version
    run = save(LENIENT, ada)
    read_all()
    path = reverse("rerating", args=[run.pk])
    client.post(path, {"answer": "discard"})
    answer = client.post(path, {"answer": "accept"}, follow=True)
    assert "ended already: discarded by ada" in text_of(answer)
    assert refresh_rules().taxonomy.version == before
    assert client.post(path, {"answer": "nonsense"}, follow=True).status_code == 200


def test_a_version_is_read_as_a_page_and_as_json_and_taken_up_again(client: Client, ada: User) -> None:
    put_in_force(LENIENT, ada)
    put_in_force({"groups": {"devices": "Devices"}}, ada)
    path = reverse("rules-version", args=[1])
    page = text_of(client.get(path))
    assert "kept for more than a year" in page
    assert "Take it up again" in page
    assert client.get(reverse("rules-version-json", args=[1])).json()["content"] == LENIENT
    assert "needs a reason" in text_of(client.post(path, {"based_on": "2"}))
    client.post(path, {"based_on": "2", "reason": "Better as it was."})
    rules = SiteRules.objects.get(number=3)
    assert (rules.content, rules.restores.number) == (LENIENT, 1)
    assert "Take it up again" not in text_of(client.get(reverse("rules-version", args=[3])))


def test_the_list_names_what_stands_what_is_under_way_and_every_version(client: Client, ada: User) -> None:
    assert "goes by what is shipped" in text_of(client.get(reverse("site-rules")))
    put_in_force(LENIENT, ada)
    save(LENIENT | {"groups": {"devices": "Devices"}}, ada, "Shelves.")
    page = text_of(client.get(reverse("site-rules")))
    assert "version 1" in page
    assert "Version 2" in page
    assert "Shelves." in page
    assert "No type stands here yet." in page


def test_only_curators_see_or_change_any_of_it(ada: User) -> None:
    save(LENIENT, ada)
    run = Rerating.objects.get()
    for role in ("", "analyst"):
        client = Client()
        client.force_login(make_user(role=role))
        for path in (
            reverse("site-rules"),
            reverse("rerating", args=[run.pk]),
            reverse("rules-version", args=[1]),
        ):
            assert client.get(path).status_code == 403
        assert client.post(reverse("rerating", args=[run.pk]), {"answer": "discard"}).status_code == 403
    run.refresh_from_db()
    assert run.end == ""


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("type-rules", ["teleport"]),
        ("point-rules", ["teleport"]),
        ("note-rules", ["teleport"]),
        ("agency-rules", ["teleport"]),
        ("rules-version", [99]),
        ("rerating", [99]),
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, name: str, args: list[Any]) -> None:
    assert client.get(reverse(name, args=args)).status_code == 404
