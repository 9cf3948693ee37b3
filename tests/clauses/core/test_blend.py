from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.blend import SHOWN, read_types
from clauses.core.model_file import shipped_model
from clauses.core.read import read_clause
from clauses.core.sureness import AS_SHARED
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage
from tests.clauses.core.test_classify import WORDS
from tests.clauses.core.type_sentences import SENTENCES

TAXONOMY = shipped_taxonomy()
RULES = replace(TAXONOMY, model=lambda: None)


def passage(text, path=(), intro=""):
    return Passage(0, 0, len(text), text, tuple(path), intro)


def types(text, taxonomy=TAXONOMY, **context):
    return {match.slug: match for match in read_types(passage(text, **context), taxonomy)[0]}


@pytest.mark.parametrize(
    ("slug", "text"), [(slug, text) for slug, (good, _) in SENTENCES.items() for text in good]
)
def test_what_a_rule_finds_is_shown_with_its_words(slug, text):
    found = types(text)
    assert slug in found
    assert found[slug].basis in {"rule", "both"}
    assert found[slug].evidence


def test_the_model_shows_a_type_by_its_strongest_words():
    text = "If you turn them off in your browser, parts of the website may not work properly."
    assert not types(text, RULES)
    found = types(text)["tracking_cookies"]
    assert found.basis == "model"
    assert found.score >= SHOWN
    assert found.evidence


def test_without_a_model_rules_stand_alone():
    for good, _ in SENTENCES.values():
        for match in read_types(passage(good[0]), RULES)[0]:
            assert match.basis == "rule"


def test_candidates_rank_what_is_not_shown_too():
    _, candidates = read_types(passage("We keep your records for two years."), TAXONOMY)
    assert candidates[0].slug == "data_retention"
    assert len(candidates) == 5
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)


def test_what_a_text_merely_speaks_of_never_ranks_first():
    """Every sentence of the tests: its first candidate is a topic of the model or a type found by words."""
    model = TAXONOMY.model()
    for good, _ in SENTENCES.values():
        for text in good:
            matches, candidates = read_types(passage(text), TAXONOMY)
            first = candidates[0].slug
            assert first in model.topics or first in {match.slug for match in matches}


@pytest.mark.parametrize(
    "text", ["If a part of these terms is void, the rest remains in force.", "Last updated: 4 March 2025"]
)
def test_that_boilerplate_has_no_type_is_sure(text):
    read = read_clause(passage(text), TAXONOMY)
    assert (read.slugs, read.confidence) == ((), "high")
    assert read.candidates[0].slug == "other"


@pytest.mark.parametrize("text", ["Weaving looms hum along the shelves.", "Wir tanzen heute Abend gern."])
def test_that_words_it_does_not_know_have_no_type_is_not_sure(text):
    read = read_clause(passage(text), TAXONOMY)
    assert (read.slugs, read.confidence) == ((), "low")


@pytest.mark.parametrize("text", ["", "   ", "§ 4", "Last updated: 4 March 2025", "Have a nice day."])
def test_what_states_no_term_has_no_type(text):
    assert types(text) == {}


def with_type(kind):
    return replace(TAXONOMY, types={**TAXONOMY.types, kind.slug: kind})


def test_a_curators_own_type_stands_by_its_patterns():
    kind = replace(TAXONOMY.types["arbitration"], slug="weaving")
    found = types("Disputes go to binding arbitration.", with_type(kind))
    assert {"weaving", "arbitration"} <= set(found)


def test_a_retired_type_is_found_by_nobody():
    kind = replace(TAXONOMY.types["arbitration"], patterns=(), retired=True)
    assert "arbitration" not in types("Disputes go to binding arbitration.", with_type(kind))


def test_a_weak_opinion_of_the_model_costs_nothing():
    text = "Have a nice day, and greet your couriers."
    assert read_clause(passage(text), TAXONOMY).severity == "none"


def test_a_long_clause_is_read_part_by_part():
    filler = "The weaver paints the shelves by hand and sings. " * 60
    text = filler + "We sell your personal data to advertisers."
    assert {"data_sale"} <= set(types(text))


def test_the_model_gives_the_taxonomy_a_version_of_its_own():
    assert TAXONOMY.version.startswith("2026.")
    assert "-" in TAXONOMY.version
    assert len(TAXONOMY.version) <= 13


@given(
    text=st.one_of(WORDS, st.text(max_size=300)), intro=st.sampled_from(["", "You may not:", "We retain İ:"])
)
def test_evidence_is_an_exact_slice_in_rank_order(text, intro):
    matches, candidates = read_types(passage(text, intro=intro), TAXONOMY)
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    assert all(0 <= c.score <= 1 for c in candidates)
    for match in matches:
        assert all(text[e.start : e.end] == e.text and e.text for e in match.evidence)


def test_the_first_candidate_is_as_sure_as_its_signs_and_stays_first():
    model = shipped_model()
    assert model
    shared = replace(TAXONOMY, model=lambda: replace(model, sureness=AS_SHARED))
    for good, _ in SENTENCES.values():
        for text in good:
            surer, by_share = (
                [c for c in read_types(passage(text), one)[1] if c.slug in model.topics]
                for one in (TAXONOMY, shared)
            )
            assert surer[0].slug == by_share[0].slug
            assert surer[1:] == by_share[1:]
