import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.norms import norms

RULES = shipped_change_rubric().statements


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("We hereby assign to you all our right, title, and interest in what you make.", "favorable"),
        ("Northlight assigns all rights in its output to the Customer.", "favorable"),
        ("We do not assign any of our rights to you.", "adverse"),
        ("We may assign these terms to anybody.", "adverse"),
        ("We may assign these terms. Letters go to you.", "adverse"),
        ("Any rights in letters assigned to you do not include stamps.", "adverse"),
        ("You assign to us all rights in your letters.", "adverse"),
    ],
)
def test_what_is_assigned_to_the_user_serves_the_user_and_all_else_does_not(text, worth):
    assert [norm.worth for norm in norms(text, RULES)][:1] == [worth]
