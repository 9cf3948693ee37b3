"""The proof of a clause record, a version or a capture as a bundle to take along; that of a record checked now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.evidence.bundle import write_bundle
from clauses.models import Clause
from clauses.queries.records import absorbing, records
from clauses.queries.snapshots import snapshots
from clauses.queries.versions import versions
from clauses.verifying.scope import scope_of
from clauses.verifying.steps import steps_of
from clauses.views.json_response import json_response
from monitor.core.manifest import moment
from monitor.models import Snapshot, Version
from monitor.verifying.finding import Finding
from monitor.warc import write_warc


@require_safe
def record_evidence(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bundle as a ZIP; of a superseded record that of the one that absorbed it.

    For people who are signed in: every capture behind it is unpacked twice.
    """
    found = get_object_or_404(records(), number=number)
    standing = absorbing(found)
    if standing.pk != found.pk:
        return redirect("record-evidence", standing.number, permanent=True)
    return _bundle(found)


@require_safe
def version_evidence(request: HttpRequest, platform: str, slug: str, number: int) -> HttpResponseBase:
    """The bundle of a version, with the captures it was read from. For people who are signed in."""
    of_document = versions().filter(document__slug=slug, document__platform__slug=platform)
    return _bundle(get_object_or_404(of_document, number=number))


@require_safe
def snapshot_evidence(request: HttpRequest, number: int) -> HttpResponseBase:
    """The bundle of a capture. For people who are signed in."""
    return _bundle(get_object_or_404(snapshots(), number=number))


def _bundle(found: Clause | Version | Snapshot) -> HttpResponseBase:
    name = f"{found.public_id}-evidence.zip"
    return _written(lambda stream: write_bundle(found, stream), name, "application/zip")


def _written(write: Callable[[IO[bytes]], object], name: str, content_type: str) -> HttpResponseBase:
    """Written to a file that has no name, for the captures of a record may be more than a worker should hold."""
    with ExitStack() as stack:
        stream = stack.enter_context(TemporaryFile())
        write(stream)
        stream.seek(0)
        # The response closes it.
        stack.pop_all()
    return FileResponse(stream, as_attachment=True, filename=name, content_type=content_type)


@require_safe
def snapshot_warc(request: HttpRequest, number: int) -> HttpResponseBase:
    """A capture as WARC 1.1 records, which any tool for web archives reads. For people who are signed in."""
    found = get_object_or_404(snapshots(), number=number)
    return _written(
        lambda stream: write_warc(found, stream), f"{found.public_id}.warc.gz", "application/gzip"
    )


@require_safe
def record_verify(request: HttpRequest, number: int) -> HttpResponse:
    """The check of a record with all it rests on, made now. For people who are signed in: it takes seconds."""
    found = get_object_or_404(records(), number=number)
    checked, findings = _checked(found)
    context = {
        "clause": found,
        "document": found.document,
        "checked": checked,
        "findings": findings,
        "at": timezone.now(),
    }
    return render(request, "clauses/record_verify.html", context)


@require_safe
def record_verify_json(request: HttpRequest, number: int) -> HttpResponse:
    """The twin."""
    found = get_object_or_404(records(), number=number)
    checked, findings = _checked(found)
    return json_response(
        {
            "record": found.public_id,
            "checked_at": moment(timezone.now()),
            "holds": not findings,
            "checked": dict(checked),
            "findings": [{"record": one.record, "words": one.words} for one in findings],
        }
    )


def _checked(clause: Clause) -> tuple[list[tuple[str, int]], list[Finding]]:
    """What was checked, by kind and count, and what does not hold."""
    steps = steps_of(scope_of([clause]))
    findings = [one for step in steps for found in step.findings() for one in found]
    return [(step.noun, step.count) for step in steps if step.count], findings
