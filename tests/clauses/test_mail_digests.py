"""What a digest says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import policy
from email.parser import BytesParser

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clauses import subscribing
from clauses.mail.digests import digest_message
from clauses.models import Alert, Digest, Frequency
from clauses.models.choices import SeverityLevel
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, make_change_set, make_platform, make_user
from tests.mail_server import parts


def alerts_about(count: int, old: str = KEPT_30_DAYS, new: str = KEPT_5_YEARS) -> list[Alert]:
    platform = make_platform(name="Hollowreed")
    subscribing.subscribe(make_user(), platform, SeverityLevel.LOW, frequency=Frequency.DAILY)
    for _ in range(count):
        make_change_set(platform, old, new)
    return list(Alert.objects.all())


def digest_parts(alerts: list[Alert]) -> Iterator[str]:
    digest = Digest.objects.create(
        recipient=alerts[0].recipient, frequency=Frequency.DAILY, on=date(2026, 3, 3)
    )
    raw = digest_message(digest, alerts).message().as_bytes()
    return iter(parts(BytesParser(policy=policy.default).parsebytes(raw)))


@pytest.mark.django_db
def test_a_digest_tells_the_worst_first_and_names_every_change() -> None:
    (severe,) = alerts_about(1)
    low = make_change_set(severe.change_set.document.platform, new=KEPT_30_DAYS.replace("30 days", "35 days"))
    mild = Alert.objects.get(change_set=low)
    assert mild.change_set.severity < severe.change_set.severity
    for part in digest_parts([mild, severe]):
        assert part.index("5 years") < part.index("35 days")
        assert "Daily digest of 3 March 2026" in part
        assert f"{settings.SITE_URL}/unsubscribe/digest/{Digest.objects.latest('pk').token}/" in part


@pytest.mark.django_db
def test_a_digest_of_very_many_changes_stays_below_what_mail_programs_cut_off() -> None:
    (alert,) = alerts_about(1)
    text, html = digest_parts([alert] * 500)
    assert len(html.encode()) < 100_000
    assert "And 432 more changes" in text
    assert "And 432 more changes" in html
    assert text.count("[added: 5 years]") == 8


@pytest.mark.django_db
def test_more_changes_in_a_line_each_need_no_more_queries() -> None:
    alerts_about(12)
    about = [f"change_set__{name}" for name in ("document__platform", "old_version", "new_version")]
    alerts = list(Alert.objects.select_related("recipient__user", "subscription__platform", *about))
    with CaptureQueriesContext(connection) as in_full:
        list(digest_parts(alerts[:8]))
    Digest.objects.all().delete()
    with CaptureQueriesContext(connection) as with_lines:
        text, html = digest_parts(alerts)
    assert len(with_lines) == len(in_full)
    for part in (text, html):
        assert "Also changed" in part
        assert part.count("/compare/") == 12
