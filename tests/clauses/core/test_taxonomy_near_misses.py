"""Words that two types share: which of them a sentence shows depends on what is done, and by whom."""

import pytest

from clauses.core.classify import classify_types
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage

TAXONOMY = shipped_taxonomy()
OF_IT = True
NOT_OF_IT = False

ROWS = [
    (
        "arbitration",
        NOT_OF_IT,
        "We may retain data for use in judicial, administrative and arbitration proceedings.",
    ),
    ("arbitration", OF_IT, "The arbitration proceedings take place in Marlow."),
    (
        "data_retention",
        OF_IT,
        "We may retain data regardless of your request for deletion, as the law demands.",
    ),
    (
        "ai_training",
        NOT_OF_IT,
        "Note: For information about how we use training data for our models, please see our Overview.",
    ),
    ("ai_training", OF_IT, "Note: we use your letters as training data for our models."),
    ("ai_training", NOT_OF_IT, "The data used to train AI models may be incomplete or biased."),
    ("ai_training", NOT_OF_IT, "The data used to train AI models may be of poor quality."),
    ("ai_training", OF_IT, "The data used to train AI models may include your letters."),
    ("content_license", NOT_OF_IT, "This privacy statement is licensed under a Creative Commons license."),
    ("content_license", OF_IT, "Letters you post are licensed under a Creative Commons license."),
    ("liability_limitation", NOT_OF_IT, "This is without prejudice to the liability of the carrier."),
    ("liability_limitation", OF_IT, "Letters are carried without any liability of the carrier."),
    ("data_retention", NOT_OF_IT, "We use what is needed to keep the ferry safe."),
    ("data_retention", NOT_OF_IT, "We take steps to keep it accurate."),
    ("data_retention", NOT_OF_IT, "We keep your information accurate and up to date."),
    ("data_retention", OF_IT, "We keep your information on file."),
    ("data_retention", NOT_OF_IT, "We retain the right to remove your content."),
    ("data_retention", NOT_OF_IT, "You agree that we may retain counsel for 5 years."),
    ("data_retention", OF_IT, "You agree that we may retain letters for 5 years."),
    (
        "content_license",
        NOT_OF_IT,
        "Uploads may not include what requires a government license for its export.",
    ),
    ("content_license", OF_IT, "You give us a license to the letters you upload."),
    ("account_termination", NOT_OF_IT, "You have not previously been suspended from the ferry."),
    ("account_termination", OF_IT, "We may suspend you from the ferry."),
    (
        "account_termination",
        NOT_OF_IT,
        "You have the right to request that we delete personal data of your account.",
    ),
    ("account_termination", OF_IT, "We have the right to delete your account."),
    ("acceptable_use", NOT_OF_IT, "Some states do not allow limitations of damages."),
    ("acceptable_use", OF_IT, "We do not allow whistling on deck."),
    (
        "acceptable_use",
        NOT_OF_IT,
        "We strive to protect your data and comply with all applicable privacy laws.",
    ),
    ("acceptable_use", OF_IT, "You must comply with all applicable laws on board."),
    (
        "third_party_sharing",
        NOT_OF_IT,
        "The ferry will conform to the documentation that is publicly available.",
    ),
    ("third_party_sharing", OF_IT, "Your profile is publicly available."),
    ("user_data_rights", NOT_OF_IT, "We grant you a limited right to access and use the service."),
    ("user_data_rights", OF_IT, "You have a right to access the data we hold."),
    ("user_data_rights", NOT_OF_IT, "THIS SECTION AFFECTS YOUR RIGHTS."),
    ("user_data_rights", NOT_OF_IT, "There you can review their policies for more information about data."),
    ("user_data_rights", OF_IT, "You can review and correct your information."),
    ("user_data_rights", OF_IT, "You're always in control of this setting and of how your letters are used."),
    ("user_data_rights", OF_IT, "Users can choose not to share their conversations."),
    ("user_data_rights", NOT_OF_IT, "Users can choose not to share a cabin."),
    (
        "claim_time_limit",
        OF_IT,
        "No action may be brought more than two years after the cause of action accrues.",
    ),
    ("claim_time_limit", NOT_OF_IT, "No action is needed for more than two years after you board."),
    ("business_transfer", OF_IT, "We may assign to anyone without notice."),
    ("business_transfer", NOT_OF_IT, "We may assign you another cabin without notice."),
    (
        "regional_terms",
        OF_IT,
        "If you are located in the Republic of Korea, please read part nine, which applies to you.",
    ),
    ("regional_terms", OF_IT, "Users in Japan have rights of their own."),
    ("regional_terms", NOT_OF_IT, "We are based in the United Kingdom."),
    (
        "choice_of_law",
        NOT_OF_IT,
        "A part that a court finds invalid is enforced to the extent permitted by applicable law.",
    ),
    (
        "choice_of_law",
        NOT_OF_IT,
        "In some countries an address is considered personal data under applicable law.",
    ),
    (
        "choice_of_law",
        NOT_OF_IT,
        "Claims go to arbitration governed by the Federal Arbitration Act, not by state law.",
    ),
    (
        "choice_of_law",
        NOT_OF_IT,
        "You are 16, or of an age that the privacy law of the state you live in will allow.",
    ),
    ("choice_of_law", OF_IT, "The agreement is governed and construed exclusively by the laws of Oz."),
    ("choice_of_law", OF_IT, "The laws of the state of Oz will govern this contract."),
    ("data_sale", OF_IT, "We don't sell it to anyone."),
]


@pytest.mark.parametrize(("slug", "is_expected", "text"), ROWS)
def test_a_type_needs_words_that_say_it(slug, is_expected, text):
    found = {match.slug for match in classify_types(Passage(0, 0, len(text), text), TAXONOMY)}
    assert (slug in found) == is_expected


def test_a_list_of_steps_under_how_to_opt_out_is_about_ones_rights():
    passage = Passage(0, 0, 22, "To stop it on the web:", ("How to Opt Out",))
    assert [match.slug for match in classify_types(passage, TAXONOMY)] == ["user_data_rights"]


def test_accepting_changes_by_use_stands_behind_the_right_to_make_them():
    text = "We may change these terms. By using the ferry you agree to be bound by such changes."
    found = [match.slug for match in classify_types(Passage(0, 0, len(text), text), TAXONOMY)]
    assert found == ["unilateral_change", "acceptance_by_use"]
