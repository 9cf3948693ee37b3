"""The form of a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from clauses.models import Webhook, WebhookFormat
from monitor.models.entered import validate_web_address


class WebhookForm(forms.Form):
    """Where to call, and in which format."""

    url = forms.CharField(
        label="Address",
        max_length=Webhook._meta.get_field("url").max_length,
        validators=[validate_web_address],
        widget=forms.URLInput(attrs={"autocomplete": "off", "size": 60}),
    )
    format = forms.ChoiceField(
        choices=WebhookFormat.choices,
        help_text="Slack, Mattermost and others that take {“text”: …} want the second.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = "" if settings.WEBHOOKS_ALLOW_PRIVATE else " It must lead to a public address."
        told = f"Begins with https:// or http://.{rule} Redirects are not followed."
        self.fields["url"].help_text = told
