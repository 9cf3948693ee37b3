"""The index of words, on whichever database the tests run: the same searches find the same clauses."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from clauses.core.search_words import Term, folded_words, parse_search
from clauses.models import Clause, ListedClause
from clauses.models.choices import SeverityLevel
from clauses.queries.search import Narrowed, hits
from tests.builders import day, make_document, make_source, publish

_WORDS = ["keep", "kept", "your", "chats", "30", "days", "sell", "café", "never", "opt", "out"]


def _found(typed: str, among: Narrowed | None = None, most: int = 100) -> list[str]:
    places = [hit.position for hit in hits(parse_search(typed), among or Narrowed(), most)]
    rows = ListedClause.objects.select_related("clause__current__wording").in_bulk(places)
    return [rows[place].clause.current.wording.text for place in places]


TEXT = (
    "<h2>Résumé of fees</h2>"
    "<p>We charge 5 euros in 7 years.</p>"
    "<p>Nothing is owed for 5 years.</p>"
    "<h2>Opting</h2>"
    "<p>You can opt out. Write to us.</p>"
    "<p>Out of reach, you opt in with notices.</p>"
    "<p>个人信息的保护</p>"
)
CHARGE, OWED, OUT, REACH, CHINESE = (
    "We charge 5 euros in 7 years.",
    "Nothing is owed for 5 years.",
    "You can opt out. Write to us.",
    "Out of reach, you opt in with notices.",
    "个人信息的保护",
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("charge", {CHARGE}),
        ("resume", {CHARGE, OWED}),
        ("RÉSUMÉ owed", {OWED}),
        ("opt out", {OUT, REACH}),
        ('"opt out"', {OUT}),
        ('"out of"', {REACH}),
        ('"of fees we"', set()),
        ('"fees charge"', set()),
        ("opt -out", set()),
        ("opt -write", {REACH}),
        ("-opt -years", {CHINESE}),
        ("notice", set()),
        ("notic*", {REACH}),
        ('"opt in wi"*', {REACH}),
        ('"opt i"*', set()),
        ("charge OR owed", {CHARGE, OWED}),
        ("euros OR reach opt", {REACH}),
        ("个人", {CHINESE}),
        ("人个", set()),
        ("years euros", {CHARGE}),
        ("NEAR AND charge", set()),
        ("d1", set()),
        ("every", set()),
        ("'charge' & ! | <-> :* ( ) \\ \" ^ { } ; --", {CHARGE}),
    ],
)
def test_a_search_finds(typed: str, texts: set[str]) -> None:
    publish(make_source(), TEXT, day(0))
    assert set(_found(typed)) == texts


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["\x00", "%s %(a)s", "{0}", "'; DROP TABLE", "*" * 300, '"' * 7, "a:b", "\ud7ff\uffff"]
)
def test_no_search_is_an_error(typed: str) -> None:
    publish(make_source(), TEXT, day(0))
    assert isinstance(_found(typed), list)
    assert isinstance(hits(parse_search(typed), Narrowed(), 5, with_relevance=True), list)


@pytest.mark.django_db
def test_a_search_goes_only_among_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_source(make_document()), make_source(make_document())
    publish(first, "<p>We keep your feedback for 30 days.</p><p>You can write.</p>", day(0))
    publish(second, "<p>We keep your feedback for 5 years.</p>", day(0))
    one = first.document_id
    for most_marks in (200, 0):
        monkeypatch.setattr("clauses.queries.search._MOST_MARKS", most_marks)
        assert _found("keep", Narrowed(documents={one})) == ["We keep your feedback for 30 days."]
        assert _found("", Narrowed(documents={one}, types=("data_retention",))) == [
            "We keep your feedback for 30 days."
        ]
        assert _found("keep", Narrowed(documents=set())) == []
    clause = Clause.objects.get(document=one, labels__type="data_retention")
    assert len(_found("keep", Narrowed(severity=clause.severity, confidence=clause.confidence))) >= 1
    other = next(level for level in SeverityLevel if level != clause.severity)
    assert "We keep your feedback for 30 days." not in _found("keep", Narrowed(severity=other))
    assert _found("write", Narrowed(types=("data_retention",))) == []


@pytest.mark.django_db
def test_a_word_that_is_wanted_and_excluded_is_not_looked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(make_source(), TEXT, day(0))
    with django_assert_num_queries(0):
        assert hits(parse_search("write -write"), Narrowed(), 100) == []
    assert _found("opt -write") == [REACH]


@pytest.mark.django_db
def test_hits_come_most_severe_first_and_no_more_than_asked_for() -> None:
    publish(
        make_source(),
        "<p>We sell your data.</p><p>We thank you.</p><p>We keep your data for 9 years.</p>",
        day(0),
    )
    places = [hit.position for hit in hits(parse_search("we"), Narrowed(), 10)]
    assert places == sorted(places)
    severities = [ListedClause.objects.get(position=place).severity for place in places]
    assert severities == sorted(severities, reverse=True)
    assert len(hits(parse_search("we"), Narrowed(), 2)) == 2


@pytest.mark.django_db
def test_a_word_in_the_heading_counts_more_than_one_in_the_text() -> None:
    publish(
        make_source(),
        "<h2>Plain</h2><p>Here zebra stands once.</p><h2>Zebra</h2><p>Here words stand too.</p>",
        day(0),
    )
    found = hits(parse_search("zebra"), Narrowed(), 10, with_relevance=True)
    best = min(found, key=lambda hit: hit.distance)
    assert ListedClause.objects.get(position=best.position).clause.current.heading == "Zebra"


def _fits(text: str, heading: str, typed: str) -> bool:
    """What a search means, worked out the slow way."""
    asked = parse_search(typed)

    def has(term: Term) -> bool:
        size = len(term.words)
        return any(
            term.fits(words[at : at + size])
            for words in (folded_words(text), folded_words(heading))
            for at in range(len(words))
        )

    wanted = all(any(has(term) for term in group) for group in asked.groups)
    return wanted and not any(has(term) for term in asked.excluded)


class AnySearch(TestCase):
    """Searches of every shape against the slow way."""

    @classmethod
    def setUpTestData(cls) -> None:
        chance = random.Random(3)
        texts = {" ".join(chance.choices(_WORDS, k=chance.randint(2, 6))) for _ in range(30)}
        body = "".join(f"<p>{text}.</p>" for text in sorted(texts))
        publish(make_source(), f"<h2>Sell chats</h2>{body}", day(0))

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["", "-"]),
                st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3),
                st.sampled_from(["", "*", " OR out"]),
            ),
            min_size=1,
            max_size=3,
        )
    )
    def test_the_index_finds_what_the_words_say(self, parts: list[tuple[str, list[str], str]]) -> None:
        typed = " ".join(f'{minus}"{" ".join(words)}"{after}' for minus, words, after in parts)
        clauses = Clause.objects.filter(labels__isnull=True).select_related("current__wording")
        for clause in clauses:
            assert clause.current
            listed = ListedClause.objects.get(clause=clause).position
            is_found = listed in {hit.position for hit in hits(parse_search(typed), Narrowed(), 1000)}
            assert is_found == _fits(clause.current.wording.text, clause.current.heading, typed), typed
