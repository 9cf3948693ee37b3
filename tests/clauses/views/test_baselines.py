"""Baselines on their pages: pinned, compared with today, unpinned after a question."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clauses import pinning
from clauses.models import Baseline, ChangeSet
from tests.builders import START, make_change_set, make_document, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client) -> User:
    user = make_user("anna")
    client.force_login(user)
    return user


def page_of(change_set: ChangeSet) -> str:
    document = change_set.document
    return reverse("document-baseline", args=[document.platform.slug, document.slug])


def test_a_text_is_pinned_and_held_against_today(client: Client, anna: User):
    change_set = make_change_set()
    old, new = change_set.old_version, change_set.new_version
    client.post(page_of(change_set), {"version": old.number, "whose": "team", "note": "Order <b>form</b>"})
    row = Baseline.objects.get()
    assert (row.version, row.user, row.pinned_by) == (old, None, anna)
    document = change_set.document
    compare = reverse("compare", args=[document.platform.slug, document.slug, old.number, new.number])
    for address in (page_of(change_set), reverse("baselines"), reverse("dashboard")):
        text = client.get(address).content.decode()
        assert compare in text
        assert "1 change since" in text
        assert "<b>form" not in text
    assert "What we agreed to" in client.get(document_page(change_set)).content.decode()
    (twin,) = client.get(reverse("baselines-json")).json()["baselines"]
    assert (twin["version"], twin["changes"], twin["worst"], twin["is_team"]) == (
        old.public_id,
        1,
        "high",
        True,
    )


def document_page(change_set: ChangeSet) -> str:
    document = change_set.document
    return reverse("document", args=[document.platform.slug, document.slug])


def test_the_text_that_the_way_here_named_is_chosen(client: Client, anna: User):
    change_set = make_change_set()
    old = change_set.old_version
    text = client.get(page_of(change_set), {"version": old.public_id}).content.decode()
    assert f'<option value="{old.number}" selected>' in text
    assert client.get(page_of(change_set), {"version": "V-9" + "9" * 30}).status_code == 200


def test_the_page_of_a_version_leads_to_pinning_it_for_who_is_signed_in(client: Client, anna: User):
    change_set = make_change_set()
    version, document = change_set.old_version, change_set.document
    page = reverse("version", args=[document.platform.slug, document.slug, version.number])
    assert f"{page_of(change_set)}?version={version.public_id}" in client.get(page).content.decode()
    assert "Pin as baseline" not in Client().get(page).content.decode()


def test_a_text_of_another_document_cannot_be_pinned(client: Client, anna: User):
    change_set = make_change_set()
    answer = client.post(page_of(change_set), {"version": make_version().number, "whose": "me"})
    assert answer.status_code == 200
    assert "This document has no such text." in answer.content.decode()
    assert not Baseline.objects.exists()


def test_unpinning_asks_first_and_keeps_it_on_record(client: Client, anna: User):
    change_set = make_change_set()
    row = pinning.pin(change_set.old_version, anna, "", by=anna, at=START)
    end = reverse("baseline-end", args=[row.pk])
    assert "Unpin" in client.get(end).content.decode()
    assert Baseline.objects.get().ended_at is None
    client.post(end)
    assert Baseline.objects.get().ended_by == anna
    assert "Before" in client.get(page_of(change_set)).content.decode()
    assert client.post(end).status_code == 404


def test_nobody_unpins_the_baseline_of_another(client: Client, anna: User):
    ben = make_user()
    row = pinning.pin(make_change_set().old_version, ben, "", by=ben, at=START)
    assert client.post(reverse("baseline-end", args=[row.pk])).status_code == 404


def test_empty_pages_say_what_to_do(client: Client, anna: User):
    assert "No baseline yet" in client.get(reverse("baselines")).content.decode()
    assert "Nothing is pinned." in client.get(page_of(make_change_set())).content.decode()


def test_a_document_without_a_text_has_nothing_to_pin(client: Client, anna: User):
    document = make_document()
    address = reverse("document-baseline", args=[document.platform.slug, document.slug])
    assert "No text of this document has been read yet." in client.get(address).content.decode()
