"""The quick facts: exact words of standing clauses, or nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses.analysis import analyze_pending
from clauses.models import Change, Clause
from clauses.queries.quick_facts import Answer, _asked, quick_facts, quick_facts_of
from clauses.queries.quick_facts_earlier import found_earlier
from clauses.queries.quick_facts_today import found_today
from clauses.queries.quick_questions import QUESTIONS, Found
from monitor.models import Platform
from tests.builders import (
    KEPT_5_YEARS,
    capture,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    publish,
)

pytestmark = pytest.mark.django_db


def _answer(platform: Platform, name: str, number: float = 5) -> Answer:
    return next(answer for answer in quick_facts(platform, day(number)) if answer.question.name == name)


def test_a_platform_without_texts_has_an_answer_for_every_question_and_none_is_found():
    answers = quick_facts(make_platform(), day(5))
    assert len(answers) == len(QUESTIONS)
    assert not any(answer.occurrence for answer in answers)


def test_a_figure_comes_with_its_words_and_what_it_was():
    platform = make_change_set().document.platform
    answer = _answer(platform, "Retention")
    assert (answer.value, answer.was) == ("5 years", "30 days")
    assert answer.occurrence is not None
    assert answer.quote in answer.occurrence.wording.text


def test_on_an_earlier_day_the_earlier_figure_stands():
    platform = make_change_set().document.platform
    answer = _answer(platform, "Retention", 0.5)
    assert (answer.value, answer.was) == ("30 days", "")


def test_a_removed_clause_answers_nothing():
    source = make_source()
    publish(source, KEPT_5_YEARS, day(0))
    publish(source, "<h2>Data</h2><p>You can write to us.</p>", day(1))
    assert Clause.objects.filter(removed_in__isnull=False).exists()
    answer = _answer(source.document.platform, "Retention")
    assert (answer.occurrence, answer.value, answer.was) == (None, "", "5 years")
    assert _answer(source.document.platform, "Retention", 0.5).value == "5 years"


def test_a_figure_that_changed_comes_before_a_larger_one():
    platform = make_change_set().document.platform
    publish(make_source(make_document(platform)), "<p>We keep invoices for 10 years.</p>", day(0))
    answer = _answer(platform, "Retention")
    assert answer.value == "5 years"
    assert [other.value for other in answer.more] == ["10 years"]


def test_a_type_is_shown_by_the_sentence_that_names_it():
    source = make_source()
    words = "Any dispute will be resolved by binding arbitration administered in Tarnow."
    publish(source, f"<h2>Disputes</h2><p>Write to us first. {words}</p>", day(0))
    answer = _answer(source.document.platform, "Arbitration")
    assert answer.quote == words


def test_a_reading_of_our_own_does_not_make_words_younger():
    source = make_source()
    publish(source, KEPT_5_YEARS, day(0))
    source.remove = ["h2"]
    source.save()
    capture(source, KEPT_5_YEARS, day(2))
    analyze_pending()
    answer = _answer(source.document.platform, "Retention")
    assert answer.occurrence is not None
    assert answer.occurrence.first_version.ordinal == 2
    assert answer.occurrence.since == day(0)


def test_what_is_not_analyzed_yet_is_never_called_absent():
    source = make_source()
    capture(source, KEPT_5_YEARS, day(0))
    platform = source.document.platform
    assert all(answer.is_waiting and not answer.occurrence for answer in quick_facts(platform, day(5)))
    analyze_pending()
    assert not any(answer.is_waiting for answer in quick_facts(platform, day(5)))
    assert _answer(platform, "Retention").value == "5 years"


def test_an_earlier_day_does_not_wait_for_a_later_text():
    source = make_source()
    publish(source, "<p>You can write to us.</p>", day(0))
    capture(source, KEPT_5_YEARS, day(1))
    capture(source, KEPT_5_YEARS, day(1.1), furniture="again")
    assert _answer(source.document.platform, "Retention").is_waiting
    assert not _answer(source.document.platform, "Retention", 0.5).is_waiting


def test_what_binds_everybody_is_told_before_what_binds_customers():
    platform = make_platform()
    kept = "<h2>Data</h2><p>We keep your feedback for {} days.</p>"
    publish(make_source(make_document(platform, type="data_processing")), kept.format(90), day(0))
    publish(make_source(make_document(platform, type="privacy_policy")), kept.format(30), day(0))
    answer = _answer(platform, "Retention")
    assert (answer.value, answer.quote) == ("30 days", "We keep your feedback for 30 days.")


def test_the_lowest_age_is_the_minimum_and_what_costs_nothing_says_least_of_a_type():
    platform = make_platform()
    terms = make_source(make_document(platform, type="terms_of_service"))
    ages = (
        "<p>You must be at least 13 years old to use it.</p><p>You must be at least 18 years old to pay.</p>"
    )
    publish(terms, f"<h2>Age</h2>{ages}", day(0))
    assert _answer(platform, "Minimum age").value == "13 years"


def test_how_long_a_cookie_lives_is_not_the_retention_people_look_for():
    platform = make_platform()
    kept = "<h2>Data</h2><p>We keep your feedback for {} days.</p>"
    publish(make_source(make_document(platform, type="cookie_policy")), kept.format(700), day(0))
    publish(make_source(make_document(platform, type="privacy_policy")), kept.format(30), day(0))
    assert _answer(platform, "Retention").value == "30 days"


def test_of_many_clauses_that_answer_the_first_are_loaded_and_the_others_counted():
    source = make_source()
    kept = "".join(f"<p>We keep your record number {n} for {n + 2} days.</p>" for n in range(40))
    publish(source, kept, day(0))
    answer = _answer(source.document.platform, "Retention")
    assert (answer.value, answer.further) == ("41 days", 39)
    assert [other.value for other in answer.more] == [f"{n} days" for n in range(40, 28, -1)]


def test_what_stands_today_is_told_from_the_lists_as_an_earlier_day_is_from_its_texts():
    platform = make_platform()
    made = [
        "We keep your letters for {} days after you write.",
        "You may opt out of arbitration within {} days of signing up.",
        "Any dispute is settled by binding arbitration, and you waive class actions.",
        "You must be at least {} years old to use the service.",
        "These terms are governed by the laws of Estonia.",
        "We may change these terms at any time with {} days of notice.",
        "We do not sell your personal data, on any of {} days.",
        "We may sell your personal information to {} advertising partners.",
        "We use what you write to train our models, and keep it for {} days.",
    ]
    for at, kind in enumerate(("commercial_terms", "privacy_policy", "terms_of_service")):
        source = make_source(make_document(platform, type=kind))
        for number in (at, at + 3):
            texts = "".join(f"<p>{text.format(n + number + 13)}</p>" for n, text in enumerate(made * 3))
            publish(source, f"<h2>Terms</h2>{texts}", day(number))
    (asked,) = _asked([platform], day(9), None)
    assert asked.is_today
    assert asked.earlier.replaced
    for told in (1, 13):
        today = [_told(found) for found in found_today([asked], told)[0]]
        assert today == [_told(found) for found in found_earlier(asked.latest, asked.earlier, told)]
        assert sum(total > 1 for _, total in today) >= 7


def _told(found: Found) -> tuple[list[object], int]:
    return [(occurrence, fact and fact.pk) for occurrence, fact in found.rows], found.total


def test_more_clauses_take_no_more_queries():
    def queries_for(count: int) -> int:
        source = make_source()
        kept = "".join(f"<p>We keep your record number {n} for {n + 2} days.</p>" for n in range(count))
        publish(source, kept, day(0))
        with CaptureQueriesContext(connection) as captured:
            quick_facts(source.document.platform, day(5))
        return len(captured)

    assert queries_for(30) == queries_for(3)


def test_several_platforms_are_answered_as_each_is_alone_with_no_more_queries():
    platforms = [make_change_set().document.platform for _ in range(2)]
    other = make_source(make_document(make_platform(), type="privacy_policy"))
    publish(other, "<h2>Law</h2><p>These terms are governed by the laws of Estonia.</p>", day(0))
    several = [*platforms, other.document.platform]
    for at in (day(0.5), day(5)):
        alone = [quick_facts(platform, at) for platform in several]
        assert quick_facts_of(several, at) == alone
    assert [answer.was for answers in alone for answer in answers if answer.was] == ["30 days", "30 days"]

    def queries_for(asked: list[Platform]) -> int:
        with CaptureQueriesContext(connection) as captured:
            quick_facts_of(asked, day(5))
        return len(captured)

    assert queries_for(several) == queries_for(several[:1])


def test_figures_of_superseded_change_sets_are_not_told_as_earlier_ones():
    change_set = make_change_set()
    platform = change_set.document.platform
    assert _answer(platform, "Retention").was == "30 days"
    change_set.superseded_by = make_change_set()
    change_set.save()
    assert _answer(platform, "Retention").was == ""


DENIED = "<p>We do not sell your personal data.</p>"
ALLOWED = "<p>We may sell your personal information to advertising partners.</p>"


@pytest.mark.parametrize("at", [0.5, 5])
def test_what_allows_a_sale_is_told_before_what_denies_it(at: float):
    source = make_source(make_document(type="privacy_policy"))
    publish(source, f"<h2>Sale</h2>{DENIED}{ALLOWED}", day(0))
    publish(source, f"<h2>Sale</h2>{DENIED}{ALLOWED}<p>You can write to us.</p>", day(1))
    answer = _answer(source.document.platform, "Sale of data", at)
    assert answer.quote == "We may sell your personal information to advertising partners."
    assert answer.further == 1
    assert [other.clause.severity for other in answer.more] == [0]
    only = make_source(make_document(type="privacy_policy"))
    publish(only, f"<h2>Sale</h2>{DENIED}", day(0))
    assert _answer(only.document.platform, "Sale of data", at).quote == "We do not sell your personal data."


def test_on_postgresql_changes_with_figures_are_found_without_reading_the_others():
    make_change_set()
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Change._meta.db_table)
        assert "change_with_figures" in constraints
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            plan = Change.objects.exclude(facts=[]).order_by().explain()
            assert "change_with_figures" in plan
