"""Tokens of programs, for their owners and for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from clauses.models import ApiToken, TokenScope
from monitor.roles import ADMINISTRATOR, CURATOR


def all_tokens(at: datetime) -> QuerySet[ApiToken, Any]:
    """All of them, the latest first.

    With `is_over`, whether its time has run out, and `is_lame`, whether its owner lost the role that its scope needs.
    """
    is_administrator = Q(user__is_superuser=True) | Q(user__groups__name=ADMINISTRATOR)
    is_curator = is_administrator | Q(user__groups__name=CURATOR)
    able = ApiToken.objects.filter(
        Q(scope=TokenScope.READ)
        | Q(scope=TokenScope.DECIDE) & is_curator
        | Q(scope=TokenScope.WATCH) & is_administrator
    )
    return ApiToken.objects.select_related("user").annotate(
        is_over=_flag(Q(expires_at__lte=at)), is_lame=_flag(~Q(pk__in=able.values("pk")))
    )


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def tokens_of(user: Any, at: datetime) -> QuerySet[ApiToken, Any]:
    """Those of a person."""
    return all_tokens(at).filter(user=user)
