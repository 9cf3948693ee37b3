"""Curators write about records; nothing they wrote is changed or lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from clauses.commenting import WordsChanged, WrittenMeanwhile, comment
from clauses.models import Clause, Commentary
from clauses.models.commentary import CommentaryIsFinal
from clauses.queries.record_commentary import record_commentary
from clauses.queries.records import records
from clauses.samples import remove_samples
from monitor.models import Source
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    return source


@pytest.fixture
def curator() -> User:
    return make_user("ines", role="curator")


def kept() -> Clause:
    return records().get(labels__type="data_retention")


def write(text: str, by: User, number: float = 1, latest: Commentary | None = None) -> Commentary | None:
    clause = kept()
    assert clause.current
    key = latest.pk if latest else None
    return comment(clause, text, wording=clause.current.wording_id, latest=key, by=by, at=day(number))


def test_the_latest_text_counts_and_the_earlier_ones_are_kept(source: Source, curator: User) -> None:
    first = write(" Ask for the backups. ", curator)
    write("Ask for the backups, too.", curator, 2, first)
    told = record_commentary(kept())
    assert told is not None
    assert (told.latest.text, told.earlier, told.is_present) == ("Ask for the backups, too.", 1, True)
    assert Commentary.objects.count() == 2


def test_an_empty_text_takes_the_present_one_back(source: Source, curator: User) -> None:
    first = write("Ask.", curator)
    assert write("", curator, 2, first)
    assert record_commentary(kept()) is None
    assert [row.text for row in kept().commentaries.all()] == ["", "Ask."]


def test_what_says_nothing_new_is_not_written(source: Source, curator: User) -> None:
    assert write("  ", curator) is None
    first = write("Ask.", curator)
    assert write("Ask.", curator, 2, first) is None
    assert Commentary.objects.count() == 1


def test_after_an_edit_it_is_shown_as_about_other_words_until_it_is_confirmed(
    source: Source, curator: User
) -> None:
    first = write("Ask.", curator)
    publish(source, KEPT_5_YEARS, day(30))
    told = record_commentary(kept())
    assert told is not None
    assert not told.is_present
    assert write("Ask.", curator, 31, first), "the same text, now about these words"
    again = record_commentary(kept())
    assert again is not None
    assert again.is_present


def test_who_saw_other_words_or_another_text_writes_nothing(source: Source, curator: User) -> None:
    clause = kept()
    assert clause.current
    seen = clause.current.wording_id
    write("Ask.", curator)
    with pytest.raises(WrittenMeanwhile):
        comment(clause, "Do not ask.", wording=seen, latest=None, by=curator, at=day(2))
    publish(source, KEPT_5_YEARS, day(30))
    with pytest.raises(WordsChanged):
        comment(clause, "Do not ask.", wording=seen, latest=None, by=curator, at=day(31))
    assert Commentary.objects.count() == 1


def test_a_text_is_neither_changed_nor_deleted(source: Source, curator: User) -> None:
    first = write("Ask.", curator)
    assert first
    with pytest.raises(CommentaryIsFinal):
        first.save()
    with pytest.raises(CommentaryIsFinal):
        first.delete()


def test_samples_go_with_what_was_written_about_them(curator: User) -> None:
    publish(make_source(make_document(make_platform(is_sample=True))), KEPT_30_DAYS, day(0))
    write("Ask.", curator)
    assert remove_samples() == 1
    assert not Commentary.objects.exists()
