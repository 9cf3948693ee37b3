"""Filters in an address: pages name what they could not read and ignore it; files and feeds refuse it.

What reads these is a program, which takes an answer to another question for the answer to its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms

_Form = TypeVar("_Form", bound=forms.Form)
_LONGEST_ECHO = 60


@dataclass(frozen=True, slots=True)
class Mistake:
    """A parameter that was not understood, with the values that would be; none where they are not a few words."""

    parameter: str
    given: str
    allowed: Sequence[str]
    problem: str


class NotUnderstood(Exception):
    """Filters of a file or feed that say nothing."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(", ".join(mistake.parameter for mistake in mistakes))
        self.mistakes = mistakes


def understood(form: _Form) -> _Form:
    """The form, where all of its filters make sense; else raises `NotUnderstood`, which is answered with 400."""
    if not form.is_valid():
        raise NotUnderstood([_mistake(form, name) for name in form.errors])
    return form


def nothing_else(form: _Form) -> _Form:
    """The form, where nothing is asked for that it has no field for; else raises `NotUnderstood`."""
    refuse_unknown(form.data, form.fields)
    return form


def refuse_unknown(given: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise `NotUnderstood` where an address has parameters beside those that are known."""
    unknown = sorted(given.keys() - known)
    if unknown:
        raise NotUnderstood([_unknown(name, str(given[name]), known) for name in unknown])


def _unknown(name: str, given: str, known: Collection[str]) -> Mistake:
    return Mistake(name[:_LONGEST_ECHO], given[:_LONGEST_ECHO], sorted(known), "There is no such parameter.")


def _mistake(form: forms.Form, name: str) -> Mistake:
    field = form.fields[name]
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    value = form[name].value() or ""
    given = (", ".join(map(str, value)) if isinstance(value, list) else str(value))[:_LONGEST_ECHO]
    return Mistake(name, given, list(_values(choices)), " ".join(map(str, form.errors[name])))


def _values(choices: Iterable[Any]) -> Iterator[str]:
    """The values to choose from, also those in groups; not the empty one, which is no choice."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _values(words)
        elif value:
            yield str(value)


class NamesIgnored:
    """For forms of pages: what could not be read is named there."""

    @property
    def ignored(self: Any) -> list[str]:
        """The labels of the fields that were not understood."""
        return [str(self[name].label) for name in self.errors]
