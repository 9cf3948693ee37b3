"""From a version to clauses and a change set: worked out first, then recorded in one transaction."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from clauses import claims
from clauses.alerting import owe
from clauses.change_sets import compared, recorded
from clauses.core.segment import SEGMENTER_VERSION
from clauses.curation import put_in_force
from clauses.lineage import Lineage
from clauses.listing import list_document
from clauses.models import Analysis, AnalysisClaim, RereadingClaim
from clauses.queries.decided import rulings
from clauses.reading import layout_of, passages, read_passages, stored_clauses
from clauses.rereading import reread_if_stale
from clauses.site_taxonomy import refresh_rules
from monitor.models import Document, Version


def pending() -> list[int]:
    """The versions without an analysis, predecessors first; not those of history that is still coming in."""
    waiting = Version.objects.filter(analysis__isnull=True, document__platform__incoming_for__isnull=True)
    return list(waiting.order_by("document_id", "ordinal").values_list("pk", flat=True))


def analyze_pending() -> int:
    """Analyze every version that waits for it, in this process. How many were analyzed.

    A version that cannot be analyzed holds up its successors alone: its error is raised after all others are done.
    """
    done = 0
    errors: list[Exception] = []
    for version_id in pending():
        now = timezone.now()
        if not claims.take(AnalysisClaim, version_id, now):
            continue
        try:
            done += analyze(version_id) is not None
        except Exception as error:
            error.add_note(f"while analyzing the version with key {version_id}")
            errors.append(error)
        finally:
            claims.let_go(AnalysisClaim, version_id, now)
    if errors:
        raise errors[0]
    return done


def release_all() -> None:
    """Let go of every version and document. Only for the one process of an embedded site, at its start."""
    AnalysisClaim.objects.all().delete()
    RereadingClaim.objects.all().delete()


def analyze(version_id: int) -> Analysis | None:
    """Read a version's clauses and record what changed. None where that is done, or its predecessor waits first.

    Run twice, even at the same time, it records once: an analysis is unique to its version.
    """
    version = Version.objects.select_related("document__platform").get(pk=version_id)
    predecessor = version.predecessor
    if not _is_next(version, predecessor):
        return None
    if predecessor:
        # What another version of ours read of the text before would look like changes of theirs.
        reread_if_stale(version.document)
    rules = refresh_rules()
    read_from = Analysis.objects.filter(version=predecessor).first() if predecessor else None
    if read_from and read_from.taxonomy_version != rules.taxonomy.version:
        # Other rules came into force this very moment. The next sweep reads both by them.
        return None
    clauses = read_passages(passages(version), rules.taxonomy)
    old, standing = stored_clauses(predecessor) if predecessor else ([], [])
    comparison = compared(version.document, old, clauses, rulings([row.clause_id for row in standing]), rules)
    try:
        with transaction.atomic():
            if not _still_stands(version, read_from):
                return None
            lineage = Lineage(version, predecessor, standing)
            occurrences = lineage.carry(clauses, comparison.pairs, rules.taxonomy.version)
            put_in_force(lineage.changed)
            analysis = Analysis.objects.create(
                version=version,
                taxonomy_version=rules.taxonomy.version,
                segmenter_version=SEGMENTER_VERSION,
                layout=layout_of(occurrences, clauses),
            )
            if predecessor:
                rubric = rules.change_rubric.version
                owe(recorded(version, predecessor, comparison, standing, occurrences, rubric))
            list_document(version.document_id)
    except IntegrityError:
        if Analysis.objects.filter(version=version).exists():
            return None
        raise
    return analysis


def _is_next(version: Version, predecessor: Version | None) -> bool:
    """Whether a version waits for its analysis, and for no other one's."""
    analyzed = Analysis.objects.filter(version__in=[one for one in (version, predecessor) if one])
    return list(analyzed.values_list("version", flat=True)) == ([predecessor.pk] if predecessor else [])


def _still_stands(version: Version, read_from: Analysis | None) -> bool:
    """Whether the version goes on from the analysis that was read: not where the document was read anew meanwhile."""
    Document.objects.select_for_update().get(pk=version.document_id)
    predecessor = Version.objects.get(pk=version.pk).predecessor
    if read_from is None:
        return predecessor is None
    return Analysis.objects.filter(pk=read_from.pk, version=predecessor).exists()
