"""System checks: a misconfigured deployment is told so in a sentence before it starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

_SHORTEST_SECRET = 20


@register(deploy=False)
def check_mail_events(**_: Any) -> list[Error]:
    """Errors for an address of reports that anybody could write to, on any site."""
    if not settings.MAIL_EVENTS:
        return []
    problems = []
    name, colon, secret = settings.MAIL_EVENTS_SECRET.partition(":")
    if not (name and colon) or len(secret) < _SHORTEST_SECRET:
        problems.append(
            Error(
                "MAIL_EVENTS is on, but MAIL_EVENTS_SECRET is no name and secret that others cannot guess",
                hint=f"Set MAIL_EVENTS_SECRET=name:secret, with {_SHORTEST_SECRET} random characters or more.",
                id="proviso.E005",
            )
        )
    if settings.MAIL_EVENTS == "mailgun" and not settings.ANYMAIL["MAILGUN_WEBHOOK_SIGNING_KEY"]:
        problems.append(
            Error(
                "MAIL_EVENTS=mailgun needs the key by which Mailgun signs its reports",
                hint="Set MAILGUN_WEBHOOK_SIGNING_KEY.",
                id="proviso.E006",
            )
        )
    return problems


@register(deploy=False)
def check_deployment(**_: Any) -> list[Error]:
    """Errors for what a deployment (SECRET_KEY is set) cannot run without."""
    if settings.IS_EMBEDDED:
        return []
    problems = []
    if len(settings.SECRET_KEY) < 32:
        problems.append(
            Error("SECRET_KEY is shorter than 32 characters", hint="Use 50 random ones.", id="proviso.E001")
        )
    if not settings.ALLOWED_HOSTS:
        problems.append(
            Error("ALLOWED_HOSTS is empty", hint="Name the site's host names.", id="proviso.E002")
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        problems.append(
            Error("a deployment needs PostgreSQL", hint="Set DATABASE_URL=postgres://….", id="proviso.E003")
        )
    if not settings.REDIS_URL:
        problems.append(Error("a deployment needs Redis", hint="Set REDIS_URL=redis://….", id="proviso.E004"))
    return problems
