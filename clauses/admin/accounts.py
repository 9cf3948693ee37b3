"""Accounts and their roles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from monitor.acts import note
from monitor.admin.permissions import KeptByAdministrators, Noted
from monitor.models import ActKind
from monitor.roles import is_administrator, role_of

admin.site.unregister(User)
# The roles are three and fixed: nothing is to be edited about them.
admin.site.unregister(Group)


@admin.register(User)
class RoleUserAdmin(KeptByAdministrators, Noted, UserAdmin):  # type: ignore[type-arg]
    """Accounts, kept by administrators. Nobody is deleted: decisions name who took them."""

    list_display = ("username", "email", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password", "email")}),
        ("What they may do", {"fields": ("is_active", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "email", "usable_password", "password1", "password2", "groups"),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators: accounts name people."""
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators."""
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: an account is made inactive."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the roles."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The account, with how it stood kept for the record of what is changed of it."""
        found = super().get_object(request, object_id, from_field)
        if found:
            request.account_before = _stands(found)  # type: ignore[attr-defined]
        return found

    def _noted(self, request: HttpRequest, kind: ActKind, obj: Any, entry: Any) -> Any:
        before, after = getattr(request, "account_before", {}), _stands(User.objects.get(pk=obj.pk))
        changed = [
            f"{name}: {before.get(name, 'none')} → {value}"
            for name, value in after.items()
            if before.get(name) != value
        ]
        detail = ". ".join([*changed, entry.get_change_message()])
        note(request.user, ActKind.ACCOUNT, self.subject_of(obj), detail)
        return entry

    @admin.display(description="Role")
    def role(self, user: User) -> str:
        """The highest role."""
        return role_of(user).capitalize()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles as what they are called."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "groups":
            field.label = "Roles"
            field.help_text = "Whoever signs in is at least an analyst. Administrators are curators as well."
        return field


def _stands(user: User) -> dict[str, str]:
    """What is kept on record of an account: what it may do, and where it is mailed."""
    return {
        "name": user.get_username(),
        "address": user.email or "none",
        "role": role_of(user),
        "active": "yes" if user.is_active else "no",
    }
