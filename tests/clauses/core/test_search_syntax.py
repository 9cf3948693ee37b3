"""The two query languages: what is sent for a search. That they find the same is tested on the databases."""

from __future__ import annotations

from clauses.core.search_syntax import fts5_query, tsquery, tsvector, type_mark
from clauses.core.search_words import Search, parse_search


def test_a_search_in_the_language_of_fts5() -> None:
    asked = parse_search('"opt out" keep OR store* -sell')
    assert fts5_query(asked, [["d1", "d2"]]) == (
        '(marks : ("d1" OR "d2") AND {body heading names} : (("opt out") AND ("keep" OR "store" *)))'
        ' NOT ({body heading names} : ("sell"))'
    )


def test_a_search_as_a_tsquery() -> None:
    asked = parse_search('"opt out" keep OR store* -sell')
    assert tsquery(asked, [["d1"]]) == (
        "('#d1') & (('opt' <-> 'out')) & (('keep') | ('store':*)) & !('sell')"
    )


def test_what_asks_for_nothing_asks_for_everything() -> None:
    assert fts5_query(Search()) == 'marks : "every"'
    assert tsquery(Search()) == "'#every'"


def test_no_phrase_reaches_from_the_heading_into_the_text() -> None:
    assert tsvector(["fees"], ["refunds"], ["we", "charge"], ["d1"]) == (
        "'fees':1A 'refunds':12B 'we':23 'charge':24 '#d1' '#every'"
    )


def test_the_mark_of_a_type_is_one_word() -> None:
    assert type_mark("data_retention") == "tdataretention"
