"""Who may do what on the desk: by role, for every kind of row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest

from monitor.roles import is_administrator, is_curator


class SeenByCurators(BaseModelAdmin):  # type: ignore[type-arg]
    """Curators see the rows; nobody adds, changes or deletes them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Curators."""
        return is_curator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Curators."""
        return is_curator(request.user)

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class KeptByAdministrators(SeenByCurators):
    """Curators see the rows; administrators keep them."""

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Administrators."""
        return is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return is_administrator(request.user)


class NoBulkDelete(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows are deleted one at a time, after a look at what hangs on them."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The actions without "delete selected"."""
        return {
            name: action for name, action in super().get_actions(request).items() if name != "delete_selected"
        }


class ReadOnlyAdmin(SeenByCurators, NoBulkDelete):
    """A list and a page of rows that only the program writes."""

    list_per_page = 50
    show_full_result_count = False
