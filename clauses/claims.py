"""What a process is at work on: others leave it alone, until the claim is so old that its process must have died."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from clauses.models import AnalysisClaim, RereadingClaim

Claims = type[AnalysisClaim] | type[RereadingClaim]


def take(claims: Claims, key: int, now: datetime) -> bool:
    """Claim the version or document of a key, also one that somebody left behind. False where somebody is at work."""
    stale = now - timedelta(seconds=settings.CLAIM_SECONDS)
    _, is_new = claims.objects.get_or_create(pk=key, defaults={"claimed_at": now})
    return is_new or claims.objects.filter(pk=key, claimed_at__lt=stale).update(claimed_at=now) == 1


def let_go(claims: Claims, key: int, claimed_at: datetime) -> None:
    """End one's own claim, whose moment is its token. What somebody else took over stays theirs."""
    claims.objects.filter(pk=key, claimed_at=claimed_at).delete()
