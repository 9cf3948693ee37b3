"""What a reader types, the words it is compared by, and the marks in a result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.search_words import Search, Term, folded_words, indexed_words, marked, parse_search


def _t(words: str, *, is_prefix: bool = False) -> Term:
    return Term(tuple(words.split()), is_prefix)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Search()),
        ('""', Search()),
        ("* - OR", Search()),
        ("Opt OUT", Search(((_t("opt"),), (_t("out"),)))),
        ('"opt out" now', Search(((_t("opt out"),), (_t("now"),)))),
        ("“opt out”", Search(((_t("opt out"),),))),
        ('"opt out', Search(((_t("opt"),), (_t("out"),)))),
        ("keep -sell", Search(((_t("keep"),),), (_t("sell"),))),
        ('-"third parties"', Search((), (_t("third parties"),))),
        ("keep OR store us", Search(((_t("keep"), _t("store")), (_t("us"),)))),
        ("OR keep OR", Search(((_t("keep"),),))),
        ("keep or store", Search(((_t("keep"),), (_t("or"),), (_t("store"),)))),
        ("notif*", Search(((_t("notif", is_prefix=True),),))),
        ('"class act"*', Search(((_t("class act", is_prefix=True),),))),
        ("n*", Search(((_t("n"),),))),
        ("opt-out", Search(((_t("opt out"),),))),
        ("don't", Search(((_t("don t"),),))),
        ("RÉSUMÉ straße", Search(((_t("resume"),), (_t("strasse"),)))),
        ("个人信息", Search(((_t("个 人 信 息"),),))),
        ("NEAR(a b) {x}: ^y", Search(((_t("near a"),), (_t("b"),), (_t("x"),), (_t("y"),)))),
    ],
)
def test_what_is_typed_is_read_like_this(typed: str, asked: Search) -> None:
    assert parse_search(typed) == asked


def test_a_very_long_search_is_cut() -> None:
    assert len(parse_search(" ".join(f"word{n}" for n in range(500))).groups) == 20


@given(st.text(max_size=80))
def test_any_text_is_a_search_of_plain_words(typed: str) -> None:
    asked = parse_search(typed)
    for term in (*asked.terms, *asked.excluded):
        assert term.words
        assert all(word.isalnum() for word in term.words)


@given(st.text(max_size=200), st.text(max_size=20), st.integers(min_value=10, max_value=300))
def test_runs_are_the_words_of_the_text_in_order(text: str, typed: str, longest: int) -> None:
    runs = marked(text, parse_search(typed).terms, longest)
    shown = "".join(words for _, words in runs)
    assert shown in text
    assert len(shown) <= max(longest + 1, len(typed) + longest)
    if not any(op == "…" for op, _ in runs):
        assert shown == text


@given(st.lists(st.sampled_from(["keep", "Sell", "your", "chats", "café"]), min_size=1, max_size=30))
def test_every_place_where_a_word_stands_is_marked(words: list[str]) -> None:
    text = " ".join(words)
    runs = marked(text, parse_search("SELL cafe").terms, 10_000)
    assert [run[1] for run in runs if run[0] == "!"] == [w for w in words if w in {"Sell", "café"}]


def test_a_word_at_the_end_is_marked_where_a_longer_phrase_is_asked_for_too() -> None:
    runs = marked("You may train", parse_search('"third parties" OR train').terms)
    assert runs == [("=", "You may "), ("!", "train")]


def test_a_phrase_is_marked_where_its_words_stand_in_a_row() -> None:
    runs = marked("Out. You opt out; opt-out is free.", parse_search('"opt out"').terms)
    assert [words for op, words in runs if op == "!"] == ["opt out", "opt-out"]


def test_a_long_text_is_cut_to_a_stretch_around_what_was_found() -> None:
    text = "Before it. " * 60 + "We sell chats. " + "After it. " * 60
    runs = marked(text, parse_search("sell").terms, 120)
    assert runs[0] == runs[-1] == ("…", "")
    assert ("!", "sell") in runs
    assert sum(len(words) for _, words in runs) <= 121


def test_without_a_search_the_beginning_is_shown() -> None:
    assert marked("Plain words.", []) == [("=", "Plain words.")]


def test_numbers_are_words() -> None:
    assert folded_words("For 30 days (§ 4.2b)") == ["for", "30", "days", "4", "2b"]


def test_a_word_beyond_measure_counts_by_its_beginning_wherever_it_stands() -> None:
    (word,) = folded_words("É" * 2_100)
    assert word == "e" * 200
    assert parse_search("É" * 2_100) == Search(((_t(word),),))
    assert marked("É" * 210, parse_search("e" * 300).terms) == [("!", "É" * 210)]


def test_a_text_beyond_measure_is_indexed_from_its_beginning() -> None:
    assert indexed_words("We keep it.") == ["we", "keep", "it"]
    assert len(indexed_words("a b " * 20_000)) == 16_000
    long = indexed_words(f"{'a' * 200} " * 16_000)
    assert sum(map(len, long)) == 100_000
