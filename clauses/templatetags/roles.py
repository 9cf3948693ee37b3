"""What a page shows to whom. The pages behind the links check for themselves."""

from __future__ import annotations

from typing import Any

from django import template

from monitor import roles

register = template.Library()


@register.filter
def is_curator(user: Any) -> bool:
    """Whether the way to the desk is shown."""
    return _is_known(user) and roles.is_curator(user)


@register.filter
def is_administrator(user: Any) -> bool:
    """Whether what only administrators may do is shown."""
    return _is_known(user) and roles.is_administrator(user)


@register.filter
def role(user: Any) -> str:
    """The highest role of an account."""
    return roles.role_of(user).capitalize()


def _is_known(user: Any) -> bool:
    # The page for an error of ours is drawn without a request, and so without a user.
    return bool(user)
