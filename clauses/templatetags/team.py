"""What pages for everybody show to signed-in people: the work on a change set, and what was agreed to."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from clauses.forms.team import WorkForm
from clauses.models import ChangeSet
from clauses.queries.baselines import baselines_of
from clauses.queries.unread import unread_among
from clauses.queries.work import history, work_on
from monitor.models import Document

register = template.Library()


@register.inclusion_tag("team/work.html", takes_context=True)
def work_panel(context: RequestContext, change_set: ChangeSet | None) -> dict[str, Any]:
    """The work on a change set with the form for the next step; nothing without one, or without signing in."""
    request = context.get("request")
    if change_set is None or not request or not request.user.is_authenticated:
        return {}
    work = work_on(change_set)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "change_set": change_set,
        "work": work,
        "work_form": WorkForm(work),
        "history": history(change_set),
        "is_unread": bool(unread_among([change_set], getattr(request, "reader", None))),
        "next": f"{request.path}#work",
    }


@register.inclusion_tag("team/baseline_note.html", takes_context=True)
def baseline_note(context: RequestContext, document: Document) -> dict[str, Any]:
    """What was agreed to of a document, and the way to pin a text; nothing without signing in."""
    request = context.get("request")
    if not request or not request.user.is_authenticated:
        return {}
    return {"document": document, "baselines": baselines_of(document, request.user), "is_member": True}
