"""One story lived by a running site: a page changes six times, somebody subscribed, and mails are owed."""

from __future__ import annotations

import json
from typing import Any

from tests.services.servers import wait_until
from tests.services.site import Site
from tests.web_site import WebSite

_OTHER = "<p>You must be at least 16 years old to open an account with us.</p>"
TEXTS = [
    f"<h1>Terms</h1><h2>Keeping</h2><p>We keep your messages for {period} after you delete them.</p>{_OTHER}"
    for period in ("30 days", "60 days", "90 days", "one year", "two years", "five years")
]
_WATCH = """
from django.contrib.auth.models import User
from clauses import subscribing
from monitor.models import Document, Platform, Source
platform = Platform.objects.create(slug="tarn", name="Tarn")
document = Document.objects.create(platform=platform, slug="terms", name="Terms", interval_minutes=0)
Source.objects.create(document=document, url={url!r}, select=["main"])
user = User.objects.create_user("reader", "reader@example.org", "a long enough word")
subscribing.subscribe(user, platform, 0)
"""
_STATE = """
import json
from clauses.models import Alert, ChangeSet, Clause
from monitor.models import Version
document = dict(document__platform__slug="tarn")
print(json.dumps({
    "versions": [[v.ordinal, v.cause, v.text_sha256] for v in Version.objects.filter(**document).order_by("ordinal")],
    "changes": [[c.old_version.ordinal, c.new_version.ordinal, c.get_severity_display(), c.direction, c.headline]
                for c in ChangeSet.objects.filter(**document).order_by("new_version__ordinal")],
    "clauses": [[c.current.wording.text, c.occurrences.count()]
                for c in Clause.objects.filter(**document).order_by("number")],
    "alerts": [a.state for a in Alert.objects.order_by("pk")],
}))
"""


def watch(site: Site, pages: WebSite) -> None:
    """Put the page on the watch list, with a reader who wants every change."""
    site.shell(_WATCH.format(url=pages.publish("/terms", TEXTS[0])))


def state(site: Site) -> dict[str, Any]:
    """What the site recorded, by content and not by time."""
    found: dict[str, Any] = json.loads(site.shell(_STATE).splitlines()[-1])
    return found


def wait_for_versions(site: Site, count: int) -> None:
    """Until so many versions are recorded, analyzed, and their alerts sent."""

    def is_there() -> bool:
        ((analyzed, changes, sent),) = site.query(
            "SELECT (SELECT count(*) FROM clauses_analysis), (SELECT count(*) FROM clauses_changeset),"
            " (SELECT count(*) FROM clauses_alert WHERE state = 'sent')"
        )
        return (analyzed, changes, sent) == (count, count - 1, count - 1)

    wait_until(is_there, 120, f"version {count} with its alerts")
