"""The platforms of the watch list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from monitor.addresses import is_free_for_platform
from monitor.admin.permissions import KeptByAdministrators, NoBulkDelete
from monitor.models import Platform


class _PlatformForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_slug(self) -> str:
        """Refuse an address that leads to another platform since that was renamed."""
        slug = str(self.cleaned_data["slug"])
        if not is_free_for_platform(slug, self.instance):
            raise forms.ValidationError("Another platform has or had this address, and links to it go on.")
        return slug


@admin.register(Platform)
class PlatformAdmin(KeptByAdministrators, NoBulkDelete):
    """Who is watched."""

    form = _PlatformForm
    change_form_template = "admin/monitor/platform/change_form.html"
    list_display = ("name", "slug", "document_count", "is_sample", "created_at")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "description", "homepage")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Platform]:
        """With the number of documents."""
        rows: QuerySet[Platform] = super().get_queryset(request)
        # Grouped rows lose the order of the model.
        return rows.annotate(document_count=Count("documents")).order_by("name")

    @admin.display(description="Documents", ordering="document_count")
    def document_count(self, platform: Any) -> int:
        """How many documents are watched."""
        return int(platform.document_count)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """A slug is proposed for a new platform only: later it is part of addresses that last."""
        return {} if obj else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The slug lasts."""
        return ("slug",) if obj else ()

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the first document of a new platform: a platform alone is not watched."""
        if not {"_popup", "_addanother", "_continue"}.isdisjoint(request.POST):
            return super().response_add(request, obj, post_url_continue)
        messages.success(
            request, f"{obj} is on the watch list. Add its first document, or leave that for later."
        )
        return redirect(reverse("admin:monitor_document_add") + f"?platform={obj.pk}")

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Refused where documents hang on the platform."""
        platform = self.get_object(request, object_id)
        if platform and platform.documents.exists():
            messages.error(
                request,
                f"{platform} has documents, so it stays: what was recorded about them is evidence. "
                "Pause its documents instead.",
            )
            return redirect("admin:monitor_platform_change", object_id)
        return super().delete_view(request, object_id, extra_context)
