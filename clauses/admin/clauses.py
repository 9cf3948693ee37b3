"""Clauses by doubt, and the page on which a curator decides."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from clauses.core.redline import redline
from clauses.curation import DecisionError, binding_decision, decide, revert
from clauses.forms.decisions import DecisionForm
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.clause_types import grouped_types, named_type
from clauses.queries.review import (
    by_weight,
    clauses_to_review,
    doubtful_clauses,
    machine_reading,
    next_to_review,
)
from monitor.admin.permissions import ReadOnlyAdmin
from monitor.roles import is_curator

_LONGEST_REASON = 500


class TypeFilter(admin.SimpleListFilter):
    """By a type in force."""

    title = "type"
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All types of the taxonomy."""
        return [(found.slug, found.name) for _, types in grouped_types() for found in types]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Clause]) -> QuerySet[Clause]:
        """Clauses that carry the type."""
        return queryset.filter(labels__type=self.value()) if self.value() else queryset


class DecidedFilter(admin.SimpleListFilter):
    """Whether a decision is in force."""

    title = "decision"
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Yes, no, and on words that have changed since."""
        return [("yes", "Decided"), ("no", "Not decided"), ("changed", "Text changed since")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Clause]) -> QuerySet[Clause]:
        """Clauses with, or without, a decision that is in force; or with one that their text has left behind."""
        chosen = {
            "yes": Q(decision__isnull=False),
            "no": Q(decision__isnull=True),
            "changed": Q(proposal__isnull=False),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


class DoubtFilter(admin.SimpleListFilter):
    """What a curator is asked to look at; the review opens with it."""

    title = "doubt"
    parameter_name = "doubt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One choice besides all clauses."""
        return [("yes", "Doubtful")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Clause]) -> QuerySet[Clause]:
        """Doubtful clauses of platforms that count."""
        return queryset.filter(pk__in=doubtful_clauses().values("pk")) if self.value() else queryset


@admin.register(Clause)
class ClauseAdmin(ReadOnlyAdmin):
    """The review queue. A clause's page is the form to decide."""

    list_display = (
        "quote",
        "types",
        "severity_word",
        "confidence",
        "doubt_percent",
        "decided",
        "place",
        "record",
    )
    list_display_links = ("quote",)
    list_filter = (DoubtFilter, TypeFilter, "confidence", DecidedFilter, "severity", "document__platform")
    search_fields = ("=number", "current__wording__text")
    ordering = ("-doubt", "-severity", "number")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list under the name of its purpose."""
        title = "Doubtful clauses, by weight" if _is_review(request) else "Clauses by doubt"
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_ordering(self, request: HttpRequest) -> Any:
        """By weight where doubtful clauses are asked for, else by doubt."""
        return by_weight() if _is_review(request) else self.ordering

    def get_queryset(self, request: HttpRequest) -> QuerySet[Clause]:
        """Clauses that stand today."""
        return clauses_to_review()

    @admin.display(description="Clause")
    def quote(self, clause: Clause) -> str:
        """The beginning of its words."""
        return Truncator(clause.current.wording.text if clause.current else "").chars(160)

    @admin.display(description="Document", ordering="document__platform__name")
    def place(self, clause: Clause) -> str:
        """Platform, document and nearest heading."""
        heading = clause.current.heading if clause.current else ""
        return f"{clause.document} › {heading}" if heading else str(clause.document)

    @admin.display(description="Types, with score")
    def types(self, clause: Clause) -> str:
        """The types in force; the score where the machine read it."""
        scores = (
            {row["slug"]: row["score"] for row in clause.current.classification.types}
            if clause.current
            else {}
        )
        return ", ".join(_scored(label.type, label.basis, scores) for label in clause.labels.all()) or "none"

    @admin.display(description="Severity", ordering="severity")
    def severity_word(self, clause: Clause) -> str:
        """The severity in force."""
        return str(SeverityLevel(clause.severity).label)

    @admin.display(description="Doubt", ordering="doubt")
    def doubt_percent(self, clause: Clause) -> str:
        """0 to 100 percent."""
        return f"{clause.doubt:.0%}"

    @admin.display(description="Decision")
    def decided(self, clause: Clause) -> str:
        """Whether a curator has ruled, and whether the text has changed since."""
        if clause.decision_id:
            return "in force"
        return "text changed since" if clause.proposal_id else ""

    @admin.display(description="Record")
    def record(self, clause: Clause) -> str:
        """Link to the page readers see."""
        return format_html('<a href="{}">{}</a>', reverse("record", args=[clause.number]), clause.public_id)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The clause with everything known about it, and the form to decide. For curators."""
        if not is_curator(request.user):
            raise PermissionDenied
        clause = self.get_object(request, unquote(object_id))
        if clause is None or clause.current is None:
            raise Http404
        if "take_back" in request.POST:
            return self._take_back(request, clause)
        form = DecisionForm(clause, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._decide(request, clause, form)
        return TemplateResponse(
            request, "admin/clauses/clause/decide.html", self._context(request, clause, form)
        )

    def _decide(self, request: HttpRequest, clause: Clause, form: DecisionForm) -> HttpResponse:
        chosen = form.cleaned_data
        try:
            decide(clause, chosen["types"], chosen["severity"], chosen["reason"], request.user, form.latest)  # type: ignore[arg-type]
        except DecisionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Your decision on {clause.public_id} is in force.")
        following = next_to_review(clause) if "next" in request.POST else clause
        if following is None:
            messages.info(request, "No doubtful clause is left.")
            return redirect("review")
        return redirect("admin:clauses_clause_change", following.pk)

    def _take_back(self, request: HttpRequest, clause: Clause) -> HttpResponse:
        decision = binding_decision(clause)
        if decision is None or request.POST["take_back"] != str(decision.pk):
            messages.error(request, "That decision is not in force any more. Nothing is taken back.")
            return redirect("admin:clauses_clause_change", clause.pk)
        try:
            revert(decision, request.POST.get("reason", "")[:_LONGEST_REASON], request.user)  # type: ignore[arg-type]
        except DecisionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"The decision on {clause.public_id} is taken back.")
        return redirect("admin:clauses_clause_change", clause.pk)

    def _context(self, request: HttpRequest, clause: Clause, form: DecisionForm) -> dict[str, Any]:
        decisions = list(clause.decisions.select_related("decided_by", "wording"))
        return {
            **self.admin_site.each_context(request),
            "title": f"Decide on {clause.public_id}",
            "opts": self.opts,
            **machine_reading(clause),
            "binding": binding_decision(clause),
            "proposal": clause.proposal,
            "since": _changed_since(clause),
            "decisions": [(row, [named_type(slug).name for slug in row.types]) for row in decisions],
            "taken_back": {row.reverts_id for row in decisions},
            "groups": grouped_types(),
            "chosen": set(form["types"].value() or []),
            "in_force": [named_type(label.type).name for label in clause.labels.all()],
            "form": form,
        }


def _is_review(request: HttpRequest) -> bool:
    return DoubtFilter.parameter_name in request.GET


def _changed_since(clause: Clause) -> list[tuple[str, str]]:
    """The redline from the words of the decision that is proposed to the present ones; empty without one."""
    if clause.proposal is None or clause.current is None:
        return []
    runs = redline(clause.proposal.wording.text, clause.current.wording.text)
    return [(run.op, run.text) for run in runs]


def _scored(slug: str, basis: str, scores: dict[str, float]) -> str:
    name = named_type(slug).name
    return f"{name} (curator)" if basis == "curator" else f"{name} {scores.get(slug, 0):.2f}"
