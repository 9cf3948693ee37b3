import pytest

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.norms import norms, norms_of
from clauses.core.values import Passage

RULES = shipped_change_rubric().statements


@pytest.mark.parametrize(
    ("text", "bearer", "worth"),
    [
        ("The app must not be used for mining.", "user", "adverse"),
        ("Northlight may not be resold.", "user", "adverse"),
        ("Credit may not be transferred.", "user", "adverse"),
        ("Credit may be transferred.", "user", "favorable"),
        ("Your data may not be sold.", "other", "favorable"),
        ("The service will not be suspended.", "provider", "favorable"),
        ("Your data may not be used by us for postcards.", "provider", "favorable"),
        ("The costs shall be borne exclusively by the customer.", "user", "adverse"),
        ("The costs shall be borne by us.", "provider", "favorable"),
        ("You are solely responsible for your letters.", "user", "adverse"),
        ("You are not liable for lost letters.", "user", "favorable"),
    ],
)
def test_a_passive_statement_binds_whom_it_names_or_who_uses_the_thing(text, bearer, worth):
    assert [(norm.bearer, norm.worth) for norm in norms(text, RULES)][:1] == [(bearer, worth)]


@pytest.mark.parametrize(
    ("intro", "text", "bearer", "worth"),
    [
        ("Codespaces should not be used for:", "mining;", "user", "adverse"),
        ("We do not read your letters, except for:", "sorting them by size,", "provider", "adverse"),
        ("You may not open letters, unless:", "they are yours;", "user", "favorable"),
        ("The customer agrees that:", "It is responsible for providing ink.", "user", "adverse"),
    ],
)
def test_an_item_is_read_by_the_whole_of_its_introduction(intro, text, bearer, worth):
    found = norms_of(Passage(0, 0, len(text), text, (), intro), RULES)
    assert [(norm.bearer, norm.worth) for norm in found][:1] == [(bearer, worth)]
