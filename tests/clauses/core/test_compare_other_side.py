"""Where the rules that leave something out must not: what looks like it, and is a gain, a loss or a power."""

import time

import pytest

from tests.clauses.core.test_compare_signed import rated
from tests.clauses.core.test_compare_true_statements import codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We give all users the right to export what they wrote.", "user_right_added"),
        ("For example, you may request deletion of your letters at any time.", "user_right_added"),
        ("You agree that these terms, and your duty to indemnify us, survive.", "indemnification_added"),
        (
            "Without prejudice to section 4, we limit our liability to ten euros.",
            "liability_limitation_added",
        ),
        ("Without prejudice to other remedies, we are not liable for damages.", "liability_limitation_added"),
        ("IBM use your letters to train their models.", "ai_training_allowed"),
        ("All disputes under this section are resolved by binding arbitration.", "arbitration_added"),
        ("We read letters only with your consent.", "consent_added"),
        ("You must not use the post for any commercial purpose.", "business_ban_added"),
        ("We shall not disclose any data to third parties.", "third_party_sharing_forbidden"),
        ("We will notify you of any loss of letters.", "notice_added"),
    ],
)
def test_a_clause_that_only_looks_like_a_mention_or_an_example_is_rated(text, code):
    assert code in codes("", text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Termination of accounts is at our sole discretion.", "discretion_added"),
        ("Nothing here stops us from removing letters at our sole discretion.", "discretion_added"),
        (
            "We may change prices with notice to partners and end your account without notice.",
            "no_notice_added",
        ),
        (
            "You also grant to users of the site, and to us, a perpetual license to your letters.",
            "content_license_allowed",
        ),
    ],
)
def test_what_comes_into_a_clause_beside_words_that_mean_something_else_is_heard(text, code):
    assert code in codes("We carry letters.", f"We carry letters. {text}")


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ("We share letters unless you object.", "We share letters unless you tell us to end it.", "adverse"),
        ("We do not process payment data.", "We process payment data.", "adverse"),
        ("We will delete the letters.", "We will delete the old unread letters.", "favorable"),
        (
            "We refund all fees.",
            "We refund all fees under the limits set in our returns policy.",
            "favorable",
        ),
    ],
)
def test_a_change_of_substance_is_no_other_name_and_no_service(old, new, direction):
    assert rated(old, new)[0] != "none"
    assert rated(old, new)[1] == direction
    assert rated(new, old)[1] != direction


@pytest.mark.parametrize(("few", "many"), [(10, 30), (30, 60)])
def test_of_two_notices_in_the_same_words_the_one_that_changed_tells_whose_it_is(few, many):
    text = "You may cancel by giving 30 days' notice. We may end it with {} days' notice to you."
    assert codes(text.format(few), text.format(many)) == {"notice_period_raised": "favorable"}
    assert codes(text.format(many), text.format(few)) == {"notice_period_lowered": "adverse"}


def test_a_denial_does_not_reach_across_the_sentence_to_what_is_done():
    text = (
        "Nor is the fee refunded, and whatever you wrote while you were a member of the service will stay with us"
        " for good and be shared with our partners for advertising."
    )
    assert not any(code.endswith("_forbidden") for code in codes("", text))


def test_a_long_number_of_a_section_is_read_in_linear_time():
    old, new = "We refund letters in full{}, and answer you.", " under 1{} x"
    seconds = []
    for parts in (2_000, 16_000):
        started = time.process_time()
        rated(old.format(""), old.format(new.format(".1" * parts)))
        seconds.append(time.process_time() - started)
    # Eight times the text; the square of it would take sixty-four times as long.
    assert seconds[1] < 24 * seconds[0] + 0.5
