"""The form of a webhook."""

from __future__ import annotations

from django import forms

from clauses.models import Webhook, WebhookFormat
from monitor.models.entered import validate_web_address


class WebhookForm(forms.Form):
    """Where to call, and in which format."""

    url = forms.CharField(
        label="Address",
        max_length=Webhook._meta.get_field("url").max_length,
        validators=[validate_web_address],
        widget=forms.URLInput(attrs={"autocomplete": "off", "size": 60}),
        help_text="Begins with https:// or http://. It must lead to a public address; redirects are not followed.",
    )
    format = forms.ChoiceField(
        choices=WebhookFormat.choices,
        help_text="Slack, Mattermost and others that take {“text”: …} want the second.",
    )
