"""Platforms, documents and sources from declarations. Found again on a second run, never doubled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set

from monitor.addresses import present_address, present_platform, slug_room
from monitor.core.declaration import Terms, Window, same_address
from monitor.core.slugs import slug_of
from monitor.core.terms_types import document_type
from monitor.models import Document, DocumentType, Platform, Render, Source


def ensure_document(service: str, name: str, terms: str) -> Document:
    """The platform and document of these names, wherever they were moved since; created, the document paused, where
    they are not there yet.
    """
    platform = _platform(slug(service, Platform), name)
    if present := present_address(platform.slug, slug(terms, Document)):
        return Document.objects.get(platform__slug=present[0], slug=present[1])
    document, _ = Document.objects.get_or_create(
        platform=platform,
        slug=slug(terms, Document),
        defaults={
            "name": terms[:160],
            "type": type_of(terms),
            "is_paused": True,
            "paused_by_import": True,
        },
    )
    return document


def _platform(slug: str, name: str) -> Platform:
    known = Platform.objects.filter(slug=slug).first() or present_platform(slug)
    return known or Platform.objects.get_or_create(slug=slug, defaults={"name": name[:120]})[0]


def ensure_sources(document: Document, windows: Sequence[Window], needed: Set[int]) -> dict[int, Source]:
    """The sources of windows, by their index: those that are needed, and those that are there already.

    Where a window has got an end since the last import, or needs a browser now, its source gets it. A page that is
    captured already is read on as it was set here: a second source for it would double the text.
    """
    known = {_key(source): source for source in document.sources.exclude(render=Render.ARCHIVE)}
    made = {index: _source(document, window) for index, window in enumerate(windows)}
    found = {index: known[_key(one)] for index, one in made.items() if _key(one) in known}
    for index, source in found.items():
        _set_end(source, made[index])
    for index in sorted(needed - found.keys()):
        found[index] = _read_already(made[index], found.values()) or made[index]
        if found[index] is made[index]:
            made[index].save()
    return found


def _read_already(made: Source, others: Iterable[Source]) -> Source | None:
    """The source that reads the page of an open window now and is no other window's, if it was captured."""
    if made.valid_until:
        return None
    going = made.document.sources.filter(valid_until__isnull=True, fetches__isnull=False).distinct()
    going = going.exclude(pk__in=[other.pk for other in others if other.pk])
    return next((one for one in going if same_address(one.url) == same_address(made.url)), None)


def read_otherwise(windows: Sequence[Window], sources: Mapping[int, Source]) -> list[str]:
    """The addresses of sources that are read by other selectors than their windows declare."""
    return [
        source.url
        for index, source in sorted(sources.items())
        if _key(source)[1] != _key(_source(source.document, windows[index]))[1]
    ]


def undeclared(document: Document, declared: Iterable[Source]) -> list[str]:
    """The addresses that are read for the document without an end and are not among these sources."""
    going = document.sources.filter(valid_until__isnull=True).exclude(render__in=Render.never_fetched())
    return list(going.exclude(pk__in=[source.pk for source in declared]).values_list("url", flat=True))


def _source(document: Document, window: Window) -> Source:
    return Source(
        document=document,
        position=window.position,
        url=window.page.url,
        select=list(window.page.select),
        remove=list(window.page.remove),
        render=Render.BROWSER if window.page.needs_browser else Render.HTTP,
        valid_from=window.since,
        valid_until=window.until,
    )


def _set_end(source: Source, made: Source) -> None:
    """Take over what may change of a window. A browser that somebody chose is kept where none is declared."""
    render = Render.BROWSER if made.render == Render.BROWSER else source.render
    stated = (made.valid_until, made.position, render)
    if (source.valid_until, source.position, source.render) != stated:
        source.valid_until, source.position, source.render = stated
        source.save(update_fields=["valid_until", "position", "render"])


def _key(source: Source) -> tuple[object, ...]:
    # PostgreSQL gives the keys of a range back in an order of its own.
    selectors = json.dumps([source.select, source.remove], sort_keys=True)
    return (source.url, selectors, source.valid_from)


def why_paused(terms: Terms | None) -> str:
    """Why a document is not to be watched live, in words that follow "paused: "; empty where it can be."""
    current = terms.current if terms else None
    if current is None:
        return "the archive declares no page of it today"
    if named := filters_of([current.pages]):
        return f"possibly noisy: the archive cleans it with code that is never run here ({', '.join(named)})"
    if any(page.needs_browser for page in current.pages):
        return "needs a browser"
    return ""


def filters_of(declared: Iterable[Iterable[object]]) -> list[str]:
    """The names of the custom filters of these pages, each once."""
    return list(
        dict.fromkeys(name for pages in declared for page in pages for name in getattr(page, "filters", ()))
    )


def type_of(terms: str) -> DocumentType:
    """The document type for a terms type of the archive."""
    return DocumentType(document_type(terms))


def slug(name: str, model: type[Platform | Document]) -> str:
    """The slug of a service or terms type."""
    return slug_of(name, slug_room(model))
