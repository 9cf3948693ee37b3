"""For which jurisdictions a text says it is."""

from __future__ import annotations

import pytest

from clauses.core.jurisdictions import is_among, meant_by_headings, named_jurisdictions
from clauses.core.regulation import shipped_regulation

KNOWN = shipped_regulation().jurisdictions


def slugs(text: str) -> list[str]:
    return [one.slug for one in named_jurisdictions(text, KNOWN.values())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EU", ["eu"]),
        ("US", ["us"]),
        ("U.S. and Canada", ["us", "ca"]),
        ("European Economic Area, United Kingdom and Switzerland", ["eu", "uk"]),
        ("California", ["us-ca"]),
        ("Québec", ["ca", "ca-qc"]),
        ("Brasil", ["br"]),
        ("Worldwide", []),
        ("Contact us", []),
        ("About us.", []),
        ("neutral use", []),
        ("", []),
    ],
)
def test_a_place_is_known_by_its_names(text: str, expected: list[str]) -> None:
    assert slugs(text) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["Privacy policy", "Notice to California residents"], ["us-ca"]),
        (["If you live in the EEA or the United Kingdom", "Your rights"], ["eu", "uk"]),
        (["Supplemental terms for Japan"], ["jp"]),
        (["Transfers to the United States"], []),
        (["Our offices in Ireland"], []),
        ([], []),
    ],
)
def test_a_heading_counts_only_where_it_speaks_of_people_or_terms_of_a_place(
    path: list[str], expected: list[str]
) -> None:
    assert [one.slug for one in meant_by_headings(path, KNOWN.values())] == expected


def test_the_nearest_heading_that_says_so_counts() -> None:
    path = ["Users in Europe", "Users in Germany and users in the United Kingdom"]
    assert [one.slug for one in meant_by_headings(path, KNOWN.values())] == ["eu", "uk"]


@pytest.mark.parametrize(
    ("slug", "named", "fits"),
    [
        ("us", ["us-ca"], True),
        ("us-ca", ["us"], True),
        ("us-il", ["us-ca"], False),
        ("eu", ["uk"], False),
        ("eu", [], False),
    ],
)
def test_a_place_fits_what_it_is_part_of_and_what_is_part_of_it(
    slug: str, named: list[str], fits: bool
) -> None:
    assert is_among(KNOWN[slug], [KNOWN[name] for name in named], KNOWN) is fits
