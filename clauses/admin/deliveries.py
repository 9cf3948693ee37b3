"""Who is mailed about what, and the delivery record: what is owed, was sent, or is stuck. For administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from clauses import delivering, subscribing
from clauses.models import (
    AccountMail,
    Alert,
    AlertState,
    Confirmation,
    Delivery,
    Digest,
    MailReturn,
    Recipient,
    ReturnKind,
    Subscription,
    WebhookDelivery,
)
from clauses.queries.subscriptions import asked_words
from monitor.acts import note
from monitor.admin.permissions import ReadOnlyAdmin
from monitor.models import ActKind
from monitor.roles import is_administrator

_PROGRESS = ("state", "owed_at", "sent_at", "attempts", "next_try_at", "error")


class SeenByAdministrators(ReadOnlyAdmin):
    """Rows that name people."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators."""
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return is_administrator(request.user)

    def has_mail_permission(self, request: HttpRequest) -> bool:
        """Who may have something sent again, or stopped: administrators."""
        return is_administrator(request.user)


class Standing(admin.SimpleListFilter):
    """Messages that wait, are stuck, or ended."""

    title = "how it stands"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [("stuck", "Stuck: owed, and failed several times"), *AlertState.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the choice."""
        if self.value() == "stuck":
            return queryset.filter(state=AlertState.OWED, attempts__gte=Delivery.STUCK_FROM)
        return queryset.filter(state=self.value()) if self.value() else queryset


class DeliveryAdmin(SeenByAdministrators):
    """What all lists of messages show."""

    actions = ("send_again",)

    @admin.action(description="Try again now: those given up and those that wait", permissions=["mail"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Owe them anew, without the wait and with all tries before them."""
        rows = ", ".join(str(row) for row in queryset[:20])
        count = delivering.owe_again(queryset)
        note(request.user, ActKind.MAIL, f"{count} sent again", rows)
        self.message_user(request, f"{count} owed again; the next sweep sends them.", messages.SUCCESS)


@admin.register(Alert)
class AlertAdmin(DeliveryAdmin):
    """The changes people are owed word of."""

    list_display = ("change_set", "recipient", "frequency", *_PROGRESS)
    list_filter = (Standing, "frequency", "change_set__document__platform")
    list_select_related = ("change_set", "recipient__user")


@admin.register(Digest)
class DigestAdmin(DeliveryAdmin):
    """The digests."""

    list_display = ("recipient", "frequency", "on", *_PROGRESS)
    list_filter = (Standing, "frequency")
    list_select_related = ("recipient__user",)
    exclude = ("token",)


@admin.register(Confirmation)
class ConfirmationAdmin(DeliveryAdmin):
    """The mails that ask whether a subscription is wanted. Their secrets are not shown."""

    list_display = ("address", *_PROGRESS)
    list_filter = (Standing,)
    list_select_related = ("subscription__recipient__user",)
    exclude = ("token", "client")

    @admin.display(description="Address")
    def address(self, confirmation: Confirmation) -> str:
        """Whom it asks."""
        return confirmation.subscription.recipient.address


@admin.register(AccountMail)
class AccountMailAdmin(DeliveryAdmin):
    """Invitations, sign-ups and forgotten passwords. Their secrets are not shown."""

    list_display = ("address", "kind", *_PROGRESS)
    list_filter = (Standing, "kind")
    exclude = ("token", "client")


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(DeliveryAdmin):
    """The calls to webhooks. Of an address the host is shown: the rest is often a secret."""

    list_display = ("__str__", "person", "status", *_PROGRESS)
    list_filter = (Standing,)
    list_select_related = ("webhook__subscription__recipient__user", "change_set")

    @admin.display(description="Whose")
    def person(self, delivery: WebhookDelivery) -> str:
        """Who asked for it."""
        return str(delivery.webhook.subscription.recipient)


@admin.register(Subscription)
class SubscriptionAdmin(SeenByAdministrators):
    """Who is told about what."""

    list_display = ("recipient", "about", "frequency", "created_at", "confirmed_at", "paused_at", "ended_at")
    list_filter = ("frequency", "platform", "min_severity")
    list_select_related = ("recipient__user", "platform", "document__platform", "view")
    exclude = ("token",)

    @admin.display(description="Changes of")
    def about(self, subscription: Subscription) -> str:
        """What it is about."""
        return asked_words(subscription)


@admin.register(Recipient)
class RecipientAdmin(SeenByAdministrators):
    """Who may be mailed. Stop them where mail came back or they complained."""

    list_display = ("__str__", "mailed_at", "came_back", "created_at", "stopped_at", "stopped_because")
    list_filter = (("stopped_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("own_address", "user__email", "user__username")
    exclude = ("token",)
    actions = ("stop_bounced", "stop_complained", "start_again")

    @admin.display(description="Mailed at")
    def mailed_at(self, recipient: Recipient) -> str:
        """The address."""
        return recipient.address

    @admin.display(description="Not delivered this time")
    def came_back(self, recipient: Recipient) -> int:
        """How many mails the provider could not deliver, without the address being gone."""
        return MailReturn.objects.filter(recipient=recipient, kind=ReturnKind.SOFT).count()

    @admin.action(description="Stop: mail came back", permissions=["mail"])
    def stop_bounced(self, request: HttpRequest, queryset: QuerySet[Recipient]) -> None:
        """Mail them nothing more, for the address takes none."""
        self._stop(request, queryset, "mail to this address came back")

    @admin.action(description="Stop: they complained", permissions=["mail"])
    def stop_complained(self, request: HttpRequest, queryset: QuerySet[Recipient]) -> None:
        """Mail them nothing more, for they do not want it."""
        self._stop(request, queryset, "you asked for no more mail")

    @admin.action(description="Mail them again", permissions=["mail"])
    def start_again(self, request: HttpRequest, queryset: QuerySet[Recipient]) -> None:
        """Their subscriptions go on."""
        note(request.user, ActKind.MAIL, "mailed again", ", ".join(map(str, queryset)))
        count = subscribing.start_again(queryset)
        self.message_user(request, f"{count} are mailed again.", messages.SUCCESS)

    def _stop(self, request: HttpRequest, queryset: QuerySet[Recipient], because: str) -> None:
        note(request.user, ActKind.MAIL, f"stopped: {because}", ", ".join(map(str, queryset)))
        count = subscribing.stop(queryset, because)
        self.message_user(
            request, f"{count} stopped; what they were still owed is dropped.", messages.SUCCESS
        )


@admin.register(MailReturn)
class MailReturnAdmin(SeenByAdministrators):
    """What the mail provider reported: mail that came back, and complaints."""

    list_display = ("recipient", "kind", "said", "message_id", "came_at")
    list_filter = ("kind",)
    list_select_related = ("recipient__user",)
