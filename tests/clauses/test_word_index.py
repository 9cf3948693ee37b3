"""Rows of the index of words come, are replaced and go."""

from __future__ import annotations

import pytest
from django.db import connection

from clauses.core.search_words import parse_search
from clauses.models import ListedClause
from clauses.queries.search import Narrowed, hits
from clauses.word_index import Words, add_words, drop_unlisted_words, drop_words
from tests.builders import KEPT_30_DAYS, day, make_source, publish

pytestmark = pytest.mark.django_db


def _found(words: str) -> int:
    return len(hits(parse_search(words), Narrowed(), 10))


def test_rows_are_put_in_replaced_and_taken_out() -> None:
    publish(make_source(), KEPT_30_DAYS, day(0))
    position = ListedClause.objects.order_by("position").values_list("position", flat=True)[0]
    assert _found("zebra") == 0
    add_words([Words(position, ["stripes"], ["animals"], ["zebra"], ["d1"])])
    assert _found("zebra") == _found("stripes") == _found("animals") == 1
    drop_words([position])
    assert _found("zebra") == 0
    assert _found("write") == 1
    drop_unlisted_words()
    assert _found("write") == 1
    ListedClause.objects.filter(position__gt=position).delete()
    drop_unlisted_words()
    assert _indexed() == 0


def _indexed() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clauses_words")
        (count,) = cursor.fetchone()
    return int(count)
