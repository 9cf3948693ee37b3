"""What the JSON twins of platforms beside each other say: by one clause type, and as wholes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clauses.queries.beside import type_comparison, type_comparison_twin
from clauses.queries.like_documents import LikeDocuments, compared_documents, keys_of, unlike
from clauses.queries.platform_comparison import platform_comparison
from clauses.queries.registry_twins import documents_twin, platforms_twin, unlike_twin
from clauses.queries.twins import Json
from monitor.models import Platform


def types_beside_twin(slug: str, chosen: Sequence[Platform], like: LikeDocuments) -> Json:
    """One type on several platforms, the one to hold the others against first."""
    documents = compared_documents(chosen, like)
    among = None if like.is_any else keys_of(documents)
    return type_comparison_twin(slug, chosen, type_comparison(slug, chosen, among)) | {
        "documents": {row.platform.slug: documents_twin(row) for row in documents},
        "unlike": unlike_twin(unlike(documents)),
    }


def platforms_beside_twin(chosen: Sequence[Platform], like: LikeDocuments, now: datetime) -> Json:
    """Several platforms as wholes."""
    found = platform_comparison(chosen, like, now)
    return platforms_twin(found, unlike([side.documents for side in found.sides]))
