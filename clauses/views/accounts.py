"""Signing in and out, the first administrator's welcome, and passwords."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from clauses.accounts import accept_invitation, has_accounts, invited
from clauses.forms.accounts import AskedAddressForm, WelcomeForm
from clauses.models import AccountMailKind
from clauses.queries.accounts import may_sign_up
from clauses.views.admission import ask_by_mail, begin_session
from clauses.views.client import client_address
from clauses.views.form_page import form_page


class SignIn(LoginView):
    """The sign-in page. Leads on to `next` only within the site; django-axes stops who fails too often."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether anybody has an account, and whether one is needed to read."""
        known = {"has_accounts": has_accounts(), "is_private": settings.PRIVATE_SITE}
        known["may_sign_up"] = may_sign_up()
        return super().get_context_data(**known, **kwargs)


class ChooseOtherPassword(PasswordResetConfirmView):
    """The link of a mail about a forgotten password: opening it shows a form, sending the form uses it up."""

    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it is changed."""
        messages.success(self.request, "Your password is changed. Sign in with it.")
        return super().form_valid(form)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A link that no longer holds is gone."""
        return super().render_to_response(context, status=200 if context["validlink"] else 410, **kwargs)


class ChangePassword(PasswordChangeView):
    """The signed-in user's new password."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that it is changed."""
        messages.success(self.request, "Your password is changed.")
        return super().form_valid(form)


def locked(request: HttpRequest, _: Any, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """What django-axes answers who failed too often: until when signing in is closed."""
    names = {"username": get_client_username(request, credentials), "ip_address": client_address(request)}
    last = AccessAttempt.objects.filter(**names).aggregate(at=Max("attempt_time"))["at"] or timezone.now()
    until = last + get_cool_off(request)
    answer = render(request, "accounts/locked.html", {"until": until}, status=429)
    answer["Retry-After"] = str(max(1, ceil((until - timezone.now()).total_seconds())))
    return answer


@login_not_required
@form_page
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. What comes of it is the same whether or not there is an account."""
    form = AskedAddressForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        return ask_by_mail(request, AccountMailKind.RESET, form.cleaned_data["email"])
    return render(request, "accounts/password_reset.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@form_page
def welcome(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The first administrator's one-time link: opening it shows a form, sending the form uses the link up."""
    user = invited(uid, token)
    if user is None:
        return render(request, "accounts/welcome_gone.html", status=410)
    initial = {"username": "" if user.username.startswith("admin-") else user.username}
    form = WelcomeForm(request.POST or None, instance=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        accepted = accept_invitation(uid, token, chosen["username"], chosen["email"], chosen["password1"])
        if accepted is None:
            return render(request, "accounts/welcome_gone.html", status=410)
        begin_session(request, accepted)
        messages.success(
            request, f"Welcome, {accepted.get_username()}. You are the administrator of this site."
        )
        return redirect("dashboard")
    return render(request, "accounts/welcome.html", {"form": form})
