"""Words that count only for whom they are about, and statements that only look like one."""

import pytest

from bench.changes import read_markdown
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.edited import Side
from clauses.core.stances import ALLOWED, stance
from clauses.core.values import Classification, Passage, ReadClause
from tests.clauses.core.test_compare_true_statements import FRAME, codes

UNREAD = Classification((), "none", "low", (), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We have the right to refuse any letter.", "opt_out_added"),
        ("We may read letters with or without your consent.", "consent_added"),
        ("We may open a letter to obey the law, to repair it, or with your consent.", "consent_added"),
        ("A waiver of one default is not a waiver of any later default.", "waiver_added"),
        ("You may end the contract by giving written notice to us.", "notice_added"),
        ("Your browser can be set to refuse stamps or to notify you of them.", "notice_added"),
        ("For all purposes of these terms, you and Northlight act alone.", "license_breadth_added"),
        ("Examples of banned letters include, but are not limited to, threats.", "benefit_added"),
        ("You may only use our seal as we have allowed.", "benefit_added"),
        ("For example, you may be a member of a club; you may download its rules.", "benefit_added"),
        ("We do not warrant that lost letters will be restored.", "benefit_added"),
        ("A single login may not be shared by several people.", "benefit_added"),
        ("You grant us the right to access the letters you report.", "user_right_forbidden"),
        ("For example, you may join a club; you may download its map.", "user_right_added"),
        ("The carrier will seek to obtain a waiver of the prohibition.", "waiver_added"),
        ("A waiver of any right is only effective if given in writing.", "waiver_added"),
        ("You must not do any penetration or similar testing of our services.", "competing_ban_added"),
        ("Stamps help us protect letters.", "benefit_added"),
        ("How long depends on criteria such as user expectations or consent.", "consent_added"),
        ("This audit must be announced with reasonable advance written notice.", "notice_added"),
        ("The commercial customer may not withhold any amounts due.", "business_ban_added"),
        (
            "Where the customer pays or has not opted out of it: making letters fit for models.",
            "opt_out_forbidden",
        ),
        ("Neither party shall disclose any data to third parties.", "third_party_sharing_forbidden"),
        ("We may charge you in advance. We will notify you of the charge.", "notice_added"),
        ("This is without prejudice to the liability of the carrier.", "liability_limitation_added"),
        (
            "Our report of a loss is no admission, nor to be read as an admission of liability.",
            "liability_limitation_added",
        ),
        ("All provisions on warranties and limitation of liability survive.", "liability_limitation_added"),
        (
            "We ask that you use a seal and never share your letters with anyone.",
            "third_party_sharing_forbidden",
        ),
        ("Blocking advertising ID use: your telephone may limit it.", "ad_targeting_allowed"),
    ],
)
def test_words_count_only_for_whom_they_are_about(text, code):
    assert code not in codes("", text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You may end it and any order by giving Northlight fifteen (15) days' notice.", "notice_added"),
        ("Northlight grants you a sub-licensable right to use the seal.", "license_breadth_added"),
        ("Nothing in these terms limits the user's obligation to pay.", "ban_added"),
        ("Northlight does not process payments for stamps.", "ban_added"),
    ],
)
def test_words_that_come_into_a_clause_count_only_for_whom_they_are_about(text, code):
    assert code not in codes("We carry letters.", f"We carry letters. {text}")


def test_what_others_claim_is_no_purpose():
    old, new = (
        "claims that the services",
        "claims alleging that the services (including data we use to train a model)",
    )
    text = "We agree to defend you in court against {} infringe rights."
    assert "training_purpose_added" not in codes(text.format(old), text.format(new))


def test_a_right_to_be_spared_a_machine_s_decision_is_a_right_of_the_user():
    assert (
        codes("", "You have the right not to be subject to automated decisions.")["user_right_added"]
        == "favorable"
    )


def test_the_same_way_out_named_twice_in_a_sentence_is_one():
    old = "You may opt out of our newsletter by the opt-out button."
    assert "opt_out_dropped" not in codes(old, "You may opt out of our newsletter by the green button.")


def test_a_license_that_can_no_longer_be_revoked_is_a_broader_one():
    text = "You grant us a {}, non-exclusive right to use your letters."
    assert codes(text.format("revocable"), text.format("non-revocable")) == {
        "license_breadth_added": "adverse"
    }


def test_a_promise_that_goes_from_beside_a_permission_that_stays_is_told_as_gone():
    kept = "We use your ratings to train our models."
    gone = "We do not use your letters to train our models."
    found = compare(read_markdown(f"{FRAME}{kept} {gone}"), read_markdown(FRAME + kept), subject="Northlight")
    assert found.headline == "Northlight no longer promises not to train models on what users provide"


def test_countries_that_do_not_give_the_same_protection_are_no_promise():
    rubric = shipped_change_rubric()
    text = "We share your data with partners in countries that do not provide the same protection."
    side = Side(text, (), (ReadClause(Passage.alone(text), UNREAD),), rubric.statements)
    assert stance(rubric.types["third_party_sharing"], side, (0, len(text))) == ALLOWED


def test_administrators_answer_for_their_people_as_users_do():
    text = "{} are responsible for all people in their office."
    found = codes(text.format("Account holders"), text.format("Administrators"))
    assert not {"duty_taken_over", "duty_dropped"} & found.keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We cannot be held liable for a loss.", "We are not responsible for a loss."),
        (
            "We will not be liable for a loss.",
            "Neither we nor our shareholders, employees, affiliates, licensors, agents, suppliers or service providers"
            " will be liable for a loss.",
        ),
    ],
)
def test_whoever_is_not_liable_is_not_responsible_in_whatever_words(old, new):
    found = codes(old, new)
    assert not {"exclusion_added", "exclusion_dropped", "promise_added", "audience_added"} & found.keys()


def test_what_users_tell_the_company_to_share_is_shared_with_their_consent():
    text = "We share your data with other applications when you tell us to do so."
    assert codes("", text)["third_party_sharing_restricted"] == "neutral"
