"""Who is mailed, where, and at which hour a digest comes."""

from __future__ import annotations

import secrets
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q


def new_token() -> str:
    """A link nobody can guess."""
    return secrets.token_urlsafe(24)


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Recipient(models.Model):
    """One person who may be mailed: somebody with an account, or a mail address that was confirmed without one.

    `token` is the secret of the page on which somebody without an account keeps their subscriptions.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="recipient"
    )
    own_address = models.EmailField(blank=True, help_text="Of somebody without an account")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    zone = models.CharField("time zone", max_length=64, default="UTC")
    hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    created_at = models.DateTimeField(auto_now_add=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="Mail came back, or was complained of")
    stopped_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["own_address"], condition=Q(user__isnull=True), name="recipient_address_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.own_address

    @property
    def address(self) -> str:
        """Where mail goes; empty for a user who named no address."""
        return self.user.email if self.user else self.own_address

    @property
    def may_be_mailed(self) -> bool:
        """Whether neither the account nor the mail to it was stopped."""
        return self.stopped_at is None and (self.user is None or self.user.is_active)

    @property
    def zone_info(self) -> ZoneInfo:
        """The time zone; UTC where the one on record no longer exists."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")
