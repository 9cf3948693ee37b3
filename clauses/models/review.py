"""Who looks at which clause of the review queue at present."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from clauses.models.clause import Clause

# A claim that is older binds nobody: whoever has it went away.
_BINDS_FOR = timedelta(minutes=15)


class ReviewClaimQuerySet(models.QuerySet["ReviewClaim"]):
    """Claims by whether they bind."""

    def held(self, at: datetime) -> ReviewClaimQuerySet:
        """Those by which somebody looks at a clause."""
        return self.filter(is_skipped=False, claimed_at__gt=at - _BINDS_FOR)

    def stale(self, at: datetime) -> ReviewClaimQuerySet:
        """Those whose curator went away."""
        return self.filter(is_skipped=False, claimed_at__lte=at - _BINDS_FOR)


class ReviewClaim(models.Model):
    """That a curator was given a clause to rule on. Others are given other ones until the claim goes stale.

    `is_skipped`: the curator left it for somebody else, who may be given it at once.
    """

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="review_claims")
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField()
    is_skipped = models.BooleanField(default=False)

    objects = ReviewClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "curator"], name="review_claim_once"),
            models.UniqueConstraint(
                fields=["clause"], condition=models.Q(is_skipped=False), name="one_curator_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} looked at by {self.curator}"
