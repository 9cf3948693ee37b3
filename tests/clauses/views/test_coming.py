"""The page of days ahead, its twin and its calendar: for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.models import ChangeSet
from tests.builders import make_change_set, make_platform

pytestmark = pytest.mark.django_db


def ahead(days: int = 40) -> ChangeSet:
    """A change that comes into force in some days."""
    change_set = make_change_set(make_platform(name="<b>Hollowreed</b>"))
    ChangeSet.objects.filter(pk=change_set.pk).update(
        effective_on=(timezone.now() + timedelta(days=days)).date()
    )
    change_set.refresh_from_db()
    return change_set


def test_an_empty_page_says_when_a_day_appears(client: Client):
    text = client.get(reverse("coming")).content.decode()
    assert "No day ahead is known" in text
    assert reverse("coming-ics") in text
    assert client.get(reverse("coming-json")).json() == {"days": []}
    assert b"BEGIN:VCALENDAR\r\n" in client.get(reverse("coming-ics")).content


def test_a_day_stands_on_the_page_in_the_twin_and_in_the_calendar(client: Client):
    change_set = ahead()
    text = client.get(reverse("coming")).content.decode()
    assert change_set.public_id in text
    assert "&lt;b&gt;Hollowreed" in text
    assert "<b>Hollowreed" not in text
    (row,) = client.get(reverse("coming-json")).json()["days"]
    assert (row["source"], row["kind"]) == (change_set.public_id, "effective")
    answer = client.get(reverse("coming-ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"{change_set.effective_on:%Y%m%d}".encode() in answer.content


def test_the_dashboard_names_what_is_ahead_with_a_way_to_all(client: Client):
    change_set = ahead()
    text = client.get(reverse("dashboard")).content.decode()
    assert "Coming up" in text
    assert reverse("coming") in text
    assert str(change_set.effective_on) in text
