"""What a verb comes to: to claim ownership is to own, and to claim no rights is more than not to own."""

import pytest

from clauses.core.change_rubric import stem
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.norms import norms
from tests.clauses.core.test_change_phrases import told


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("We do not claim ownership of your letters.", "own"),
        ("We do not claim any title to your letters.", "own"),
        ("We do not claim any rights in your letters.", "claim"),
        ("We will not claim damages from you.", "assert"),
    ],
)
def test_what_is_claimed_tells_what_is_done(text, verb):
    (norm,) = norms(text, shipped_change_rubric().statements)
    assert (norm.force, norm.verb) == ("not", stem(verb))


@pytest.mark.parametrize(
    ("old", "new", "severity", "direction"),
    [
        ("We do not claim ownership of your drafts.", "We do not own your drafts.", "none", "neutral"),
        ("We do not claim any rights in your drafts.", "We do not own your drafts.", "medium", "adverse"),
        ("We do not own your drafts.", "We do not claim any rights in your drafts.", "medium", "favorable"),
    ],
)
def test_to_claim_no_rights_is_a_larger_promise_than_not_to_own(old, new, severity, direction):
    (change,) = told(f"# Drafts\n\n{old}", f"# Drafts\n\n{new}").changes
    assert (change.severity, change.direction) == (severity, direction)


def test_that_a_thing_is_not_owned_promises_nothing_about_its_use():
    found = told(
        "# Ideas\n\nWe carry letters.", "# Ideas\n\nWe carry letters.\n\nWe do not own your feedback."
    )
    codes = {reason.code for change in found.changes for reason in change.reasons}
    assert not any(code.startswith("feedback_rights") for code in codes)
