"""One clause to a curator, and no clause to two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from clauses import reviewing
from clauses.curation import decide
from clauses.models import ReviewClaim
from clauses.models.choices import SeverityLevel
from clauses.queries.review_queue import QueueFilter, open_to, progress
from tests.builders import make_user
from tests.clauses.queries.test_review import ADDRESS, DEBT, SOLD, published

pytestmark = pytest.mark.django_db
ALL = QueueFilter()
NOW = timezone.now()


@pytest.fixture
def curators() -> tuple[User, User]:
    """Two curators, and a queue of doubtful clauses."""
    published(ADDRESS, DEBT, SOLD)
    return make_user(role="curator"), make_user(role="curator")


def test_two_curators_never_get_the_same_clause(curators: tuple[User, User]) -> None:
    one, other = curators
    first, second = reviewing.give_next(one, ALL, NOW), reviewing.give_next(other, ALL, NOW)
    assert first is not None
    assert second is not None
    assert first != second
    assert reviewing.holder(first, other, NOW) == one
    assert not reviewing.claim(first, other, NOW)


def test_a_clause_that_nobody_ruled_on_for_a_while_is_given_to_the_next(curators: tuple[User, User]) -> None:
    one, other = curators
    first = reviewing.give_next(one, ALL, NOW)
    later = NOW + timedelta(minutes=16)
    assert reviewing.give_next(other, ALL, later) == first
    assert first is not None
    assert reviewing.holder(first, one, later) == other


def test_what_was_skipped_comes_to_others_and_comes_back_when_asked_for(curators: tuple[User, User]) -> None:
    one, other = curators
    first = reviewing.give_next(one, ALL, NOW)
    assert first is not None
    reviewing.skip(first, one, NOW)
    assert reviewing.give_next(one, ALL, NOW) not in {first, None}
    assert reviewing.give_next(other, ALL, NOW) == first
    ReviewClaim.objects.filter(curator=other).delete()
    assert reviewing.take_up_skipped(one) == 1
    assert reviewing.give_next(one, ALL, NOW) == first


def test_the_queue_ends_when_all_is_ruled_or_skipped(curators: tuple[User, User]) -> None:
    one, _ = curators
    while clause := reviewing.give_next(one, ALL, NOW):
        reviewing.skip(clause, one, NOW)
    assert open_to(one, ALL, NOW) == []


def test_progress_counts_what_waits_what_was_ruled_and_how_often_the_machine_was_right(
    curators: tuple[User, User],
) -> None:
    one, _ = curators
    before = progress(one, ALL, timezone.now())
    for clause, is_right in zip(open_to(one, ALL, NOW)[:2], (True, False), strict=True):
        assert clause.current
        types = clause.current.classification.slugs if is_right else []
        severity = SeverityLevel(clause.current.classification.severity if is_right else SeverityLevel.HIGH)
        decide(clause, types, severity, "Read.", one)
    after = progress(one, ALL, timezone.now())
    assert (before.ruled_today, before.compared) == (0, 0)
    assert (after.waiting, after.ruled_today) == (before.waiting - 2, 2)
    assert (after.agreed, after.compared, after.percent) == (1, 2, 50)
