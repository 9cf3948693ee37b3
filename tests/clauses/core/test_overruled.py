"""A way out of what only now begins is no gain, and training says more than improving."""

import pytest

from tests.clauses.core.test_change_phrases import told


def reasons(old, new):
    return {reason.code: reason.direction for change in told(old, new).changes for reason in change.reasons}


BASE = "# Terms\n\nNorthlight carries letters."


@pytest.mark.parametrize(
    "text",
    [
        "We may use your letters to train our models, unless you opt out.",
        "All disputes are resolved by binding arbitration. You may opt out within 30 days.",
    ],
)
@pytest.mark.parametrize("is_added", [True, False])
def test_the_way_out_of_a_burden_that_comes_or_goes_with_it_is_neither_gained_nor_lost(text, is_added):
    whole = f"{BASE}\n\n{text}"
    found = reasons(BASE, whole) if is_added else reasons(whole, BASE)
    assert set(found.values()) == {"adverse" if is_added else "favorable"}
    assert not any(code.startswith("opt_out_") for code in found)


def test_a_way_out_that_is_denied_is_told_beside_one_that_is_given():
    found = reasons(BASE, f"{BASE}\n\nYou cannot opt out of bills, but you can opt out of the newsletter.")
    assert {"opt_out_added": "favorable", "opt_out_forbidden": "adverse"}.items() <= found.items()


def test_where_nothing_is_sold_no_way_out_is_missed():
    found = reasons(
        BASE, f"{BASE}\n\nWe do not sell your data. So we do not offer an opt-out of the sale of data."
    )
    assert found["data_sale_forbidden"] == "favorable"
    assert "opt_out_forbidden" not in found


@pytest.mark.parametrize(
    ("old", "new", "code", "direction"),
    [
        ("improve", "train", "training_purpose_added", "adverse"),
        ("train", "improve", "training_purpose_dropped", "favorable"),
    ],
)
def test_to_train_models_in_place_of_improving_them_is_one_change_in_one_direction(old, new, code, direction):
    text = "# Letters\n\nWhere you rate a letter, we use your rating to {} our models."
    assert reasons(text.format(old), text.format(new)) == {code: direction}


def test_the_way_out_of_a_second_permission_that_comes_with_it_is_no_gain():
    known = f"{BASE}\n\nWe use your letters to train our models."
    found = reasons(known, f"{known}\n\nWe use your drafts to train our models unless you opt out of it.")
    assert found == {"ai_training_extended": "adverse"}


def test_a_way_out_of_what_was_there_before_is_a_gain():
    known = f"{BASE}\n\n## Arbitration\n\nAll disputes are resolved by arbitration."
    found = reasons(known, f"{known}\n\nYou may opt out of arbitration within 30 days by letter.")
    assert "adverse" not in {direction for code, direction in found.items() if "arbitration" not in code}
    assert any(code.startswith("opt_out") for code in found)
