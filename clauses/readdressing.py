"""Another mail address for an account: used once whoever reads it says so, and the address before is told."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses import asking
from clauses.models import AccountMail, AccountMailKind, AlertState
from clauses.queries.accounts import asked_addresses, bound_to
from monitor.acts import note
from monitor.models import ActKind


class TooOften(ValueError):
    """So many addresses were asked for within a day that another one has to wait."""


def ask(user: User, address: str, now: datetime) -> None:
    """Owe a new address a mail with a link, and the address before word of it. Raises TooOften.

    One asked for before holds no more. Nothing is owed to an address that was asked often enough, by whomever: from
    outside that looks the same.
    """
    asked = AccountMail.objects.filter(kind=AccountMailKind.ADDRESS)
    if asking.is_enough(asked.filter(user=user), now):
        raise TooOften
    is_enough = asking.is_enough(asked.filter(address__iexact=address), now)
    state = AlertState.DROPPED if is_enough else AlertState.OWED
    with transaction.atomic():
        withdraw(user, now)
        AccountMail.objects.create(
            kind=AccountMailKind.ADDRESS, address=address, user=user, bound=bound_to(user), state=state
        )
        _tell(user, user.email)


def withdraw(user: User, now: datetime) -> None:
    """Let no link hold that gives a user another address."""
    asked_addresses(user, now).update(withdrawn_at=now)


def clear(user: User, now: datetime) -> None:
    """Take a user's address away: nothing is mailed, and the address is told."""
    with transaction.atomic():
        withdraw(user, now)
        before = user.email
        _take(user, "")
        _tell(user, before)


def asked_by(token: str, now: datetime) -> AccountMail | None:
    """The request of a link; None where it was used, is too old, withdrawn, made up, or void by another password."""
    rows = AccountMail.objects.select_related("user")
    row = rows.filter(token=token, kind=AccountMailKind.ADDRESS, user__is_active=True).first()
    return row if row and row.user and asked_addresses(row.user, now).filter(pk=row.pk).exists() else None


def confirm(row: AccountMail, now: datetime) -> bool:
    """Use the address from now on. False where the link was used or became void meanwhile."""
    if row.user is None:
        return False
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=row.user.pk)
        if asked_addresses(user, now).filter(pk=row.pk).update(used_at=now) != 1:
            return False
        _take(user, row.address)
    return True


def _take(user: User, address: str) -> None:
    was = f"mail address: {address or 'none'}, before: {user.email or 'none'}"
    note(user, ActKind.ACCOUNT, f"user: {user.get_username()}", was)
    user.email = address
    user.save(update_fields=["email"])


def _tell(user: User, address: str) -> None:
    if address:
        AccountMail.objects.create(kind=AccountMailKind.LEAVING, address=address, user=user)
