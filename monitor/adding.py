"""Putting a page on the watch list: its platform, its document and its source at once, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from monitor.addresses import free_document_slug, free_platform_slug, platform_named, slug_room
from monitor.core.declaration import Page, same_address
from monitor.core.slugs import slug_of
from monitor.core.watch_file import WatchEntry
from monitor.models import Document, DocumentType, Platform, Render, Source


class CannotAdd(ValueError):
    """Why nothing was put on the list, in one line. `field`: what of it is at fault: platform, name, pages."""

    def __init__(self, why: str, field: str = "pages") -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to be watched, read from these pages in order. `platform` is the name of a known or a new one."""

    platform: str
    name: str
    pages: Sequence[Page]
    type: str = DocumentType.TERMS
    language: str = ""
    jurisdiction: str = ""
    audience: str = ""


@transaction.atomic
def add_document(wanted: NewDocument, at: datetime) -> Document:
    """Watch a document from now on: it is due at once. Raises CannotAdd, and nothing is saved."""
    try:
        platform = platform_named(wanted.platform) or _new_platform(wanted.platform)
        document = _new_document(platform, wanted, at)
        for position, page in enumerate(wanted.pages):
            _add_source(document, position, page)
    except ValidationError as error:
        raise CannotAdd("; ".join(error.messages)) from None
    return document


@dataclass(frozen=True, slots=True)
class Planned:
    """What adding an entry would do: to a new platform or a known one, or nothing, and why.

    `field` is what the problem is with, as of `CannotAdd`.
    """

    entry: WatchEntry
    is_new_platform: bool = False
    known: Document | None = None
    problem: str = ""
    field: str = "pages"

    @property
    def is_added(self) -> bool:
        """Whether a document comes of it."""
        return not (self.known or self.problem)


def plan_all(entries: Sequence[WatchEntry], at: datetime) -> list[Planned]:
    """What adding these would do, tried out and taken back."""
    with transaction.atomic():
        planned = add_all(entries, at)
        transaction.set_rollback(True)
    return planned


@transaction.atomic
def add_all(entries: Sequence[WatchEntry], at: datetime) -> list[Planned]:
    """Add what can be added. An entry whose page is watched already, or that is faulty, adds nothing."""
    watched, listed = _watched(), dict[str, WatchEntry]()
    return [_add(entry, watched, listed, at) for entry in entries]


def _watched() -> dict[str, Document]:
    """Which document reads which address now."""
    sources = Source.objects.filter(document__platform__is_sample=False, valid_until__isnull=True)
    return {same_address(one.url): one.document for one in sources.select_related("document__platform")}


def _add(
    entry: WatchEntry, watched: Mapping[str, Document], listed: dict[str, WatchEntry], at: datetime
) -> Planned:
    if entry.problem:
        return Planned(entry, problem=entry.problem)
    addresses = [same_address(page.url) for page in entry.pages]
    if known := next((watched[address] for address in addresses if address in watched), None):
        return Planned(entry, known=known)
    if twin := next((listed[address] for address in addresses if address in listed), None):
        return Planned(entry, problem=f"Its page is listed already, as {twin.platform}, {twin.name}")
    is_new = platform_named(entry.platform) is None
    described = {name: getattr(entry, name) for name in ("language", "jurisdiction", "audience")}
    try:
        kind = _kind(entry.type)
        add_document(NewDocument(entry.platform, entry.name, entry.pages, kind, **described), at)
    except CannotAdd as error:
        return Planned(entry, problem=str(error), field=error.field)
    listed |= dict.fromkeys(addresses, entry)
    return Planned(entry, is_new_platform=is_new)


def _kind(said: str) -> str:
    """The kind of document that a list means, by its value or by its name as pages show it. Raises CannotAdd."""
    known = {name.casefold(): kind.value for kind in DocumentType for name in (kind.value, kind.label)}
    if found := known.get(said.strip().casefold()):
        return found
    raise CannotAdd(f"“{said[:40]}” is no kind of document; kinds are {', '.join(DocumentType.values)}")


@transaction.atomic
def add_platform(name: str) -> Platform:
    """A platform without documents yet. Raises CannotAdd."""
    if platform_named(name):
        raise CannotAdd(f"There is a platform called {name.strip()}")
    try:
        return _new_platform(name)
    except ValidationError as error:
        raise CannotAdd("; ".join(error.messages)) from None


def _new_platform(name: str) -> Platform:
    slug = free_platform_slug(slug_of(name, slug_room(Platform)))
    platform = Platform(name=name.strip(), slug=slug)
    platform.full_clean()
    platform.save()
    return platform


def _new_document(platform: Platform, wanted: NewDocument, at: datetime) -> Document:
    if platform.documents.filter(name__iexact=wanted.name.strip()).exists():
        raise CannotAdd(
            f"{platform} has a document called {wanted.name.strip()}: give this one another name", "name"
        )
    document = Document(
        platform=platform,
        slug=free_document_slug(platform, slug_of(wanted.name, slug_room(Document))),
        name=wanted.name.strip(),
        type=wanted.type,
        language=wanted.language,
        jurisdiction=wanted.jurisdiction,
        audience=wanted.audience,
        next_fetch_at=at,
    )
    document.full_clean(exclude=["platform", "number"])
    document.save()
    return document


def _add_source(document: Document, position: int, page: Page) -> None:
    source = Source(
        document=document,
        position=position,
        url=page.url,
        select=list(page.select),
        remove=list(page.remove),
        render=Render.BROWSER if page.needs_browser else Render.HTTP,
    )
    source.full_clean()
    source.save()
