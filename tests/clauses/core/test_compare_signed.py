"""What a lawyer would sign: who gives, who chooses, who is named otherwise, and what a way out is worth."""

import pytest

from bench.changes import read_markdown
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.edited import Side
from clauses.core.stances import ABSENT, stance
from clauses.core.told_type import of_whom
from clauses.core.values import Passage, ReadClause
from tests.clauses.core.test_compare_for_whom import UNREAD
from tests.clauses.core.test_compare_true_statements import FRAME, codes


def rated(old, new):
    """Severity and direction of the change from one text to another."""
    found = compare(read_markdown(FRAME + old), read_markdown(FRAME + new), subject="Northlight")
    return found.severity, found.direction


@pytest.mark.parametrize("whom", ["you", "the customer"])
@pytest.mark.parametrize("is_added", [True, False])
def test_the_license_to_use_a_service_costs_the_user_nothing(whom, is_added):
    text = f"## License\n\nNorthlight grants {whom} a worldwide, revocable, non-exclusive right to use the service."
    found = codes("", text) if is_added else codes(text, "")
    assert not {code for code in found if code.startswith(("content_license", "costly_clause"))}


def test_what_users_may_come_to_get_is_no_right():
    assert "benefit_added" not in codes("", "As a guest you may get access to secret letters.")


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("We may close an account at our sole discretion.", True),
        ("Letters are sorted by the customer in its sole discretion.", False),
        ("Letters are sorted at the customer's sole discretion.", False),
        ("Termination of this agreement, for any reason whatsoever, gives no refund.", False),
        ("Nothing in these terms makes either party the agent of the other for any purpose.", False),
    ],
)
def test_discretion_is_the_company_s_where_the_company_has_it(text, is_own):
    assert ("discretion_added" in codes("We carry letters.", f"We carry letters. {text}")) == is_own


@pytest.mark.parametrize(
    ("text", "is_without"),
    [
        ("We may close an account without further notice.", True),
        (
            "If a breach is not cured within 30 days of our notice, the contract ends without further notice.",
            False,
        ),
        (
            "You have 30 days to seal the letter. Failing that, we may close an account without further notice.",
            False,
        ),
        ("If you fail to cure the breach, we may close an account without notice.", False),
        ("You may seal it. Within that period we may not open it; then we may without notice.", True),
        ("If your address is not correct, we may close an account without notice.", True),
    ],
)
def test_what_follows_a_notice_is_not_done_without_one(text, is_without):
    assert ("no_notice_added" in codes("We carry letters.", f"We carry letters. {text}")) == is_without


@pytest.mark.parametrize(
    "text",
    [
        "We share your letters with third parties at your direction.",
        "We share your letters with third parties if you instruct us.",
        "We share your letters with third parties when you ask us to. For example, we share your name with a rider.",
    ],
)
def test_to_share_as_the_user_asks_is_no_right_to_share(text):
    assert codes("", text).get("third_party_sharing_restricted") == "neutral"
    assert "third_party_sharing_allowed" not in codes("", text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We share your letters with third parties to serve you, or at your direction.", "allowed"),
        ("We share letters with third parties. For example, we share your name with a rider.", "allowed"),
        (
            "We do not share letters with third parties except under your directive and for transport.",
            "excepted",
        ),
    ],
)
def test_direction_of_the_user_is_one_reason_to_share_among_others(text, code):
    assert f"third_party_sharing_{code}" in codes("", text)


def test_a_duty_of_every_user_that_comes_with_a_service_is_of_low_severity():
    text = "You must create an account. You must fill in the form. You must update your name."
    assert rated("", text) == ("low", "adverse")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "We will assist you to answer requests under the applicable law.",
            "We will assist you to answer requests.",
        ),
        (
            "We keep letters as described in section 4.2 of the policy.",
            "We keep letters.",
        ),
    ],
)
def test_a_reference_to_what_is_written_elsewhere_reaches_no_further(old, new):
    assert rated(old, new) == ("none", "neutral")
    assert rated(new, old) == ("none", "neutral")


def test_the_list_of_those_who_are_not_liable_is_no_other_name_for_the_company():
    old = "In no event will our liability exceed the fees you paid."
    new = old.replace(
        "our", "the liability of Northlight, its shareholders, employees, agents and suppliers or our"
    )
    assert rated(old, new) != ("none", "neutral")


def test_a_promise_in_case_of_opting_out_is_one_for_those_who_do():
    text = "You can opt out of training. In this case we do not use your letters to train our models{}."
    found = compare(
        read_markdown(FRAME),
        read_markdown(FRAME + text.format(", unless the law demands it")),
        subject="Northlight",
    )
    assert "once users opt out" in found.headline or "on conditions" in found.headline
    assert "with exceptions" not in found.headline


@pytest.mark.parametrize("is_added", [True, False])
def test_the_condition_that_nobody_opted_out_of_a_use_offers_no_way_out_by_itself(is_added):
    text = "We train our models on letters:\n\n- You use the post and you do not opt out of training."
    found = codes("", text) if is_added else codes(text, "")
    assert not any(code.startswith("opt_out") for code in found)


def test_the_letter_of_a_condition_does_not_hide_that_it_is_one():
    old = "## Models\n\nWe may train models on letters only when (a) you use the post and (b) you do not opt out of it."
    new = "## Models\n\nWe may train models on letters only when you use the post and you do not opt out, if able."
    assert "opt_out_added" not in codes(old, new)


def test_a_way_out_by_another_route_is_the_same_way_out():
    old = "You have the right to object to this (opt-out) by letter. We carry letters."
    assert "opt_out_dropped" not in codes(old, "You can opt out of this by telephone. We carry letters.")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", "The customer may end the contract with a notice period of fifteen (15) days.", ""),
        (
            "You may not end the contract before its term.",
            "You may end the contract on 30 days' notice.",
            "",
        ),
        (
            "You may end the contract with a notice period of 30 days.",
            "You may end the contract with a notice period of 90 days.",
            "notice_owed_raised",
        ),
    ],
)
def test_a_notice_that_the_user_gives_is_no_promise_of_notice(old, new, code):
    found = codes(old, new)
    assert {name for name in found if name.startswith("notice_")} == ({code} if code else set())
    assert not code or found[code] == "adverse"


def test_arbitration_that_people_may_invoke_binds_nobody_to_it():
    text = "You have the possibility, under some conditions, to invoke arbitration for complaints."
    assert "arbitration_added" not in codes("", text)
    assert "arbitration_added" in codes("", "All complaints are resolved by arbitration.")


def test_where_data_are_stored_tells_of_nobody_who_gets_them():
    rubric, text = shipped_change_rubric(), "The personal data is stored in Ireland."
    side = Side(text, (), (ReadClause(Passage.alone(text), UNREAD),), rubric.statements)
    assert stance(rubric.types["third_party_sharing"], side, (0, len(text))) == ABSENT


@pytest.mark.parametrize("slug", ["choice_of_law", "jurisdiction_venue", "content_license"])
def test_bans_alone_are_told_as_rules_of_use_whatever_the_heading(slug):
    rules = shipped_change_rubric().statements
    for text, told in (("You must not copy the service.", "acceptable_use"), ("We copy your letters.", slug)):
        assert of_whom(slug, [ReadClause(Passage.alone(text), UNREAD)], rules) == told


@pytest.mark.parametrize("is_added", [True, False])
def test_of_equals_the_gain_that_names_its_subject_is_told(is_added):
    text = "If a letter is lost, Northlight shall notify the customer of the loss without undue delay."
    found = codes("", text) if is_added else codes(text, "")
    assert found == ({"notice_added": "favorable"} if is_added else {"notice_dropped": "adverse"})


def test_a_promise_to_those_who_opt_out_that_joins_a_use_is_told_for_them():
    text = "We use your letters to train our models. You can opt out."
    found = compare(
        read_markdown(FRAME + text),
        read_markdown(f"{FRAME}{text} Once you opt out, we do not use your letters to train our models."),
        subject="Northlight",
    )
    assert (
        found.headline == "Northlight promises not to train models on what users provide once users opt out"
    )
    assert (found.severity, found.direction) == ("medium", "favorable")
