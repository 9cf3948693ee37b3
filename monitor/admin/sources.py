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
from monitor.models import Source
from monitor.models.watch_list import validate_selectors, validate_web_address


class SelectorLines(forms.CharField):
    """CSS selectors, one a line; the value is a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "selectors"}),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines as a list, without empty ones."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Refuse what is not a CSS selector."""
        super().validate(value)
        validate_selectors(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the list is another one."""
        return bool((initial or []) != self.to_python(data))


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


class ReadRules(forms.Form):
    """Where and how a page is read: what a preview needs."""

    url = forms.CharField(label="Web address", max_length=1000, validators=[validate_web_address])
    select = SelectorLines(label="Select")
    remove = SelectorLines(label="Remove")


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source with its selectors one a line."""

    select = SelectorLines(
        help_text="CSS selectors of the text, one a line. Leave empty to let Proviso find the page's main text."
    )
    remove = SelectorLines(help_text="CSS selectors of what is cut out first, one a line.")
    preview = _PreviewField(label="", required=False)

    class Meta:
        model = Source
        fields = ("position", "url", "select", "remove", "preview", "valid_from", "valid_until")
        widgets = {"url": forms.TextInput(attrs={"class": "vLargeTextField", "inputmode": "url"})}

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
    fields = (("url", "position"), ("select", "remove"), "preview", ("valid_from", "valid_until"))

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
