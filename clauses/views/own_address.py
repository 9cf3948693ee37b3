"""One's own account: the address that mail goes to, and another one, which is used once it is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clauses import readdressing
from clauses.forms.accounts import AddressForm
from clauses.queries.accounts import asked_addresses
from clauses.views.form_page import form_page


@form_page
def account(request: HttpRequest) -> HttpResponse:
    """The address, the one that waits to be confirmed, and the form for another."""
    user: User = request.user  # type: ignore[assignment]
    form = AddressForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        _take(request, user, form.cleaned_data["email"])
        return redirect("account")
    asked = asked_addresses(user, timezone.now()).first()
    return render(request, "accounts/account.html", {"form": form, "asked": asked})


def _take(request: HttpRequest, user: User, address: str) -> None:
    if address == user.email:
        messages.success(request, "This is your mail address already.")
        return
    if not address:
        readdressing.clear(user, timezone.now())
        messages.success(request, "Your mail address is removed. Nothing is mailed to you.")
        return
    try:
        readdressing.ask(user, address, timezone.now())
    except readdressing.TooOften:
        messages.error(request, "You asked for three other addresses within a day. Try again tomorrow.")
        return
    messages.success(
        request,
        f"A message is on its way to {address}. The address is used once you confirm it by the link in it.",
    )


@require_POST
def withdraw_address(request: HttpRequest) -> HttpResponse:
    """Let the link hold no more."""
    readdressing.withdraw(request.user, timezone.now())  # type: ignore[arg-type]
    messages.success(request, "Withdrawn. Your mail address stays as it is.")
    return redirect("account")


@login_not_required
@never_cache
@form_page
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Ask by a button, because scanners open every link of a mail; the button uses the link up."""
    now = timezone.now()
    asked = readdressing.asked_by(token, now)
    if asked is None:
        return render(request, "accounts/address_gone.html", status=410)
    if request.method != "POST":
        return render(request, "accounts/address_confirm.html", {"asked": asked})
    if not readdressing.confirm(asked, now):
        return render(request, "accounts/address_gone.html", status=410)
    return render(request, "accounts/address_used.html", {"asked": asked})
