"""The list of all changes: filters and pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses.models import ChangeSet
from clauses.views import changes as subject
from tests.builders import make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)


def _text(client: Client, query: str = "") -> str:
    answer = client.get(reverse("changes") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_when_a_change_appears(client: Client):
    assert "Nothing has changed yet" in _text(client)


def test_filters_that_nothing_fits_say_so(client: Client):
    make_change_set(at=PAST)
    assert "No recorded change fits these filters" in _text(client, "?type=arbitration")


def test_page_twin_feed_file_and_api_find_the_same_for_several_values(client: Client):
    slugs = ("harbor", "quill", "rook")
    harbor, quill, rook = (make_change_set(make_platform(slug=slug), at=timezone.now()) for slug in slugs)
    query = "?platform=harbor&platform=quill&type=data_retention&type=arbitration&kind=substantive&kind=date"
    client.force_login(make_user())
    for address in (
        reverse("changes") + query,
        reverse("dashboard") + query,
        reverse("changes-json") + query,
        reverse("atom") + query,
        reverse("api:change-sets") + query,
    ):
        text = client.get(address).content.decode()
        found = [row.public_id in text for row in (harbor, quill, rook)]
        assert found == [True, True, False], address
    told = client.get(reverse("changes-csv") + query).getvalue().decode()
    assert (told.count("\n"), harbor.public_id in told, quill.public_id in told) == (3, True, True)


def test_a_change_of_two_of_the_types_is_listed_once(client: Client):
    change_set = make_change_set(at=PAST)
    change_set.changed_types.create(type="arbitration")
    twin = client.get(reverse("changes-json") + "?type=arbitration&type=data_retention").json()
    assert [row["id"] for row in twin["changes"]] == [change_set.public_id]
    assert twin["count"] == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "%00"])
def test_a_page_that_does_not_exist_is_another_page(client: Client, page: str):
    change_set = make_change_set(at=PAST)
    assert change_set.public_id in _text(client, f"?page={page}")


def test_pages_keep_the_filters(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subject, "_PAGE", 1)
    platform = make_platform()
    for _ in range(2):
        make_change_set(platform, at=PAST)
    text = _text(client, "?severity=high")
    assert "Page 1 of 2" in text
    assert "?severity=high&amp;page=2" in text


def test_technical_and_superseded_changes_are_not_listed(client: Client):
    technical, old, new = (make_change_set(at=PAST) for _ in range(3))
    ChangeSet.objects.filter(pk=technical.pk).update(is_technical=True)
    ChangeSet.objects.filter(pk=old.pk).update(superseded_by=new)
    text = _text(client)
    assert technical.public_id not in text
    assert old.public_id not in text
    assert new.public_id in text


def test_samples_leave_the_list_when_a_real_platform_comes_unless_asked_for(client: Client):
    sample = make_platform(is_sample=True)
    change_set = make_change_set(sample, at=PAST)
    assert change_set.public_id in _text(client)
    make_platform()
    assert change_set.public_id not in _text(client)
    assert change_set.public_id in _text(client, f"?platform={sample.slug}")


def test_more_changes_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    make_change_set(at=PAST)
    with django_assert_max_num_queries(10) as few:
        _text(client)
    for _ in range(3):
        make_change_set(at=PAST)
    with django_assert_max_num_queries(len(few.captured_queries)):
        _text(client)


@pytest.mark.parametrize("name", ["changes", "dashboard", "clauses"])
def test_more_values_of_a_filter_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
):
    for slug in ("harbor", "quill", "rook"):
        make_change_set(make_platform(slug=slug), at=PAST)
    query = "?platform=harbor&platform=quill&type=data_retention&type=arbitration"
    client.get(reverse(name) + query)
    with django_assert_max_num_queries(30) as few:
        client.get(reverse(name) + query)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(f"{reverse(name)}{query}&platform=rook&type=ai_training&type=data_sale")


def test_the_twin_has_the_filters_and_pages_of_the_list(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subject, "_PAGE", 1)
    first, second = make_change_set(at=PAST), make_change_set(at=PAST)
    address = reverse("changes-json")
    twin = client.get(address).json()
    assert (twin["count"], twin["page"], twin["pages"], len(twin["changes"])) == (2, 1, 2, 1)
    ids = {client.get(address, {"page": page}).json()["changes"][0]["id"] for page in (1, 2)}
    assert ids == {first.public_id, second.public_id}
    assert client.get(address, {"platform": first.document.platform.slug}).json()["count"] == 1
    assert client.get(address, {"severity": "huge"}).status_code == 400
    assert f"{address}?page=2" in client.get(reverse("changes"), {"page": 2}).content.decode()
