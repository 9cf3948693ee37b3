"""What was recorded and decided, to look at."""

from __future__ import annotations

from django.contrib import admin

from clauses.models import ChangeSet, Commentary, Decision, LearnedHead, Mention, Reference
from clauses.queries.clause_types import named_types
from monitor.admin.permissions import ReadOnlyAdmin


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """Change sets, newest first."""

    list_display = (
        "public_id",
        "detected_at",
        "document",
        "severity",
        "direction",
        "headline",
        "is_technical",
    )
    list_filter = ("severity", "direction", "is_technical", "document__platform")
    list_select_related = ("document__platform",)
    search_fields = ("=number", "headline")


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """What curators ruled, newest first. A decision is followed by another one, never changed."""

    list_display = ("decided_at", "decided_by", "clause", "document", "type_names", "severity", "reason")
    list_filter = ("severity", "decided_by")
    list_select_related = ("clause__document__platform", "decided_by")
    search_fields = ("=clause__number", "reason")
    fields = ("clause", "wording_text", "type_names", "severity", "reason", "decided_by", "decided_at")
    readonly_fields = ("wording_text", "type_names")

    @admin.display(description="Document")
    def document(self, decision: Decision) -> str:
        """Of which document."""
        return str(decision.clause.document)

    @admin.display(description="Types")
    def type_names(self, decision: Decision) -> str:
        """The types ruled, strongest first."""
        return ", ".join(found.name for found in named_types(decision.types)) or "of no type"

    @admin.display(description="Wording decided on")
    def wording_text(self, decision: Decision) -> str:
        """The words."""
        return decision.wording.text


@admin.register(Commentary)
class CommentaryAdmin(ReadOnlyAdmin):
    """What curators wrote about records, newest first. Writing is done from the record."""

    list_display = ("written_at", "written_by", "clause", "text")
    list_filter = ("written_by",)
    list_select_related = ("clause", "written_by")
    search_fields = ("=clause__number", "text")


@admin.register(Reference)
class ReferenceAdmin(ReadOnlyAdmin):
    """Pages that were attached, also those removed since. Attaching and removing is done on the site's own pages."""

    list_display = ("title", "publisher", "published_on", "platform", "change_set", "added_by", "removed_at")
    list_filter = ("kind", "platform")
    list_select_related = ("platform", "change_set", "added_by")
    search_fields = ("title", "publisher", "url")


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    """Announcements that seem to speak of a change, with the rulings on them."""

    list_display = ("document", "change_set", "score", "ruling", "ruled_by", "ruled_at")
    list_filter = ("ruling", "document__platform")
    list_select_related = ("document__platform", "change_set", "ruled_by")


@admin.register(LearnedHead)
class LearnedHeadAdmin(ReadOnlyAdmin):
    """What was learned from decisions, newest first, with figures on decisions held out."""

    list_display = ("trained_at", "decisions", "types", "agreement_before", "agreement_after", "is_adopted")
    fields = ("trained_at", "taxonomy_version", "decisions", "types", "before", "after", "is_adopted")
    readonly_fields = ("types",)

    @admin.display(description="Types learned")
    def types(self, head: LearnedHead) -> str:
        """Of which types."""
        return ", ".join(found.name for found in named_types(sorted(head.lessons)))

    @admin.display(description="F1 before")
    def agreement_before(self, head: LearnedHead) -> str:
        """How well rules and model agreed with decisions held out."""
        return f"{head.before['f1']:.3f}"

    @admin.display(description="F1 after")
    def agreement_after(self, head: LearnedHead) -> str:
        """How well they do with what was learned."""
        return f"{head.after['f1']:.3f}"
