"""The form with which a page is looked at and put on the watch list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, RegexValidator

from monitor.adding import NewDocument
from monitor.core.declaration import Page
from monitor.core.page_guess import guess_page
from monitor.core.watch_file import BadWatchFile, read_watch_file
from monitor.forms.line_fields import SelectorLines
from monitor.forms.read_rules import PageRules
from monitor.models import Document, DocumentType, Platform, Render
from monitor.models.entered import validate_web_address
from monitor.previewing import Preview

_MOST_CHARACTERS = 500_000
# What a guess may fill in.
_GUESSED = ("platform", "name", "type", "language")


class _Address(forms.CharField):
    """A web address. Typed without its scheme it is one of https."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed if not typed or "://" in typed else f"https://{typed}"


class LookForm(PageRules):
    """The address of a page, and how it is read."""

    url = _Address(
        label="Web address",
        max_length=1000,
        validators=[validate_web_address],
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "placeholder": "https://"}),
    )
    select = SelectorLines(
        label="Parts to read",
        help_text="CSS selectors, one a line. Leave empty to let Proviso find the page’s main text.",
    )
    remove = SelectorLines(
        label="Parts to leave out", help_text="CSS selectors of what is cut out first, one a line."
    )
    render = forms.ChoiceField(
        label="How the page is fetched",
        choices=[(one.value, one.label) for one in (Render.HTTP, Render.BROWSER)],
        required=False,
        help_text="By a browser only where the text is missing without: it costs seconds.",
    )


class WatchForm(LookForm):
    """What a page is called and for whom it is, beside how it is read."""

    platform = forms.CharField(
        label="Platform",
        max_length=120,
        widget=forms.TextInput(attrs={"list": "platforms"}),
        help_text="One on the watch list, or the name of a new one.",
    )
    name = forms.CharField(label="Document", max_length=160)
    type = forms.ChoiceField(label="Kind of document", choices=DocumentType)
    language = forms.CharField(
        label="Language",
        max_length=12,
        required=False,
        help_text="As a code: en, de-AT.",
        validators=[
            RegexValidator(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z", "Enter a language code such as en")
        ],
    )
    jurisdiction = forms.CharField(
        label="Jurisdiction",
        max_length=60,
        required=False,
        help_text="Where the text says for whom it is: EU.",
    )
    audience = forms.CharField(
        label="Audience", max_length=80, required=False, help_text="Consumers, businesses, developers."
    )

    def new_document(self) -> NewDocument:
        """What is to be watched. For a valid form."""
        said = self.cleaned_data
        page = Page(
            said["url"],
            tuple(said["select"]),
            tuple(said["remove"]),
            needs_browser=said["render"] == Render.BROWSER,
        )
        names = ("platform", "name", "type", "language", "jurisdiction", "audience")
        return NewDocument(pages=(page,), **{name: said[name] for name in names})


def with_guesses(given: dict[str, Any], shown: Preview) -> dict[str, Any]:
    """The values of the form, with what was left open guessed from the page."""
    guess = guess_page(shown.url, shown.title)
    guessed = (guess.platform, guess.document, guess.type, shown.language)
    return given | {name: value for name, value in zip(_GUESSED, guessed, strict=True) if not given.get(name)}


class WatchFileForm(forms.Form):
    """A list of pages, as a file or, once it was shown, as its text."""

    file = forms.FileField(
        label="File",
        required=False,
        help_text="CSV, OPML, or a declaration of Open Terms Archive. 500 kB at most.",
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Or paste it",
        required=False,
        max_length=_MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Addresses alone, one a line, do as well.",
    )

    def clean(self) -> dict[str, Any]:
        """With the entries of the file under "entries"."""
        given = super().clean() or {}
        file = given.get("file")
        name, text = (file.name, self._read(file)) if file else (given.get("name", ""), given.get("text", ""))
        if self.errors:
            return given
        if not text.strip():
            raise forms.ValidationError("Choose a file, or paste a list.")
        try:
            entries = read_watch_file(name, text)
        except BadWatchFile as error:
            raise forms.ValidationError(f"{error}.") from None
        return given | {"name": name, "text": text, "entries": entries}

    def _read(self, file: Any) -> str:
        if file.size > _MOST_CHARACTERS:
            self.add_error("file", "The file is larger than 500 kB.")
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", "The file is not UTF-8. Save it as UTF-8 and choose it again.")
            return ""


class RenameForm(forms.Form):
    """Another name and address for a platform or a document."""

    name = forms.CharField(label="Name")
    slug = forms.SlugField(
        label="Address", help_text="The part of its address. The former one leads here for ever."
    )

    def __init__(self, row: Platform | Document, given: Any = None) -> None:
        super().__init__(given, initial={"name": row.name, "slug": row.slug})
        for name, field in self.fields.items():
            room = getattr(row._meta.get_field(name), "max_length", 0)
            field.validators.append(MaxLengthValidator(room))
            field.widget.attrs["maxlength"] = room


class RetireForm(forms.Form):
    """The document that is read instead of another."""

    into = forms.ModelChoiceField(
        Document.objects.none(), label="Read instead", empty_label="Choose a document"
    )

    def __init__(self, document: Document, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        others = document.platform.documents.filter(succeeded_by=None).exclude(pk=document.pk)
        field: Any = self.fields["into"]
        field.queryset = others.order_by("name")
        field.label_from_instance = lambda other: f"{other.name} ({other.public_id})"


class MergeForm(forms.Form):
    """The platform that takes over the documents of another."""

    into = forms.ModelChoiceField(Platform.objects.none(), label="Into", empty_label="Choose a platform")

    def __init__(self, platform: Platform, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        others = Platform.objects.filter(is_sample=False).exclude(pk=platform.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
