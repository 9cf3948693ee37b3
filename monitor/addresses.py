"""Names and addresses of platforms and documents: which are free, how one is given up, and where a former one leads."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from monitor.core.slugs import free_slug
from monitor.models import Document, FormerAddress, Platform


def platform_named(name: str) -> Platform | None:
    """The real platform of this name, whatever its capitals."""
    return Platform.objects.filter(is_sample=False, name__iexact=name.strip()).first()


def slug_room(model: type[Platform | Document]) -> int:
    """How long a slug may be."""
    return int(model._meta.get_field("slug").max_length or 0)


def free_platform_slug(wanted: str) -> str:
    """The wanted slug, numbered where another platform has it or once had it."""
    former = FormerAddress.objects.filter(document_slug="").values_list("platform_slug", flat=True)
    taken = {*Platform.everything.values_list("slug", flat=True), *former}
    return free_slug(wanted, taken, slug_room(Platform))


def free_document_slug(platform: Platform, wanted: str) -> str:
    """The wanted slug, numbered where another document of the platform has it or once had it."""
    former = _former_documents(platform).values_list("document_slug", flat=True)
    taken = {*platform.documents.values_list("slug", flat=True), *former}
    return free_slug(wanted, taken, slug_room(Document))


def is_free_for_platform(slug: str, platform: Platform) -> bool:
    """Whether a platform may be renamed to a slug: nobody else has it or had it."""
    others = Platform.everything.exclude(pk=platform.pk).filter(slug=slug)
    former = FormerAddress.objects.filter(platform_slug=slug, document_slug="").exclude(
        platform_id=platform.pk
    )
    return not others.exists() and not former.exists()


def is_free_for_document(slug: str, document: Document) -> bool:
    """Whether a document may be renamed to a slug within its platform."""
    others = document.platform.documents.exclude(pk=document.pk).filter(slug=slug)
    former = _former_documents(document.platform).filter(document_slug=slug)
    return not others.exists() and not former.exclude(document_id=document.pk).exists()


def give_up_platform(platform: Platform, at: datetime) -> None:
    """Remember the present address of a platform as a former one."""
    _remember(platform.slug, "", at, platform=platform)


def give_up_document(document: Document, at: datetime) -> None:
    """Remember the present address of a document, under each name its platform has or had, as a former one."""
    for slug in _slugs_of(document.platform):
        _remember(slug, document.slug, at, document=document)


def _remember(platform_slug: str, document_slug: str, at: datetime, **stood: Platform | Document) -> None:
    """Who stood at an address first keeps it: under a former name of the platform another document may have."""
    FormerAddress.objects.get_or_create(
        platform_slug=platform_slug, document_slug=document_slug, defaults={**stood, "made_at": at}
    )


def _slugs_of(platform: Platform) -> list[str]:
    """Each address that a platform has or had, its own or of one that was merged into it."""
    return [platform.slug, *platform.former_addresses.values_list("platform_slug", flat=True)]


def _former_documents(platform: Platform) -> QuerySet[FormerAddress]:
    """Where documents stood under any address of a platform."""
    return FormerAddress.objects.filter(platform_slug__in=_slugs_of(platform)).exclude(document_slug="")


def take_back(platform: Platform, document: Document | None = None) -> None:
    """Forget a former address under which the same thing stands again."""
    FormerAddress.objects.filter(
        Q(platform=platform) if document is None else Q(document=document),
        platform_slug=platform.slug,
        document_slug=document.slug if document else "",
    ).delete()


def present_platform(slug: str) -> Platform | None:
    """The platform that stood at a former address."""
    return present_platforms([slug]).get(slug)


def present_platforms(slugs: Collection[str]) -> dict[str, Platform]:
    """The platforms that stood at former addresses, by these. One query for all."""
    former = FormerAddress.objects.filter(platform_slug__in=slugs, document_slug="")
    return {one.platform_slug: one.platform for one in former.select_related("platform") if one.platform}


def present_address(platform_slug: str, document_slug: str) -> tuple[str, str] | None:
    """The slugs of the document that stood at a former address; None where none did.

    It may have been renamed, its platform may have been, or both, in any order.
    """
    platform = present_platform(platform_slug)
    for slug in (platform_slug, platform.slug) if platform else (platform_slug,):
        if Document.objects.filter(platform__slug=slug, slug=document_slug).exists():
            return (slug, document_slug)
        former = FormerAddress.objects.filter(platform_slug=slug, document_slug=document_slug)
        for one in former.select_related("document__platform"):
            if one.document:
                return (one.document.platform.slug, one.document.slug)
    return None
