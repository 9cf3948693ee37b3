"""Loads the sample platforms through the same door as fetches, each capture at its own moment."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from django.db import transaction

from monitor.models import Counter, Document, Origin, Outcome, Platform, Source
from monitor.tracking import Failure, record, record_failure

_HEADERS = {"content-type": "text/html; charset=utf-8"}
_Capture = tuple[datetime, Source, dict[str, Any]]


def is_wanted() -> bool:
    """Whether the site is new: samples never join platforms that somebody entered, nor come back once removed."""
    return not Platform.objects.exists() and not Counter.objects.filter(letter=Document.LETTER).exists()


@transaction.atomic
def load() -> int:
    """Create the sample platforms with their documents, paused, and record all captures. How many captures."""
    manifest = tomllib.loads(_file("manifest.toml").read_text())
    captures = [capture for row in manifest["platforms"] for capture in _platform(row)]
    # In order of time over all documents, as fetching would have seen them.
    for at, source, row in sorted(captures, key=lambda capture: (capture[0], capture[1].pk)):
        _record(source, at, row)
    return len(captures)


def _platform(row: dict[str, Any]) -> Iterator[_Capture]:
    platform = Platform.objects.create(
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        homepage=row["homepage"],
        is_sample=True,
    )
    for document_row in row["documents"]:
        document = Document.objects.create(
            platform=platform,
            slug=document_row["slug"],
            name=document_row["name"],
            type=document_row["type"],
            language=document_row["language"],
            is_paused=True,
        )
        source = Source.objects.create(
            document=document,
            url=document_row["url"],
            select=document_row["select"],
            remove=document_row["remove"],
        )
        for capture in document_row["captures"]:
            yield capture["at"], source, capture


def _record(source: Source, at: datetime, row: dict[str, Any]) -> None:
    if row["status"] != 200:
        failure = Failure(Outcome.HTTP_ERROR, f"the server answered {row['status']}", row["status"])
        record_failure(source, failure, at, origin=Origin.SAMPLE)
        return
    record(source, _page(source, at, row), _HEADERS, at, origin=Origin.SAMPLE)


def _page(source: Source, at: datetime, row: dict[str, Any]) -> bytes:
    """The page as the invented server sent it."""
    document = source.document
    folder = _file(document.platform.slug)
    body = (folder / document.slug / row["body"]).read_text() if "body" in row else ""
    page: str = (folder / row["page"]).read_text().replace("{body}", body)
    filled = page.replace("{title}", document.name).replace("{date}", f"{at:%Y-%m-%d}")
    return filled.replace("{token}", str(row["token"])).encode()


def _file(name: str) -> Traversable:
    return resources.files("monitor.samples") / name
