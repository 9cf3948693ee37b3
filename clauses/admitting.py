"""The way to an account: by invitation or by signing up, after the address is confirmed; and back to a lost one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import transaction

from clauses import asking
from clauses.models import AccountMail, AccountMailKind
from clauses.queries.accounts import accounts_at, standing_invitations
from monitor.acts import note
from monitor.models import ActKind
from monitor.roles import ANALYST

_FORGET_AFTER = timedelta(days=30)


class HasAccount(ValueError):
    """The address that is to be invited has an account."""


def asks_too_often(client: str, now: datetime) -> bool:
    """Whether a client has asked for as many mails about accounts within an hour as it may."""
    return asking.is_too_often(AccountMail.objects.all(), client, now)


def ask(kind: AccountMailKind, address: str, client: str, now: datetime) -> None:
    """Owe an address a mail about signing up or a lost password, whether or not there is an account.

    Does nothing for an address that was asked often enough. From outside all of it looks the same.
    """
    address = address.strip().lower()
    # Invitations do not count: somebody else decides on them.
    before = AccountMail.objects.filter(address=address, kind=kind)
    if not asking.is_enough(before, now):
        AccountMail.objects.create(kind=kind, address=address, client=client)


def invite(address: str, role: str, by: User, now: datetime) -> AccountMail:
    """Owe an address an invitation to an account with a role; one before it holds no more. Raises HasAccount."""
    address = address.strip().lower()
    if accounts_at(address):
        raise HasAccount(address)
    kind = AccountMailKind.INVITATION
    with transaction.atomic():
        for row in AccountMail.objects.filter(kind=kind, address=address, used_at=None, withdrawn_at=None):
            withdraw(row, by, now)
        note(by, ActKind.ACCOUNT, f"invitation: {address}", f"role: {role}")
        return AccountMail.objects.create(kind=kind, address=address, role=role, invited_by=by)


def withdraw(invitation: AccountMail, by: User, now: datetime) -> None:
    """Let the link of an invitation hold no more."""
    AccountMail.objects.filter(pk=invitation.pk, used_at=None).update(withdrawn_at=now)
    note(by, ActKind.ACCOUNT, f"invitation: {invitation.address}", "withdrawn")


def invitation_by(token: str, now: datetime) -> AccountMail | None:
    """The invitation or sign-up of a link; None where it was used, is too old, withdrawn, or made up."""
    return standing_invitations(now).filter(token=token).first()


def admit(invitation: AccountMail, username: str, password: str, now: datetime) -> User | None:
    """Make the account, with the address that the link was sent to. None where the link was used meanwhile."""
    with transaction.atomic():
        # Whoever uses another link to the same address waits, and then finds the account.
        list(
            AccountMail.objects.select_for_update().filter(address__iexact=invitation.address).order_by("pk")
        )
        if standing_invitations(now).filter(pk=invitation.pk).update(used_at=now) != 1:
            return None
        if accounts_at(invitation.address):
            return None
        # Another link to the same address would make a second account.
        standing_invitations(now).filter(address__iexact=invitation.address).update(used_at=now)
        user = User.objects.create_user(username, invitation.address, password)
        if invitation.role and invitation.role != ANALYST:
            user.groups.add(Group.objects.get(name=invitation.role))
        came = f"invited by {invitation.invited_by}" if invitation.invited_by else "signed up"
        note(user, ActKind.ACCOUNT, f"user: {username}", f"{came}, role: {invitation.role or ANALYST}")
        return user


def forget(now: datetime) -> None:
    """Delete old mails about accounts with their addresses."""
    AccountMail.objects.filter(owed_at__lt=now - _FORGET_AFTER).delete()
