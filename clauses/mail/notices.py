"""The mail that tells an operator what needs them."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from clauses.core.plain_line import plain_line
from clauses.mail.words import Words
from clauses.mail.writing import absolute, message, message_id, subject_line, thread
from clauses.models import MailedNotice, NoticeMail

_SHOWN = 50


def notice_message(mail: NoticeMail) -> EmailMultiAlternatives:
    """The mail with its notices, oldest first."""
    rows = mail.notices.select_related("notice__source__document__platform", "queue_notice").order_by("pk")
    notices = [_words(row) for row in rows]
    first = f"{notices[0]['title']}: {notices[0]['about']}"
    rest = len(notices) - 1
    words: Words = {
        "subject": subject_line("Operator", f"{first}, and {rest} more" if rest else first),
        "notices": notices[:_SHOWN],
        "more": max(0, len(notices) - _SHOWN),
        "status_url": absolute("status"),
    }
    headers = {"Message-ID": message_id("notices", mail), **thread("operator")}
    return message(
        words["subject"],
        render_to_string("emails/notices.txt", words),
        render_to_string("emails/notices.html", words),
        mail.address,
        headers,
    )


def _words(row: MailedNotice) -> Words:
    if row.queue_notice:
        title = "A queue moves again" if row.queue_notice.is_over else "A queue stands still"
        told = row.queue_notice
        return {"title": title, "about": told.queue, "words": told.words, "told_at": told.told_at, "url": ""}
    notice = row.notice
    assert notice
    document = notice.source.document
    return {
        "title": notice.get_kind_display(),
        "about": plain_line(f"{document.platform.name}, {document.name}"),
        "words": plain_line(notice.words),
        "told_at": notice.told_at,
        "url": absolute("document", document.platform.slug, document.slug),
        "page": plain_line(notice.source.url),
    }
