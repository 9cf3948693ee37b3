"""Proposals that announcements speak of changes: right, once, and following the texts until somebody rules."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clauses import proposing, referring
from clauses.core import mention as rules
from clauses.models import AnnouncementReading, ChangeSet, Mention, MentionRuling
from clauses.proposing import propose, propose_pending, waiting_announcements
from clauses.rereading import reread_if_stale
from clauses.tasks import propose_mentions
from monitor.models import Document, DocumentType, Platform, Source
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    day,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db
TOLD = "<h2>News</h2><p>We keep your feedback for 5 years after you send it. Until now we kept it for 30 days.</p>"
ELSE = "<h2>News</h2><p>Our new office is open.</p>"


def make_announcement(platform: Platform, text: str = TOLD, at: datetime | None = None) -> Source:
    """A watched announcement with its first text."""
    source = make_source(make_document(platform, type=DocumentType.ANNOUNCEMENT, name="News"))
    publish(source, text, at or day(1))
    return source


@pytest.fixture
def change_set() -> ChangeSet:
    """A change from 30 days to five years."""
    return make_change_set()


def test_an_announcement_with_the_figures_of_a_change_is_proposed_with_the_words_of_both(
    change_set: ChangeSet,
) -> None:
    announcement = make_announcement(change_set.document.platform).document
    assert propose_pending() == 1
    row = Mention.objects.get()
    assert (row.document, row.change_set, row.ruling) == (announcement, change_set, MentionRuling.PROPOSED)
    assert row.version == announcement.versions.get()
    first = row.reasons[0]
    assert (first["code"], first["value"]) == ("new_figure", "5 years")
    assert first["here"] in row.version.text
    assert first["there"] in change_set.new_version.text
    assert row.score == sum(reason["points"] for reason in row.reasons)


def test_what_was_proposed_is_not_looked_at_again_until_something_is_new(change_set: ChangeSet) -> None:
    source = make_announcement(change_set.document.platform)
    assert [document for document, _ in waiting_announcements()] == [source.document]
    assert [propose_pending(), propose_pending()] == [1, 0]
    make_announcement(make_platform())
    assert propose_pending() == 1
    publish(make_source(make_document(change_set.document.platform)), "<p>We keep it.</p>", day(5))
    assert propose_pending() == 1
    assert Mention.objects.count() == 1


def test_a_change_that_comes_after_the_announcement_is_proposed_too() -> None:
    platform = make_platform()
    make_announcement(platform, at=day(0))
    propose_pending()
    assert not Mention.objects.exists()
    change_set = make_change_set(platform, at=day(2))
    propose_pending()
    assert Mention.objects.get().change_set == change_set


def test_changes_of_other_platforms_of_announcements_and_of_our_own_reading_are_not_proposed(
    change_set: ChangeSet,
) -> None:
    platform = make_platform()
    source = make_announcement(platform, KEPT_30_DAYS)
    publish(source, TOLD, day(2))
    own = make_change_set(platform)
    ChangeSet.objects.filter(pk=own.pk).update(is_technical=True)
    propose_pending()
    assert not Mention.objects.exists()


def test_help_articles_speak_of_changes_and_terms_do_not(change_set: ChangeSet) -> None:
    platform = change_set.document.platform
    source = make_announcement(platform)
    Document.objects.filter(pk=source.document_id).update(type=DocumentType.PRIVACY)
    assert propose_pending() == 0
    Document.objects.filter(pk=source.document_id).update(type=DocumentType.HELP)
    assert propose_pending() == 1
    assert Mention.objects.exists()


def test_a_proposal_follows_the_text_until_somebody_rules(change_set: ChangeSet) -> None:
    source = make_announcement(change_set.document.platform)
    propose_pending()
    publish(source, TOLD + "<p>Thank you for reading all of this.</p>", day(10))
    propose_pending()
    row = Mention.objects.get()
    assert row.version == source.document.versions.get(ordinal=2)
    publish(source, ELSE, day(20))
    propose_pending()
    assert not Mention.objects.exists()


@pytest.mark.parametrize("ruling", [MentionRuling.CONFIRMED, MentionRuling.REJECTED])
def test_a_ruling_stands_with_the_words_it_was_made_on(change_set: ChangeSet, ruling: MentionRuling) -> None:
    source = make_announcement(change_set.document.platform)
    propose_pending()
    row = Mention.objects.get()
    referring.rule(row, ruling, by=make_user(role="curator"), reason="Read it.", at=timezone.now())
    publish(source, ELSE, day(20))
    propose_pending()
    after = Mention.objects.get()
    assert (after.ruling, after.version, after.reasons) == (ruling, row.version, row.reasons)


def test_a_ruling_that_was_taken_back_stays_on_record_also_where_nothing_is_shared_any_more(
    change_set: ChangeSet,
) -> None:
    source = make_announcement(change_set.document.platform)
    propose_pending()
    row, curator = Mention.objects.get(), make_user(role="curator")
    referring.rule(row, MentionRuling.REJECTED, by=curator, reason="No.", at=timezone.now())
    publish(source, ELSE, day(20))
    propose_pending()
    referring.withdraw(row, by=curator, reason="Yes, after all.", at=timezone.now())
    propose_pending()
    assert [step["ruling"] for step in Mention.objects.get().history] == ["rejected", "withdrawn"]


def test_killed_while_writing_it_leaves_all_as_it_was_and_the_next_sweep_does_it_once(
    change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_announcement(change_set.document.platform)

    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(AnnouncementReading.objects, "update_or_create", die)
        with pytest.raises(SystemExit):
            propose_pending()
    assert not Mention.objects.exists()
    propose_mentions()
    propose_mentions()
    assert Mention.objects.count() == 1


def test_two_at_once_propose_once(change_set: ChangeSet) -> None:
    make_announcement(change_set.document.platform)
    (waiting,) = waiting_announcements()
    assert propose(*waiting)
    # A second worker that found it waiting at the same time.
    assert propose(*waiting)
    assert Mention.objects.count() == 1


def test_who_was_overtaken_by_an_analysis_writes_nothing_and_the_announcement_still_waits(
    change_set: ChangeSet,
) -> None:
    make_announcement(change_set.document.platform)
    (waiting,) = waiting_announcements()
    publish(make_source(make_document(change_set.document.platform)), "<p>We keep it.</p>", day(5))
    assert not propose(*waiting)
    assert not Mention.objects.exists()
    assert len(waiting_announcements()) == 1


def test_a_document_of_another_name_or_type_has_announcements_looked_at_again(change_set: ChangeSet) -> None:
    make_announcement(change_set.document.platform)
    for values in ({"name": "Letter Rules"}, {"type": DocumentType.PRIVACY}):
        propose_pending()
        assert waiting_announcements() == []
        Document.objects.filter(pk=change_set.document_id).update(**values)
        assert len(waiting_announcements()) == 1


def test_reading_anew_and_new_rules_have_announcements_looked_at_again(
    change_set: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_announcement(change_set.document.platform)
    propose_pending()
    ChangeSet.objects.update(rubric_version="2020.1")
    assert reread_if_stale(change_set.document)
    assert propose_pending() == 1
    monkeypatch.setattr(proposing, "MENTION_RULES", f"{rules.MENTION_RULES}.x")
    assert propose_pending() == 1
    assert Mention.objects.get().rules_version == f"{rules.MENTION_RULES}.x"


def test_looking_for_what_waits_costs_the_same_however_many_announcements_there_are(
    change_set: ChangeSet,
) -> None:
    make_announcement(change_set.document.platform)
    with CaptureQueriesContext(connection) as one:
        waiting_announcements()
    for _ in range(3):
        make_announcement(make_platform(), KEPT_5_YEARS)
    with CaptureQueriesContext(connection) as four:
        assert len(waiting_announcements()) == 4
    assert len(four) == len(one) == 4
