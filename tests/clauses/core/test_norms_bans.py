"""What the user may not do, however it is introduced, and what of it is no practice and no loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.core import bans as bans_module
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.norms import norms
from tests.clauses.core.test_change_phrases import told

RULES = shipped_change_rubric().statements


@pytest.mark.parametrize(
    ("text", "is_ban"),
    [
        ("Keep to the law; for example, do not open letters.", True),
        ("Keep to the law—for example, do not open letters.", True),
        ("If a seal is broken, do not open the letter.", True),
        ("Seals, which we make ourselves, do not break.", False),
        ("We carry letters, never parcels.", False),
        ("We may burn mail in places where horses are not allowed.", False),
        ("You agree that racing is prohibited.", True),
        ("You acknowledge that we do not allow racing.", True),
        ("Specifically, do not race.", True),
        ("Keep to the law – for example, do not race.", True),
        ("We specifically do not sell letters.", False),
        ("We, for example, do not share letters.", False),
        ("Our carriers, in particular, do not keep letters.", False),
        ("When you send a letter, do not worry about the seal.", False),
        ("When you leave, never again will we write to you.", False),
    ],
)
def test_an_aside_or_a_condition_may_stand_before_a_ban(text, is_ban):
    bans = [norm for norm in norms(text, RULES) if norm.bearer == "user" and norm.force == "not"]
    assert bool(bans) == is_ban


@pytest.mark.parametrize(
    ("new", "slug"),
    [
        (
            "Keep to the law—for example, do not:\n\n* build a database for facial recognition",
            "acceptable_use",
        ),
        ("You may not use the post for facial recognition of other people.", "acceptable_use"),
        ("We may use facial recognition when you post a letter.", "sensitive_data_location"),
        ("You may not opt out of the sale of your personal data.", "data_sale"),
        ("You may not object to our training of models on your content.", "ai_training"),
    ],
)
def test_a_ban_on_a_practice_is_about_acceptable_use(new, slug):
    assert told("", new).changes[-1].told_type == slug


def codes(old, new):
    return {reason.code for change in told(old, new).changes for reason in change.reasons}


def test_what_must_not_be_done_without_review_takes_no_review_from_the_user():
    ban = "You may not use the post to automate decisions on credit without human review."
    assert "human_review_forbidden" not in codes("", ban)
    assert "human_review_forbidden" in codes("", "We take decisions on your appeal without human review.")


def test_a_ban_that_became_a_list_is_no_new_duty():
    old = "Do not break the law, burn mail or sell stolen stamps."
    new = "Do not:\n\n* break the law\n\n* burn mail\n\n* sell stolen stamps"
    assert not codes(old, new) & {"duty_added", "duty_dropped"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We may share your seal with riders.", "You may not share your seal with riders."),
        ("We keep letters and the seal in secret.", "You shall keep the seal and letters in secret."),
        ("You may burn letters and mail of others.", "You may not keep mail, or burn letters of others."),
    ],
)
def test_what_another_did_or_the_user_might_do_is_a_new_duty(old, new):
    assert "duty_added" in codes(old, f"{old} {new}")


def test_grounds_of_the_provider_are_read_below_an_introduction_that_points_back():
    old = "Mail may be removed from the shelf. This includes:\n\n* wet letters"
    change = told(old, f"{old}\n\n* portraits made without their consent").changes[0]
    assert (change.severity, change.direction) == ("low", "adverse")


@pytest.mark.parametrize(
    ("new", "is_need"),
    [
        ("We may remove photos that were taken without your consent.", False),
        ("We may not remove your photos without your consent.", True),
        ("We may remove your photos only with your consent.", True),
        ("We may remove your photos, unless you ask us not to.", False),
        ("We will not remove your photos unless you ask us to.", True),
        ("We ask you to refrain from racing.", False),
        ("We ask you to agree before we remove your photos.", True),
    ],
)
def test_a_power_without_consent_is_no_need_for_it(new, is_need):
    assert ("consent_added" in codes("", new)) == is_need


@settings(max_examples=200)
@given(st.from_regex(bans_module._FORBIDDEN))
def test_whatever_forbids_is_looked_for(text):
    assert bans_module._may_ban(text)
