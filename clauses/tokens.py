"""Tokens of programs: made, told once, found by their secret, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from clauses.models import ApiAnswer, ApiToken, TokenScope
from monitor.acts import note
from monitor.models import ActKind
from monitor.roles import is_administrator, is_curator

MOST = 20
DAYS = (30, 90, 365)
# Leaks are found by it: whoever searches code for secrets knows what to look for.
_PREFIX = "proviso_"
_PULSE = timedelta(minutes=5)
# Nobody tries again after so long.
_FORGET_AFTER = timedelta(days=7)


class TooManyTokens(ValueError):
    """A person has as many tokens as one person may have."""


def scopes_of(user: User) -> list[TokenScope]:
    """What tokens of a person may do at most: no more than the person may do on the pages."""
    scopes = [TokenScope.READ]
    if is_curator(user):
        scopes.append(TokenScope.DECIDE)
    if is_administrator(user):
        scopes.append(TokenScope.WATCH)
    return scopes


@transaction.atomic
def make(user: User, name: str, scope: TokenScope, days: int, at: datetime) -> tuple[ApiToken, str]:
    """Another token and its secret, which is kept nowhere. Raises TooManyTokens."""
    User.objects.select_for_update().get(pk=user.pk)
    if ApiToken.objects.standing(at).filter(user=user).count() >= MOST:
        raise TooManyTokens
    secret = f"{_PREFIX}{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=name,
        scope=scope,
        digest=_digest(secret),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    note(user, ActKind.ACCOUNT, f"token: {name}", f"made, scope: {scope.value}, for {days} days")
    return token, secret


@transaction.atomic
def revoke(token: ApiToken, by: User, at: datetime) -> None:
    """Let a token hold no more, from the next request on. Done twice, it is done once."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        note(by, ActKind.ACCOUNT, f"token: {token.name}", f"of {token.user.get_username()}, revoked")


def token_with(secret: str, at: datetime) -> ApiToken | None:
    """The token that has this secret and holds. Notes that it was used, at most every few minutes."""
    found = ApiToken.objects.standing(at).filter(digest=_digest(secret)).select_related("user").first()
    if found and (found.last_used_at is None or found.last_used_at < at - _PULSE):
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=at)
    return found


def forget_answers(now: datetime) -> None:
    """Delete what old acts were answered."""
    ApiAnswer.objects.filter(at__lt=now - _FORGET_AFTER).delete()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
