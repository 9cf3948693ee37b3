"""Who acts, on what, and how far a denial reaches: what a change is said to be must be what the text says."""

import pytest

from bench.changes import read_markdown
from clauses.core.compare import compare

FRAME = "# Terms of the post\n\n## Letters\n\nNorthlight carries letters by horse.\n\n"


def codes(old, new):
    """The codes of all reasons of the change from one text to another, with their directions."""
    found = compare(read_markdown(FRAME + old), read_markdown(FRAME + new), subject="Northlight")
    return {reason.code: reason.direction for change in found.changes for reason in change.reasons}


@pytest.mark.parametrize(
    "text",
    [
        "Models do not keep letters like a drawer. They learn patterns of speech from training data.",
        "We do not set out to collect personal data to train our models.",
        "We do not use your letters to sell stamps—we use them to train our models.",
        "Free plans are not required to give us training data for our models.",
    ],
)
def test_only_a_denial_of_training_by_the_company_is_a_promise_not_to_train(text):
    found = codes("", text)
    assert not {"ai_training_forbidden", "ai_training_excepted"} & found.keys()


@pytest.mark.parametrize(
    "text",
    [
        "We do not use your letters to train our models.",
        "Northlight will never train its models on your content.",
        "Your letters will not be read, copied or be used to train our models.",
        "Once you opt out, new letters will not be used to train our models.",
    ],
)
def test_a_denial_of_training_is_a_promise_whatever_its_form(text):
    assert codes("", text)["ai_training_forbidden"] == "favorable"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("We agree to defend and indemnify you against claims of third parties.", "favorable"),
        ("Northlight will, at its own expense, indemnify you against claims of others.", "favorable"),
        ("You will indemnify us against all claims.", "adverse"),
        ("The Carrier shall indemnify Northlight against all claims.", "adverse"),
        ("If you do not seal your letters, you will indemnify us against all claims.", "adverse"),
        ("We will not indemnify you except for claims about our horses.", "adverse"),
        ("Each party will indemnify the other against claims of third parties.", "neutral"),
    ],
)
def test_an_indemnity_is_rated_by_whom_it_binds(text, direction):
    assert codes("", text)["indemnification_added"] == direction


@pytest.mark.parametrize(
    "text",
    [
        "Northlight has no obligation to indemnify you.",
        "Unless we say otherwise, we will not indemnify you if two letters are alike.",
    ],
)
def test_where_nobody_has_to_indemnify_there_is_no_indemnity(text):
    assert "indemnification_added" not in codes("", text)
    assert "indemnification_dropped" not in codes(text, "")


def test_an_item_below_a_denial_of_indemnity_tells_whose_loss_is_meant():
    text = "Northlight has no obligation to indemnify the customer for claims that come of:\n\n- Stamps of others"
    assert "indemnification" in {code.rpartition("_")[0] for code in codes("", text)}


def test_a_list_of_what_survives_the_contract_binds_nobody_to_indemnify():
    assert "indemnification_added" not in codes("", "What should survive will survive, including indemnity.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "We will indemnify you against claims of others.",
            "Northlight no longer promises to indemnify the user",
        ),
        (
            "We are liable for damage that we cause by gross negligence.",
            "Northlight no longer promises to answer for losses of the user",
        ),
    ],
)
def test_a_promise_to_answer_for_loss_that_goes_weighs_as_a_lost_protection(text, told):
    others = "\n\nYou will indemnify us against all claims.\n\nWe are not liable for lost profits."
    found = compare(read_markdown(FRAME + text + others), read_markdown(FRAME + others), subject="Northlight")
    (change,) = found.changes
    assert (change.severity, change.direction, change.summary) == ("medium", "adverse", told)


@pytest.mark.parametrize(
    "text",
    [
        "You may not sell, resell or rent the service or its data.",
        "Customer will not, and will not permit others to: (a) copy the service; (b) sell or transfer keys or data.",
    ],
)
def test_a_limit_on_the_customer_is_no_promise_about_the_sale_of_data(text):
    assert not any(code.startswith("data_sale") for code in codes("", text))


def test_a_denied_sale_is_a_gain_and_no_cost():
    found = codes("", "We do not “sell” your personal data.")
    assert found["data_sale_forbidden"] == "favorable"
    assert "adverse" not in found.values()


@pytest.mark.parametrize(
    "what", ["an amount for the days used", "the deposit", "a handling fee of ten dollars"]
)
def test_money_that_is_kept_is_no_data_that_is_kept(what):
    clauses = read_markdown(f"{FRAME}If you cancel, we may retain {what} until the end of the month.")
    assert all("data_retention" not in clause.classification.slugs for clause in clauses)


@pytest.mark.parametrize(
    "text",
    [
        "This is an agreement between you and Northlight, and not our affiliates or partners.",
        "We may open a letter to protect the rights of our users or third parties.",
        "Certain tools allow you to share letters with third parties.",
        "We may provide letters to the carrier, excluding our affiliates.",
        "Third parties may offer stamps on our site.",
    ],
)
def test_who_is_given_no_data_is_not_named_as_a_recipient(text):
    assert not any(code.startswith("audience") for code in codes("", text) if text)
    assert not any(
        code.startswith("audience") for code in codes("We carry letters.", f"We carry letters. {text}")
    )


def test_who_is_given_data_is_named_as_a_recipient():
    old, new = (
        "We may share your data with carriers.",
        "We may share your data with carriers and advertisers.",
    )
    assert codes(old, new)["audience_added"] == "adverse"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("No", "third_party_sharing_forbidden"),
        ("Not shared", "third_party_sharing_forbidden"),
        ("We don't", "third_party_sharing_forbidden"),
        ("Yes, with carriers", "third_party_sharing_allowed"),
    ],
)
def test_a_cell_that_says_no_denies_what_its_column_asks(cell, code):
    table = "| Data | Shared with third parties |\n|---|---|\n| Stamp collection | {} |"
    found = codes("", table.format(cell))
    assert code in found or not any(name.startswith("third_party_sharing_allowed") for name in found)
    assert ("third_party_sharing_allowed" in found) <= cell.startswith("Yes")


def test_a_line_of_the_contents_is_no_clause_that_came():
    body = "\n\n## Your choices about our use of your personal data\n\nYou may object by letter."
    contents = "Your choices about our use of your personal data"
    assert not any(code.startswith("user_data_rights") for code in codes(body, contents + body))


def test_a_heading_without_a_mark_up_is_no_ban_that_came():
    assert not {code for code in codes("", "Do Not Trade Stolen Stamps or Letters") if code != "no_rule"}


@pytest.mark.parametrize(
    ("heading", "law", "told"),
    [
        ("# Terms of use", "English", ""),
        ("# Europe terms of use", "English", "The text now is titled “Europe terms of use”."),
        (
            "# Terms of use",
            "Irish",
            "The text now names Irish law as governing law instead of English law and names Dublin as place of court"
            " instead of London.",
        ),
    ],
)
def test_another_edition_is_told_by_what_the_texts_name(heading, law, told):
    def text(title, law, court):
        return (
            f"{title}\n\n## Law\n\nThese terms are governed by {law} law.\n\n"
            f"The courts of {court} have exclusive jurisdiction.\n\nNorthlight carries letters."
        )

    court = "Dublin" if law == "Irish" else "London"
    old, new = text("# Terms of use", "English", "London"), text(heading, law, court)
    found = compare(read_markdown(old), read_markdown(new), subject="Northlight")
    assert (found.summary[0] if "The text now" in found.summary[0] else "") == told


def test_another_contracting_company_is_named_with_the_one_before():
    old = "These terms are a contract between you and Northlight Limited, who carries letters."
    found = compare(
        read_markdown(FRAME + old),
        read_markdown(FRAME + old.replace("Northlight Limited", "Northlight Ireland DAC Limited")),
        subject="Northlight",
    )
    assert found.summary[0] == (
        "The text now names Northlight Ireland DAC Limited as the contracting company instead of Northlight Limited."
    )
