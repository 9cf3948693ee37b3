"""An import inside a test: declarations and repositories of a test's own, one call for all documents."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.utils import timezone

from monitor.core.declaration import read_service
from monitor.importing.histories import Selection, read_archive
from monitor.importing.ota import Holdings, Imported, begin, bring_in, finish, wanted_documents
from monitor.importing.repositories import opened
from tests.monitor.importing.archives import SERVICE, URL, Commit, build

PLAIN = {"Terms of Service": {"fetch": URL, "select": ["main"]}}


def declared(terms: dict[str, Any], history: dict[str, Any] | None = None) -> tuple[str, str]:
    """The two JSON texts of the service of these tests."""
    return json.dumps({"name": SERVICE, "terms": terms}), json.dumps(history) if history else ""


def run(
    declarations: tuple[str, str] | None = None,
    pages: Path | None = None,
    texts: Path | None = None,
    selection: Selection | None = None,
) -> list[Imported]:
    """Import everything that is declared or in these repositories."""
    chosen = selection or Selection()
    services = {SERVICE: read_service(SERVICE, *declarations)} if declarations else {}
    with ExitStack() as stack:
        held_pages = _held(stack, pages, {"html", "pdf"}, chosen)
        held_texts = _held(stack, texts, {"md"}, chosen)
        found = [begin(wanted) for wanted in wanted_documents(services, held_pages, held_texts, chosen)]
        for imported in found:
            list(bring_in(imported, chosen))
            finish(imported, chosen)
        return found


def _held(stack: ExitStack, folder: Path | None, endings: set[str], selection: Selection) -> Holdings | None:
    if folder is None:
        return None
    repository = stack.enter_context(opened(str(folder)))
    archive = read_archive(repository, frozenset(endings), selection, timezone.now())
    assert archive.ends_at
    ends_at = min(archive.ends_at, selection.until or archive.ends_at)
    return Holdings(archive, stack.enter_context(repository.blobs()), ends_at)


def built(folder: Path, *commits: Commit) -> Path:
    """A repository of these commits in a new folder."""
    return build(folder / f"{len(list(folder.iterdir()))}.git", commits)
