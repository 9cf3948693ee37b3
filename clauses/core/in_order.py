"""Stored JSON in one order of its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def in_order(stored: Any) -> Any:
    """The same value, the keys of every object in it in alphabetical order.

    Databases keep orders of their own, and a twin says the same on all of them.
    """
    if isinstance(stored, Mapping):
        return {key: in_order(value) for key, value in sorted(stored.items())}
    return [in_order(value) for value in stored] if isinstance(stored, list) else stored
