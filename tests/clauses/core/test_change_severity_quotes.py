import pytest

from clauses.core.compare import compare
from tests.clauses.core.invented import clause, document


def quote_of(code, old, new):
    found = compare(document(clause(old)), document(clause(new)), subject="Northlight")
    reasons = found.changes[0].reasons
    return next((reason.quote for reason in reasons if reason.code == code), None)


@pytest.mark.parametrize(
    ("old", "new", "code", "quote"),
    [
        ("We do not scan letters.", "We may scan letters.", "promise_dropped", "We do not scan letters."),
        ("We do not scan letters.", "We scan letters.", "promise_dropped", "We do not scan letters."),
        ("We may scan letters.", "We do not scan letters.", "promise_added", "We do not scan letters."),
        (
            "We will warn you by post.",
            "We will not warn you by post.",
            "promise_dropped",
            "We will warn you by post.",
        ),
        (
            "We do not scan letters.",
            "We do not scan letters. We may scan parcels.",
            "promise_limited",
            "We may scan parcels.",
        ),
        (
            "We do not scan letters. We may scan parcels.",
            "We do not scan letters.",
            "promise_widened",
            "We may scan parcels.",
        ),
        ("You must stamp letters.", "You may stamp letters.", "duty_dropped", "You must stamp letters."),
    ],
)
def test_a_statement_is_quoted_from_the_side_where_it_stands(old, new, code, quote):
    assert quote_of(code, old, new) == quote


def test_a_waiver_is_quoted_by_the_sentence_that_waives_and_not_by_the_arbitration_beside_it():
    old = "Quarrels about a stamp are settled at the counter."
    new = f"{old} Quarrels go to binding arbitration. You waive your right to a hearing at the counter."
    assert quote_of("waiver_added", old, new) == "You waive your right to a hearing at the counter."
    assert quote_of("binding_arbitration_added", old, new) == "Quarrels go to binding arbitration."


def test_words_that_only_stand_in_another_sentence_are_not_quoted_as_new():
    old = "Letters are read by affiliates."
    new = "Our affiliates read the letters. Letters are shown to data brokers."
    assert quote_of("audience_added", old, new) == "Letters are shown to data brokers."


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        (
            clause("We may lend letters to museums for advertising.", "third_party_sharing"),
            clause("We will not share your letters with museums.", "third_party_sharing"),
            "Northlight promises not to share data with others",
        ),
        (
            clause("We may scan letters.", "data_security"),
            clause("We do not scan letters.", "data_security"),
            "Northlight adds a promise on data security: “We do not scan letters”",
        ),
        (
            clause("We keep your letters in a box."),
            clause("We keep your letters in a box. They are never used for marketing."),
            "Northlight rules out advertising or marketing",
        ),
    ],
)
def test_a_summary_names_the_act_or_the_subject_it_is_about(old, new, summary):
    assert compare(document(old), document(new), subject="Northlight").changes[0].summary == summary
