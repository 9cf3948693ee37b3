"""Acts that are done once, however often they are sent: by a key of the sender's making."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Status

from clauses.api.asker import Asker
from clauses.api.patterns import VISIBLE_ASCII
from clauses.api.problems import Refused
from clauses.models import ApiAnswer, ApiToken

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="A name of your making for this act. Sent again within a week, it is done once",
        max_length=200,
        pattern=VISIBLE_ASCII,
    ),
]


def asker(request: HttpRequest) -> Asker:
    """Who asks, in an operation that needs a token."""
    found: Asker = request.asker  # type: ignore[attr-defined]
    return found


def once(
    request: HttpRequest, key: str | None, status: int, act: Callable[[], dict[str, Any]]
) -> Status[Any]:
    """What the act comes to, done with all it writes or not at all; what it came to before, where the key is known.

    Acts with one token wait for each other. Only what was done is remembered: what was refused may be sent again.
    Raises Refused for a key that names another act.
    """
    token = asker(request).token
    assert token
    sent = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    with transaction.atomic():
        ApiToken.objects.select_for_update().get(pk=token.pk)
        known = ApiAnswer.objects.filter(token=token, key=key).first() if key else None
        if known and known.request_sha256 != sent:
            raise Refused(409, "This Idempotency-Key named another act.")
        if known:
            return Status(known.status, known.body)
        body = act()
        if key:
            ApiAnswer.objects.create(
                token=token, key=key, request_sha256=sent, status=status, body=body, at=timezone.now()
            )
    return Status(status, body)
