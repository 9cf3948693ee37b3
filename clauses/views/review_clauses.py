"""The review queue: one clause at a time, ruled on by keyboard or mouse, and what is worded alike in one go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from clauses import reviewing
from clauses.curation import DecisionError, decide, decide_alike, revert
from clauses.forms.decisions import DecisionForm
from clauses.forms.review import AlikeForm, QueueForm
from clauses.models import Clause, Decision
from clauses.models.choices import SeverityLevel
from clauses.queries.alike import AlikeClause, decided_alike, undecided_alike
from clauses.queries.clause_types import grouped_types, named_types
from clauses.queries.review import clauses_beside, clauses_to_review, machine_reading
from clauses.queries.review_queue import last_ruling, open_clauses, progress
from clauses.views.form_page import form_page
from clauses.views.roles import curator

_AGREES = "Read: the machine is right."
_NO_CLAUSE = "Read: states nothing that is of a type."


@form_page
def review_clauses(request: HttpRequest) -> HttpResponse:
    """How much waits, and what to be given; POST gives the next doubtful clause that fits. For curators."""
    user, now = curator(request), timezone.now()
    if request.method == "POST":
        return _next(request)
    form = QueueForm(request.GET)
    context = {
        "filters": form,
        "progress": progress(user, form.asked(), now),
        "query": request.GET.urlencode(),
        "is_open": open_clauses(user, form.asked(), now).exists(),
    }
    return render(request, "review/clauses.html", context)


@form_page
def review_clause(request: HttpRequest, number: int) -> HttpResponse:
    """A clause with what is known of it; POST rules on it or skips it. For curators."""
    user, now = curator(request), timezone.now()
    clause = get_object_or_404(clauses_to_review().select_related("decision__decided_by"), number=number)
    action = request.POST.get("action", "")
    if action == "skip":
        reviewing.skip(clause, user, now)
        return _next(request)
    form = DecisionForm(clause, _sent(request, clause))
    if request.method == "POST" and form.is_valid() and (made := _rule(request, clause, form)):
        following = undecided_alike(clause)
        return _to_alike(request, made) if following else _next(request)
    return render(request, "review/clause.html", _context(request, clause, form))


@form_page
def review_alike(request: HttpRequest, pk: int) -> HttpResponse:
    """The clauses that are worded like one just ruled on; POST rules the same of those chosen. For curators."""
    user = curator(request)
    decision = get_object_or_404(Decision.objects.standing().select_related("clause"), pk=pk)
    offered = undecided_alike(clauses_to_review().get(pk=decision.clause_id))
    form = AlikeForm([_key(row) for row in offered], request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = set() if "none" in request.POST else set(form.cleaned_data["clauses"])
        made = decide_alike(decision, [row.clause for row in offered if _key(row) in chosen], user)
        if made:
            messages.success(request, f"The same is ruled of {len(made)} more.")
        return _next(request)
    context = {
        "decision": decision,
        "types": named_types(decision.types),
        "rows": [(_key(row), row) for row in offered],
        "form": form,
        "query": request.GET.urlencode(),
    }
    return render(request, "review/alike.html", context)


@require_POST
def review_undo(request: HttpRequest) -> HttpResponse:
    """Takes the curator's last ruling back and shows its clause again. For curators."""
    user = curator(request)
    decision = last_ruling(user, timezone.now())
    if decision is None or request.POST.get("decision") != str(decision.pk):
        messages.info(request, "That is not your last ruling of the last day. Nothing is taken back.")
        return _next(request)
    try:
        revert(decision, "Taken back at once.", user)
    except DecisionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The ruling on {decision.clause.public_id} is taken back.")
    return _to(request, decision.clause)


@require_POST
def review_skipped(request: HttpRequest) -> HttpResponse:
    """Lets the curator be given again what was skipped. For curators."""
    count = reviewing.take_up_skipped(curator(request))
    messages.success(request, f"{count} skipped clause{'' if count == 1 else 's'} may come again.")
    return _next(request)


def _sent(request: HttpRequest, clause: Clause) -> dict[str, Any] | Any:
    """What the form says; the two short rulings say what they stand for."""
    if request.method != "POST":
        return None
    action = request.POST.get("action", "")
    sent: dict[str, Any] = {key: request.POST.get(key, "") for key in ("wording", "seen", "reason")}
    if action == "accept":
        types = [label.type for label in clause.labels.all()]
        sent |= {"types": types, "no_type": not types, "severity": clause.severity}
        return sent | {"reason": sent["reason"].strip() or _AGREES}
    if action == "none":
        sent |= {"no_type": True, "severity": SeverityLevel.NONE.value}
        return sent | {"reason": sent["reason"].strip() or _NO_CLAUSE}
    return request.POST


def _rule(request: HttpRequest, clause: Clause, form: DecisionForm) -> Decision | None:
    chosen = form.cleaned_data
    try:
        made = decide(
            clause, chosen["types"], chosen["severity"], chosen["reason"], curator(request), form.latest
        )
    except DecisionError as error:
        form.add_error(None, str(error))
        return None
    names = ", ".join(found.name for found in named_types(made.types)) or "of no type"
    messages.success(request, f"{clause.public_id}: {names}, {made.get_severity_display().lower()} severity.")
    return made


def _context(request: HttpRequest, clause: Clause, form: DecisionForm) -> dict[str, Any]:
    user, now = curator(request), timezone.now()
    reading = machine_reading(clause)
    filters = QueueForm(request.GET)
    likest = decided_alike(clause)
    near = {slug for row in likest if row.clause.decision for slug in row.clause.decision.types}
    before, after = clauses_beside(clause)
    first = {*form["types"].value(), *(row.slug for row in reading["read_types"]), *near}
    return reading | {
        "before": before,
        "after": after,
        "decided": likest,
        "likest_types": [
            (row, named_types(row.clause.decision.types)) for row in likest if row.clause.decision
        ],
        "form": form,
        "near_types": [widget for widget in form["types"] if widget.data["value"] in first],
        "groups": [
            (group.name, [row for row in types if row.slug not in first]) for group, types in grouped_types()
        ],
        "filters": filters,
        "query": request.GET.urlencode(),
        "progress": progress(user, filters.asked(), now),
        "holder": reviewing.holder(clause, user, now),
        "last": last_ruling(user, now),
    }


def _key(row: AlikeClause) -> str:
    """The clause and the wording that was seen: where it changed since, the choice is none of these any more."""
    assert row.clause.current
    return f"{row.clause.number}-{row.clause.current.wording_id}"


def _to(request: HttpRequest, clause: Clause) -> HttpResponseRedirect:
    return _with_filters(request, reverse("review-clause", args=[clause.number]))


def _to_alike(request: HttpRequest, decision: Decision) -> HttpResponseRedirect:
    return _with_filters(request, reverse("review-alike", args=[decision.pk]))


def _next(request: HttpRequest) -> HttpResponseRedirect:
    """To the next clause, claimed for the curator; to the beginning where none is left."""
    clause = reviewing.give_next(curator(request), QueueForm(request.GET).asked(), timezone.now())
    if clause is not None:
        return _to(request, clause)
    messages.info(request, "No clause is left that fits and is open to you.")
    return _with_filters(request, reverse("review-clauses"))


def _with_filters(request: HttpRequest, path: str) -> HttpResponseRedirect:
    query = request.GET.urlencode()
    return redirect(f"{path}?{query}" if query else path)
