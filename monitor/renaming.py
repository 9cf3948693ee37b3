"""Renaming a platform or a document, and putting the documents of one platform under another. No link breaks."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from monitor.addresses import (
    free_document_slug,
    give_up_document,
    give_up_platform,
    is_free_for_document,
    is_free_for_platform,
    platform_named,
    take_back,
)
from monitor.models import Document, FormerAddress, Platform


class CannotRename(ValueError):
    """Why nothing was renamed or moved, in one line."""


class NameIsTaken(CannotRename):
    """Another one is called so."""


@transaction.atomic
def rename_platform(platform: Platform, *, name: str, slug: str, at: datetime) -> None:
    """Give a platform another name, and another address, to which the former one leads. Raises CannotRename."""
    if not is_free_for_platform(slug, platform):
        raise CannotRename(f"Another platform has or had the address {slug}")
    if name.casefold() != platform.name.casefold() and platform_named(name):
        raise NameIsTaken(f"There is another platform called {name}")
    if slug != platform.slug:
        give_up_platform(platform, at)
    platform.name, platform.slug = name, slug
    _save(platform, "name", "slug")
    take_back(platform)


@transaction.atomic
def rename_document(document: Document, *, name: str, slug: str, at: datetime) -> None:
    """The same for a document within its platform."""
    if not is_free_for_document(slug, document):
        raise CannotRename(f"Another document of {document.platform} has or had the address {slug}")
    # A merger may have brought two of one name together: they keep it until somebody gives one of them another.
    is_new = name.casefold() != document.name.casefold()
    if is_new and document.platform.documents.exclude(pk=document.pk).filter(name__iexact=name).exists():
        raise NameIsTaken(f"{document.platform} has another document called {name}")
    if slug != document.slug:
        give_up_document(document, at)
    document.name, document.slug = name, slug
    _save(document, "name", "slug")
    take_back(document.platform, document)


@transaction.atomic
def move_documents(platform: Platform, into: Platform, at: datetime) -> None:
    """Put all documents of a platform under another one, and lead its former addresses there.

    Nothing but the address changes: numbers, records, captures and history stay. Raises CannotRename.
    """
    if platform.is_sample or into.is_sample:
        raise CannotRename("Samples are invented: nothing real can come from one or go into one")
    if Platform.everything.filter(incoming_for__in=[platform, into]).exists():
        raise CannotRename("Earlier history of one of the two is coming in: wait until that is done")
    for document in platform.documents.select_related("platform"):
        slug = free_document_slug(into, document.slug)
        give_up_document(document, at)
        document.platform, document.slug = into, slug
        _save(document, "platform", "slug")
    FormerAddress.objects.filter(platform=platform).update(platform=into)
    FormerAddress.objects.create(platform_slug=platform.slug, platform=into, made_at=at)


def _save(row: Platform | Document, *fields: str) -> None:
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in fields])
    except ValidationError as error:
        raise CannotRename("; ".join(error.messages)) from None
    row.save(update_fields=fields)
