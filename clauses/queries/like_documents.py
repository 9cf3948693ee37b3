"""Like with like: among which documents clauses are counted and compared, and what sets documents apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields

from monitor.models import Document, DocumentType, Platform

_NAMES = {"type": "kind", "language": "language", "jurisdiction": "jurisdiction", "audience": "audience"}


@dataclass(frozen=True, slots=True)
class LikeDocuments:
    """What documents are to be: their kind, language, jurisdiction and audience. Empty: any."""

    document_type: str = ""
    language: str = ""
    jurisdiction: str = ""
    audience: str = ""

    @property
    def is_any(self) -> bool:
        """Whether every document is."""
        return self == LikeDocuments()

    def keys(self, platforms: Collection[str] = (), kinds: Collection[str] = ()) -> set[int] | None:
        """The keys of such documents, of platforms and kinds if some are given; None for all there are."""
        asked = {
            "type": self.document_type,
            "type__in": kinds,
            "language": self.language,
            "jurisdiction": self.jurisdiction,
            "audience": self.audience,
            "platform__slug__in": platforms,
        }
        asked = {field: value for field, value in asked.items() if value}
        return set(Document.objects.filter(**asked).values_list("pk", flat=True)) if asked else None


ANY_DOCUMENTS = LikeDocuments()


@dataclass(frozen=True, slots=True)
class Choices:
    """The values in use, for filters to offer; platforms with their slugs and names."""

    platforms: list[tuple[str, str]]
    document_types: list[str]
    languages: list[str]
    jurisdictions: list[str]
    audiences: list[str]


@dataclass(frozen=True, slots=True)
class Unlike:
    """A value of a field of documents that only some of the compared platforms have a document of."""

    field: str
    value: str
    having: Sequence[Platform]
    lacking: Sequence[Platform]


@dataclass(frozen=True, slots=True)
class ComparedDocuments:
    """The documents of a platform that are compared."""

    platform: Platform
    documents: Sequence[Document]


def choices() -> Choices:
    """The platforms with a text, and what their documents are. Two queries."""
    read = Document.objects.filter(current_version__isnull=False)
    platforms = Platform.objects.filter(pk__in=read.order_by().values("platform")).order_by("name")
    kinds = set(read.order_by().values_list("type", "language", "jurisdiction", "audience").distinct())
    in_use = [sorted({row[at] for row in kinds} - {""}) for at in range(4)]
    return Choices(list(platforms.values_list("slug", "name")), *in_use)


def compared_documents(platforms: Sequence[Platform], like: LikeDocuments) -> list[ComparedDocuments]:
    """The documents with a text of each platform that are such ones. One query, two where they are to be alike."""
    keys = like.keys()
    found = Document.objects.filter(platform__in=platforms, current_version__isnull=False).order_by("name")
    rows = [row for row in found if keys is None or row.pk in keys]
    return [
        ComparedDocuments(platform, [row for row in rows if row.platform_id == platform.pk])
        for platform in platforms
    ]


def unlike(compared: Sequence[ComparedDocuments]) -> list[Unlike]:
    """What some of the platforms have a document of and others have not: there, like is not held against like."""
    return [found for field in _NAMES for found in _unlike_in(field, compared)]


def _unlike_in(field: str, compared: Sequence[ComparedDocuments]) -> Iterable[Unlike]:
    values = {getattr(document, field) for row in compared for document in row.documents}
    for value in sorted(values):
        having = [row.platform for row in compared if _has(row.documents, field, value)]
        lacking = [row.platform for row in compared if not _has(row.documents, field, value)]
        if having and lacking:
            yield Unlike(_NAMES[field], _written(field, value), having, lacking)


def _has(documents: Iterable[Document], field: str, value: str) -> bool:
    return any(getattr(document, field) == value for document in documents)


def _written(field: str, value: str) -> str:
    if field == "type":
        return str(DocumentType(value).label)
    return value or "not stated"


def keys_of(compared: Iterable[ComparedDocuments]) -> Collection[int]:
    """The keys of all these documents."""
    return {document.pk for row in compared for document in row.documents}


def field_names() -> list[str]:
    """The parameters by which documents are chosen."""
    return [field.name for field in fields(LikeDocuments)]
