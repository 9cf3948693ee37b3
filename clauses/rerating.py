"""Reading documents by rules that are not in force, to tell what they would change. Nothing shown is touched."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from clauses import claims
from clauses.core.rerating import Rerated, Reread, told
from clauses.core.values import Comparison
from clauses.models import (
    ChangeSet,
    Classification,
    Clause,
    Rerating,
    ReratingEnd,
    RereadingClaim,
    RereadProposal,
)
from clauses.models.choices import SeverityLevel
from clauses.queries.site_rules import open_rerating, unread_documents
from clauses.rereading import reread_if_stale
from clauses.rewriting import Anew, rated, read_anew
from clauses.site_taxonomy import refresh_taxonomy, rules_once_accepted, without_head
from monitor.models import Document

_CHUNK = 500
_log = logging.getLogger(__name__)


def rerate_next() -> RereadProposal | None:
    """Read one document for the open re-rating that nobody else is at; None where none is left, or all are at work.

    Killed, it has changed nothing but classifications stored ahead. A document that cannot be read is put down as
    such, so that it holds up no other one and nobody's answer.
    """
    rerating = open_rerating()
    if rerating is None or rerating.read_at:
        return None
    for document in unread_documents(rerating):
        now = timezone.now()
        if claims.take(RereadingClaim, document.pk, now):
            try:
                return _proposed(document, rerating)
            finally:
                claims.let_go(RereadingClaim, document.pk, now)
    if not unread_documents(rerating).exists():
        Rerating.objects.filter(pk=rerating.pk, read_at=None).update(read_at=timezone.now())
    return None


def forget_discarded() -> int:
    """Delete what was stored ahead for re-ratings that were not accepted, and stands nowhere. How many readings."""
    in_force = refresh_taxonomy()
    still_open = open_rerating()
    kept = {
        in_force.version,
        without_head(in_force).version,
        still_open.taxonomy_version if still_open else "",
    }
    deleted = 0
    ended = Rerating.objects.filter(end__in=[ReratingEnd.DISCARDED, ReratingEnd.REPLACED])
    for rerating in ended.filter(keeps_readings=True):
        if rerating.taxonomy_version not in kept:
            deleted += _forgotten(rerating.taxonomy_version)
            Rerating.objects.filter(pk=rerating.pk).update(keeps_readings=False)
    return deleted


def _proposed(document: Document, rerating: Rerating) -> RereadProposal:
    try:
        # What an upgrade of ours would change by itself is not told of the site's rules.
        reread_if_stale(document)
        anew = read_anew(document, rules=rules_once_accepted(rerating.rules))
        found = {"told": told(_reread(document, anew), _rerated(document, anew)), "failed": False}
    except Exception:
        _log.exception("%s cannot be read for %s", document, rerating)
        found = {"told": told([], []), "failed": True}
    with transaction.atomic():
        row, _ = RereadProposal.objects.get_or_create(rerating=rerating, document=document, defaults=found)
    return row


def _reread(document: Document, anew: Anew) -> Iterator[Reread]:
    """The standing clauses of a document that keep their record."""
    if not anew.clauses:
        return
    rows = Clause.objects.standing().filter(document=document, current__isnull=False)
    standing = {row.pk: row for row in rows.select_related("current__classification")}
    for record, clause in zip(anew.mapped.records[-1], anew.clauses[-1], strict=True):
        if row := standing.get(record):
            read = row.current.classification  # type: ignore[union-attr]
            was = [match["slug"] for match in read.types], SeverityLevel(read.severity).word
            now = clause.classification.slugs, clause.classification.severity
            yield Reread(row.number, row.decision_id is not None, was, now)


def _rerated(document: Document, anew: Anew) -> Iterator[Rerated]:
    for change_set, comparison in rated(document, anew):
        yield Rerated(change_set.number, _rating(change_set), _new_rating(comparison))


def _rating(change_set: ChangeSet) -> tuple[str, str, str]:
    return SeverityLevel(change_set.severity).word, change_set.direction, change_set.headline


def _new_rating(comparison: Comparison) -> tuple[str, str, str]:
    return comparison.severity, comparison.direction, comparison.headline[:200]


def _forgotten(taxonomy_version: str) -> int:
    unused = Classification.objects.filter(taxonomy_version=taxonomy_version, occurrences__isnull=True)
    deleted = 0
    while keys := list(unused.values_list("pk", flat=True)[:_CHUNK]):
        Classification.objects.filter(pk__in=keys).delete()
        deleted += len(keys)
    return deleted
