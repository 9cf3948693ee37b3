"""What was captured, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from monitor.admin.permissions import ReadOnlyAdmin
from monitor.models import Fetch, Snapshot, Version


@admin.register(Fetch)
class FetchAdmin(ReadOnlyAdmin):
    """Attempts to read sources, newest first."""

    list_display = ("at", "document", "source", "outcome", "status", "message")
    list_filter = ("outcome", "source__document__platform")
    list_select_related = ("source__document__platform",)
    search_fields = ("source__url",)

    @admin.display(description="Document")
    def document(self, fetch: Fetch) -> str:
        """Of which document."""
        return str(fetch.source.document)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Bytes as served, by their hash."""

    list_display = ("public_id", "captured_at", "source", "content_type", "size")
    list_filter = ("source__document__platform",)
    list_select_related = ("source", "blob")
    search_fields = ("=number", "source__url", "=blob__sha256")
    fields = (
        "public_id",
        "source",
        "captured_at",
        "sha256",
        "size",
        "content_type",
        "final_url",
        "headers",
        "fingerprint",
    )
    readonly_fields = ("public_id", "sha256", "size")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        """Without the packed bytes, which no list needs."""
        return super().get_queryset(request).defer("blob__packed", "headers")

    @admin.display(description="SHA-256")
    def sha256(self, snapshot: Snapshot) -> str:
        """Of the bytes."""
        return snapshot.blob_id

    @admin.display(description="Bytes")
    def size(self, snapshot: Snapshot) -> str:
        """As served."""
        return f"{snapshot.blob.size:,}"


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    """Confirmed texts, newest first."""

    list_display = ("public_id", "document", "ordinal", "cause", "origin", "first_seen_at", "effective_on")
    list_filter = ("cause", "origin", "document__platform")
    list_select_related = ("document__platform",)
    search_fields = ("=number", "document__name")
    ordering = ("-first_seen_at", "-number")
    fields = (
        "public_id",
        "document",
        "ordinal",
        "cause",
        "origin",
        "first_seen_at",
        "confirmed_at",
        "effective_on",
        "updated_on",
        "title",
        "language",
        "text_sha256",
        "extractor_version",
        "returns_to",
        "text",
    )
    readonly_fields = ("public_id", "text")
