"""Who may do what. A role is a group; whoever signs in is at least an analyst."""

from __future__ import annotations

from typing import Any

CURATOR = "curator"
ADMINISTRATOR = "administrator"


def is_administrator(user: Any) -> bool:
    """May change the watch list, accounts and settings."""
    return bool(user.is_active and (user.is_superuser or _is_in(user, ADMINISTRATOR)))


def is_curator(user: Any) -> bool:
    """May rule on clauses. Administrators may as well."""
    return bool(user.is_active and (is_administrator(user) or _is_in(user, CURATOR)))


def _is_in(user: Any, group: str) -> bool:
    return bool(user.is_authenticated and user.groups.filter(name=group).exists())
