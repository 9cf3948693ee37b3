"""What a mail server's answer means for the message: never, later, or that nobody was there."""

from __future__ import annotations

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest

from clauses.retrying import MAX_ATTEMPTS, is_final, is_no_server, wait_after

NEVER = [
    (550, b"5.1.1 User unknown"),
    (550, b"No such mailbox"),
    (552, b"5.2.2 Mailbox full"),
    (554, b"5.1.70 Not a known code"),
]
ABOUT_US = [
    (554, b"5.7.1 <anna@example.org>: Relay access denied"),
    (550, b"5.7.26 This mail is unauthenticated"),
    (554, b"5.1.8 Sender address rejected: Domain not found"),
    (530, b"Authentication required"),
]


@pytest.mark.parametrize(("code", "words"), NEVER)
def test_what_a_server_says_of_the_recipient_or_the_message_is_final(code: int, words: bytes) -> None:
    assert is_final(SMTPRecipientsRefused({"anna@example.org": (code, words)}))
    assert is_final(SMTPDataError(code, words))
    assert is_final(SMTPDataError(code, words.decode()))


@pytest.mark.parametrize(("code", "words"), [*ABOUT_US, (450, b"4.2.0 Greylisted"), (451, b"Later")])
def test_what_a_server_says_of_us_or_only_for_now_is_not_final(code: int, words: bytes) -> None:
    assert not is_final(SMTPRecipientsRefused({"anna@example.org": (code, words)}))
    assert not is_final(SMTPDataError(code, words))
    assert not is_final(SMTPDataError(code, words.decode()))


def test_a_recipient_number_in_the_words_is_no_code_of_ours() -> None:
    assert is_final(SMTPDataError(554, b"Refused, see 5.7.1 of our rules"))


@pytest.mark.parametrize(
    ("error", "is_nobody"),
    [
        (ConnectionRefusedError(), True),
        (SMTPServerDisconnected("gone"), True),
        (SMTPConnectError(554, b"No service"), True),
        (SMTPAuthenticationError(535, b"Wrong password"), False),
        (SMTPDataError(451, b"Later"), False),
        (ValueError("of our own code"), False),
    ],
)
def test_an_answer_shows_that_a_server_is_there(error: Exception, is_nobody: bool) -> None:
    assert is_no_server(error) is is_nobody


def test_all_tries_together_take_about_four_days() -> None:
    waits = [wait_after(attempts) for attempts in range(1, MAX_ATTEMPTS)]
    assert waits[0] == timedelta(minutes=2)
    assert max(waits) == timedelta(hours=6)
    assert timedelta(days=3, hours=12) < sum(waits, timedelta()) < timedelta(days=4, hours=12)
