"""The curator's desk: Django's admin site, opened by role."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme

from monitor.roles import is_curator


class DeskSite(AdminSite):
    """Open to curators and administrators; everybody signs in and out where readers do."""

    site_header = "Proviso, the desk"
    site_title = "Proviso desk"
    index_title = "What is watched, what was read, what was decided"
    # The lists need the width, and the way between them is one click through the index.
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Curators and administrators."""
        return is_curator(request.user)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """To the site's own sign-in page. Raises PermissionDenied for who is signed in without the role."""
        target = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        ):
            target = request.path.removesuffix("login/")
        if self.has_permission(request):
            return redirect(target)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(target)
