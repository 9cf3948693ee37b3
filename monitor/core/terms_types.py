"""What Open Terms Archive calls a kind of terms, and what we call it."""

from __future__ import annotations

# The archive's terms types, where they say more than "other".
_TYPES = {
    "terms of service": "terms_of_service",
    "privacy policy": "privacy_policy",
    "business privacy policy": "privacy_policy",
    "trackers policy": "cookie_policy",
    "developer terms": "api_terms",
    "commercial terms": "commercial_terms",
    "general conditions of sale": "commercial_terms",
    "seller terms": "commercial_terms",
    "single economic unit seller terms": "commercial_terms",
    "in-app purchases policy": "commercial_terms",
    "acceptable use policy": "acceptable_use",
    "community guidelines": "community_guidelines",
    "community guidelines - deceased users": "community_guidelines",
    "data processor agreement": "data_processing",
    "data controller agreement": "data_processing",
}


def document_type(terms: str) -> str:
    """The value of monitor.models.DocumentType for a terms type of the archive."""
    return _TYPES.get(terms.lower(), "other")
