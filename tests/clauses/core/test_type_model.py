import numpy as np
import pytest

from clauses.core.folding import folded
from clauses.core.model_file import shipped_model
from clauses.core.ngrams import part_grams, word_grams
from clauses.core.taxonomy import shipped_taxonomy

MODEL = shipped_model()


def test_words_come_with_their_pairs():
    assert word_grams("we keep data") == ["we", "keep", "data", "we keep", "keep data"]


def test_parts_of_a_word_know_its_edges():
    assert part_grams("keep a") == [
        " ke",
        "kee",
        "eep",
        "ep ",
        " kee",
        "keep",
        "eep ",
        " keep",
        "keep ",
        " a ",
    ]


def test_topics_share_one_and_presences_stand_alone():
    found = MODEL.read(folded("We keep your data for two years and share it with partners."), ())
    assert sum(found.topics.values()) == pytest.approx(1, abs=1e-4)
    assert all(0 <= value <= 1 for value in found.presence.values())


def test_every_head_is_a_type_of_the_taxonomy():
    assert {*MODEL.topics, *MODEL.presences} <= set(shipped_taxonomy().types)


def test_a_text_of_unknown_words_is_not_judged():
    assert not MODEL.knows("ĳsvogel zwemt ŧraag ŋaar ħuis")
    assert MODEL.knows("we share your data with partners")


def test_order_and_memory_of_words_change_nothing():
    lower = folded("Cookies are kept for two years.")
    first = MODEL.margins(lower, ())
    MODEL.margins("something else entirely about courts", ())
    assert np.array_equal(first, MODEL.margins(lower, ()))
