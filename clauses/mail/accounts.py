"""Mails about accounts. What they say depends on what there is at the address when they are sent."""

from __future__ import annotations

from collections.abc import Mapping
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
    words = {
        "subject": "[Proviso] Make your account",
        "invited_by": mail.invited_by.get_username() if mail.invited_by else "",
        "role": mail.role,
        "url": absolute("sign-up-confirm", mail.token),
        "days": HOLDS_FOR.days,
    }
    return _message("invitation", mail, words, mail.address)


def known_message(mail: AccountMail, accounts: list[User]) -> EmailMultiAlternatives:
    """That somebody tried to sign up with an address that has an account."""
    words = {
        "subject": "[Proviso] You have an account",
        "accounts": [user.get_username() for user in accounts],
        "sign_in_url": absolute("sign-in"),
        "url": absolute("password-reset"),
    }
    return _message("known", mail, words, accounts[0].email)


def reset_message(mail: AccountMail, accounts: list[User]) -> EmailMultiAlternatives:
    """A link for each account at the address, behind which it gets another password."""
    links = [(user.get_username(), _reset_url(user)) for user in accounts]
    words = {"subject": "[Proviso] Choose another password", "links": links}
    return _message("reset", mail, words, accounts[0].email)


def _reset_url(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return absolute("password-reset-confirm", uid, default_token_generator.make_token(user))


def _message(name: str, mail: AccountMail, words: Mapping[str, Any], address: str) -> EmailMultiAlternatives:
    return message(
        words["subject"],
        render_to_string(f"emails/{name}.txt", dict(words)),
        render_to_string(f"emails/{name}.html", dict(words)),
        address,
        {"Message-ID": message_id(name, mail)},
    )
