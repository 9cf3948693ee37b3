"""Strict readers for environment variables: a wrong value stops the start with a sentence, not a surprise later."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


class SettingError(Exception):
    """An environment variable holds a value that cannot be read; the message names both."""


def text(name: str, default: str = "") -> str:
    """The variable's value, else the content of the file named by NAME_FILE, else the default."""
    file = os.environ.get(f"{name}_FILE")
    if name not in os.environ and file:
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off and the empty string."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise SettingError(f"{name}={value!r} is neither yes (1, true, yes, on) nor no (0, false, no, off)")


def whole(name: str, default: int, at_least: int = 1) -> int:
    """A whole number, not below `at_least`."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise SettingError(f"{name}={value!r} is not a whole number") from None
    if number < at_least:
        raise SettingError(f"{name}={value!r} is too low: {at_least} at least")
    return number


def one_of(name: str, values: Sequence[str]) -> str:
    """One of these words; the first where nothing is said."""
    value = text(name, values[0]).lower()
    if value not in values:
        raise SettingError(f"{name}={value!r} is none of {', '.join(values)}")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
