"""Where and how a page is read."""

from __future__ import annotations

from django import forms

from monitor.forms.line_fields import HeaderLines, SelectorLines
from monitor.models import Render
from monitor.models.entered import validate_web_address


class PageRules(forms.Form):
    """The address of a page and its parts to read: what a first look at it needs."""

    url = forms.CharField(label="Web address", max_length=1000, validators=[validate_web_address])
    select = SelectorLines(label="Parts to read")
    remove = SelectorLines(label="Parts to leave out")
    render = forms.ChoiceField(label="How the page is fetched", choices=Render, required=False)  # type: ignore[assignment]

    def clean_render(self) -> str:
        """As the server sends it, where nothing is said."""
        return str(self.cleaned_data["render"] or Render.HTTP)


class ReadRules(PageRules):
    """The same with how the page is asked for."""

    request_headers = HeaderLines(label="Request headers")
    ignores_robots = forms.BooleanField(label="Set robots.txt aside", required=False)
    robots_reason = forms.CharField(label="Why robots.txt is set aside", required=False, max_length=300)

    def clean_robots_reason(self) -> str:
        """Without a reason the page may not be fetched, nor looked at."""
        reason = str(self.cleaned_data["robots_reason"]).strip()
        if self.cleaned_data.get("ignores_robots") and not reason:
            raise forms.ValidationError("Say why robots.txt is set aside for this page")
        return reason
