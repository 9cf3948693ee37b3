"""The citation of a change set on its page and as files."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import ChangeSet
from monitor.models import Version
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_change_set, make_source, publish

pytestmark = pytest.mark.django_db


def test_the_page_of_a_change_set_has_its_citation_to_copy(client: Client) -> None:
    change_set = make_change_set()
    page = client.get(reverse("change-set", args=[change_set.number]))
    citation = page.context["citation"]
    assert f"Proviso change set {change_set.public_id}" in citation
    for version in (change_set.old_version, change_set.new_version):
        assert version.text_sha256 in citation
    assert 'data-copy="citation"' in page.content.decode()


def test_what_is_compared_on_the_spot_has_no_citation(client: Client) -> None:
    source = make_source()
    texts = (KEPT_30_DAYS, KEPT_5_YEARS, KEPT_5_YEARS.replace("5 years", "9 years"))
    versions: list[Version] = [publish(source, text, day(10 * n)) for n, text in enumerate(texts)]
    document = versions[0].document
    numbers = (versions[0].number, versions[2].number)
    page = client.get(reverse("compare", args=[document.platform.slug, document.slug, *numbers]))
    assert page.context["citation"] == ""
    assert 'id="cite"' not in page.content.decode()


def test_the_files_are_offered_under_the_id(client: Client) -> None:
    change_set = make_change_set()
    entry = client.get(reverse("change-set-bibtex", args=[change_set.number]))
    assert entry["Content-Disposition"] == f'attachment; filename="{change_set.public_id}.bib"'
    assert entry.content.decode().startswith(f"@misc{{proviso-{change_set.public_id},")
    answer = client.get(reverse("change-set-csl", args=[change_set.number]))
    (item,) = json.loads(answer.content)
    assert item["id"] == change_set.public_id
    assert change_set.headline in item["title"]


@pytest.mark.parametrize("name", ["change-set-bibtex", "change-set-csl"])
def test_a_superseded_change_set_leads_to_the_citation_of_its_successor(client: Client, name: str) -> None:
    first, second = make_change_set(), make_change_set()
    ChangeSet.objects.filter(pk=first.pk).update(superseded_by=second)
    assert client.get(reverse(name, args=[first.number])).url == reverse(name, args=[second.number])
