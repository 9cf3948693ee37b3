"""Renaming, pausing and merging from the pages of the watch list."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitor.models import Act, Document, Platform
from tests.builders import make_document, make_platform, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("ada", role="administrator"))
    return client


@pytest.fixture
def document() -> Document:
    document = make_document(make_platform(name="Acme", slug="acme"), name="Terms", slug="terms")
    make_source(document, url="https://acme.example/terms")
    return document


def test_a_platform_gets_another_name_and_address(desk: Client, document: Document) -> None:
    path = reverse("watched-platform", args=["acme"])
    assert "https" in desk.get(reverse("watched-document", args=["acme", "terms"])).content.decode()
    answer = desk.post(path, {"name": "Bell", "slug": "bell"}, follow=True)
    assert answer.redirect_chain == [(reverse("watched-platform", args=["bell"]), 302)]
    assert "Its former address leads to it." in answer.content.decode()
    assert desk.get("/platforms/acme/").url == "/platforms/bell/"


def test_a_name_alone_changes_no_address_and_one_that_another_has_is_refused(
    desk: Client, document: Document
) -> None:
    make_document(document.platform, name="Privacy", slug="privacy")
    path = reverse("watched-document", args=["acme", "terms"])
    refused = desk.post(path, {"name": "privacy", "slug": "terms"})
    assert "Acme has another document called privacy." in str(refused.context["form"].errors["name"])
    page = desk.post(path, {"name": "House rules", "slug": "terms"}, follow=True).content.decode()
    assert "The document is called House rules now." in page
    assert "Its former address" not in page


def test_a_filter_by_a_former_address_shows_the_platform_as_chosen_and_asks_for_them_all_once(
    desk: Client, document: Document
) -> None:
    desk.post(reverse("watched-platform", args=["acme"]), {"name": "Bell", "slug": "bell"})
    for path in (reverse("changes"), reverse("review-clauses")):
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(path, {"platform": "acme"}).content.decode()
        assert re.search(r'value="bell"[^>]* (selected|checked)', page)
        assert sum('"monitor_platform"."name" AS "name"' in row["sql"] for row in queries) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "Bell", "slug": "other"}, "has or had the address"),
        ({"name": "Bell", "slug": "no slug"}, "valid"),
        ({"name": "B" * 121, "slug": "bell"}, "at most 120"),
        ({"name": "", "slug": "bell"}, "required"),
    ],
)
def test_a_name_that_cannot_be_is_refused_at_the_form(desk: Client, document: Document, given, words) -> None:
    make_platform(slug="other")
    answer = desk.post(reverse("watched-platform", args=["acme"]), given)
    assert words in answer.content.decode()
    assert "<h1>Acme on the watch list</h1>" in answer.content.decode()
    assert Platform.objects.filter(name="Acme", slug="acme").exists()


def test_a_document_is_renamed_paused_and_resumed(desk: Client, document: Document) -> None:
    path = reverse("watched-document", args=["acme", "terms"])
    desk.post(path, {"turn": "pause"})
    document.refresh_from_db()
    assert document.is_paused
    assert "Paused: it is not read." in desk.get(path).content.decode()
    desk.post(path, {"turn": "resume"})
    document.refresh_from_db()
    assert not document.is_paused
    desk.post(path, {"name": "Rules", "slug": "rules"})
    document.refresh_from_db()
    assert (document.name, document.slug) == ("Rules", "rules")


def test_a_merger_asks_first_and_names_what_goes_along(desk: Client, document: Document) -> None:
    into = make_platform(name="Bell", slug="bell")
    path = reverse("merge-platform", args=["acme"])
    asked = desk.get(path, {"into": into.pk}).content.decode()
    assert "Merge Acme into Bell?" in asked
    assert "1 document, 0 subscriptions and 0 references" in asked
    assert Platform.objects.filter(slug="acme").exists()
    answer = desk.post(path, {"into": into.pk}, follow=True)
    assert answer.redirect_chain == [(reverse("platform", args=["bell"]), 302)]
    assert "1 document is moved from Acme to Bell." in answer.content.decode()
    document.refresh_from_db()
    assert document.platform == into


@pytest.mark.parametrize("into", ["", "999999", "words"])
def test_a_merger_into_nothing_changes_nothing(desk: Client, document: Document, into: str) -> None:
    path = reverse("merge-platform", args=["acme"])
    assert desk.get(path, {"into": into}).status_code == 200
    assert desk.post(path, {"into": into}).status_code == 200
    assert Platform.objects.filter(slug="acme").exists()


def test_samples_are_not_kept_here(desk: Client) -> None:
    make_platform(slug="sample", is_sample=True)
    assert desk.get(reverse("watched-platform", args=["sample"])).status_code == 404


@pytest.mark.parametrize("role", ["analyst", "curator"])
def test_only_administrators_rename_and_merge(client: Client, document: Document, role: str) -> None:
    client.force_login(make_user("kim", role=role))
    paths = (
        reverse("watched-platform", args=["acme"]),
        reverse("merge-platform", args=["acme"]),
        reverse("watched-document", args=["acme", "terms"]),
    )
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]
    assert [client.post(path, {"turn": "pause"}).status_code for path in paths] == [403, 403, 403]


def test_what_was_done_to_the_watch_list_is_on_record_with_who_did_it(
    desk: Client, document: Document
) -> None:
    desk.post(reverse("watched-document", args=["acme", "terms"]), {"turn": "pause"})
    desk.post(reverse("watched-document", args=["acme", "terms"]), {"name": "Rules", "slug": "rules"})
    desk.post(reverse("watched-platform", args=["acme"]), {"name": "Bell", "slug": "bell"})
    desk.post(reverse("watched-platform", args=["bell"]), {"name": "Bell", "slug": "no slug"})
    desk.post(reverse("merge-platform", args=["bell"]), {"into": make_platform(name="Carillon").pk})
    told = Act.objects.order_by("pk").values_list("name", "subject", "detail")
    assert list(told) == [
        ("ada", "document: Acme, Terms", "paused"),
        ("ada", "document: Acme, Rules", "renamed, was at terms"),
        ("ada", "platform: Bell", "renamed, was at acme"),
        ("ada", "platform: Bell", "merged into Carillon"),
    ]
