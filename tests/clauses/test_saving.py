"""Saved views: names are a person's own, feeds can be given another address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models import RestrictedError

from clauses import saving, subscribing
from clauses.models import Alert, SavedView, Subscription
from clauses.queries.subscriptions import asked_words
from clauses.queries.wanted import wanted
from clauses.subscribing import Wish
from tests.builders import make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_one_person_has_no_two_views_of_a_name_and_two_people_may():
    anna = make_user()
    saving.save(anna, "High", "severity=high", AT)
    with pytest.raises(saving.NameTaken):
        saving.save(anna, "High", "severity=low", AT)
    saving.save(make_user(), "High", "severity=high", AT)
    assert SavedView.objects.count() == 2


def test_a_view_does_not_take_the_name_of_another():
    anna = make_user()
    saving.save(anna, "High", "severity=high", AT)
    other = saving.save(anna, "Low", "severity=low", AT)
    with pytest.raises(saving.NameTaken):
        saving.change(other, "High", "severity=low")
    saving.change(other, "Small", "kind=date")
    assert set(SavedView.objects.values_list("name", "query")) == {
        ("High", "severity=high"),
        ("Small", "kind=date"),
    }


def test_feeds_have_addresses_nobody_can_guess_and_may_get_others():
    anna = make_user()
    one, two = saving.save(anna, "One", "kind=date", AT), saving.save(anna, "Two", "kind=date", AT)
    assert one.token != two.token
    assert len(one.token) >= 32
    saving.renew_feed(one)
    assert SavedView.objects.get(pk=one.pk).token != one.token
    saving.remove(two, AT)
    assert not SavedView.objects.filter(pk=two.pk).exists()


def test_the_alerts_about_a_view_end_with_it_and_stay_on_record():
    anna = make_user()
    view = saving.save(anna, "High", "severity=high", AT)
    platform = make_platform()
    following = subscribing.begin(subscribing.recipient_of(anna), Wish(view=view))
    change_set = make_change_set(platform)
    assert Alert.objects.get().subscription == following
    saving.remove(view, AT)
    following.refresh_from_db()
    assert (following.ended_at, following.view, following.removed_view) == (AT, None, "High")
    assert asked_words(following) == "your view “High”, which is removed"
    assert not wanted(following).exists(), "not everything, now that there is no filter"
    make_change_set(platform)
    assert [alert.change_set for alert in Alert.objects.all()] == [change_set]


def test_a_view_that_alerts_follow_is_not_deleted_past_them():
    anna = make_user()
    view = saving.save(anna, "High", "severity=high", AT)
    subscribing.begin(subscribing.recipient_of(anna), Wish(view=view))
    with pytest.raises(RestrictedError):
        view.delete()
    anna.delete()
    assert not Subscription.objects.exists()
    assert not SavedView.objects.exists()
