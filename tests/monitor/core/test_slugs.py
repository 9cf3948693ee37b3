"""Slugs that are free."""

from __future__ import annotations

from monitor.core.slugs import free_slug


def test_a_free_slug_is_taken_as_it_is():
    assert free_slug("terms", {"other"}, 80) == "terms"


def test_a_taken_slug_gets_the_first_free_number():
    assert free_slug("terms", {"terms", "terms-2"}, 80) == "terms-3"


def test_the_number_stays_within_the_room():
    assert free_slug("abcdefgh", {"abcdefgh"}, 8) == "abcdef-2"
