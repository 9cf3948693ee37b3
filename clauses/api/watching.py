"""What administrators do by programs: put platforms and documents on the watch list, pause and resume them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Status

from clauses.api.answers.acts import NewDocument, NewPlatform
from clauses.api.answers.documents import DocumentState
from clauses.api.answers.platforms import PlatformRow
from clauses.api.asker import WATCHING
from clauses.api.once import IdempotencyKey, asker, once
from clauses.api.operations import DocumentId, acts, number_of
from clauses.api.problems import Refused
from clauses.forms.understood import Mistake, NotUnderstood
from clauses.queries.documents import documents
from clauses.queries.platforms import platform_row_twin, platform_rows
from clauses.queries.twins import Json, document_state
from monitor.acts import note
from monitor.adding import CannotAdd, add_all, add_platform
from monitor.addresses import platform_named
from monitor.core.declaration import Page
from monitor.core.watch_file import WatchEntry
from monitor.models import ActKind
from monitor.pausing import turn
from monitor.tasks import have_read

_TAG = "acts"


@acts(_TAG, "/platforms", PlatformRow, auth=WATCHING, status=201)
def watch_platform(request: HttpRequest, said: NewPlatform, key: IdempotencyKey = None) -> Status[Any]:
    """Put a platform on the watch list.

    By itself; a document brings its platform along where that is new. Status 409 where one has this name.
    """

    def added() -> Json:
        if known := platform_named(said.name):
            raise Refused(409, f"There is a platform of this name: {known.slug}.")
        try:
            platform = add_platform(said.name)
        except CannotAdd as error:
            raise NotUnderstood([Mistake("name", said.name[:60], [], str(error))]) from None
        note(asker(request).user, ActKind.ADDED, f"platform: {platform}")
        return platform_row_twin(platform_rows(timezone.now()).get(pk=platform.pk))

    return once(request, key, 201, added)


@acts(_TAG, "/documents", DocumentState, auth=WATCHING, status=201)
def watch_document(request: HttpRequest, said: NewDocument, key: IdempotencyKey = None) -> Status[Any]:
    """Put a document on the watch list.

    It is due at once. Status 409 where one of its pages is watched already.
    """
    return once(request, key, 201, lambda: _added(request, said))


@acts(_TAG, "/documents/{document_id}/pause", DocumentState, auth=WATCHING)
def pause_document(request: HttpRequest, document_id: DocumentId, key: IdempotencyKey = None) -> Status[Any]:
    """Pause a document.

    It is read no more; what was recorded stays. Of one that is paused this is true already.
    """
    return once(request, key, 200, lambda: _turned(request, document_id, is_on=False))


@acts(_TAG, "/documents/{document_id}/resume", DocumentState, auth=WATCHING)
def resume_document(request: HttpRequest, document_id: DocumentId, key: IdempotencyKey = None) -> Status[Any]:
    """Resume a document.

    It is due at once. Status 409 for samples, which have no page to read.
    """
    return once(request, key, 200, lambda: _turned(request, document_id, is_on=True))


def _added(request: HttpRequest, said: NewDocument) -> Json:
    pages = [
        Page(one.url, tuple(one.select), tuple(one.remove), needs_browser=one.browser) for one in said.pages
    ]
    described = {name: getattr(said, name) for name in ("language", "jurisdiction", "audience")}
    entry = WatchEntry(0, said.platform, said.name, tuple(pages), said.type, **described)
    (planned,) = add_all([entry], timezone.now())
    if planned.known:
        raise Refused(409, f"Its page is watched already: {planned.known.public_id}.")
    if planned.problem:
        given = said.name[:60] if planned.field == "name" else ""
        raise NotUnderstood([Mistake(planned.field, given, [], f"{planned.problem.rstrip('.')}.")])
    document = documents().get(platform=platform_named(said.platform), name__iexact=said.name)
    note(asker(request).user, ActKind.ADDED, f"document: {document}", said.pages[0].url)
    transaction.on_commit(lambda: have_read(document.pk))
    return document_state(document)


def _turned(request: HttpRequest, public_id: str, *, is_on: bool) -> Json:
    document = get_object_or_404(documents(), number=number_of(public_id))
    if is_on and document.platform.is_sample:
        raise Refused(409, "Samples have no page to read.")
    if is_on and document.succeeded_by:
        raise Refused(409, f"{document.succeeded_by.public_id} is read instead.")
    if document.is_paused == is_on:
        turn(document, asker(request).user, timezone.now(), is_on=is_on)
        document.refresh_from_db(fields=["is_paused", "next_fetch_at"])
    return document_state(document)
