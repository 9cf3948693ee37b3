"""Fields of the desk that are written one entry a line."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from monitor.core.selectors import start_first
from monitor.models.entered import validate_request_headers, validate_selectors


class _Lines(forms.CharField):
    """Text by lines; the value is what the lines say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "selectors"}),
            **options,
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines say something else."""
        try:
            return bool((initial or self.to_python("")) != self.to_python(data))
        except forms.ValidationError:
            return True


class SelectorLines(_Lines):
    """CSS selectors, one a line; a range of the page is a line of JSON. The value is a list."""

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        if not isinstance(value, list):
            return value
        shown = start_first(value)
        return "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in shown)

    def to_python(self, value: Any) -> Any:
        """The lines as a list, without empty ones."""
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return [_selector(line) for line in lines]

    def validate(self, value: Any) -> None:
        """Refuse what is neither a CSS selector nor a range."""
        super().validate(value)
        validate_selectors(value)


def _selector(line: str) -> object:
    if not line.startswith("{"):
        return line
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise forms.ValidationError(
            'A range is written like {"startBefore": "#terms", "endBefore": "#footer"}'
        ) from None


class HeaderLines(_Lines):
    """Request headers, one a line; the value is an object by names."""

    def prepare_value(self, value: Any) -> Any:
        """The object as lines."""
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{name}: {text}" for name, text in value.items())

    def to_python(self, value: Any) -> Any:
        """The lines as an object. A line without a colon is a name without a value, which is refused."""
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        pairs = (line.partition(":") for line in lines)
        return {name.strip(): text.strip() for name, _, text in pairs}

    def validate(self, value: Any) -> None:
        """Refuse what may not be sent along."""
        super().validate(value)
        validate_request_headers(value)
