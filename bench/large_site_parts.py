"""The watch list of an invented site, how its clauses become a text, and what closes it."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone

from bench.invented_clauses import Author
from clauses.listing import list_all
from clauses.models import ChangeSet, Clause
from monitor.core.outline import write_outline
from monitor.models import Document, DocumentType, Platform, Snapshot, Version
from monitor.models.counter import Counter

SECTION = 10
_KINDS = list(DocumentType)[:9]
_LANGUAGES = ["en"] * 8 + ["de", "fr"]
_JURISDICTIONS = ["", "", "European Union", "United States", "United Kingdom"]
_AUDIENCES = ["consumers", "consumers", "businesses", "developers"]
Layout = list[tuple[int, int, int, str]]


def watched_documents(platform_count: int, document_count: int) -> list[Document]:
    """Documents of platforms by Zipf's law: the first platforms have most of them, and each has one."""
    author, chance, now = Author(3), random.Random(5), timezone.now()
    platforms = Platform.objects.bulk_create(
        Platform(slug=f"platform-{at}", name=f"{author.heading().title()} {at}")
        for at in range(1, platform_count + 1)
    )
    weights = [1 / (rank + 3) for rank in range(len(platforms))]
    more = max(document_count - len(platforms), 0)
    owners = [*platforms, *chance.choices(platforms, weights=weights, k=more)]
    return Document.objects.bulk_create(
        Document(
            number=at,
            platform=owner,
            slug=f"document-{at}",
            name=f"{_KINDS[at % len(_KINDS)].label} {at}",
            type=_KINDS[at % len(_KINDS)],
            language=chance.choice(_LANGUAGES),
            jurisdiction=chance.choice(_JURISDICTIONS),
            audience=chance.choice(_AUDIENCES),
            read_at=now - timedelta(minutes=chance.randint(1, 700)),
            next_fetch_at=now + timedelta(minutes=chance.randint(1, 700)),
        )
        for at, owner in enumerate(owners[:document_count], start=1)
    )


def laid_out(
    placed: Sequence[tuple[int, str]], headings: Sequence[str], section: int
) -> tuple[bytes, bytes, Layout, int]:
    """The text of clauses, given by occurrence key and words; its outline, its layout, and where it ends."""
    pieces: list[str] = []
    outline: list[list[Any]] = []
    layout: Layout = []
    end = -1
    for place, (key, words) in enumerate(placed):
        if place % section == 0:
            pieces.append(headings[place // section])
            outline.append(["heading", end + 1, end + 1 + len(pieces[-1]), 2, []])
            end += 1 + len(pieces[-1])
        pieces.append(words)
        start, end = end + 1, end + 1 + len(words)
        outline.append(["paragraph", start, end, 0, []])
        layout.append((key, start, end, f"{place // section + 1}.{place % section + 1}"))
    return "\n".join(pieces).encode(), write_outline(outline), layout, end


def finish(tables: list[type[models.Model]]) -> None:
    """Let public numbers and keys go on after those that were given, and list what stands."""
    for letter, model in (("P", Clause), ("C", ChangeSet), ("V", Version), ("S", Snapshot), ("D", Document)):
        last = model._default_manager.aggregate(last=models.Max("number"))["last"] or 0
        Counter.objects.update_or_create(letter=letter, defaults={"last": last})
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    for done, _ in enumerate(list_all(), start=1):
        print(f"\r{done} documents listed   ", end="", file=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Its own vacuum does this within minutes; nobody does it on an embedded site.
            cursor.execute("VACUUM ANALYZE")
