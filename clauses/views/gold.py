"""Sentences for the gold set: drawn, labeled one at a time without a word of what the machine says, and taken along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses import labeling
from clauses.forms.gold import DrawForm, LabelForm, offered_types
from clauses.models import GoldSentence
from clauses.queries.gold import gold_rows, labeled_by, last_labeled, progress, waiting_for
from clauses.views.form_page import form_page
from clauses.views.roles import curator
from clauses.views.row_files import jsonl_file

Row = TypeVar("Row")
# The keys of the groups, and of the types of an open one; the others of the queue are taken.
_GROUP_KEYS = "123456789o"
_KEYS = "abcefghijklmnpqtvwyz"


@form_page
def review_sentences(request: HttpRequest) -> HttpResponse:
    """How far the gold set is; POST draws sentences, or gives the curator the next one. For curators."""
    user, now = curator(request), timezone.now()
    form = DrawForm(request.POST if "count" in request.POST else None)
    if form.is_valid():
        drawn = labeling.draw(form.cleaned_data["count"], now)
        told = f"{drawn} sentence{'' if drawn == 1 else 's'} drawn."
        messages.info(request, told if drawn else "No sentence is left that could be drawn.")
        return redirect("review-sentences")
    if request.method == "POST" and not form.is_bound:
        return _next(request, user)
    context = {"progress": progress(user, now), "form": form}
    return render(request, "review/sentences.html", context)


@form_page
def review_sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """A sentence and nothing that could lead the curator; POST labels or skips it. For curators."""
    user, now = curator(request), timezone.now()
    sentence = get_object_or_404(GoldSentence, pk=pk)
    if request.POST.get("action") == "skip":
        return _next(request, user, after=sentence)
    form = LabelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            labeling.label(sentence, form.cleaned_data["types"], user, now)
        except labeling.NothingToLabel as error:
            messages.error(request, str(error))
        return _next(request, user)
    last = last_labeled(user)
    context = {
        "sentence": sentence,
        "form": form,
        "groups": [
            (key, group.name, list(_keyed(_KEYS, types)))
            for key, (group, types) in _keyed(_GROUP_KEYS, offered_types())
        ],
        "ticked": set(request.POST.getlist("types")),
        "waiting": waiting_for(user, now).count(),
        "by_you": labeled_by(user),
        "last": last if last and last.pk != sentence.pk else None,
        "is_again": sentence.labels.filter(labeled_by=user).exists(),
    }
    return render(request, "review/sentence.html", context)


@require_safe
def sentences_jsonl(request: HttpRequest) -> StreamingHttpResponse:
    """The labeled sentences as JSON lines, in the form that `manage.py evaluate` reads. For curators."""
    curator(request)
    return jsonl_file("gold.jsonl", gold_rows())


def _keyed(keys: str, rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Each row with a key of its own; those behind the last key have none."""
    return zip(chain(keys, repeat("")), rows, strict=False)


def _next(request: HttpRequest, user: User, after: GoldSentence | None = None) -> HttpResponse:
    """To the next sentence, claimed for the curator, one that comes after a skipped one; else to the beginning."""
    found = labeling.give_next(user, timezone.now(), after.pk if after else 0)
    if found is not None:
        return redirect("review-sentence", found.pk)
    messages.info(request, "No sentence is left that is open to you.")
    return redirect("review-sentences")
