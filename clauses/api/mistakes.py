"""What does not fit the schema, told by the names and in the words that readers of the API know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst

from clauses.api.patterns import OTHER_FORM
from clauses.forms.understood import Mistake

_LONGEST_ECHO = 60
_WORDS = {
    "missing": "It is missing.",
    "extra_forbidden": "There is no such field.",
    "enum": "It is none of the values that are allowed.",
    "literal_error": "It is none of the values that are allowed.",
    "string_type": "It must be text.",
    "string_unicode": "This is no text.",
    "list_type": "It must be a list.",
    "int_type": "It must be a whole number.",
    "int_parsing": "It must be a whole number.",
    "int_parsing_size": "It must be a smaller number.",
    "bool_type": "It must be true or false.",
    "bool_parsing": "It must be true or false.",
    "greater_than_equal": "It must be {ge} or more.",
    "less_than_equal": "It must be {le} or less.",
    "less_than": "It must be less than {lt}.",
    "string_too_short": "It must have {min_length} or more characters.",
    "string_too_long": "It may have {max_length} characters at most.",
    "too_short": "It must have {min_length} or more entries.",
    "too_long": "It may have {max_length} entries at most.",
}


def schema_mistakes(errors: Iterable[Mapping[str, Any]]) -> list[Mistake]:
    """One mistake for each parameter or field that ninja names, with `given` in each error as it was read.

    A parameter that may be of several kinds has an error for each of them.
    """
    found: dict[str, Mistake] = {}
    for error in errors:
        mistake = _mistake(error)
        if before := found.get(mistake.parameter):
            allowed = dict.fromkeys([*before.allowed, *mistake.allowed])
            mistake = Mistake(before.parameter, before.given, list(allowed), before.problem)
        found[mistake.parameter] = mistake
    return list(found.values())


def _mistake(error: Mapping[str, Any]) -> Mistake:
    allowed = str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ").split(", ")
    return Mistake(
        # Names of fields come from the request where the schema knows none of that name.
        parameter=_sayable(_place(error["loc"]))[:_LONGEST_ECHO],
        given=_sayable(_echo(error.get("given")))[:_LONGEST_ECHO],
        allowed=[word.strip("'") for word in allowed if word.startswith("'")],
        problem=_sayable(_problem(error)),
    )


def _place(where: tuple[str | int, ...]) -> str:
    """The name of a parameter, or the way to a field of the body, in which lists count from 0."""
    # Where ninja knows no name of it, the name of the argument stands before, which is ours; and behind a parameter
    # the number of a repeated value, or the kind that it could be of.
    if where[0] == "body":
        return ".".join(map(str, where[2:])) or "body"
    return str(where[1] if len(where) == 2 else where[2])


def _echo(given: Any) -> str:
    if isinstance(given, str):
        return given
    return json.dumps(given) if isinstance(given, bool | int | float) else ""


def _problem(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "string_pattern_mismatch" and context["pattern"] in OTHER_FORM:
        return OTHER_FORM[context["pattern"]]
    if kind == "value_error":
        return f"{capfirst(context['error'])}."
    if kind in _WORDS:
        return _WORDS[kind].format(**context)
    return f"{error['msg']}."


def _sayable(text: str) -> str:
    """The text without half signs, which only JSON can hold."""
    return text.encode("utf-8", "replace").decode()
