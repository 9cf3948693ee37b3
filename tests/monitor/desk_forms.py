"""What the forms of the watch list send."""

from __future__ import annotations

from monitor.models import Platform, Source


def document_form(platform: Platform, url: str, **values: object) -> dict[str, object]:
    return {
        "platform": platform.pk,
        "name": "Privacy Notice",
        "slug": "privacy-notice",
        "type": "privacy_policy",
        "interval_minutes": 720,
        "sources-TOTAL_FORMS": 1,
        "sources-INITIAL_FORMS": 0,
        "sources-MIN_NUM_FORMS": 1,
        "sources-MAX_NUM_FORMS": 1000,
        "sources-0-position": 0,
        "sources-0-url": url,
        "sources-0-select": "main\narticle .text",
        "sources-0-remove": ".related\n\n",
        **values,
    }


def existing_form(source: Source, **values: object) -> dict[str, object]:
    document = source.document
    return document_form(document.platform, source.url) | {
        "name": document.name,
        "sources-INITIAL_FORMS": 1,
        "sources-0-id": source.pk,
        "sources-0-document": document.pk,
        **values,
    }
