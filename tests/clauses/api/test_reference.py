"""The reference as pages: every operation and shape, made of the description, without a script from elsewhere."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clauses.api.schema import openapi
from clauses.api.wiring import api

pytestmark = pytest.mark.django_db


PAGES = ("/api/v1/", "/api/v1/shapes/")


def soup(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "lxml")


@pytest.fixture(params=PAGES)
def page(client: Client, request: pytest.FixtureRequest) -> BeautifulSoup:
    return soup(client, request.param)


def test_every_operation_and_every_shape_stands_on_one_of_them(client: Client) -> None:
    described = openapi(api)
    operations, shapes = (soup(client, path) for path in PAGES)
    said = [said for one in described["paths"].values() for said in one.values()]
    assert {tag["id"] for tag in operations.select("main [id]")} >= {one["operationId"] for one in said}
    assert {tag["id"] for tag in shapes.select("main [id]")} >= {
        f"shape-{name}" for name in described["components"]["schemas"]
    }
    for parameter in (parameter for one in said for parameter in one["parameters"]):
        assert parameter["description"] in operations.get_text()


def test_every_link_from_one_to_the_other_and_within_leads_somewhere(client: Client) -> None:
    pages = {path: soup(client, path) for path in PAGES}
    for path, page in pages.items():
        links = [link["href"].partition("#") for link in page.select('main a[href*="#"]')]
        assert links
        for target, _, anchor in links:
            assert pages[target or path].find(id=anchor), anchor
    assert pages["/api/v1/"].select_one('a[href="/api/v1/shapes/#shape-Problem"]')


def test_nothing_on_it_comes_from_elsewhere(page: BeautifulSoup) -> None:
    loaded = [tag.get("src") or tag.get("href") for tag in page.select("script, link, img, iframe")]
    assert loaded
    assert not [address for address in loaded if address and re.match(r"(?:https?:)?//", address)]


def test_the_footer_of_every_page_leads_to_it(client: Client) -> None:
    footer = BeautifulSoup(client.get("/").content, "lxml").select_one("footer")
    assert footer.select_one('a[href="/api/v1/"]')


def test_on_a_private_site_it_asks_to_sign_in(client: Client, settings: object) -> None:
    settings.PRIVATE_SITE = True
    assert all(client.get(path).status_code == 302 for path in PAGES)
