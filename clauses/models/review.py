"""Who looks at which clause of the review queue at present."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.clause import Clause


class ReviewClaim(models.Model):
    """That a curator was given a clause to rule on. Others are given other ones until the claim goes stale.

    `is_skipped`: the curator left it for somebody else, who may be given it at once.
    """

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="review_claims")
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField()
    is_skipped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "curator"], name="review_claim_once"),
            models.UniqueConstraint(
                fields=["clause"], condition=models.Q(is_skipped=False), name="one_curator_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} looked at by {self.curator}"
