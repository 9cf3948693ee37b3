"""What a saved view asks for, and whom alerts that follow it tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from clauses import saving, subscribing
from clauses.forms.changes import ChangeFilterForm
from clauses.models import Alert, ChangeSet, Frequency, SavedView, Subscription
from clauses.models.choices import SeverityLevel
from clauses.queries.changes import filtered_changes
from clauses.queries.saved_views import public_filter
from clauses.queries.wanted import preview, wanted
from clauses.subscribing import Wish
from tests.builders import make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def follow(query: str, **wish: object) -> Subscription:
    user = make_user()
    view = saving.save(user, "Mine", query, AT)
    return subscribing.begin(subscribing.recipient_of(user), Wish(view=view, **wish))


def test_a_view_asks_what_its_form_asks():
    make_platform(slug="harbor")
    make_platform(slug="rook")
    for query in (
        "platform=harbor&document_type=privacy_policy&type=arbitration&severity=medium&direction=adverse",
        "kind=date&since=2026-01-31",
        "platform=harbor&platform=rook&type=arbitration&type=ai_training&kind=date&kind=editorial",
        "severity=high&status=follow_up&assignee=me&read=unread",
        "status=follow_up",
    ):
        assert public_filter(query) == ChangeFilterForm(QueryDict(query)).asked()


def test_what_a_form_no_longer_understands_matches_nothing_instead_of_everything():
    make_change_set()
    assert not filtered_changes(public_filter("platform=gone")).exists()
    assert not wanted(follow("platform=gone&severity=low")).exists()


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("platform=harbor", True),
        ("platform=other", False),
        ("platform=other&platform=harbor", True),
        ("type=arbitration&type=data_retention", True),
        ("type=data_retention&severity=high", True),
        ("type=arbitration", False),
        ("document_type=privacy_policy", False),
        ("direction=favorable", False),
        ("kind=substantive", True),
        ("since=2020-01-01", True),
        ("severity=high&status=follow_up&assignee=me&read=unread", True),
        ("status=follow_up", False),
    ],
)
def test_alerts_tell_what_the_list_of_the_view_shows(query: str, fits: bool):
    following = follow(query)
    change_set = make_change_set(make_platform(slug="harbor"))
    assert Alert.objects.exists() is fits
    assert wanted(following).filter(pk=change_set.pk).exists() is fits


def test_a_changed_view_changes_the_alerts():
    following = follow("platform=harbor")
    harbor, rook = make_platform(slug="harbor"), make_platform(slug="rook")
    first = make_change_set(harbor)
    saving.change(following.view, "Mine", "platform=rook")
    make_change_set(harbor)
    second = make_change_set(rook)
    told = Alert.objects.order_by("pk").values_list("change_set", flat=True)
    assert list(told) == [first.pk, second.pk]
    saving.change(following.view, "Mine", "status=follow_up")
    make_change_set(rook)
    assert Alert.objects.count() == 2, "a view of the team's work alone tells of nothing"


def test_the_higher_of_two_severities_counts():
    make_change_set(make_platform(slug="harbor"))
    ChangeSet.objects.update(severity=SeverityLevel.MEDIUM)
    for query, least, fits in (
        ("severity=low", SeverityLevel.MEDIUM, True),
        ("severity=low", SeverityLevel.HIGH, False),
        ("severity=high", SeverityLevel.LOW, False),
        ("severity=medium", SeverityLevel.LOW, True),
    ):
        assert wanted(follow(query, min_severity=least)).exists() is fits


def test_samples_are_never_told():
    following = follow("platform=sample")
    make_change_set(make_platform(slug="sample", is_sample=True))
    assert not wanted(following).exists()
    assert not Alert.objects.exists()


def test_a_person_follows_a_view_once_and_many_views():
    user = make_user()
    recipient = subscribing.recipient_of(user)
    one, two = (saving.save(user, name, "severity=high", AT) for name in ("One", "Two"))
    first = subscribing.begin(recipient, Wish(view=one))
    again = subscribing.begin(recipient, Wish(view=one, frequency=Frequency.DAILY))
    assert (again.pk, again.frequency) == (first.pk, Frequency.DAILY)
    assert subscribing.begin(recipient, Wish(view=two)).pk != first.pk
    subscribing.begin(recipient, Wish(min_severity=SeverityLevel.HIGH))
    assert Subscription.objects.count() == 3
    make_change_set()
    assert Alert.objects.count() == 1, "one change, one mail"


def test_looking_ahead_counts_what_the_view_shows():
    view = SavedView(user=make_user(), name="Mine", query="platform=harbor")
    wish = Wish(view=view)
    make_change_set(make_platform(slug="harbor"), at=timezone.now() - timedelta(days=9))
    recipient = subscribing.recipient_of(view.user)
    ahead = preview(wish.row(recipient), recipient, timezone.now())
    assert (ahead.mails, ahead.changes) == (1, 1)
