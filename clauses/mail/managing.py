"""Where the reader of a mail keeps their subscriptions."""

from __future__ import annotations

from clauses.mail.writing import absolute
from clauses.models import Recipient


def managing_url(recipient: Recipient) -> str:
    """The page of all subscriptions: behind the sign-in, or behind a secret for somebody without an account."""
    if recipient.user_id:
        return absolute("subscriptions")
    return absolute("subscriptions-by-mail", recipient.token)
