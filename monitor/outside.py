"""Asking a web archive to keep the pages of a new version, where an operator has set one."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F

from monitor import fetching
from monitor.core.wayback import copied_at, copy_address, save_address
from monitor.fetching import FetchError, Limits, Refused
from monitor.identity import user_agent
from monitor.models import Cause, CopyState, Origin, OutsideCopy, Part, Version

# Later, the page may say something else than the version does.
_FRESH = timedelta(days=2)
_MOST_TRIES = 5
# A copy takes the archive a minute or more.
_MOST_BYTES, _SECONDS = 5_000_000, 120
_FIRST_PAUSE = timedelta(minutes=10)


def owe_copies(now: datetime) -> int:
    """Note a copy to ask for of each page of every version fetched of late that has none. How many were noted."""
    if not settings.WAYBACK_URL:
        return 0
    fresh = Version.objects.filter(
        origin=Origin.FETCH,
        cause__in=[Cause.FIRST, Cause.PUBLISHER],
        confirmed_at__gt=now - _FRESH,
        outside_copies=None,
    )
    parts = (
        Part.objects.filter(version__in=fresh)
        .order_by("version", "position")
        .values_list("version", "source__url")
    )
    rows = [OutsideCopy(version_id=version, url=url, due_at=now) for version, url in dict.fromkeys(parts)]
    # Two sweeps at once note each page once.
    return len(OutsideCopy.objects.bulk_create(rows, ignore_conflicts=True))


def ask_for_next(now: datetime) -> OutsideCopy | None:
    """Ask for the copy that is due first, and note what came of it. None where nothing is due, or somebody else asks.

    A try that is cut off is made again later: an archive that is asked twice keeps two copies, which does no harm.
    """
    due = OutsideCopy.objects.filter(state=CopyState.OWED, due_at__lte=now)
    copy = due.order_by("due_at", "pk").first() if settings.WAYBACK_URL else None
    if copy is None:
        return None
    again_at = now + _FIRST_PAUSE * 3**copy.tries
    if not due.filter(pk=copy.pk).update(due_at=again_at, tries=F("tries") + 1):
        return None
    copy.refresh_from_db()
    _ask(copy)
    copy.save(update_fields=["state", "copy_url", "copied_at", "message"])
    return copy


def _ask(copy: OutsideCopy) -> None:
    archive = settings.WAYBACK_URL
    limits = Limits(_MOST_BYTES, _SECONDS, user_agent(), settings.FETCH_ALLOW_PRIVATE, keeps_beginning=True)
    try:
        answer = fetching.get(save_address(archive, copy.url), limits, before_hop=_stay)
    except FetchError as error:
        return _note_failure(copy, str(error))
    at = copied_at(archive, answer.url, answer.headers) if answer.status == 200 else None
    if at is None:
        return _note_failure(copy, f"it answered with status {answer.status} and named no copy")
    copy.state, copy.copied_at, copy.message = CopyState.KEPT, at, ""
    copy.copy_url = copy_address(archive, copy.url, at)
    return None


def _note_failure(copy: OutsideCopy, message: str) -> None:
    copy.message = message[:200]
    if copy.tries >= _MOST_TRIES:
        copy.state = CopyState.GIVEN_UP


def _stay(url: str) -> None:
    if urlsplit(url).netloc != urlsplit(settings.WAYBACK_URL).netloc:
        raise Refused("it redirects to another host than the archive's")
