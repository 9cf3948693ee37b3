import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.classify import classify_types, confidence_of
from clauses.core.folding import folded
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage, TypeMatch
from tests.clauses.core.type_sentences import SENTENCES

TAXONOMY = shipped_taxonomy()
ALL_SENTENCES = [sentence for good, bad in SENTENCES.values() for sentence in (*good, bad)]


def passage(text, path=(), intro="", header=()):
    return Passage(0, 0, len(text), text, tuple(path), intro, tuple(header))


def slugs(text, **context):
    return [match.slug for match in classify_types(passage(text, **context), TAXONOMY)]


def test_every_type_but_other_has_sentences():
    assert set(SENTENCES) == set(TAXONOMY.types) - {"other"}


@pytest.mark.parametrize(
    ("slug", "text"), [(slug, text) for slug, (good, _) in SENTENCES.items() for text in good]
)
def test_a_sentence_of_a_type_is_found_with_evidence(slug, text):
    found = {match.slug: match for match in classify_types(passage(text), TAXONOMY)}
    assert slug in found
    assert found[slug].evidence
    assert found[slug].score >= 0.4


@pytest.mark.parametrize(("slug", "text"), [(slug, text) for slug, (_, text) in SENTENCES.items()])
def test_a_near_miss_is_not_of_the_type(slug, text):
    assert slug not in slugs(text)


def test_a_ban_on_training_with_output_is_a_rule_of_conduct():
    found = slugs("Customers must not use the output to train or fine-tune machine-learning models.")
    assert found[0] == "acceptable_use"
    assert "ai_training" not in found


def test_a_choice_about_training_is_not_a_rule_of_conduct():
    assert slugs("You can choose not to allow us to use your chats to train our models.")[0] == "ai_training"


def test_feedback_that_is_only_collected_is_data_collection():
    found = slugs("We collect the feedback data you send us, such as ratings and survey information.")
    assert found[0] == "data_collection_use"
    assert "feedback_rights" not in found


def test_the_intro_of_a_list_is_read_with_its_item():
    item = passage("upload pictures of other people's documents.", intro="You agree that you will not:")
    (match,) = classify_types(item, TAXONOMY)
    assert match.slug == "acceptable_use"


def test_a_match_that_spans_intro_and_item_gives_only_words_of_the_item():
    item = passage("data about your trips for six months.", intro="We retain")
    match = classify_types(item, TAXONOMY)[0]
    assert match.slug == "data_retention"
    assert all(item.text[e.start : e.end] == e.text for e in match.evidence)


def test_a_heading_types_a_clause_that_says_nothing_itself_with_a_lower_score():
    (match,) = classify_types(passage("Thirty weeks for letters.", path=["Data retention"]), TAXONOMY)
    assert (match.slug, match.evidence) == ("data_retention", ())
    assert confidence_of([match]) == "low"


def test_header_cells_are_context():
    assert slugs("Crash logs | 90 days", header=["What", "How long we keep it"]) == ["data_retention"]


def test_a_heading_does_not_add_a_type_to_a_clause_that_has_its_own():
    assert "data_retention" not in slugs("We do not sell your personal data.", path=["Data retention"])


@pytest.mark.parametrize(
    "text",
    [
        "Last updated: 4 March 2025",
        "This document is the entire agreement between you and us.",
        "Our failure to enforce a right is no waiver of it.",
        "",
        "   ",
        "§ 4",
    ],
)
def test_boilerplate_and_empty_text_have_no_type(text):
    assert slugs(text, path=["Acceptable use"] if text.strip() else ()) in ([], ["acceptable_use"])
    assert slugs(text) == []


def test_a_clause_may_have_several_types_strongest_first():
    found = classify_types(
        passage("We do not sell your personal data. We retain your personal data for two years."), TAXONOMY
    )
    assert {"data_sale", "data_retention"} <= {match.slug for match in found}
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_a_typographic_apostrophe_reads_like_a_plain_one():
    assert slugs("We won’t sell your personal data.") == slugs("We won't sell your personal data.")


def test_confidence_follows_the_strongest_match():
    matches = [TypeMatch("data_sale", score, "rule") for score in (0.3, 0.55, 0.85)]
    assert [confidence_of(matches[:n]) for n in range(4)] == ["low", "low", "medium", "high"]


WORDS = st.lists(
    st.sampled_from(
        [word for sentence in ALL_SENTENCES for word in sentence.split()] + ["İ", "\n", "“", "…"]
    ),
    max_size=60,
).map(" ".join)


@given(
    text=st.one_of(WORDS, st.text(max_size=200)), intro=st.sampled_from(["", "You may not:", "We retain İ:"])
)
def test_evidence_is_an_exact_slice_and_scores_are_between_0_and_1(text, intro):
    for match in classify_types(passage(text, intro=intro), TAXONOMY):
        assert 0 < match.score <= 1
        assert all(text[e.start : e.end] == e.text and e.text for e in match.evidence)


@given(st.text())
def test_folding_keeps_the_length(text):
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Press the gear in the corner of the screen.",
        "Go to Menu > Parcels",
        "Create your free account in a minute.",
        "Please consult our letter notice for how parcels are shared with carriers.",
        "For further details of how we sell your data, read our Sale Page.",
    ],
)
def test_steps_and_pointers_get_no_type_from_their_heading_or_from_what_they_point_to(text):
    assert slugs(text, path=["How we share your data with others"]) == []


def test_a_pointer_that_goes_on_to_say_something_is_read():
    assert slugs("Please see section 4; we may use your letters to train our models.") == ["ai_training"]


def test_items_of_a_list_of_exceptions_get_nothing_from_it():
    heading, item = ["Changes to our terms"], "the Fernbank plan for schools"
    assert slugs(item, path=heading, intro="The new rules apply to:") == ["unilateral_change"]
    assert slugs(item, path=heading, intro="The new rules do not apply to:") == []


def test_a_button_called_share_is_no_heading_about_sharing():
    assert slugs("A record of this page is kept by nobody.", path=["Share Print PDF"]) == []


def test_the_sale_of_a_company_is_no_sale_of_data():
    text = "Should Fernbank ever be sold, your details go to the buyer, who has to keep to these rules."
    assert slugs(text) == ["business_transfer"]


def test_one_weak_sign_of_a_general_type_is_an_aside_in_a_clause_about_something_else():
    text = "You will indemnify the ferry. That includes the fees of a lawyer if a third party sues the crew."
    assert slugs(text) == ["indemnification"]
