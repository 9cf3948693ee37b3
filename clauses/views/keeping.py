"""The page on which a person keeps their subscriptions, with an account or by the secret of a mail.

`base` is its address: what is posted about one subscription goes to addresses below it.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from clauses import subscribing
from clauses.forms.subscriptions import MeasureForm, RhythmForm, WishForm, measure_form
from clauses.models import Frequency, Recipient, Subscription
from clauses.queries.subscriptions import asked_words, kept, latest_mails
from clauses.queries.wanted import preview
from clauses.subscribing import Wish
from clauses.views.way_back import way_back


def show(
    request: HttpRequest,
    recipient: Recipient,
    base: str,
    form: WishForm | None = None,
    wish: Wish | None = None,
) -> HttpResponse:
    """The page; with a wish, also what that would have sent."""
    is_known = recipient.pk is not None
    rows = kept(recipient).prefetch_related("webhooks") if is_known else []
    context = {
        "recipient": recipient,
        "base": base,
        "rows": [(row, measure_form(row)) for row in rows],
        "form": form or WishForm(initial=_asked(request), has_account=_has_account(recipient)),
        "rhythm": RhythmForm(instance=recipient, auto_id="id_rhythm_%s"),
        "mails": latest_mails(recipient) if is_known else [],
        "preview": preview(wish.row(recipient), recipient, timezone.now()) if wish else None,
    }
    return render(request, "subscriptions/list.html", context)


def _has_account(recipient: Recipient) -> bool:
    return recipient.user_id is not None


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link to the page asks the form to begin with: a platform, a kind of document, a clause type."""
    return {
        name: request.GET[name] for name in ("platform", "document_type", "type") if request.GET.get(name)
    }


def take(request: HttpRequest, recipient: Recipient, base: str) -> HttpResponse:
    """What was posted to the page: a new subscription, a look ahead at one, or the hour of digests."""
    if request.POST.get("act") == "rhythm":
        return _set_rhythm(request, recipient, base)
    if request.POST.get("act") == "start":
        subscribing.start_again(Recipient.objects.filter(pk=recipient.pk))
        messages.success(request, "Mail is sent to you again.")
        return redirect(base)
    form = WishForm(request.POST, has_account=_has_account(recipient))
    if not form.is_valid():
        return show(request, recipient, base, form)
    if request.POST.get("act") == "preview":
        return show(request, recipient, base, form, form.wish())
    messages.success(request, promise(subscribing.begin(recipient, form.wish())))
    return redirect(way_back(request, base))


def _set_rhythm(request: HttpRequest, recipient: Recipient, base: str) -> HttpResponse:
    form = RhythmForm(request.POST, instance=recipient)
    if form.is_valid():
        form.save()
        messages.success(request, "Digests come at that hour from the next one on.")
    else:
        messages.error(request, "Choose an hour, a day and a time zone from the lists.")
    return redirect(base)


def change(request: HttpRequest, subscription: Subscription, base: str) -> HttpResponse:
    """Another measure for a subscription, a pause of it, or the end of a pause."""
    if request.POST.get("act") == "pause":
        subscribing.pause(subscription)
        messages.success(request, f"Paused: changes of {asked_words(subscription)}.")
        return redirect(base)
    if request.POST.get("act") == "resume":
        subscribing.resume(subscription)
        messages.success(request, f"Resumed: changes of {asked_words(subscription)}.")
        return redirect(base)
    form = MeasureForm(request.POST, has_account=_has_account(subscription.recipient))
    if form.is_valid():
        changed = subscribing.change(subscription, **form.cleaned_data)
        messages.success(request, promise(changed))
    else:
        messages.error(request, "Choose one of the severities.")
    return redirect(base)


def end(request: HttpRequest, subscription: Subscription, base: str) -> HttpResponse:
    """Ask before ending a subscription, then end it."""
    if request.method == "POST":
        subscribing.end(subscription)
        messages.success(request, f"You get no more mail about changes of {asked_words(subscription)}.")
        return redirect(base)
    return render(request, "subscriptions/end.html", {"subscription": subscription, "base": base})


def promise(subscription: Subscription) -> str:
    """What a subscriber can expect."""
    about = f"changes of {asked_words(subscription)}"
    if subscription.frequency == Frequency.NEVER:
        return f"No mail is sent for {about}; webhooks are called."
    if subscription.frequency == Frequency.INSTANT:
        return f"You will get a mail for {about}."
    return f"You will get a {subscription.get_frequency_display().lower()} of {about}."
