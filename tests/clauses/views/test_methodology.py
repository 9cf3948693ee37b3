"""The methodology page shows the tables that are in use."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.taxonomy import shipped_taxonomy
from clauses.queries.outcomes import meaning_of
from monitor.models import Outcome

pytestmark = pytest.mark.django_db


def test_every_type_factor_and_figure_of_the_rubrics_is_on_the_page(client: Client):
    text = unescape(client.get(reverse("methodology")).content.decode())
    taxonomy, changes = shipped_taxonomy(), shipped_change_rubric()
    named = [found.name for found in taxonomy.types.values()]
    named += [factor.label for factor in taxonomy.rubric.factors]
    named += [factor.label for factor in taxonomy.rubric.fact_factors]
    named += [rule.name[1:] for rule in changes.facts.values()]
    named += [rule.name[1:] for rule in changes.words]
    assert [name for name in named if name not in text] == []


def test_every_outcome_of_a_capture_is_on_the_page_with_its_meaning(client: Client):
    text = unescape(client.get(reverse("methodology")).content.decode())
    said = [words for outcome in Outcome for words in (outcome.label, meaning_of(outcome))]
    assert [words for words in said if words not in text] == []


@pytest.mark.django_db
def test_the_page_can_be_cited_with_its_versions(client: Client) -> None:
    page = client.get("/methodology/").content.decode()
    for anchor in ("versions", "cite", "claims", "adoption"):
        assert f'id="{anchor}"' in page
        assert f'href="#{anchor}"' in page
    twin = client.get("/methodology.json").json()
    for version in twin["versions"].values():
        assert version in page
