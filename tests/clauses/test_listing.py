"""The lists say what the clauses say: after an analysis, a split, a merge, a decision, a reading anew, a removal."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses import rewriting
from clauses.analysis import analyze_pending
from clauses.core.search_words import indexed_words, parse_search
from clauses.curation import decide
from clauses.listing import forget_all, list_all, list_anew, list_document, list_unlisted
from clauses.models import Analysis, Clause, ListedClause, ListedFigure, TypeCount
from clauses.models.choices import SeverityLevel
from clauses.queries.search import Narrowed, hits
from clauses.rereading import reread_if_stale
from clauses.samples import remove_samples
from clauses.word_index import Words, add_words
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)
from tests.clauses.listed_truth import listed, truth

pytestmark = pytest.mark.django_db

WHOLE = "<p>We sell your data to partners. All disputes go to arbitration. We keep chats for 30 days.</p>"
SPLIT = "<p>We sell your data to all our partners.</p><p>All disputes go to arbitration. We keep chats for 30 days.</p>"


def test_lists_are_true_after_each_change_of_a_text() -> None:
    source = make_source()
    for at, text in enumerate([KEPT_30_DAYS, KEPT_5_YEARS, WHOLE, SPLIT, WHOLE, KEPT_30_DAYS]):
        publish(source, text, day(9 * at))
        assert listed() == truth()
        assert listed()["clauses"]


def test_lists_are_true_after_a_decision() -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    clause = Clause.objects.get(labels__type="data_retention")
    decide(
        clause, ["arbitration", "fees_refunds"], SeverityLevel.HIGH, "it says so", make_user(role="curator")
    )
    assert ListedClause.objects.get(clause=clause).severity == SeverityLevel.HIGH
    assert listed() == truth()


def test_lists_are_true_after_a_text_was_read_anew() -> None:
    document = make_change_set(old=WHOLE, new=SPLIT).document
    Analysis.objects.update(segmenter_version=0)
    assert reread_if_stale(document)
    assert listed() == truth()


def test_a_reading_anew_that_fails_leaves_the_lists_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_change_set().document
    before = listed()
    Analysis.objects.update(segmenter_version=0)

    def killed(_: int) -> int:
        raise RuntimeError("killed")

    monkeypatch.setattr(rewriting, "list_document", killed)
    with pytest.raises(RuntimeError):
        reread_if_stale(document)
    assert listed() == before


def test_an_analysis_lists_nothing_before_it_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    before = listed()

    def killed(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("clauses.analysis.recorded", killed)
    with pytest.raises(RuntimeError):
        publish(source, KEPT_5_YEARS, day(9))
    assert listed() == before
    monkeypatch.undo()
    analyze_pending()
    assert listed() == truth() != before


def test_removed_samples_are_in_no_list() -> None:
    publish(make_source(make_document(make_platform(is_sample=True))), KEPT_30_DAYS, day(0))
    publish(make_source(), KEPT_5_YEARS, day(0))
    remove_samples()
    assert listed() == truth()


def test_what_is_listed_as_it_is_to_be_is_not_written_again() -> None:
    document = make_change_set().document
    assert list_document(document.pk) == 0


def test_lists_are_made_again_from_nothing() -> None:
    make_change_set()
    make_change_set()
    before = listed()
    add_words([Words(1, ["of"], ["no"], ["clause"], [])])
    TypeCount.objects.update(clauses=99)
    assert sum(list_anew()) == len(before["clauses"])
    assert listed() == before


def test_documents_of_which_nothing_is_listed_are_listed_though_others_are() -> None:
    for _ in range(3):
        make_change_set()
    before = listed()
    forget_all()
    # As if the process were killed after the first document.
    assert next(list_unlisted()) > 0
    assert listed() != before
    assert sum(list_unlisted()) < len(before["clauses"])
    assert listed() == before
    assert list(list_unlisted()) == []


def test_documents_whose_figures_are_listed_as_before_are_listed_anew() -> None:
    make_change_set()
    make_change_set()
    before = listed()
    ListedFigure.objects.filter(type="").delete()
    ListedClause.objects.update(made_of="earlier")
    assert sum(list_unlisted()) == len(before["clauses"])
    assert listed() == before
    assert list(list_unlisted()) == []


def test_a_clause_is_listed_anew_where_its_words_date_from_earlier() -> None:
    document = make_change_set().document
    document.versions.filter(ordinal=1).update(first_seen_at=day(-9))
    assert list_document(document.pk) == 1
    assert listed() == truth()


def test_a_clause_with_a_word_and_a_text_beyond_measure_is_listed_and_found() -> None:
    endless = "x" * 2_100
    many = " ".join(f"{n:05}" + "𐐨" * 180 for n in range(1_500))
    publish(make_source(), f"<p>We keep your chats for 30 days {endless}.</p><p>We sell {many}.</p>", day(0))
    assert Analysis.objects.count() == 1
    for words, count in (
        (endless, 1),
        (f"xx{endless}", 1),
        (f"{endless[:60]}*", 1),
        ("sell", 1),
        ("y" * 300, 0),
    ):
        assert len(hits(parse_search(words), Narrowed(), 10)) == count, words[:9]


def test_the_longest_heading_and_text_fit_into_the_index() -> None:
    longest = indexed_words(" ".join(f"{n:05}" + "𐐨" * 195 for n in range(2_000)))
    shortest = indexed_words(" ".join(chr(0x20000 + n) for n in range(40_000)))
    for position, words in enumerate((longest, shortest)):
        add_words([Words(position, words, [], words, ["d1"])])
    assert longest
    assert shortest


def test_what_was_changed_by_hand_is_put_right() -> None:
    make_change_set()
    ListedClause.objects.update(made_of="")
    assert sum(list_all()) == len(truth()["clauses"])
    assert listed() == truth()


def test_a_longer_text_takes_no_more_queries_to_list() -> None:
    def queries_for(count: int) -> int:
        text = "".join(f"<p>We keep record {n} for {n + 2} days.</p>" for n in range(count))
        source = make_source()
        capture(source, text, day(0))
        analyze_pending()
        document = source.document_id
        ListedClause.objects.filter(document=document).update(made_of="")
        with CaptureQueriesContext(connection) as captured:
            assert list_document(document) == count
        return len(captured)

    # SQLite takes so many values a statement: a longer list is a few statements more, not one a clause.
    assert queries_for(64) <= queries_for(4) + 6
