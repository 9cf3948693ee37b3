"""The reference as a page: every operation and shape, made of the description, without a script from elsewhere."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clauses.api.schema import openapi
from clauses.api.wiring import api

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/api/v1/").content, "lxml")


def test_every_operation_and_every_shape_stands_on_it(page: BeautifulSoup) -> None:
    described = openapi(api)
    anchors = {tag["id"] for tag in page.select("main [id]")}
    operations = {said["operationId"] for one in described["paths"].values() for said in one.values()}
    shapes = {f"shape-{name}" for name in described["components"]["schemas"]}
    assert anchors >= operations | shapes
    for said in (said for one in described["paths"].values() for said in one.values()):
        for parameter in said["parameters"]:
            assert parameter["description"] in page.get_text()


def test_every_link_within_it_leads_somewhere(page: BeautifulSoup) -> None:
    anchors = {tag["id"] for tag in page.select("[id]")}
    links = {link["href"][1:] for link in page.select('a[href^="#"]')}
    assert links > {"platforms", "shape-Problem"}
    assert links <= anchors


def test_nothing_on_it_comes_from_elsewhere(page: BeautifulSoup) -> None:
    loaded = [tag.get("src") or tag.get("href") for tag in page.select("script, link, img, iframe")]
    assert loaded
    assert not [address for address in loaded if address and re.match(r"(?:https?:)?//", address)]


def test_the_footer_of_every_page_leads_to_it(client: Client) -> None:
    footer = BeautifulSoup(client.get("/").content, "lxml").select_one("footer")
    assert footer.select_one('a[href="/api/v1/"]')


def test_on_a_private_site_it_asks_to_sign_in(client: Client, settings: object) -> None:
    settings.PRIVATE_SITE = True
    assert client.get("/api/v1/").status_code == 302
