"""The first administrator's way in: a link that works once, printed where the site was started."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from monitor.acts import note
from monitor.models import ActKind
from monitor.roles import ADMINISTRATOR, role_of

# Django stores "!" before the random rest of a password nobody can sign in with.
_UNUSABLE = "!"


def first_administrator_link(site_url: str) -> str | None:
    """The one-time sign-in link, or None where an active administrator has a password already.

    `site_url` is scheme, host and port without a path. It holds for PASSWORD_RESET_TIMEOUT and dies with
    its use; asking again gives another link to the same account.
    """
    with transaction.atomic():
        administrators = User.objects.filter(
            Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR), is_active=True
        )
        if administrators.exclude(password__startswith=_UNUSABLE).exists():
            return None
        user = administrators.filter(is_superuser=True).order_by("pk").first() or _new_administrator()
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("welcome", kwargs={"uid": uid, "token": default_token_generator.make_token(user)})
    return f"{site_url.rstrip('/')}{path}"


def has_accounts() -> bool:
    """Whether anybody can sign in with a password."""
    return User.objects.filter(is_active=True).exclude(password__startswith=_UNUSABLE).exists()


def invited(uid: str, token: str) -> User | None:
    """The account a one-time link is for, or None where the link was used, is too old or was made up."""
    return _invited(uid, token, User.objects.all())


def accept_invitation(uid: str, token: str, username: str, email: str, password: str) -> User | None:
    """Give the invited account its name and password. None where the link no longer holds."""
    with transaction.atomic():
        user = _invited(uid, token, User.objects.select_for_update())
        if user is None:
            return None
        user.username, user.email = username, email
        user.set_password(password)
        user.save()
        note(
            user,
            ActKind.ACCOUNT,
            f"user: {username}",
            f"first sign-in by the link of the site, role: {role_of(user)}",
        )
        return user


def _invited(uid: str, token: str, accounts: QuerySet[User]) -> User | None:
    try:
        user = accounts.filter(pk=int(urlsafe_base64_decode(uid).decode("ascii")), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    if user is None or user.has_usable_password() or not default_token_generator.check_token(user, token):
        return None
    return user


def _new_administrator() -> User:
    name, number = "admin", 1
    while User.objects.filter(username=name).exists():
        number += 1
        name = f"admin-{number}"
    user = User(username=name, is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    return user
