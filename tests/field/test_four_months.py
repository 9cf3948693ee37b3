"""Four months of two real documents, twelve hours a step. Runs where the captures are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from clauses.analysis import analyze_pending
from clauses.models import ChangeSet
from monitor.models import Document, Version
from monitor.watching import fetch_document
from tests.field import replay, watch_list

pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not replay.is_available(), reason="needs the shared captures beside the checkout"),
]

START, UNTIL = replay.day("2025-08-01"), replay.day("2025-12-06")


@pytest.fixture
def server(settings) -> Iterator[replay.Replay]:
    settings.FETCH_ALLOW_PRIVATE = True
    with replay.running(START) as running:
        yield running


def _recorded(slug: str) -> list[tuple[str, datetime]]:
    versions = Version.objects.filter(document__slug=slug).order_by("ordinal")
    return [(version.cause, version.first_seen_at) for version in versions]


def _are_near(found: list[datetime], days: list[str]) -> bool:
    """Whether each moment is within one step of its day, from midnight to midnight."""
    return len(found) == len(days) and all(
        -12 <= (moment - replay.day(day)).total_seconds() / 3600 <= 36
        for moment, day in zip(found, days, strict=True)
    )


def test_four_months_give_the_changes_that_were_published_and_no_others(server: replay.Replay) -> None:
    watch_list.watch(server, "Claude.ai")
    documents = list(Document.objects.filter(slug__in=["terms-of-service", "privacy-policy"]))
    for moment in replay.steps(START, UNTIL):
        server.move_to(moment)
        for document in documents:
            list(fetch_document(document, moment))
    analyze_pending()

    terms = _recorded("terms-of-service")
    assert [cause for cause, _ in terms] == ["first"] + ["publisher"] * 4
    assert _are_near([at for _, at in terms[1:]], ["2025-08-29", "2025-09-27", "2025-10-09", "2025-11-28"])

    privacy = _recorded("privacy-policy")
    assert [cause for cause, _ in privacy] == ["first", "publisher", "publisher", "technical"] + [
        "publisher"
    ] * 4
    assert _are_near([privacy[2][1], privacy[3][1]], ["2025-08-29", "2025-09-01"])

    late_august = ChangeSet.objects.get(
        new_version__first_seen_at=privacy[2][1], document__slug="privacy-policy"
    )
    assert (late_august.get_severity_display(), late_august.direction) == ("High", "adverse")
    joined = ChangeSet.objects.get(new_version__cause="technical")
    assert joined.is_technical
    assert not joined.alerts.exists()
