"""Views for people with a role: whoever lacks it is refused."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from clauses.views.team import member
from monitor.roles import is_administrator, is_curator


def curator(request: HttpRequest) -> User:
    """The curator who asks. Raises PermissionDenied for anybody else."""
    if not is_curator(request.user):
        raise PermissionDenied
    return member(request)


def administrator(request: HttpRequest) -> User:
    """The administrator who asks. Raises PermissionDenied for anybody else."""
    if not is_administrator(request.user):
        raise PermissionDenied
    return member(request)
