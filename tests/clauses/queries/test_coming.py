"""Days ahead: of changes, of first texts and of clauses, each with its proof."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from clauses.models import ChangeSet
from clauses.queries.coming import coming, coming_calendar, coming_twin
from tests.builders import day, make_change_set, make_document, make_platform, make_source, publish

pytestmark = pytest.mark.django_db
TODAY = date(2030, 1, 1)
KEEPS = "<h2>Data</h2><p>We keep your letters for 30 days.</p>"
ACT = "<h2>Choice</h2><p>You have until May 5, 2031 to accept the new rules.</p>"
IN_FORCE = "<p>These terms take effect on March 3, 2031.</p>"


def deadline_document():
    """A document with a clause that names a last day to act."""
    source = make_source(make_document(make_platform(name="Hollowreed"), name="Terms"))
    publish(source, KEEPS + ACT, day(0))
    return source


def test_a_site_that_names_no_day_has_none_ahead():
    make_change_set()
    assert coming(TODAY) == []
    assert "VEVENT" not in coming_calendar([])


def test_a_clause_that_names_a_last_day_to_act_is_quoted_with_its_record():
    deadline_document()
    (row,) = coming(TODAY)
    assert (row.on, row.kind, row.words) == (date(2031, 5, 5), "deadline", "Last day to act")
    assert "May 5, 2031" in row.quote
    assert row.clause
    assert row.clause.current
    assert row.quote in row.clause.current.wording.text
    assert coming_twin([row])[0]["source"] == row.clause.public_id


def test_a_last_day_to_act_is_ahead_on_the_day_itself_and_not_after():
    deadline_document()
    assert coming(date(2031, 5, 5))
    assert not coming(date(2031, 5, 6))


def test_a_clause_that_fell_away_names_no_day():
    publish(deadline_document(), KEEPS, day(9))
    assert coming(TODAY) == []


def test_a_change_states_when_it_comes_into_force_until_that_day():
    change_set = make_change_set(new=KEEPS + IN_FORCE)
    ChangeSet.objects.update(effective_on=date(2031, 3, 3))
    (row,) = coming(TODAY)
    assert (row.on, row.kind, row.change_set) == (date(2031, 3, 3), "effective", change_set)
    assert not coming(date(2031, 3, 3))


def test_a_first_text_states_its_day_without_a_change():
    source = make_source(make_document())
    version = publish(source, f"<p>Effective date: March 3, 2031</p>{KEEPS}", day(0))
    assert version.effective_on == date(2031, 3, 3)
    rows = coming(TODAY)
    assert [(row.version, row.on) for row in rows] == [(version, date(2031, 3, 3))]


def test_of_many_days_the_next_ones_are_taken():
    rows = [make_change_set() for _ in range(3)]
    for at, row in enumerate(rows):
        ChangeSet.objects.filter(pk=row.pk).update(effective_on=date(2031, 3, 9 - at))
    deadline_document()
    assert [row.on for row in coming(TODAY, 2)] == [date(2031, 3, 7), date(2031, 3, 8)]
    assert [row.kind for row in coming(TODAY, 4)][-1] == "deadline"


def test_superseded_technical_and_uncounted_changes_are_not_ahead():
    technical, old, sample = (
        make_change_set(),
        make_change_set(),
        make_change_set(make_platform(is_sample=True)),
    )
    new = make_change_set()
    ChangeSet.objects.exclude(pk=new.pk).update(effective_on=date(2031, 3, 3))
    assert {row.change_set for row in coming(TODAY)} == {technical, old}
    ChangeSet.objects.filter(pk=technical.pk).update(is_technical=True)
    ChangeSet.objects.filter(pk=old.pk).update(superseded_by=new)
    assert sample.effective_on is None
    assert coming(TODAY) == []


def test_the_calendar_is_the_same_bytes_whenever_it_is_asked_for():
    deadline_document()
    early, late = coming_calendar(coming(TODAY)), coming_calendar(coming(date(2031, 5, 5)))
    assert early == late
    assert "DTSTAMP:20250301T060000Z" in early
    assert "SUMMARY:Hollowreed\\, Terms: last day to act" in early
    assert "UID:P-" in early


def test_more_days_need_no_more_queries(django_assert_max_num_queries: DjangoAssertNumQueries):
    deadline_document()
    with django_assert_max_num_queries(8) as few:
        coming_calendar(coming(TODAY))
    for _ in range(3):
        deadline_document()
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(coming(TODAY)) == 4
