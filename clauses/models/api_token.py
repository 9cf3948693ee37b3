"""What programs sign in with, and what they were answered to acts that are to happen once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models


class TokenScope(models.TextChoices):
    """What a program may do with a token, as long as the role of its owner allows it."""

    READ = "read", "Read"
    DECIDE = "decide", "Read, and decide on clauses"
    WATCH = "watch", "Read, and keep the watch list"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens by whether they hold."""

    def standing(self, at: datetime) -> ApiTokenQuerySet:
        """Those that hold: neither revoked nor expired, of an account that is active."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, user__is_active=True)


class ApiToken(models.Model):
    """A secret of a person's, kept as its SHA-256 only: nobody can read it from here."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=6, choices=TokenScope, default=TokenScope.READ)
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the secret")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To some minutes")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ApiAnswer(models.Model):
    """What an act came to that was sent under an idempotency key: sent again, it is answered the same."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_answer_once")]

    def __str__(self) -> str:
        return self.key
