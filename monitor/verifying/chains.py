"""Whether the chain of a document is whole, says what is on record, and is covered by the roots it names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from monitor.chain import Record, manifest_of
from monitor.core.manifest import canonical, link_of
from monitor.core.normalize import sha256
from monitor.models import Document, Link, Platform, Root, Snapshot, Source, Version
from monitor.verifying.finding import Finding


def check_chain(document: Document) -> Iterator[Finding]:
    """That every link is bound to the one before, and that what the chain says last of each record is so now."""
    links = Link.objects.filter(document=document).order_by("position")
    if Platform.everything.filter(pk=document.platform_id, incoming_for__isnull=False).exists():
        # What is still coming in is in no chain.
        return
    latest: dict[str, str] = {}
    covered: dict[int, int] = {}
    previous, is_rooted = "", True
    for position, link in enumerate(links.iterator(chunk_size=200), start=1):
        yield from _check_link(document, link, position, previous)
        previous = link.sha256
        latest[link.record] = link.manifest
        if link.root_id and not is_rooted:
            yield Finding(document.public_id, f"link {position} names a root, and one before it names none")
        is_rooted = link.root_id is not None
        if link.root_id:
            covered[link.root_id] = position
    yield from _check_roots(document, covered)
    yield from _check_records(document, latest)


def _check_link(document: Document, link: Link, position: int, previous: str) -> Iterator[Finding]:
    name = f"link {position}"
    if link.position != position:
        yield Finding(document.public_id, f"{name} of its chain is missing")
    if link.previous != previous:
        yield Finding(document.public_id, f"{name} of its chain does not hold the hash of the one before")
    made = link_of(document.public_id, link.position, link.previous, link.recorded_at, link.manifest.encode())
    if sha256(made) != link.sha256:
        yield Finding(document.public_id, f"{name} of its chain, of {link.record}, has another hash")
    if f'"id":"{link.record}"' not in link.manifest:
        yield Finding(document.public_id, f"{name} of its chain is not of {link.record}")


def _check_roots(document: Document, covered: Mapping[int, int]) -> Iterator[Finding]:
    """That each root names the last link that it covers first."""
    before = 0
    for root in Root.objects.filter(pk__in=covered).order_by("on"):
        head = _head(root, document.public_id)
        if head is None or head.get("position") != covered[root.pk] or covered[root.pk] <= before:
            yield Finding(document.public_id, f"the {root} does not cover the links that name it")
        before = covered[root.pk]


def _head(root: Root, document: str) -> Mapping[str, Any] | None:
    heads = heads_of(root.manifest)
    return next((head for head in heads if head.get("document") == document), None)


def heads_of(manifest: str) -> list[dict[str, Any]]:
    """The heads that a root names; none where it cannot be read."""
    try:
        return list(json.loads(manifest)["heads"])
    except (ValueError, KeyError, TypeError):
        return []


def _check_records(document: Document, latest: dict[str, str]) -> Iterator[Finding]:
    """Empties `latest` of what is on record."""
    for record in _records(document):
        linked = latest.pop(record.public_id, None)
        if linked is None:
            yield Finding(record.public_id, f"it is not in the chain of {document.public_id}")
            continue
        try:
            now = manifest_of(record)
        except ObjectDoesNotExist:
            yield Finding(record.public_id, "a row that it refers to is gone")
            continue
        if canonical(now).decode() != linked:
            yield Finding(record.public_id, f"its chain says otherwise: {_difference(linked, now)}")
    for name in latest:
        yield Finding(name, f"it is in the chain of {document.public_id}, and is not on record")


def _records(document: Document) -> Iterable[Record]:
    # Row by row, without joins: a row whose reference leads nowhere must not be left out.
    sources = Source.objects.filter(document=document)
    yield from Snapshot.objects.filter(source__in=sources).order_by("number").iterator(chunk_size=200)
    yield from Version.objects.filter(document=document).order_by("ordinal").iterator(chunk_size=200)


def _difference(linked: str, now: Mapping[str, Any]) -> str:
    try:
        then = json.loads(linked)
    except ValueError:
        return "it cannot be read"
    keys = [key for key in {**now, **then} if now.get(key) != then.get(key)]
    return "; ".join(f"{key} was {_short(then.get(key))} and is {_short(now.get(key))}" for key in keys) or (
        "it is written otherwise"
    )


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:79] + "…"
