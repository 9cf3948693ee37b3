"""Handing out the clauses of the review queue: one to a curator, and no clause to two."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from clauses.models import Clause, ReviewClaim
from clauses.queries.review_queue import QueueFilter, open_to


def give_next(user: User, asked: QueueFilter, at: datetime) -> Clause | None:
    """Claim the weightiest clause that is open to a curator, and let go of the one before; None where none is left."""
    ReviewClaim.objects.filter(curator=user, is_skipped=False).delete()
    return next((clause for clause in open_to(user, asked, at) if claim(clause, user, at)), None)


def claim(clause: Clause, user: User, at: datetime) -> bool:
    """Take a clause, or keep it; False where somebody else looks at it. A claim that went stale is taken over."""
    own = ReviewClaim.objects.filter(clause=clause, curator=user)
    ReviewClaim.objects.stale(at).filter(clause=clause).delete()
    try:
        with transaction.atomic():
            if not own.update(claimed_at=at, is_skipped=False):
                ReviewClaim.objects.create(clause=clause, curator=user, claimed_at=at)
    except IntegrityError:
        return False
    return True


def holder(clause: Clause, user: User, at: datetime) -> User | None:
    """Who else looks at a clause now."""
    held = ReviewClaim.objects.held(at).filter(clause=clause).exclude(curator=user)
    row = held.select_related("curator").first()
    return row.curator if row else None


def skip(clause: Clause, user: User, at: datetime) -> None:
    """Leave a clause for somebody else: it is not given to this curator again."""
    ReviewClaim.objects.update_or_create(
        clause=clause, curator=user, defaults={"claimed_at": at, "is_skipped": True}
    )


def take_up_skipped(user: User) -> int:
    """Let a curator be given again what was skipped. How many clauses."""
    return ReviewClaim.objects.filter(curator=user, is_skipped=True).delete()[0]
