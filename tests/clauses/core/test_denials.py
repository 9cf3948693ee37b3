import pytest

from clauses.core.denials import EXCEPT, NOT


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("we do not sell it", True),
        ("we don't sell it", True),
        ("we can't sell it", True),
        ("we no longer sell it", True),
        ("including but not limited to letters", False),
        ("we do not only sell it", False),
        ("a note on cots", False),
    ],
)
def test_words_deny_what_follows_unless_they_only_widen_it(text, denies):
    assert (NOT.search(text) is not None) == denies


@pytest.mark.parametrize(
    "text", ["except to carriers", "unless you ask", "without your consent", "save as stated"]
)
def test_words_except_something(text):
    assert EXCEPT.search(text)
    assert not EXCEPT.search("we accept letters and save them")
