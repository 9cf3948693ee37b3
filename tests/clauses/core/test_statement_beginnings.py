"""Where a statement can begin."""

from clauses.core import statement_beginnings
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.statement_beginnings import beginnings

RULES = shipped_change_rubric().statements


def test_words_that_come_after_many_others_are_kept_in_their_place(monkeypatch):
    monkeypatch.setattr(statement_beginnings, "_MOST_KEPT", 3)
    opens = statement_beginnings._Opening(RULES)
    found = [opens[word] for word in ("one", "will", "three", "may", "four")]
    assert [*opens] == ["may", "four"]
    assert found[1] == found[3] == statement_beginnings._ALWAYS


def test_a_statement_begins_at_a_party_or_before_a_word_that_opens_one():
    text = "we sell the boat that may sail"
    assert [text[at:].split(maxsplit=1)[0] for at in beginnings(text, text, RULES)] == ["we", "that"]
