"""Who asks: a token, a person who is signed in, or nobody in particular; and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.security import HttpBearer

from clauses.api.problems import Refused
from clauses.models import ApiToken, TokenScope
from clauses.tokens import scopes_of, token_with
from monitor.roles import is_curator


@dataclass(frozen=True, slots=True)
class Asker:
    """Who sent a request. `token` is None for a session of the site; both are None for anybody."""

    user: User | None = None
    token: ApiToken | None = None


def asker_of(request: HttpRequest, now: datetime) -> Asker | None:
    """Who sent it; None where a token was sent that does not hold.

    A session counts only where no token is sent, and only for reading: so there is no form that another site could
    send in its name.
    """
    sent = request.headers.get("Authorization")
    if sent is None:
        return Asker(request.user) if isinstance(request.user, User) else Asker()
    scheme, _, secret = sent.partition(" ")
    token = token_with(secret.strip(), now) if scheme.lower() == "bearer" else None
    return Asker(token.user, token) if token else None


class Token(HttpBearer):
    """A token as `Authorization: Bearer proviso_…`, or a session; nothing at all where the site is public."""

    def __call__(self, request: HttpRequest) -> Any:
        """The asker. Raises Refused."""
        asker: Asker = request.asker  # type: ignore[attr-defined]
        if asker.user is None and settings.PRIVATE_SITE:
            raise Refused(401, "This site is private: send a token.")
        return asker

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never called: what was sent is read once, before."""
        raise NotImplementedError


class CuratorsToken(Token):
    """The same for what only curators read."""

    def __call__(self, request: HttpRequest) -> Any:
        """The asker. Raises Refused."""
        asker: Asker = request.asker  # type: ignore[attr-defined]
        if asker.user is None:
            raise Refused(401, "Send the token of a curator.")
        if not is_curator(asker.user):
            raise Refused(403, "This is for curators.")
        return asker


class ScopedToken(Token):
    """A token with a scope that its owner's role still allows; a session is none."""

    def __init__(self, scope: TokenScope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        """The asker. Raises Refused."""
        asker: Asker = request.asker  # type: ignore[attr-defined]
        if asker.token is None or asker.user is None:
            raise Refused(401, f"Send a token of the scope “{self.scope.value}”.")
        if asker.token.scope != self.scope:
            raise Refused(403, f"This needs a token of the scope “{self.scope.value}”.")
        if self.scope not in scopes_of(asker.user):
            raise Refused(403, "The owner of the token has lost the role that this needs.")
        return asker


READING = Token()
CURATING = CuratorsToken()
DECIDING = ScopedToken(TokenScope.DECIDE)
WATCHING = ScopedToken(TokenScope.WATCH)
