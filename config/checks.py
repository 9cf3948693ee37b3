"""System checks: a misconfigured deployment is told so in a sentence before it starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


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
