"""Saved views: names are a person's own, feeds can be given another address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clauses import saving
from clauses.models import SavedView
from tests.builders import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_one_person_has_no_two_views_of_a_name_and_two_people_may():
    anna = make_user()
    saving.save(anna, "High", "severity=high", AT)
    with pytest.raises(saving.NameTaken):
        saving.save(anna, "High", "severity=low", AT)
    saving.save(make_user(), "High", "severity=high", AT)
    assert SavedView.objects.count() == 2


def test_a_view_is_not_renamed_to_the_name_of_another():
    anna = make_user()
    saving.save(anna, "High", "severity=high", AT)
    other = saving.save(anna, "Low", "severity=low", AT)
    with pytest.raises(saving.NameTaken):
        saving.rename(other, "High")
    saving.rename(other, "Small")
    assert set(SavedView.objects.values_list("name", flat=True)) == {"High", "Small"}


def test_feeds_have_addresses_nobody_can_guess_and_may_get_others():
    anna = make_user()
    one, two = saving.save(anna, "One", "kind=date", AT), saving.save(anna, "Two", "kind=date", AT)
    assert one.token != two.token
    assert len(one.token) >= 32
    saving.renew_feed(one)
    assert SavedView.objects.get(pk=one.pk).token != one.token
    saving.remove(two)
    assert not SavedView.objects.filter(pk=two.pk).exists()
