"""Tokens of programs: one's own to make and revoke, and those of all people for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clauses import tokens as keeping_tokens
from clauses.forms.tokens import TokenForm
from clauses.queries.tokens import all_tokens as everybodys_tokens
from clauses.queries.tokens import tokens_of
from clauses.views.asked_page import asked_page
from clauses.views.form_page import form_page
from clauses.views.roles import administrator
from clauses.views.team import member
from monitor.roles import is_administrator

_ON_A_PAGE = 50


@never_cache
@form_page
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and the form for another one. POST makes it and shows its secret, this once."""
    user, now = member(request), timezone.now()
    form = TokenForm(user, request.POST or None)
    made = secret = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            token, secret = keeping_tokens.make(user, said["name"], said["scope"], said["days"], now)
            made, form = token.name, TokenForm(user)
        except keeping_tokens.TooManyTokens:
            form.add_error(
                None, f"You have {keeping_tokens.MOST} tokens, as many as one may have. Revoke one first."
            )
    context = {
        "tokens": tokens_of(user, now),
        "form": form,
        "made": made,
        "secret": secret,
        "is_administrator": is_administrator(user),
    }
    return render(request, "tokens/list.html", context)


@form_page
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before a token is revoked, then revoke it: one's own, or anybody's for administrators."""
    user, now = member(request), timezone.now()
    found = everybodys_tokens(now) if is_administrator(user) else tokens_of(user, now)
    token = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        keeping_tokens.revoke(token, user, now)
        messages.success(request, f"“{token.name}” is revoked.")
        return redirect("tokens" if token.user == user else "all-tokens")
    return render(request, "tokens/revoke.html", {"token": token, "is_of_another": token.user != user})


@require_safe
def all_tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of all people. For administrators."""
    administrator(request)
    page = Paginator(everybodys_tokens(timezone.now()), _ON_A_PAGE).get_page(asked_page(request))
    return render(request, "tokens/all.html", {"tokens": page, "page": page})
