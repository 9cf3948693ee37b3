"""The timeline of a platform through time: figures, drift, the chart with its table, and texts of an earlier day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monitor.models import Platform
from tests.builders import fail, make_change_set

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)


def _timeline(client: Client, platform: Platform, query: str = "") -> str:
    return client.get(reverse("platform", args=[platform.slug]) + query).content.decode()


def test_the_twin_has_the_figures_over_time_and_the_drift_with_what_it_is_counted_from(client: Client):
    change_set = make_change_set(at=timezone.now() - timedelta(days=9))
    twin = client.get(reverse("platform-json", args=[change_set.document.platform.slug])).json()
    (figure,) = twin["figures"]
    assert [step["words"] for step in figure["steps"]] == ["30 days", "5 years"]
    assert figure["steps"][1]["change_set"] == change_set.public_id
    assert (twin["drift"]["word"], twin["drift"]["balance"]) == ("adverse", -1)
    assert twin["drift"]["adverse"] == {"high": 1, "medium": 0, "low": 0}
    assert "mostly adverse" in _timeline(client, change_set.document.platform)


def test_an_earlier_day_shows_the_texts_that_stood(client: Client):
    change_set = make_change_set(at=PAST)
    old, platform = change_set.old_version, change_set.document.platform
    text = _timeline(client, platform, "?as_of=2025-03-01")
    assert f">{old.public_id}</a>" in text
    assert f">{change_set.new_version.public_id}</a>" not in text
    assert "Next reading" not in text
    assert "no text recorded by then" in _timeline(client, platform, "?as_of=2025-02-01")


def test_each_mark_of_the_chart_and_each_row_of_its_table_leads_to_the_change(client: Client):
    change_set = make_change_set(at=PAST)
    address = reverse("change-set", args=[change_set.number])
    text = _timeline(client, change_set.document.platform)
    chart, table = text.split("The chart as a table")
    assert f'<a href="{address}"><title>{change_set.document.name}, ' in chart
    assert address in table


def test_the_chart_says_since_when_nothing_was_read_as_the_twin_does(client: Client):
    platform = make_change_set(at=PAST).document.platform
    text = _timeline(client, platform)
    assert "nothing was read after" in text
    read_at = client.get(reverse("platform-json", args=[platform.slug])).json()["drift"]["read_at"]
    assert f'<time datetime="{read_at}">' in text[text.index("The chart ends with") :]
    assert "The chart ends with" not in _timeline(client, platform, "?as_of=2025-03-09")


def test_a_long_timeline_has_pages_and_keeps_what_was_asked_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("clauses.views.platforms._ENTRIES_ON_A_PAGE", 1)
    change_set = make_change_set(at=PAST)
    platform = change_set.document.platform
    entry = f'id="{change_set.public_id}"'
    first = _timeline(client, platform, "?as_of=2025-03-09")
    assert entry in first
    assert "Watch begins" not in first
    assert '?as_of=2025-03-09&amp;page=2#timeline"' in first
    second = _timeline(client, platform, "?as_of=2025-03-09&page=2")
    assert entry not in second
    assert "Watch begins" in second
    assert "<small>1 change</small>" in second, "of the whole year"
    twin = client.get(reverse("platform-json", args=[platform.slug])).json()
    assert [row["kind"] for row in twin["entries"]] == ["change", "begin"], "a file has no pages"


def test_of_many_changes_the_latest_are_drawn_and_the_way_to_the_others_is_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("clauses.queries.timeline_chart._MOST_MARKS", 1)
    earlier = make_change_set(at=PAST)
    platform = earlier.document.platform
    later = make_change_set(platform, at=PAST + timedelta(days=90))
    text = _timeline(client, platform)
    chart = text[text.index('id="chart-title"') : text.index("all changes as a list")]
    assert reverse("change-set", args=[later.number]) in chart
    assert reverse("change-set", args=[earlier.number]) not in chart
    shown = later.detected_at - timedelta(days=7)
    assert f'<a href="?as_of={shown:%Y-%m-%d}">the 1 before' in chart
    assert reverse("change-set", args=[earlier.number]) in _timeline(
        client, platform, f"?as_of={shown:%Y-%m-%d}"
    )


def test_a_platform_of_which_nothing_is_read_says_that_no_alert_will_come(client: Client):
    document = make_change_set(at=PAST).document
    assert "All of them are paused" not in _timeline(client, document.platform)
    document.is_paused = True
    document.save()
    assert "All of them are paused" in _timeline(client, document.platform)


def test_what_cannot_be_read_today_is_not_said_of_an_earlier_day(client: Client):
    document = make_change_set(at=PAST).document
    fail(document.sources.get(), PAST + timedelta(days=30))
    assert "could not be read" in _timeline(client, document.platform)
    earlier = PAST + timedelta(days=10)
    assert "could not be read" not in _timeline(client, document.platform, f"?as_of={earlier:%Y-%m-%d}")
