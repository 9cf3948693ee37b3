"""Who may do what. A role is a group; whoever signs in is at least an analyst."""

from __future__ import annotations

from typing import Any

ANALYST = "analyst"
CURATOR = "curator"
ADMINISTRATOR = "administrator"
ROLES = (ANALYST, CURATOR, ADMINISTRATOR)


def is_administrator(user: Any) -> bool:
    """May change the watch list, accounts and settings."""
    return bool(user.is_active and (user.is_superuser or _is_in(user, ADMINISTRATOR)))


def is_curator(user: Any) -> bool:
    """May rule on clauses. Administrators may as well."""
    return bool(user.is_active and (is_administrator(user) or _is_in(user, CURATOR)))


def role_of(user: Any) -> str:
    """The highest role, whether or not the account is active."""
    names = {group.name for group in user.groups.all()}
    if user.is_superuser or ADMINISTRATOR in names:
        return ADMINISTRATOR
    return CURATOR if CURATOR in names else ANALYST


def _is_in(user: Any, group: str) -> bool:
    """Whether the user has a role. A page asks many times, so the groups are read once a user object."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "role_names"):
        user.role_names = frozenset(user.groups.values_list("name", flat=True))
    return group in user.role_names
