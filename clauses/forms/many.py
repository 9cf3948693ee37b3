"""Filters of which several values may be chosen: `type=arbitration&type=ai_training` asks for either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms


class ManyField(forms.MultipleChoiceField):
    """Any of the chosen values; empty asks for nothing. `partials/many.html` shows it as boxes to tick."""

    is_many = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Each value once, in the order given, without the empty one that a list of one offers as all."""
        return [one for one in dict.fromkeys(super().to_python(value)) if one]


class LeastOf(forms.Select):
    """A level and all above it: of several that are asked for, the lowest lets the others through as well.

    `ascending` are the levels from the lowest on.
    """

    def __init__(self, ascending: Sequence[str]) -> None:
        super().__init__()
        self._ascending = ascending

    def value_from_datadict(self, data: Any, files: Mapping[str, Any], name: str) -> Any:
        """The lowest level; what is none is left for the field to refuse."""
        given = [one for one in data.getlist(name) if one] if hasattr(data, "getlist") else [data.get(name)]
        levels = [level for level in self._ascending if level in given]
        unknown = [one for one in given if one not in self._ascending]
        return next(iter(unknown + levels), "")
