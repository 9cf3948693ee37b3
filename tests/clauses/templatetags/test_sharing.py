"""What pages say of themselves to link previews and on paper."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from clauses.models import ChangeSet, Clause
from tests.builders import make_change_set, make_document, make_platform

pytestmark = pytest.mark.django_db


def _tags(title: str, description: str) -> str:
    source = "{% load sharing %}{% open_graph title description '/here/' %}"
    return Template(source).render(Context({"title": title, "description": description}))


def test_a_preview_has_title_description_and_full_address() -> None:
    shown = _tags("Terms", "Two\n words")
    assert '<meta property="og:title" content="Terms">' in shown
    assert '<meta property="og:description" content="Two words">' in shown
    assert f'<meta property="og:url" content="{settings.SITE_URL}/here/">' in shown


def test_a_long_description_is_cut_and_markup_is_text() -> None:
    shown = _tags('"><script>', "word " * 200)
    assert "<script>" not in shown
    assert "…" in shown
    assert len(shown) < 1_500


def _preview(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    assert page.count('property="og:title"') == 1
    return page[page.index('property="og:type"') : page.index("</head>")]


def test_change_set_record_and_platform_tell_what_they_are_about(client: Client) -> None:
    change_set: ChangeSet = make_change_set()
    platform, document = change_set.document.platform, change_set.document
    change = _preview(client, reverse("change-set", args=[change_set.number]))
    assert f"{platform.name} {document.name}, 1 March 2025 to 2 March 2025" in change
    assert change_set.headline in change
    numbers = (change_set.old_version.number, change_set.new_version.number)
    canonical = reverse("compare", args=[platform.slug, document.slug, *numbers])
    assert f'content="{settings.SITE_URL}{canonical}"' in change
    clause = Clause.objects.get(changes__change_set=change_set)
    record = _preview(client, reverse("record", args=[clause.number]))
    assert "We keep your feedback for 5 years after you send it." in record
    assert change_set.headline in _preview(client, reverse("platform", args=[platform.slug]))


def test_document_version_and_type_tell_what_they_are_about(client: Client) -> None:
    change_set: ChangeSet = make_change_set()
    document = change_set.document
    keys = [document.platform.slug, document.slug]
    assert change_set.headline in _preview(client, reverse("document", args=keys))
    version = _preview(client, reverse("version", args=[*keys, change_set.new_version.number]))
    assert f"{document.platform.name} {document.name}, 2 March 2025" in version
    assert "The stored text" in version
    kind = _preview(client, reverse("clause-type", args=["data_retention"]))
    assert "Data retention on all platforms" in kind
    assert "how long" in kind.lower()


def test_a_platform_without_a_change_has_a_preview_too(client: Client) -> None:
    assert "what changed in them" in _preview(client, reverse("platform", args=[make_platform().slug]))
    document = make_document()
    bare = _preview(client, reverse("document", args=[document.platform.slug, document.slug]))
    assert "what changed in it" in bare


@pytest.mark.parametrize(
    ("name", "query", "title"),
    [
        ("clauses", "", "Clauses"),
        ("clauses", "?q=%22feedback%22", "Clauses with “&quot;feedback&quot;”"),
        ("platforms", "", "Platforms"),
        ("changes", "?severity=high", "Changes"),
        ("dashboard", "", "What changed"),
        ("compare-type", "", "Compare platforms"),
        ("compare-type", "?platform=here&platform=there", "Here, There, compared"),
        ("compare-type", "?type=data_retention&platform=here&platform=there", "Data retention, side by side"),
    ],
)
def test_lists_tell_what_they_list_and_keep_what_they_were_asked_for(
    client: Client, name: str, query: str, title: str
) -> None:
    for platform in ("Here", "There"):
        make_change_set(make_platform(slug=platform.lower(), name=platform))
    preview = _preview(client, reverse(name) + query)
    assert f'<meta property="og:title" content="{title}">' in preview
    assert 'property="og:type" content="website"' in preview
    assert re.search(r'property="og:description" content="[^"]{20,}"', preview)
    assert f'content="{settings.SITE_URL}{reverse(name)}{query.replace("&", "&amp;")}"' in preview


def test_a_print_carries_the_full_address_of_its_page(client: Client) -> None:
    address = reverse("change-set", args=[make_change_set().number]) + "?all=1"
    page = client.get(address).content.decode()
    assert f'<p class="only-paper">{settings.SITE_URL}{address}</p>' in page
