"""Notes on the law as plain lines: what somebody can type and read back, and nothing that is run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from clauses.core.regulation import TypeNotes
from clauses.forms.site_rules import Content, ContentForm, put_row

_MOST = 20_000


class Lines(forms.CharField):
    """Lines of text; the value is a list, without empty ones."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": options.pop("rows", 4)})
        super().__init__(required=False, max_length=_MOST, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """The lines."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        """Of the lines as one text."""
        super().run_validators("\n".join(value))


class Notes(Lines):
    """Notes, two lines each: the places of laws, with | between them, and what these say; the value is as in a file."""

    def to_python(self, value: Any) -> Any:
        """The notes. Raises ValidationError for a note without its second line."""
        lines = super().to_python(value)
        if len(lines) % 2:
            raise forms.ValidationError("Each note has two lines: the places, and what they say.")
        return [
            {"at": [place.strip() for place in at.split("|")], "says": says}
            for at, says in zip(lines[::2], lines[1::2], strict=True)
        ]

    def run_validators(self, value: Any) -> None:
        """Of the notes as one text."""
        super().run_validators([row["says"] for row in value])


class Questions(Lines):
    """Questions, one a line, each with the kinds of figures that answer it behind a |; the value is as in a file."""

    def to_python(self, value: Any) -> Any:
        """The questions."""
        found = []
        for line in super().to_python(value):
            ask, _, facts = line.partition("|")
            kinds = [kind.strip() for kind in facts.split(",") if kind.strip()]
            found.append({"ask": ask.strip()} | ({"facts": kinds} if kinds else {}))
        return found

    def run_validators(self, value: Any) -> None:
        """Of the questions as one text."""
        super().run_validators([row["ask"] for row in value])


class NotesForm(ContentForm):
    """The notes on one clause type; they take the place of the shipped ones as a whole."""

    notes = Notes(
        rows=12,
        help_text="Two lines each: the places of laws, as in “gdpr Art. 17 | ccpa § 1798.105”, and what they say.",
    )
    questions = Questions(
        help_text="One a line. Behind a | the figures that answer it: “Until when? | opt_out_window, deadline”."
    )
    contract = Lines(label="Points for contracts and vendors", help_text="One a line.")
    steps = Lines(help_text="One a line.")
    none = forms.CharField(
        label="Why there are no notes",
        required=False,
        max_length=300,
        help_text="In place of all of the above.",
    )
    as_shipped = forms.BooleanField(
        label="Take the shipped notes again", required=False, help_text="What stands above is then left out."
    )

    def __init__(self, slug: str, present: TypeNotes, sent: Any = None) -> None:
        self._slug = slug
        super().__init__(sent, initial=_lines_of(present))

    def clean(self) -> dict[str, Any]:
        """Notes, or why there are none."""
        cleaned = super().clean() or self.cleaned_data
        has_notes = any(cleaned.get(key) for key in ("notes", "questions", "contract", "steps"))
        if not cleaned.get("as_shipped") and has_notes == bool(cleaned.get("none")) and not self.errors:
            raise forms.ValidationError("Write notes, or say why there are none: not both.")
        return cleaned

    def _put(self, content: Content) -> None:
        put_row(content, "notes", self._slug, {} if self.cleaned_data["as_shipped"] else self._row())

    def _row(self) -> Mapping[str, Any]:
        if why := self.cleaned_data["none"]:
            return {"none": why}
        return {key: self.cleaned_data[key] for key in ("notes", "questions", "contract", "steps")}


def _lines_of(present: TypeNotes) -> dict[str, Any]:
    notes = (
        " | ".join(f"{place.law.slug} {place.at}".strip() for place in note.places) + f"\n{note.says}"
        for note in present.notes
    )
    questions = (
        f"{question.ask} | {', '.join(question.facts)}" if question.facts else question.ask
        for question in present.questions
    )
    return {
        "notes": "\n\n".join(notes),
        "questions": "\n".join(questions),
        "contract": "\n".join(present.contract),
        "steps": "\n".join(present.steps),
        "none": present.none,
    }
