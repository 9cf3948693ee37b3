"""Sentences about AI training and feedback rights as they are written at large, and what only looks like them."""

import pytest

from clauses.core.classify import classify_types
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage

TAXONOMY = shipped_taxonomy()

TRAINING = [
    "Your photos help our image generator learn.",
    "Messages on Larkhollow may be used to teach our AI features.",
    "We may use public posts to develop and improve generative AI models.",
    "Data from enterprise accounts is excluded from model training.",
    "Material you upload may be included in training datasets.",
    "We do not allow third-party providers to train their models on your data.",
    "Recordings are processed to build machine-learning classifiers.",
    "Unless you object, your public comments become training material for our assistant.",
    "Customer Data shall not be used to train any large language model.",
    "Your content may be used to fine-tune our language models.",
    "By posting, you let us use your content for machine learning and artificial intelligence purposes.",
    "We use artificial intelligence, and your interactions help it improve.",
    "We use the information we collect to train our algorithms.",
    "You cannot object to our use of your posts to train our models.",
]
TRAINING_LOOKALIKES = [
    "You must not use the output to train a competing model.",
    "Our staff are trained in data protection each year.",
    "All employees with access to your data receive privacy training.",
    "Scraping the site to train AI is prohibited.",
    "You can fine-tune our models with your own examples.",
    "We use your data to improve our products.",
    "AI features may produce inaccurate output.",
    "Our business model depends on the data you share.",
    "We offer training sessions for your team on the models we sell.",
    "You may not use the service to develop machine learning models.",
    "Runners can share training data from their watch with us.",
]
FEEDBACK = [
    "We are free to use any comments you send us without paying you.",
    "Any idea you submit becomes our property.",
    "Suggestions are not confidential, and we owe you nothing for them.",
    "You give us a perpetual licence to act on your enhancement requests.",
    "If you tell us how to improve the product, we may build it without crediting you.",
    "Larkhollow may use customer suggestions to develop new features without compensation.",
    "We own all feedback.",
    "You waive any claim to payment for ideas you share with us.",
    "Feedback may be used by us for any purpose.",
    "Please do not send us unsolicited ideas.",
    "Submissions such as ideas or proposals will be treated as non-confidential.",
    "Any bug reports, comments or recommendations may be used by us without obligation.",
]
FEEDBACK_LOOKALIKES = [
    "We read feedback and reply within two days.",
    "Click the feedback button to report a problem.",
    "We collect the feedback you leave in surveys.",
    "You grant us a license to the photos you upload.",
    "Reviews of sellers must be honest and may not be paid for.",
    "Our support team values your feedback.",
    "Search suggestions are based on what you type.",
    "Feedback scores are shown on the seller's page.",
    "We use feedback to respond to your questions.",
    "Comments on articles are public and can be seen by anyone.",
]


def slugs(text):
    return {match.slug for match in classify_types(Passage(0, 0, len(text), text), TAXONOMY)}


@pytest.mark.parametrize("text", TRAINING)
def test_what_people_give_teaching_a_model_is_ai_training(text):
    assert "ai_training" in slugs(text)


@pytest.mark.parametrize("text", TRAINING_LOOKALIKES)
def test_bans_courses_and_a_users_own_models_are_no_ai_training(text):
    assert "ai_training" not in slugs(text)


@pytest.mark.parametrize("text", FEEDBACK)
def test_what_may_be_done_with_ideas_is_feedback_rights(text):
    assert "feedback_rights" in slugs(text)


@pytest.mark.parametrize("text", FEEDBACK_LOOKALIKES)
def test_answering_collecting_and_other_content_are_no_feedback_rights(text):
    assert "feedback_rights" not in slugs(text)
