"""Mails about accounts: who was invited, wants an account, forgot a password, or takes another address."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.alert import Delivery
from clauses.models.recipient import new_token
from monitor.roles import ROLES


class AccountMailKind(models.TextChoices):
    """Why an address is written to."""

    INVITATION = "invitation", "Invitation"
    SIGN_UP = "sign_up", "Sign-up"
    RESET = "reset", "Password reset"
    ADDRESS = "address", "New address"
    LEAVING = "leaving", "Word to the address before"


class AccountMail(Delivery):
    """One mail to one address. What it says is decided when it is sent, so that asking tells nobody who has an account.

    The link of an invitation, a sign-up or a new address holds `token`. `client` is a keyed hash of the network address
    that asked. `user` takes the new address; `bound` is a keyed hash of what they signed in by when they asked for it.
    """

    kind = models.CharField(max_length=10, choices=AccountMailKind)
    address = models.EmailField()
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    client = models.CharField(max_length=64, blank=True, db_index=True)
    role = models.CharField(max_length=13, choices=[(role, role.capitalize()) for role in ROLES], blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    bound = models.CharField(max_length=64, blank=True, editable=False)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-owed_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["address", "owed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.address}"
