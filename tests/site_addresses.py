"""Every address of the site, for rows that exist."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clauses import subscribing
from clauses.models import ChangeSet, Clause
from clauses.models.choices import SeverityLevel
from monitor.models import Snapshot, Version
from tests.builders import make_change_set, make_user


def patterns(found: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with the name it is reversed by."""
    for entry in found.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name or ''}", entry


def site_addresses() -> list[tuple[str, str]]:
    """Name and path of every pattern, after making the rows they lead to."""
    change_set = make_change_set()
    subscription = subscribing.subscribe(
        make_user("someone"), change_set.document.platform, SeverityLevel.LOW
    )
    clause = Clause.objects.first()
    assert clause
    versions = Version.objects.order_by("ordinal")
    document = change_set.document
    given: dict[str, object] = {
        "platform": document.platform.slug,
        "old": versions[0].number,
        "new": versions[1].number,
        "pk": subscription.pk,
        "token": subscription.token,
        "uid": "MQ",
        "uidb64": "MQ",
        "object_id": "1",
        "app_label": "monitor",
        "content_type_id": 1,
        "id": "1",
        "url": "x",
        "on": "2025-03-01",
        "number": 1,
        "rubric": "changes",
        "type": "data_retention",
        "document_id": document.public_id,
        "version_id": versions[1].public_id,
        "old_id": versions[0].public_id,
        "new_id": versions[1].public_id,
        "snapshot_id": Snapshot.objects.first().public_id,
        "change_set_id": change_set.public_id,
        "record_id": clause.public_id,
        "decision": "1",
    }
    numbers: dict[str, object] = {
        "VersionId": versions[1].number,
        "ClauseId": clause.number,
        "ChangeSetId": ChangeSet.objects.get().number,
        "SnapshotId": Snapshot.objects.first().number,
    }
    found = []
    for name, pattern in patterns(get_resolver()):
        if not pattern.name:
            continue
        wanted = {}
        for key in pattern.pattern.regex.groupindex:
            converter = type(pattern.pattern.converters.get(key)).__name__
            wanted[key] = numbers.get(converter) or given.get(key) or _slug(name, document)
        found.append((name, reverse(name, kwargs=wanted)))
    return found


def _slug(name: str, document) -> str:
    if name.startswith("platform"):
        return document.platform.slug
    return "data_retention" if name.startswith("clause-type") else document.slug
