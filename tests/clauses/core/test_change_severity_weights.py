"""What weighs enough to be told, read from the texts by the whole of the reading."""

import pytest

from clauses.core.values import severity_rank
from tests.clauses.core.test_change_severity_directions import compared


@pytest.mark.parametrize(
    ("old", "new", "direction", "code"),
    [
        (
            "Stamps that you bought as credits stay good.",
            "Stamps that you bought as credits lapse after a year.",
            "adverse",
            "expiry_added",
        ),
        (
            "If we refuse a letter, a program decides. You may have the decision reviewed by our staff.",
            "If we refuse a letter, a program decides.",
            "adverse",
            "human_review_dropped",
        ),
        (
            "An independent expert values the parcel that was lost.",
            "Our own desk values the parcel that was lost.",
            "adverse",
            "independent_dropped",
        ),
        (
            "Parcels that nobody fetched are sent back.",
            "Parcels that nobody fetched are sent back at your own expense.",
            "adverse",
            "user_cost_added",
        ),
        (
            "We may open parcels.",
            "We may open parcels without telling you.",
            "adverse",
            "no_notice_added",
        ),
        (
            "We may cancel a delivery.",
            "We may cancel a delivery without compensation.",
            "adverse",
            "refund_excluded_added",
        ),
    ],
)
def test_words_of_weight_that_come_or_go_make_a_medium_change(old, new, direction, code):
    for before, after, side in ((old, new, direction), (new, old, "favorable")):
        found = compared(before, after)
        assert (found.severity, found.direction) == ("medium", side)
    assert code in {reason.code for change in compared(old, new).changes for reason in change.reasons}


@pytest.mark.parametrize(
    "text",
    [
        "We use automated systems and human review to find forbidden letters.",
        "Our program of tests lapses and is renewed every spring.",
    ],
)
def test_words_of_weight_about_something_else_make_none(text):
    assert severity_rank(compared("", text).severity) < severity_rank("medium")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "We use your letters to deliver them. We do not use your letters for tests.",
            "We use your letters to deliver them.",
            "ban_dropped",
        ),
        (
            "We keep no copies of letters, of stamps or of parcels.",
            "We keep no copies of letters.",
            "benefit_narrowed",
        ),
        (
            "We never read your letters or open your parcels.",
            "We never read your letters.",
            "benefit_narrowed",
        ),
        (
            "We will not disclose letters to others.",
            "We will not disclose letters to others, except where it helps our business.",
            "third_party_sharing_excepted",
        ),
        ("We encrypt every letter.", "", "benefit_removed"),
        (
            "We carry letters. If a letter is lost, you receive a credit of five stamps.",
            "We carry letters.",
            "benefit_narrowed",
        ),
    ],
)
def test_a_promise_that_went_or_got_smaller_is_medium_and_adverse(old, new, code):
    found = compared(old, new)
    assert (found.severity, found.direction) == ("medium", "adverse")
    assert code in {reason.code for change in found.changes for reason in change.reasons}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "We use your letters to deliver them. They are not used for anything else.",
            "We use your letters only to deliver them.",
        ),
        (
            "When your letter data is no longer required, we sort it.",
            "We sort it.",
        ),
    ],
)
def test_a_promise_that_is_kept_in_other_words_or_never_was_one_is_no_loss(old, new):
    assert "adverse" not in {
        reason.direction for change in compared(old, new).changes for reason in change.reasons
    }


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("You may not use the letters to build a similar service.", "competing_ban_added"),
        ("You must not publish comparisons of the service with others.", "criticism_ban_added"),
        ("You may not use the stamps commercially.", "business_ban_added"),
        ("Resale of stamps is prohibited.", "business_ban_added"),
    ],
)
def test_a_ban_that_takes_what_one_came_for_is_medium_and_another_is_low(new, code):
    found = compared("", new)
    assert (found.severity, found.direction) == ("medium", "adverse")
    assert found.changes[0].reasons[0].code == code
    gone = compared(new, "")
    assert (gone.severity, gone.direction) == ("medium", "favorable")
    assert compared("", "You may not use the stamps twice.").severity == "low"


def test_what_the_company_says_of_competitors_is_no_ban():
    assert compared("", "We compare our prices with those of competitors every year.").severity == "none"


def test_a_long_list_of_bans_is_one_loss():
    text = "You may not compete with us, publish benchmarks of letters or use the stamps commercially."
    assert compared("", text).severity == "medium"


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (
            "All senders can export their letters.",
            "Senders of the Professional plan can export their letters.",
            "adverse",
        ),
        (
            "We do not track the letters you send.",
            "We do not track the letters that customers of the Premium plan send.",
            "adverse",
        ),
        ("Letters are read only by their sender.", "Letters are read by everyone.", "adverse"),
        (
            "We will answer letters at night.",
            "We will answer letters of customers with the Premium plan at night.",
            "adverse",
        ),
    ],
)
def test_what_holds_for_fewer_or_for_more_people_is_medium(old, new, direction):
    for before, after, side in ((old, new, direction), (new, old, "favorable")):
        found = compared(before, after)
        assert (found.severity, found.direction) == ("medium", side)


def test_a_weighty_word_of_a_clause_that_came_is_told_before_what_any_statement_could_be():
    found = compared("", "We may read all letters without telling you.")
    assert [reason.code for reason in found.changes[0].reasons] == ["no_notice_added"]
    assert found.severity == "medium"


def test_a_first_right_to_sell_data_is_high():
    found = compared("", "We may sell your personal data to data brokers.")
    assert (found.severity, found.direction) == ("high", "adverse")


def test_what_is_done_without_limits_is_not_promised_not_to_be_done():
    found = compared("We sell your data to partners.", "We sell your data with no restrictions.")
    assert found.direction != "favorable"


def test_only_beside_a_promise_that_went_says_nothing_of_what_was_promised():
    old = "We will not combine your files with other records. You can contact support by mail."
    found = compared(old, "You can contact support only by mail.")
    assert found.direction == "adverse"
    assert "ban_dropped" in {reason.code for change in found.changes for reason in change.reasons}


def test_what_is_done_only_for_one_thing_and_then_for_all_lost_a_limit_and_is_for_no_more_people():
    some, all_ = "We use your files only for delivery.", "We use your files for all our projects."
    for before, after, code, side in (
        (some, all_, "burden_limit_dropped", "adverse"),
        (all_, some, "burden_limited", "favorable"),
    ):
        found = compared(before, after)
        assert [reason.code for reason in found.changes[0].reasons] == [code]
        assert (found.severity, found.direction) == ("medium", side)


@pytest.mark.parametrize(
    ("kept", "lost", "code"),
    [
        ("The credits that you bought do not expire.", "The credits that you bought expire.", "expiry_added"),
        (
            "Your appeals are reviewed by our staff.",
            "Your appeals are not reviewed by our staff.",
            "human_review_forbidden",
        ),
    ],
)
def test_a_negation_that_came_or_went_before_words_of_weight_is_heard(kept, lost, code):
    found = compared(kept, lost)
    assert found.severity == "medium"
    assert found.direction in {"adverse", "mixed"}
    assert (code, "adverse") in {
        (reason.code, reason.direction) for change in found.changes for reason in change.reasons
    }
    back = compared(lost, kept)
    assert back.severity == "medium"
    assert back.direction in {"favorable", "mixed"}
