"""Reads of accounts, and of the mails that lead to one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from clauses.models import AccountMail, AccountMailKind

HOLDS_FOR = timedelta(days=7)


def accounts_at(address: str) -> list[User]:
    """The active accounts that are mailed at an address."""
    found = User.objects.filter(email__iexact=address, is_active=True).order_by("pk")
    # Databases find letters of other scripts alike that mail servers tell apart.
    return [user for user in found if user.email.lower() == address.lower()]


def may_sign_up() -> bool:
    """Whether anybody may make an account."""
    return bool(settings.SIGN_UP == "open")


def may_invite() -> bool:
    """Whether administrators may invite people to make an account."""
    return bool(settings.SIGN_UP in {"open", "invited"})


def standing_invitations(now: datetime) -> QuerySet[AccountMail]:
    """The links by which an account can be made now, the newest first."""
    kinds = [AccountMailKind.INVITATION] if may_invite() else []
    kinds += [AccountMailKind.SIGN_UP] if may_sign_up() else []
    return AccountMail.objects.filter(
        kind__in=kinds, used_at=None, withdrawn_at=None, owed_at__gte=now - HOLDS_FOR
    )


def bound_to(user: User) -> str:
    """A keyed hash of a user's password and address: another one of either, and what was bound to them is void."""
    return salted_hmac(
        "proviso.readdressing", f"{user.password}\n{user.email}", algorithm="sha256"
    ).hexdigest()


def asked_addresses(user: User, now: datetime) -> QuerySet[AccountMail]:
    """The new addresses a user asked for that can still be confirmed: one at the most."""
    return AccountMail.objects.filter(
        kind=AccountMailKind.ADDRESS,
        user=user,
        bound=bound_to(user),
        used_at=None,
        withdrawn_at=None,
        owed_at__gte=now - HOLDS_FOR,
    )


def people() -> QuerySet[User]:
    """All accounts by name, with their roles."""
    return User.objects.order_by("-is_active", "username").prefetch_related("groups")
