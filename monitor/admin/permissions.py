"""Who may do what on the desk: by role, for every kind of row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest

from monitor.acts import note
from monitor.models import ActKind
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


class Noted(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is done here is put on record, beside the log that Django keeps of each row."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """With what was added."""
        return self._noted(request, ActKind.ADDED, obj, super().log_addition(request, obj, message))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """With what was changed."""
        return self._noted(request, ActKind.CHANGED, obj, super().log_change(request, obj, message))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """With each row that is deleted."""
        for obj in queryset:
            note(request.user, ActKind.DELETED, self.subject_of(obj))
        return super().log_deletions(request, queryset)

    def _noted(self, request: HttpRequest, kind: ActKind, obj: Any, entry: Any) -> Any:
        note(request.user, kind, self.subject_of(obj), entry.get_change_message())
        return entry

    def subject_of(self, obj: Any) -> str:
        """What a row is called on record."""
        return f"{self.opts.verbose_name}: {obj}"


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


class NoBulkDelete(Noted):
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
