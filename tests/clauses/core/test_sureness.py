import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.model_file import dump, load, shipped_bytes, shipped_model
from clauses.core.sureness import AS_SHARED, Sureness, signs_of
from clauses.core.values import OTHER, TypeMatch

SHARES = st.floats(0, 1)


def rule(slug, score=0.85):
    return TypeMatch(slug, score, "rule")


@given(SHARES, SHARES)
def test_a_share_can_be_taken_at_its_word(share, rival):
    assert AS_SHARED.of("data_sale", share, rival, ()) == pytest.approx(share, abs=0.002)


def test_its_own_words_are_a_sign_and_explicit_words_of_others_are_another():
    found = signs_of(
        "data_sale", 0.5, 0.5, [rule("data_sale", 0.9), rule("ad_targeting"), rule("arbitration", 0.4)]
    )
    assert found == (0.0, 0.0, 0.9, 1.0)


def test_a_type_that_is_often_mistaken_is_less_sure_at_the_same_share():
    weighed = Sureness((1.0, 0.0, 0.0, 0.0), {"other": -2.0})
    assert weighed.of("other", 0.9, 0.1, ()) < weighed.of("data_sale", 0.9, 0.1, ())


@given(
    topic=st.sampled_from([*shipped_model().topics, "unheard_of"]),
    rival=SHARES,
    shares=st.tuples(SHARES, SHARES).map(sorted),
    matches=st.lists(st.builds(rule, st.sampled_from(shipped_model().rules), SHARES), max_size=6),
)
def test_with_what_ships_a_larger_share_is_never_less_sure(topic, rival, shares, matches):
    low, high = (shipped_model().sureness.of(topic, share, rival, matches) for share in shares)
    assert 0 <= low <= high <= 1


def test_with_what_ships_words_make_sure_and_words_of_others_unsure():
    of = shipped_model().sureness.of
    alone = of("data_sale", 0.7, 0.1, ())
    own = [rule("data_sale")]
    assert alone < of("data_sale", 0.7, 0.1, own)
    assert of("data_sale", 0.7, 0.1, [*own, rule("ad_targeting")]) < of("data_sale", 0.7, 0.1, own)


@given(
    topic=st.sampled_from(shipped_model().topics),
    share=SHARES,
    rival=SHARES,
    matches=st.lists(st.builds(rule, st.sampled_from(shipped_model().rules), st.floats(0, 0.79)), max_size=6),
)
def test_without_explicit_words_nothing_is_surer_than_its_share(topic, share, rival, matches):
    found = shipped_model().sureness.of(topic, share, rival, matches)
    assert found <= share or (topic == OTHER and share >= 0.5)


def test_it_is_stored_with_the_model():
    assert load(shipped_bytes()).sureness == load(dump(shipped_model())).sureness
    assert set(shipped_model().sureness.offsets) == set(shipped_model().topics)
