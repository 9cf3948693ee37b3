"""The mails the embedded site wrote to its folder, for the operator."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.queries.mail_folder import latest_mails, linked
from clauses.views.roles import administrator


@require_safe
def mail_folder(request: HttpRequest) -> HttpResponse:
    """The latest mails of the folder as text; their HTML part is never shown. For administrators."""
    administrator(request)
    mails = [
        (mail, linked(mail.text, settings.SITE_URL)) for mail in latest_mails(Path(settings.EMAIL_FILE_PATH))
    ]
    context = {"mails": mails, "smtp_host": settings.EMAIL_HOST, "folder": settings.EMAIL_FILE_PATH}
    return render(request, "status/mail.html", context)
