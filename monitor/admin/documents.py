"""The documents of the watch list: pause, resume, fetch now, preview."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from monitor import pausing
from monitor.acts import note
from monitor.addresses import is_free_for_document
from monitor.admin.permissions import KeptByAdministrators, NoBulkDelete
from monitor.admin.sources import SourceInline
from monitor.forms.read_rules import ReadRules
from monitor.models import ActKind, Document, Fetch, Notice, Platform, Render, Snapshot
from monitor.politeness import Busy
from monitor.previewing import preview, remedy
from monitor.roles import is_administrator
from monitor.tasks import have_read
from monitor.tracking import OutOfOrder
from monitor.watching import claim, fetch_document, release

_SUFFIX = "-preview"
# Somebody waits for the page.
_PATIENCE = timedelta(seconds=20)


class _DocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        """Refuse an address that leads to another document since that was renamed."""
        given = super().clean() or {}
        platform, slug = given.get("platform"), given.get("slug")
        if platform and slug and not is_free_for_document(slug, Document(platform=platform)):
            self.add_error("slug", "Another document of the platform has or had this address.")
        return given


class DocumentAdmin(KeptByAdministrators, NoBulkDelete):
    """What is watched, and where it is read. Registered by the clauses app, which analyzes what comes."""

    form = _DocumentForm
    change_form_template = "admin/monitor/document/change_form.html"
    inlines = (SourceInline,)
    list_display = ("name", "platform", "type", "is_paused", "read_at", "next_fetch_at", "public_id")
    list_filter = ("is_paused", "type", "platform")
    list_select_related = ("platform",)
    search_fields = ("name", "platform__name", "=number")
    actions = ("pause", "resume", "fetch_selected")
    fieldsets = (
        (None, {"fields": ("platform", ("name", "slug"), "type", ("interval_minutes", "is_paused"))}),
        ("For whom", {"fields": (("language", "jurisdiction", "audience"),), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """Not those under which earlier history is coming in."""
        rows: QuerySet[Document] = super().get_queryset(request)
        return rows.filter(platform__incoming_for__isnull=True)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save what the form changed and nothing else: a worker may have moved the row on since it was shown."""
        if change:
            obj.save(update_fields=form.changed_data)
        else:
            super().save_model(request, obj, form, change)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """A slug is proposed for a new document only: later it is part of addresses that last."""
        return {} if obj else {"slug": ("name",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Platform and slug last."""
        return ("platform", "slug") if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Real platforms only: nothing can be read for an invented one."""
        if db_field.name == "platform":
            kwargs["queryset"] = Platform.objects.filter(is_sample=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Two more: fetch one document, preview a source that need not be saved."""
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview_view), name="monitor_document_preview"),
            path("<int:pk>/fetch/", view(self.fetch_view), name="monitor_document_fetch"),
            *super().get_urls(),
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Have a new document read at once, when its sources are saved too."""
        super().save_related(request, form, formsets, change)
        if change or form.instance.is_paused:
            return
        document = form.instance
        if idle := _why_idle(document):
            messages.info(request, idle)
            return
        Document.objects.filter(pk=document.pk).update(next_fetch_at=timezone.now())
        transaction.on_commit(lambda: have_read(document.pk))
        messages.info(request, f"The first reading of {document} begins now.")

    @admin.action(description="Pause: do not fetch", permissions=["change"])
    def pause(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        """Stop reading the documents."""
        self._note(request, "paused", documents)
        count = pausing.pause(documents)
        messages.success(request, f"{count} documents are paused. Everything recorded stays.")

    @admin.action(description="Resume", permissions=["change"])
    def resume(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        """Read the documents again, from now on. Samples have no page to read."""
        self._note(request, "resumed", documents.filter(platform__is_sample=False))
        count = pausing.resume(documents, timezone.now())
        messages.success(request, f"{count} documents are read again.")

    @admin.action(description="Fetch now", permissions=["change"])
    def fetch_selected(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        """Read the documents in this request."""
        self._note(request, "reading asked for", documents)
        for document in documents.select_related("platform"):
            self.read_now(request, document)

    def _note(self, request: HttpRequest, what: str, documents: QuerySet[Document]) -> None:
        for document in documents:
            note(request.user, ActKind.READING, self.subject_of(document), what)

    @method_decorator(require_POST)
    def fetch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read one document now and say what came of each source. For administrators."""
        if not is_administrator(request.user):
            raise PermissionDenied
        self.read_now(request, get_object_or_404(Document.objects.select_related("platform"), pk=pk))
        return redirect("admin:monitor_document_change", pk)

    @method_decorator(require_POST)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What one source of the form would give. Saves nothing. For administrators."""
        if not is_administrator(request.user):
            raise PermissionDenied
        pressed = next((key for key in request.POST if key.endswith(_SUFFIX)), "")
        form = ReadRules(request.POST, prefix=pressed.removesuffix(_SUFFIX) or None)
        chosen = form.cleaned_data if form.is_valid() else None
        shown = preview(**chosen) if chosen else None
        context = {
            **self.admin_site.each_context(request),
            "title": "Preview of a source",
            "form": form,
            "shown": shown,
        }
        return TemplateResponse(request, "admin/monitor/document/preview.html", context)

    def read_now(self, request: HttpRequest, document: Document) -> list[Fetch]:
        """Read a document unless somebody else does, with a message for every source. What was fetched."""
        if document.platform.is_sample:
            messages.warning(request, f"{document} is an invented sample: there is no page to fetch.")
            return []
        claimed_at = timezone.now()
        if not claim(document.pk, claimed_at):
            messages.warning(request, f"{document} is being read right now.")
            return []
        fetches: list[Fetch] = []
        try:
            for fetch in fetch_document(document, patience=_PATIENCE):
                fetches.append(fetch)
                _tell(request, fetch)
            if not fetches:
                messages.info(request, _why_idle(document) or f"Nothing of {document} is to be read yet.")
        except OutOfOrder as error:
            messages.error(request, str(error))
        except Busy as busy:
            rest = f"; the other pages of {document} are read later" if fetches else ""
            messages.error(request, f"{busy}{rest}")
        finally:
            release(document.pk, claimed_at)
        return fetches

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Refused where a page was captured: attempts that gave no page are no evidence."""
        document = self.get_object(request, object_id)
        if document and Snapshot.objects.filter(source__document=document).exists():
            messages.error(request, _refusal(document))
            return redirect("admin:monitor_document_change", object_id)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The document, its sources and their failed attempts, which nothing protects before a capture."""
        names = [name for document in objs for name in (str(document), *map(str, document.sources.all()))]
        counts = {"documents": len(objs), "sources": len(names) - len(objs)}
        if attempts := Fetch.objects.filter(source__document__in=objs).count():
            counts["failed attempts"] = attempts
        return names, counts, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the attempts and the sources first."""
        with transaction.atomic():
            Fetch.objects.filter(source__document=obj).delete()
            Notice.objects.filter(source__document=obj).delete()
            obj.sources.all().delete()
            obj.delete()


def _refusal(document: Document) -> str:
    if document.platform.is_sample:
        return f"{document} is an invented sample: it goes with all samples, from the page of the platforms."
    return f"{document} was captured before, so it stays as evidence. Pause it instead."


def _why_idle(document: Document) -> str:
    """Why nothing is fetched for a document, empty where something is."""
    valid = document.sources.valid(timezone.now())
    if not valid.exists():
        return f"Nothing is fetched: no page is part of {document} now."
    if not valid.exclude(render__in=Render.never_fetched()).exists():
        return f"Nothing is fetched: the text of {document} is imported."
    return ""


def _tell(request: HttpRequest, fetch: Fetch) -> None:
    note = f": {fetch.message}" if fetch.message else ""
    line = f"{fetch.get_outcome_display()}{note}, {fetch.source.url}"
    if hint := remedy(fetch.message):
        line = f"{line}. {hint}"
    (messages.warning if fetch.is_problem else messages.success)(request, line)
