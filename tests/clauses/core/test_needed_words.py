"""Which of many searches are worth making in a text."""

import re

from clauses.core import needed_words
from clauses.core.needed_words import Search, Searches


def test_words_that_come_after_many_others_are_kept_in_their_place(monkeypatch):
    monkeypatch.setattr(needed_words, "_MOST_KEPT", 3)
    search = Search(("sell",), re.compile("sell"))
    searches = Searches([search])
    for word in ("one", "two", "three", "seller", "four"):
        assert searches.worth_making(word) == ({search} if word == "seller" else set())
    assert [*searches._named_by] == ["seller", "four"]
