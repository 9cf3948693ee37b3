"""Who we say we are."""

from __future__ import annotations

from django.conf import settings


def user_agent() -> str:
    """What is sent as User-Agent, with the address of this site by now: `up` knows it only once it listens."""
    return str(settings.FETCH_USER_AGENT.replace("{SITE_URL}", settings.SITE_URL))
