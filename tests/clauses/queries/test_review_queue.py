"""What a curator is given next."""

from __future__ import annotations

import pytest
from django.utils import timezone

from clauses.models import Clause
from clauses.queries.review_queue import QueueFilter, open_to, queue
from tests.builders import make_user
from tests.clauses.queries.test_review import ADDRESS, DEBT, SOLD, published

pytestmark = pytest.mark.django_db


def _texts(found: list[Clause]) -> list[str]:
    return [clause.current.wording.text for clause in found if clause.current]


def test_of_clauses_as_severe_and_as_doubtful_the_wording_that_stands_in_more_places_comes_first():
    other = DEBT.replace("money", "a fee")
    published(other)
    for _ in range(3):
        published(DEBT)
    assert _texts(open_to(make_user(), QueueFilter(), timezone.now()))[0] == DEBT


def test_a_filter_narrows_the_queue():
    platform = published(ADDRESS, DEBT, SOLD).document.platform
    other = published(DEBT).document.platform
    assert queue(QueueFilter(platforms=[platform.slug])).count() == 3
    assert queue(QueueFilter(platforms=[platform.slug, other.slug])).count() == 4
    assert queue(QueueFilter()).count() == 4
    of_types = {clause.pk: {label.type for label in clause.labels.all()} for clause in queue(QueueFilter())}
    slugs = sorted(set().union(*of_types.values()))
    assert slugs
    for asked in ([slugs[0]], slugs):
        fitting = {pk for pk, types in of_types.items() if types & {*asked}}
        assert sorted(clause.pk for clause in queue(QueueFilter(types=asked))) == sorted(fitting)
    words = [clause.confidence for clause in queue(QueueFilter())]
    assert queue(QueueFilter(confidence=words[:1])).count() == words.count(words[0])
    assert queue(QueueFilter(severity=3)).count() == 0
