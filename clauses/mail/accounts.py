"""Mails about accounts. What they say depends on what there is at the address when they are sent."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from clauses.mail.writing import absolute, message, message_id
from clauses.models import AccountMail
from clauses.queries.accounts import HOLDS_FOR


def invitation_message(mail: AccountMail) -> EmailMultiAlternatives:
    """The link behind which an account is made."""
    words: dict[str, Any] = {
        "subject": "[Proviso] Make your account",
        "invited_by": mail.invited_by.get_username() if mail.invited_by else "",
        "role": mail.role,
        "url": absolute("sign-up-confirm", mail.token),
        "days": HOLDS_FOR.days,
    }
    text = render_to_string("emails/invitation.txt", words)
    html = render_to_string("emails/invitation.html", words)
    return message(words["subject"], text, html, mail.address, _headers("invitation", mail))


def known_message(mail: AccountMail, accounts: list[User]) -> EmailMultiAlternatives:
    """That somebody tried to sign up with an address that has an account."""
    words: dict[str, Any] = {
        "subject": "[Proviso] You have an account",
        "accounts": [user.get_username() for user in accounts],
        "sign_in_url": absolute("sign-in"),
        "url": absolute("password-reset"),
    }
    text, html = render_to_string("emails/known.txt", words), render_to_string("emails/known.html", words)
    return message(words["subject"], text, html, accounts[0].email, _headers("known", mail))


def reset_message(mail: AccountMail, accounts: list[User]) -> EmailMultiAlternatives:
    """A link for each account at the address, behind which it gets another password."""
    links = [(user.get_username(), _reset_url(user)) for user in accounts]
    words: dict[str, Any] = {"subject": "[Proviso] Choose another password", "links": links}
    text, html = render_to_string("emails/reset.txt", words), render_to_string("emails/reset.html", words)
    return message(words["subject"], text, html, accounts[0].email, _headers("reset", mail))


def new_address_message(mail: AccountMail, user: User) -> EmailMultiAlternatives:
    """The link behind which a button lets an account use this address."""
    words: dict[str, Any] = {
        "subject": "[Proviso] Confirm your new address",
        "name": user.get_username(),
        "url": absolute("account-address-confirm", mail.token),
        "days": HOLDS_FOR.days,
    }
    text = render_to_string("emails/new_address.txt", words)
    html = render_to_string("emails/new_address.html", words)
    return message(words["subject"], text, html, mail.address, _headers("address", mail))


def leaving_message(mail: AccountMail, user: User) -> EmailMultiAlternatives:
    """Word to the address that an account has or had: another one was asked for, or is used already."""
    words: dict[str, Any] = {
        "subject": "[Proviso] Another address for your account",
        "name": user.get_username(),
        "is_done": user.email.lower() != mail.address.lower(),
        "url": absolute("account"),
    }
    text = render_to_string("emails/leaving.txt", words)
    html = render_to_string("emails/leaving.html", words)
    return message(words["subject"], text, html, mail.address, _headers("leaving", mail))


def _reset_url(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return absolute("password-reset-confirm", uid, default_token_generator.make_token(user))


def _headers(name: str, mail: AccountMail) -> dict[str, str]:
    return {"Message-ID": message_id(name, mail)}
