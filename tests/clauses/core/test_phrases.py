"""Phrases of curators as patterns."""

import time

import pytest

from clauses.core.folding import folded
from clauses.core.phrases import any_phrase, phrase_pattern, too_common
from clauses.core.tables import TaxonomyError

FOUND = [
    ("return the device", "You must return the device."),
    ("device*", "All devices stay ours."),
    ("return ... device*", "Return, at your own cost, in its box, the devices we lent you."),
    ("opt-out", "There is an opt-out."),
    ("user's choice", "It is the user’s choice."),
    ("R&D", "for r&d purposes"),
    ("zurückgeben", "Sie müssen es ZURÜCKGEBEN."),
    ("24/7 support", "We offer 24/7  support"),
    ("return … device", "return your own device"),
]
NOT_FOUND = [
    ("device", "The devices stay ours."),
    ("return the device", "You return to the device."),
    ("return ... device", "Return it. " + "And so on with many words. " * 3 + "The device stays."),
    ("art", "The party parts."),
]


@pytest.mark.parametrize(("phrase", "text"), FOUND)
def test_a_phrase_is_found_as_whole_words(phrase, text):
    assert phrase_pattern(phrase).search(folded(text))


@pytest.mark.parametrize(("phrase", "text"), NOT_FOUND)
def test_a_phrase_is_not_found_in_other_words(phrase, text):
    assert not phrase_pattern(phrase).search(folded(text))


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "   ",
        "a ... b ... c ... d",
        "...",
        "... device",
        "return ...",
        "(a+)+$",
        "de*vice",
        "a|b",
        "[x]",
        "w " * 20,
        "x" * 200,
        "\\d",
    ],
)
def test_what_is_no_phrase_is_refused_with_what_to_do(phrase):
    with pytest.raises(TaxonomyError, match=r"must begin|use letters|too long|more than 2 gaps"):
        phrase_pattern(phrase)


def test_no_phrase_makes_a_search_slow():
    pattern = phrase_pattern("a* ... a* ... a* b")
    started = time.process_time()
    pattern.search("a " * 10_000)
    assert time.process_time() - started < 10


def test_without_phrases_there_is_no_pattern():
    assert any_phrase([]) is None
    assert any_phrase(["lost", "found"]).search("what was found")


@pytest.mark.parametrize(
    "phrase", ["the", "we ... your", "THE*", "a*", "re*", "x", "30", "of … the", "don't*", "it's"]
)
def test_a_phrase_of_common_words_alone_shows_nothing(phrase):
    assert phrase in too_common(phrase)


@pytest.mark.parametrize(
    "phrase", ["AI", "VAT", "the device", "return", "dev*", "zurück*", "30 days", "契約"]
)
def test_a_phrase_with_a_telling_word_may_show_a_type(phrase):
    assert too_common(phrase) == ""
