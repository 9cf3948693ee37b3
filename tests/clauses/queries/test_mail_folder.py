"""The mails an embedded site wrote instead of sending them, and the page that shows them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.test import Client, override_settings
from django.urls import reverse

from clauses.queries.mail_folder import latest_mails, linked
from tests.builders import make_user

FILES = "django.core.mail.backends.filebased.EmailBackend"


def write(folder: Path, *subjects: str) -> None:
    """One file with a message for each subject, as the site's mail backend writes it."""
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=str(folder)):
        messages = [
            EmailMultiAlternatives(subject, f"Text of {subject}", to=["a@example.org"])
            for subject in subjects
        ]
        for message in messages:
            message.attach_alternative(f"<h1>HTML of {message.subject}</h1>", "text/html")
        get_connection().send_messages(messages)


def test_a_message_is_read_back(tmp_path: Path) -> None:
    write(tmp_path, "Höhe: 5 years")
    (mail,) = latest_mails(tmp_path)
    assert (mail.subject, mail.to) == ("Höhe: 5 years", "a@example.org")
    assert mail.text.strip() == "Text of Höhe: 5 years"
    assert mail.at is not None
    assert mail.message_id.startswith("<")


def test_the_newest_come_first_and_no_more_than_asked(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "written", f"first {number}", f"second {number}")
        (written,) = (tmp_path / "written").glob("*.log")
        # Files of one second may share a name, and those of one tick of the clock an age.
        os.utime(written, (number, number))
        written.rename(tmp_path / f"{number}.log")
    subjects = [mail.subject for mail in latest_mails(tmp_path, 4)]
    assert subjects == ["second 2", "first 2", "second 1", "first 1"]


def test_a_folder_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    assert latest_mails(tmp_path / "none") == []


def test_what_is_no_mail_is_shown_without_falling_over(tmp_path: Path) -> None:
    (tmp_path / "odd.log").write_bytes(b"\xff\xfe\x00 no mail at all")
    (mail,) = latest_mails(tmp_path)
    assert mail.subject == ""


@pytest.mark.django_db
def test_the_page_shows_the_text_and_never_the_html(client: Client, tmp_path: Path) -> None:
    write(tmp_path, "<script>x()</script>")
    client.force_login(make_user(role="administrator"))
    with override_settings(EMAIL_FILE_PATH=tmp_path):
        body = client.get(reverse("mail-folder")).content.decode()
    assert "<script>x()" not in body
    assert "Text of &lt;script&gt;x()" in body
    assert "HTML of" not in body


@pytest.mark.django_db
def test_an_empty_folder_says_so(client: Client, tmp_path: Path) -> None:
    client.force_login(make_user(role="administrator"))
    with override_settings(EMAIL_FILE_PATH=tmp_path / "none"):
        assert "No mail yet" in client.get(reverse("mail-folder")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", "curator"])
def test_the_mails_of_others_are_for_administrators(client: Client, role: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(reverse("mail-folder")).status_code == 403


@pytest.mark.django_db
def test_a_plain_message_without_html_is_shown(tmp_path: Path) -> None:
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=str(tmp_path)):
        EmailMessage("Plain", "Only text", to=["a@example.org"]).send()
    assert latest_mails(tmp_path)[0].text.strip() == "Only text"


def test_only_addresses_of_this_site_become_links() -> None:
    text = "See http://here.example:8000/a?b=1. Or http://here.example:8000.evil.example/ or javascript:x()"
    assert [words for is_ours, words in linked(text, "http://here.example:8000") if is_ours] == [
        "http://here.example:8000/a?b=1"
    ]
    assert "".join(words for _, words in linked(text, "http://here.example:8000")) == text
