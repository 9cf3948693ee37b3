"""Making an account: asking for one, the link of a mail, and the administrators' page of all accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from clauses import admitting
from clauses.asking import client_key
from clauses.forms.accounts import AccountForm, AskedAddressForm, InviteForm
from clauses.mail.writing import absolute
from clauses.models import AccountMailKind
from clauses.queries.accounts import may_invite, may_sign_up, people, standing_invitations
from clauses.views.client import client_address
from clauses.views.form_page import form_page
from clauses.views.roles import administrator

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@form_page
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form, and what came of it: the same words whoever the address belongs to."""
    if not may_sign_up():
        raise Http404("signing up is off")
    if request.user.is_authenticated:
        return redirect("dashboard")
    form = AskedAddressForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        return ask_by_mail(request, AccountMailKind.SIGN_UP, form.cleaned_data["email"])
    return render(request, "accounts/sign_up.html", {"form": form})


def ask_by_mail(request: HttpRequest, kind: AccountMailKind, address: str) -> HttpResponse:
    """Owe the address a mail, unless too many were asked for from the network it is asked from."""
    now = timezone.now()
    client = client_key(client_address(request))
    if admitting.asks_too_often(client, now):
        return render(request, "accounts/too_often.html", status=429)
    admitting.ask(kind, address, client, now)
    return render(request, "accounts/asked.html", {"address": address, "kind": kind.value})


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@form_page
def sign_up_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: opening it shows a form, sending the form makes the account and uses the link up."""
    now = timezone.now()
    invitation = admitting.invitation_by(token, now)
    if invitation is None:
        return render(request, "accounts/sign_up_gone.html", status=410)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        user = admitting.admit(invitation, chosen["username"], chosen["password1"], now)
        if user is None:
            return render(request, "accounts/sign_up_gone.html", status=410)
        begin_session(request, user)
        messages.success(request, f"Welcome, {user.get_username()}. Your account is made.")
        return redirect("dashboard")
    return render(request, "accounts/sign_up_confirm.html", {"form": form, "invitation": invitation})


def begin_session(request: HttpRequest, user: User) -> None:
    """Sign in somebody who has just chosen a password."""
    login(request, user, backend=_BACKEND)


@never_cache
@form_page
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts and the invitations that stand, for administrators. POST invites somebody."""
    by = administrator(request)
    form = InviteForm(request.POST or None, label_suffix="")
    if request.method == "POST" and may_invite() and form.is_valid():
        chosen = form.cleaned_data
        try:
            admitting.invite(chosen["email"], chosen["role"], by, timezone.now())
        except admitting.HasAccount:
            form.add_error("email", "Somebody with this address has an account.")
        else:
            messages.success(request, f"An invitation is on its way to {chosen['email']}.")
            return redirect("accounts")
    return render(request, "accounts/people.html", _standing(form))


def _standing(form: InviteForm) -> dict[str, Any]:
    standing = standing_invitations(timezone.now()).select_related("invited_by")
    return {
        "people": people(),
        "invitations": [(row, absolute("sign-up-confirm", row.token)) for row in standing],
        "form": form if may_invite() else None,
        "sign_up": settings.SIGN_UP,
        "is_private": settings.PRIVATE_SITE,
    }


@require_POST
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the link of an invitation hold no more. For administrators."""
    by, now = administrator(request), timezone.now()
    invitation = get_object_or_404(standing_invitations(now), pk=pk)
    admitting.withdraw(invitation, by, now)
    messages.success(request, f"The link that {invitation.address} got no longer works.")
    return redirect("accounts")
