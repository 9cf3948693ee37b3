"""What a clause says that came or went is nothing new where the other version says it in another clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.content_words import content_stems
from clauses.core.folding import folded
from clauses.core.said import Said
from clauses.core.unread import RESTATED
from clauses.core.values import Passage, ReadClause
from tests.clauses.core.test_compare_for_whom import UNREAD
from tests.clauses.core.test_compare_signed import rated
from tests.clauses.core.test_compare_true_statements import codes

_OPT_OUT = "You can opt out of newsletters about stamps at any time by writing to the postmaster."
# Old clauses of which one is not found again: what it said stands in a longer one.
_STABLE = "## Horses\n\nOur horses rest at each station, and are fed with oats. In winter they wear blankets of wool."


_GONE = "Wax is sold by the ounce, seals by the dozen. {} Paper is cut on Mondays, and envelopes are glued at night."


def _moved(sentence, said_again):
    """A version with a clause about wax that has a sentence, and one in which a clause about horses says it."""
    return f"{_STABLE}\n\n## Rules\n\n{_GONE.format(sentence)}", f"{_STABLE} {said_again}"


@pytest.mark.parametrize(
    "sentence",
    [
        _OPT_OUT,
        "You may terminate this contract with the stables at any time by a letter to the postmaster.",
        "We will delete the address on a sealed parcel at any time that you ask us to.",
    ],
)
def test_what_went_to_another_clause_is_neither_gone_nor_new(sentence):
    old, new = _moved(sentence, sentence.replace("at any time", "whenever you like"))
    for before, after in ((old, new), (new, old)):
        assert not {
            code for code in codes(before, after) if code.endswith(("_dropped", "_removed", "_added"))
        }
        assert RESTATED in codes(before, after)
    assert rated(old, _STABLE)[0] == "medium", "it is gone"


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        # Less of it, another one who may, and another figure.
        (
            "We will not disclose the address on a sealed parcel to collectors of stamps.",
            "We may disclose the address on a sealed parcel to collectors of stamps.",
        ),
        (
            "You may terminate this contract with the stables at any time by a letter to the postmaster.",
            "We may terminate this contract with the stables at any time by a letter to the postmaster.",
        ),
        (
            "You can return a parcel to the stables within 30 days, and will get the postage back.",
            "You can return a parcel to the stables within 3 days, and will get the postage back.",
        ),
        # The same in one thing, the reverse in another.
        (
            "You may cancel a parcel before it leaves, and must pay the postage of lost parcels.",
            "You may cancel a parcel before it leaves, and do not have to pay the postage of lost parcels.",
        ),
    ],
)
def test_what_is_said_otherwise_elsewhere_is_gone(gone, said):
    assert RESTATED not in codes(*_moved(gone, said))


_words = st.lists(
    st.sampled_from(
        ("horse", "parcel", "stamp", "letter", "oats", "wax", "seal", "winter", "stable", "rider")
    ),
    min_size=1,
)


@given(st.lists(_words, min_size=1, max_size=12), st.data())
def test_a_sentence_that_stands_in_a_version_is_found_there(texts, data):
    clauses = [ReadClause(Passage.alone(" ".join(words).capitalize() + "."), UNREAD) for words in texts]
    sought = data.draw(st.sampled_from(clauses))
    found = Said(clauses).sayings(content_stems(folded(sought.passage.text)))
    assert sought.passage.text in [clause.passage.text[start:end] for clause, start, end in found]


def test_what_others_had_is_new_for_those_who_get_it():
    right = "You may return any lost letter to the stables for a refund of its postage."
    old = f"## For sellers\n\n{right}\n\n## For parents\n\nWe like letters."
    assert "restated" not in codes(old, f"{old} {right}")


def test_a_thousand_clauses_that_say_nearly_the_same_are_looked_at_in_bounds():
    texts = [f"You may return parcel {number} to the stables for a refund." for number in range(1_000)]
    clauses = [ReadClause(Passage.alone(" ".join(texts[:500])), UNREAD)]
    clauses += [ReadClause(Passage.alone(text), UNREAD) for text in texts]
    assert len([*Said(clauses).sayings(content_stems(folded(texts[7])))]) <= 20


def test_the_clauses_that_are_left_out_say_nothing():
    clause = ReadClause(Passage.alone("We keep letters in the stable."), UNREAD)
    assert not [*Said([clause]).sayings(content_stems("we keep letters in the stable"), [clause])]


_BY_USE = "By using the stables you agree to these terms."


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Your use of the road constitutes acceptance of the whole agreement.", False),
        ("You are deemed to have agreed to a rise of the fee for oats unless you object.", True),
        ("By using the road you agree to a yearly rise in the fee for oats under this agreement.", True),
    ],
)
def test_consent_by_use_is_taken_once_for_a_whole_document(text, is_told):
    old, new = f"## Consent\n\n{_BY_USE}", f"## Consent\n\n{_BY_USE}\n\n## Roads\n\n{text}"
    assert ("deemed_consent_added" in codes(old, new)) == is_told
    assert ("deemed_consent_dropped" in codes(new, old)) == is_told
    assert "deemed_consent_added" in codes("", f"## Roads\n\n{text}")


def test_what_only_looks_like_consent_by_use_is_none_to_the_terms():
    for other in (
        "By using a coach you agree to pay the fare.",
        "Your use of a coach does not constitute acceptance of these terms.",
    ):
        old = f"## Coaches\n\n{other}"
        assert "deemed_consent_added" in codes(old, f"{old}\n\n## Consent\n\n{_BY_USE}")


@pytest.mark.parametrize(
    "text",
    [
        "Your use of the post means you agree to our terms.",
        "By visiting the stables you consent to tracking.",
        "By using the post you agree to Northlight's terms.",
    ],
)
def test_consent_by_use_is_heard_in_other_words(text):
    assert "deemed_consent_added" in codes("", f"## Consent\n\n{text}")
