"""The pages a document is read from, edited beside the document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from monitor.admin.permissions import KeptByAdministrators
from monitor.forms.line_fields import HeaderLines, SelectorLines
from monitor.models import Render, Source


class PreviewButton(forms.Widget):
    """Sends the whole form to the preview and opens it beside: what was typed stays where it is."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """A button of the form around it."""
        return format_html(
            '<button type="submit" class="button" formaction="{}" formtarget="_blank" formnovalidate'
            ' name="{}" value="1">Preview extraction</button>',
            reverse("admin:monitor_document_preview"),
            name,
        )


class _PreviewField(forms.Field):
    widget = PreviewButton

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A button holds nothing."""
        return False


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source with its selectors one a line."""

    select = SelectorLines(
        label="Parts to read",
        help_text="CSS selectors of the text, or ranges such as "
        '{"startAfter": "h1", "endBefore": "footer"}, one a line. '
        "Leave empty to let Proviso find the page's main text.",
    )
    remove = SelectorLines(
        label="Parts to leave out",
        help_text="CSS selectors or ranges of what is cut out first, one a line.",
    )
    render = forms.ChoiceField(  # type: ignore[assignment]
        label="How the page is fetched",
        choices=Render,
        required=False,
        help_text="A browser only where the text is missing without: it costs seconds.",
    )
    request_headers = HeaderLines(
        help_text="Sent along, one a line: Accept-Language: de. Also Accept, Referer, User-Agent."
    )
    preview = _PreviewField(label="", required=False)

    class Meta:
        model = Source
        fields = (
            "position",
            "url",
            "select",
            "remove",
            "render",
            "interval_minutes",
            "request_headers",
            "ignores_robots",
            "robots_reason",
            "preview",
            "valid_from",
            "valid_until",
        )
        labels = {
            "position": "Order",
            "interval_minutes": "Own interval, in minutes",
            "ignores_robots": "Set robots.txt aside",
            "robots_reason": "Why robots.txt is set aside",
            "valid_from": "Part of the document from",
            "valid_until": "Part of the document until",
        }
        widgets = {"url": forms.TextInput(attrs={"class": "vLargeTextField", "inputmode": "url"})}

    def clean_render(self) -> str:
        """As it was, or as the server sends it, where the form says nothing."""
        return str(self.cleaned_data["render"] or self.instance.render)

    def save(self, commit: bool = True) -> Any:
        """Save what the form changed and nothing else: a capture may have moved the row on since it was shown."""
        if commit and self.instance.pk:
            self.instance.save(update_fields=self.changed_data)
            return self.instance
        return super().save(commit)


def _keep_what_was_captured(form: Any) -> None:
    """Refuse to delete a source that has captures: they are evidence."""
    if form.cleaned_data.get("DELETE") and form.instance.pk and form.instance.fetches.exists():
        raise forms.ValidationError(
            "%(url)s was captured before, so it stays. Set the end of its validity instead.",
            params={"url": form.instance.url},
        )


class SourceInline(KeptByAdministrators, admin.StackedInline):  # type: ignore[type-arg]
    """The sources of a document in reading order."""

    model = Source
    form = SourceForm
    extra = 0
    min_num = 1
    fields = (
        ("url", "position"),
        ("select", "remove"),
        ("render", "interval_minutes"),
        "request_headers",
        ("ignores_robots", "robots_reason"),
        "preview",
        ("valid_from", "valid_until"),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """With a name for the day and the time of a moment each: Django names only both together."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.SplitDateTimeField):
            for part, name in zip(field.widget.widgets, ("day", "time"), strict=True):
                part.attrs["aria-label"] = f"{field.label}, {name}"
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """With our own refusal: Django's would list every capture the source ever had."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.hand_clean_DELETE = _keep_what_was_captured  # type: ignore[attr-defined]
        return formset
