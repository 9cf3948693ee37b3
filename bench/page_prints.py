"""The pages of a site as hashes, to hold two sites against each other: `python -m bench.page_prints`.

Prints one line an address: the hash of what anybody gets there, at one fixed moment.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.test import Client
from django.urls import reverse

from clauses.models import ChangeSet, Clause
from clauses.site_taxonomy import taxonomy_in_force
from clauses.urls import urlpatterns
from monitor.models import Document, Platform, Root, Snapshot, Version

_NOW = datetime(2027, 1, 1, tzinfo=UTC)
# What differs from one moment to the next: the tokens of forms, and when a feed without entries was made.
_OF_THE_MOMENT = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|<updated>[^<]+</updated>(?=.{,600}</feed>\Z)', re.DOTALL
)


def main() -> None:
    """Print; of each kind of page at most so many as the argument says."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    client = Client(headers={"host": "localhost"})
    with mock.patch("django.utils.timezone.now", return_value=_NOW):
        for address in addresses(most):
            answer = client.get(address)
            body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
            print(answer.status_code, hashlib.sha256(_OF_THE_MOMENT.sub(b"", body)).hexdigest(), address)


def addresses(most: int) -> Iterator[str]:
    """The public addresses of what is on record, evenly drawn where there are more of a kind."""
    for pattern in urlpatterns:
        is_for_members = getattr(pattern.callback, "login_required", True)
        names = set(pattern.pattern.converters)
        if is_for_members or not pattern.name or "token" in names:
            continue
        given = list(_arguments(str(pattern.pattern), names))
        for arguments in given[:: max(1, len(given) // most)]:
            yield reverse(pattern.name, kwargs=arguments)
    for question in ("q=your", "q=we&sort=newest", "type=arbitration", "severity=high", "q=data&language=en"):
        yield f"{reverse('clauses')}?{question}"
        yield f"{reverse('changes')}?{question}"


def _arguments(route: str, names: set[str]) -> Iterable[dict[str, Any]]:
    if not names:
        return [{}]
    if "platform" in names:
        documents = Document.objects.order_by("pk")
        return [asked for document in documents for asked in _of_document(document, names)]
    if route.startswith("clauses/"):
        return [{"slug": slug} for slug in taxonomy_in_force().types]
    models: dict[str, tuple[Any, str]] = {
        "records/": (Clause, "number"),
        "changes/": (ChangeSet, "number"),
        "snapshots/": (Snapshot, "number"),
        "platforms/": (Platform, "slug"),
        "roots/": (Root, "on"),
    }
    for start, (model, name) in models.items():
        if route.startswith(start):
            return list(model.objects.order_by("pk").values(name))
    return []


def _of_document(document: Any, names: set[str]) -> Iterator[dict[str, Any]]:
    asked = {"platform": document.platform.slug, "slug": document.slug}
    versions = list(
        Version.objects.filter(document=document).order_by("ordinal").values_list("number", flat=True)
    )
    if "number" in names:
        yield from ({**asked, "number": number} for number in versions)
    elif "old" in names:
        yield from ({**asked, "old": old, "new": new} for old, new in pairwise(versions))
    elif names == {"platform", "slug"}:
        yield asked


if __name__ == "__main__":
    main()
