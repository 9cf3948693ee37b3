"""Every named circumstance of the rubric in several wordings, and the near misses that must not count."""

import pytest

from clauses.core.classify import classify_types
from clauses.core.severity import rate_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage

TAXONOMY = shipped_taxonomy()
# Named so that a reader sees which way a row goes.
FOUND = True
NOT_FOUND = False

ROWS = [
    ("no_notice", FOUND, "We may close your account without telling you beforehand."),
    ("no_notice", FOUND, "We may suspend your account without prior notice."),
    ("no_notice", FOUND, "We may remove your posts and need not inform you."),
    ("no_notice", FOUND, "Fees may change with no advance notice."),
    ("no_notice", NOT_FOUND, "We will not terminate your account without notice."),
    ("no_notice", NOT_FOUND, "You may close your account at any time without notice."),
    ("no_notice", NOT_FOUND, "We never change these terms without notifying you."),
    ("sole_discretion", FOUND, "We may terminate your account at our sole discretion."),
    ("sole_discretion", FOUND, "We may delete your content for any reason or no reason."),
    ("sole_discretion", FOUND, "We may terminate your account as we see fit."),
    ("sole_discretion", NOT_FOUND, "We will not terminate your account for no reason."),
    ("sole_discretion", NOT_FOUND, "You may close your account for any reason."),
    ("perpetual", FOUND, "You grant us an irrevocable license to your content."),
    ("perpetual", FOUND, "You grant us a license to your content in perpetuity."),
    ("perpetual", NOT_FOUND, "The license you grant us to your content is not perpetual."),
    ("perpetual", NOT_FOUND, "You grant us a license to your content that is revocable and not irrevocable."),
    ("perpetual", NOT_FOUND, "You grant us a non-perpetual license to your content."),
    ("perpetual", NOT_FOUND, "You grant us a license to your content; it does not last forever."),
    ("sensitive_or_minors", FOUND, "We share your health information with third parties."),
    ("sensitive_or_minors", FOUND, "We use the photos of children to train our models."),
    ("sensitive_or_minors", FOUND, "We collect biometric data from your photos."),
    ("sensitive_or_minors", NOT_FOUND, "We do not collect health data."),
    ("sensitive_or_minors", NOT_FOUND, "We collect personal data, but never sensitive information."),
    ("sensitive_or_minors", NOT_FOUND, "We will never sell your health information."),
    ("no_opt_out", FOUND, "We use your posts to train our models and you cannot opt out."),
    ("no_opt_out", FOUND, "There is no way to opt out of our use of your data to train our models."),
    ("no_opt_out", FOUND, "We share your data with advertisers, and there is no option to object."),
    ("no_opt_out", NOT_FOUND, "You can opt out of our use of your data to train our models."),
    ("no_opt_out", NOT_FOUND, "We will not train our models on your data if you opt out."),
    ("survives_closure", FOUND, "The license to your content survives termination of your account."),
    ("survives_closure", FOUND, "You grant us a license to your content even after you delete your account."),
    ("survives_closure", NOT_FOUND, "The license to your content ends when you delete your account."),
    (
        "survives_closure",
        NOT_FOUND,
        "The license to your content does not survive the closing of your account.",
    ),
    (
        "survives_closure",
        NOT_FOUND,
        "The license to your content will not continue after you close your account.",
    ),
    ("opt_out_offered", FOUND, "We use your data to train our models; you can opt out in your settings."),
    ("opt_out_offered", FOUND, "We sell your data, but you may object at any time."),
    ("opt_out_offered", NOT_FOUND, "We use your data to train our models and you cannot opt out."),
    ("opt_out_offered", NOT_FOUND, "We use your data to train our models even if you opt out."),
    ("opt_out_offered", NOT_FOUND, "We offer no opt-out from the use of your data to train our models."),
    ("long_notice", FOUND, "We may change these terms with thirty days' notice."),
    (
        "long_notice",
        FOUND,
        "We will notify you at least 60 days before a change to these terms takes effect.",
    ),
    ("long_notice", FOUND, "We may change these terms by giving you six weeks' notice."),
    ("long_notice", NOT_FOUND, "We may change these terms with 14 days' notice."),
    (
        "long_notice",
        NOT_FOUND,
        "We may terminate your account if you do not log in for 90 days before the end of a term.",
    ),
    ("long_notice", NOT_FOUND, "We may change these terms without giving 30 days' notice."),
    ("limited_purpose", FOUND, "You grant us a license to your content solely to operate the service."),
    ("limited_purpose", FOUND, "You grant us a license to your content only for the purpose of hosting it."),
    (
        "limited_purpose",
        NOT_FOUND,
        "You grant us a license to your content for purposes including but not limited to providing the service.",
    ),
    (
        "limited_purpose",
        NOT_FOUND,
        "You grant us a license to your content, not only to provide the service but for any purpose.",
    ),
    (
        "mandatory_law_kept",
        FOUND,
        "We are not liable for lost profits, but nothing here limits your rights under mandatory law.",
    ),
    ("mandatory_law_kept", FOUND, "We are not liable for any damages, except as mandatory law requires."),
    (
        "mandatory_law_kept",
        FOUND,
        "To the extent permitted by law, we are not liable; your statutory rights as a consumer remain unaffected.",
    ),
    (
        "mandatory_law_kept",
        NOT_FOUND,
        "We are not liable for lost profits, and nothing in these terms obliges us to pay.",
    ),
    (
        "mandatory_law_kept",
        NOT_FOUND,
        "You waive all statutory rights and we are not liable for any damages.",
    ),
    ("mutual", FOUND, "Neither party is liable to the other for lost profits."),
    ("mutual", FOUND, "Either party may terminate the account on notice."),
    ("mutual", NOT_FOUND, "You indemnify us; this duty is not mutual."),
    ("mutual", NOT_FOUND, "You will indemnify us, our partners and both of our affiliates."),
    ("not_done", FOUND, "We will never sell your personal data."),
    (
        "not_done",
        FOUND,
        "We read nothing of yours, unless you ask. We do not use your data to train our models.",
    ),
    (
        "warranty_given",
        FOUND,
        "Our warranties. We warrant that the product is free from defects; this limited warranty lasts a year.",
    ),
    ("warranty_given", NOT_FOUND, "We do not warrant that the service will be free of errors."),
    ("training_for_others", FOUND, "We let partners train their models on your posts."),
    ("training_for_others", NOT_FOUND, "We obtain data from third-party sources to train our models."),
    (
        "no_opt_out",
        NOT_FOUND,
        "You have the right to opt out of this class action waiver; a group may not opt out.",
    ),
    ("not_done", FOUND, "Your conversations are not used to train our models."),
    ("not_done", NOT_FOUND, "We will not sell your personal data unless you agree."),
    (
        "home_law",
        NOT_FOUND,
        "Any claim is heard in the state or local courts in Marlow, which have exclusive jurisdiction.",
    ),
    ("home_law", FOUND, "Any claim may be brought before your local courts, which have jurisdiction."),
    (
        "warranty_given",
        NOT_FOUND,
        "The ferry comes as-is, and without warranty of any kind. You warrant that you can swim.",
    ),
    (
        "bound_to_later_changes",
        NOT_FOUND,
        "By using the ferry you are bound by its terms. The Privacy Policy is long.",
    ),
    ("bound_to_later_changes", FOUND, "By using the ferry you agree to its Privacy Policy."),
    (
        "forfeits",
        NOT_FOUND,
        "We may terminate your account. If you delete your account, we'll exclude your data from our models.",
    ),
    (
        "forfeits",
        NOT_FOUND,
        "We may terminate your account and delete or return to the customer all personal data.",
    ),
    ("forfeits", FOUND, "We may terminate your account and delete all your content."),
    (
        "consent_by_use",
        NOT_FOUND,
        "Our cookies and your use of the services are covered by a data protection agreement.",
    ),
    ("consent_by_use", FOUND, "By using the ferry you agree to our cookies."),
    (
        "right_burdened",
        NOT_FOUND,
        "You have the right to access your data. If we deny your request, you may appeal.",
    ),
    ("right_burdened", FOUND, "You have the right to access your data. We may deny your request."),
    (
        "any_purpose",
        NOT_FOUND,
        "Right to know the third parties we share data with and the commercial purposes of it.",
    ),
    ("any_purpose", FOUND, "We share your data with third parties for commercial purposes."),
    ("user_may_leave", NOT_FOUND, "If you delete your account, we may terminate your access to the groups."),
    ("user_may_leave", NOT_FOUND, "We reserve the right to delete your account."),
    ("user_may_leave", FOUND, "To delete your account, write to the clerk."),
    (
        "cancel_ahead",
        NOT_FOUND,
        "Plans renew automatically. On cancellation of a plan, all sums are due on or before the next day.",
    ),
    (
        "cancel_ahead",
        FOUND,
        "Your plan renews automatically unless you cancel it, 24 hours before it renews.",
    ),
    ("no_period", NOT_FOUND, "We keep your messages. You are required to choose a name."),
    ("no_period", FOUND, "We keep your messages for as long as necessary."),
    ("no_period", FOUND, "We keep your messages where they are needed for our business purposes."),
    ("long_notice", FOUND, "We will not change these terms without 60 days' notice."),
    ("long_notice", NOT_FOUND, "We may change these terms even without 60 days' notice."),
    ("sensitive_or_minors", NOT_FOUND, "Biometric information, such as the print of a thumb"),
    ("deidentified", FOUND, "We use tools to filter or mask sensitive data."),
    ("deidentified", NOT_FOUND, "We use tools to read sensitive data."),
    ("kept_after_deletion", FOUND, "We may keep data about you regardless of your request for deletion."),
    ("kept_after_deletion", NOT_FOUND, "We may keep data about you regardless of your plan."),
    ("indefinite", NOT_FOUND, "We retain your messages, but we don't retain them forever."),
]


@pytest.mark.parametrize(("factor", "is_expected", "text"), ROWS)
def test_a_factor_counts_where_it_is_said_and_not_where_it_is_denied(factor, is_expected, text):
    matches = classify_types(Passage(0, 0, len(text), text), TAXONOMY)
    reasons = rate_clause(text, matches, (), TAXONOMY)[1]
    quotes = {reason.code: reason.quote for reason in reasons}
    assert (factor in quotes) == is_expected
    assert all(quote and quote in text for quote in quotes.values())


def test_who_says_it_is_not_liable_accepts_no_liability():
    text = "We are not liable for any damages."
    matches = classify_types(Passage(0, 0, len(text), text), TAXONOMY)
    assert "liability_accepted" not in {reason.code for reason in rate_clause(text, matches, (), TAXONOMY)[1]}


def test_a_definition_costs_low_at_most_and_collects_no_factors():
    text = '"Losses" means damages, attorneys\' fees and the cost of defending and indemnifying any claim.'
    matches = classify_types(Passage(0, 0, len(text), text), TAXONOMY)
    severity, reasons = rate_clause(text, matches, (), TAXONOMY)
    assert matches
    assert severity in {"low", "none"}
    assert len(reasons) == 1
