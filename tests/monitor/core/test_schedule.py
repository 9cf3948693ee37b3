from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.schedule import next_fetch_at

NOW = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("interval", "is_confirming", "minutes"),
    [(720, False, 720), (720, True, 30), (10, True, 10), (10, False, 10)],
)
def test_a_text_that_waits_is_looked_at_soon_but_never_later_than_usual(interval, is_confirming, minutes):
    planned = next_fetch_at(
        NOW, timedelta(minutes=interval), is_confirming=is_confirming, confirm_after=timedelta(minutes=30)
    )
    assert planned == NOW + timedelta(minutes=minutes)
