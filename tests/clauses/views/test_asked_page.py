"""Which page an address asks for: what makes no sense is the first one, everywhere."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from clauses.views.asked_page import asked_clause, asked_page
from tests.builders import make_platform, make_version


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("", 1),
        ("7", 7),
        ("0", 1),
        ("-1", 1),
        ("1.5", 1),
        ("two", 1),
        ("٣", 1),
        ("9" * 30, 1),
        ("999999", 999_999),
    ],
)
def test_the_page_is_a_number_or_the_first(asked: str, page: int) -> None:
    assert asked_page(RequestFactory().get("/", {"page": asked})) == page
    assert asked_page(RequestFactory().get("/", {"ruled": asked}), "ruled") == page


def test_a_clause_is_asked_for_by_its_id() -> None:
    assert asked_clause(RequestFactory().get("/")) is None
    assert asked_clause(RequestFactory().get("/", {"clause": "P-000012"})) == 12
    with pytest.raises(Http404):
        asked_clause(RequestFactory().get("/", {"clause": "C-000012"}))


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["-1", "0", "last"])
def test_nonsense_is_the_first_page_of_a_list_and_of_its_twin(
    client: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr("clauses.views.platforms._PAGE", 1)
    for name in ("Ardea", "Bittern"):
        make_version(make_platform(name=name).documents.create(slug="terms", name="Terms", language="en"))
    shown = client.get(reverse("platforms"), {"page": page}).content.decode()
    assert "Page 1 of 2" in shown
    twin = client.get(reverse("platforms-json"), {"page": page}).json()
    assert twin == client.get(reverse("platforms-json")).json()
