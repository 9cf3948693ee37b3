"""Words that came or went and that nothing is known of."""

import pytest

from bench.changes import read_markdown
from clauses.core import unread
from clauses.core.compare import compare
from clauses.core.unread import is_unreadable

GERMAN = """# Nutzungsbedingungen

## Briefe

Wir befördern Ihre Briefe zu Pferd und über das Meer. Der Versand richtet sich nach der Größe des Umschlags.

## Lager

{} Die Aufbewahrung im Lagerhaus geschieht auf eigene Gefahr des Absenders und seiner Angehörigen.
"""
ENGLISH = """# Terms

## Letters

We carry your letters by horse and over the sea. The postage depends on the size of the envelope that you choose.

## Stores

{} The house at the quay is made of stone.
"""


def told(text, old, new):
    return compare(read_markdown(text.format(old)), read_markdown(text.format(new)), subject="Northlight")


def test_words_that_no_rule_speaks_of_are_quoted_without_points():
    found = told(ENGLISH, "The door is green.", "The door is heavy oak.")
    (change,) = found.changes
    (reason,) = change.reasons
    assert (change.severity, found.kind, found.headline) == (
        "none",
        "editorial",
        "Northlight rewords 1 clause",
    )
    assert (reason.code, reason.points, reason.quote) == ("no_rule", 0, "The door is heavy oak.")


def test_an_edit_of_form_alone_needs_no_such_line():
    assert told(ENGLISH, "The door is green.", "The door is green!").changes[0].reasons == ()


def test_a_text_in_another_language_says_that_it_is_not_rated():
    found = told(GERMAN, "Die Tür ist grün.", "Die Tür besteht aus schwerer Eiche.")
    assert found.headline == "Northlight rewords 1 clause; not rated: language"
    assert found.summary[-1].endswith(" Not rated, for their language: 1.")
    assert [reason.code for reason in found.changes[0].reasons] == ["not_rated_language"]


def test_an_added_clause_in_another_language_is_not_rated_either():
    found = told(GERMAN, "", "Die Tür besteht aus schwerer Eiche.\n\n")
    assert [reason.code for change in found.changes for reason in change.reasons] == ["not_rated_language"]


def test_a_short_text_and_an_english_one_are_not_called_foreign():
    assert is_unreadable(read_markdown(GERMAN.format("")))
    assert not is_unreadable(read_markdown(ENGLISH.format("")))
    assert not is_unreadable(read_markdown("Die Tür ist grün."))
    assert not is_unreadable([])


def test_one_word_without_end_is_of_no_language_and_no_model_is_read_for_it(monkeypatch):
    monkeypatch.setattr(unread, "detect", lambda text: pytest.fail("a model was asked"))
    assert not is_unreadable(read_markdown("a" * 10_000))
