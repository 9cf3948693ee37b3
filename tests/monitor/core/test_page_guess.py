"""What a page probably is."""

from __future__ import annotations

import pytest

from monitor.core.page_guess import guess_page
from monitor.models import DocumentType


@pytest.mark.parametrize(
    ("url", "title", "expected"),
    [
        (
            "https://www.acme.example/privacy",
            "Privacy Policy | Acme",
            ("Acme", "Privacy Policy", "privacy_policy"),
        ),
        ("https://acme.co.uk/x", "ACME – Terms of Use", ("ACME", "Terms of Use", "terms_of_service")),
        ("https://acme.example/legal/cookies", "Acme", ("Acme", "Cookies", "cookie_policy")),
        (
            "https://help.acme.example/hc/7-deleting",
            "Deleting a chat · Acme Help",
            ("Acme Help", "Deleting a chat", "help_article"),
        ),
        ("https://acme.de/agb", "", ("Acme", "Agb", "terms_of_service")),
        (
            "https://acme.fr/x",
            "Politique de confidentialité",
            ("Acme", "Politique de confidentialité", "privacy_policy"),
        ),
        (
            "https://acme.example/x",
            "Data Processing Addendum \\ Acme",
            ("Acme", "Data Processing Addendum", "data_processing"),
        ),
        ("https://acme.example/", "", ("Acme", "Terms", "terms_of_service")),
        ("http://127.0.0.1:8000/terms", "Terms", ("127.0.0.1", "Terms", "terms_of_service")),
        ("http://localhost/api", "Developer terms", ("Localhost", "Developer terms", "api_terms")),
    ],
)
def test_name_platform_and_type_are_guessed_from_title_and_address(url, title, expected):
    guess = guess_page(url, title)
    assert (guess.platform, guess.document, guess.type) == expected


def test_every_guessed_type_is_a_type_of_document():
    titles = "cookies privacy dpa aup community api business terms help news whatever"
    guessed = {guess_page("https://a.example/", title).type for title in titles.split()}
    assert guessed == set(DocumentType.values)


def test_names_never_outgrow_their_columns():
    guess = guess_page("https://acme.example/", "Terms " + "very " * 90 + "| Acme" + "e" * 300)
    assert len(guess.document) <= 160
    assert len(guess.platform) <= 120
