"""From a version to clauses and a change set: worked out first, then recorded in one transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from clauses.alerting import owe
from clauses.core.change_rubric import shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.values import ClauseChange, Comparison
from clauses.lineage import Lineage
from clauses.models import Analysis, AnalysisClaim, Change, ChangedType, ChangeSet, Occurrence
from clauses.models.choices import SeverityLevel
from clauses.reading import passages, read_passages, stored_clauses
from clauses.site_taxonomy import refresh_taxonomy
from monitor.models import Cause, Version


def pending() -> list[int]:
    """The versions without an analysis, predecessors first."""
    waiting = Version.objects.filter(analysis__isnull=True).order_by("document", "ordinal")
    return list(waiting.values_list("pk", flat=True))


def analyze_pending() -> int:
    """Analyze every version that waits for it, in this process. How many were analyzed.

    A version that cannot be analyzed holds up its successors alone: its error is raised after all others are done.
    """
    done = 0
    errors: list[Exception] = []
    for version_id in pending():
        if not _claim(version_id, timezone.now()):
            continue
        try:
            done += analyze(version_id) is not None
        except Exception as error:
            error.add_note(f"while analyzing the version with key {version_id}")
            errors.append(error)
        finally:
            AnalysisClaim.objects.filter(version=version_id).delete()
    if errors:
        raise errors[0]
    return done


def release_all() -> None:
    """Let go of every version. Only for the one process of an embedded site, at its start."""
    AnalysisClaim.objects.all().delete()


def _claim(version_id: int, now: datetime) -> bool:
    """Take a version for analysis. False where somebody else is at work on it: a long text outlasts a sweep."""
    stale = now - timedelta(seconds=settings.CLAIM_SECONDS)
    _, is_new = AnalysisClaim.objects.get_or_create(version_id=version_id, defaults={"claimed_at": now})
    taken_over = AnalysisClaim.objects.filter(version=version_id, claimed_at__lt=stale).update(claimed_at=now)
    return is_new or taken_over == 1


def analyze(version_id: int) -> Analysis | None:
    """Read a version's clauses and record what changed. None where that is done, or its predecessor waits first.

    Run twice, even at the same time, it records once: an analysis is unique to its version.
    """
    version = Version.objects.select_related("document__platform").get(pk=version_id)
    predecessor = version.predecessor
    if Analysis.objects.filter(version=version).exists():
        return None
    if predecessor and not Analysis.objects.filter(version=predecessor).exists():
        return None
    taxonomy = refresh_taxonomy()
    clauses = read_passages(passages(version), taxonomy)
    old, standing = stored_clauses(predecessor) if predecessor else ([], [])
    names = {slug: clause_type.name for slug, clause_type in taxonomy.types.items()}
    document = version.document
    comparison = compare(
        old,
        clauses,
        subject=document.platform.name,
        document=document.name,
        rubric=shipped_change_rubric(),
        type_names=names,
    )
    try:
        with transaction.atomic():
            lineage = Lineage(version, predecessor, standing)
            occurrences = lineage.carry(clauses, comparison.pairs, taxonomy.version)
            layout = [
                (occurrence.pk, clause.passage.start, clause.passage.end)
                for occurrence, clause in zip(occurrences, clauses, strict=True)
            ]
            analysis = Analysis.objects.create(
                version=version, taxonomy_version=taxonomy.version, layout=layout
            )
            if predecessor:
                _record(version, predecessor, comparison, standing, occurrences)
    except IntegrityError:
        if Analysis.objects.filter(version=version).exists():
            return None
        raise
    return analysis


def _record(
    version: Version,
    predecessor: Version,
    comparison: Comparison,
    old: list[Occurrence],
    new: list[Occurrence],
) -> None:
    change_set = ChangeSet.objects.create(
        document=version.document,
        old_version=predecessor,
        new_version=version,
        kind=comparison.kind,
        severity=SeverityLevel[comparison.severity.upper()],
        direction=comparison.direction,
        headline=comparison.headline[:200],
        counts=comparison.counts,
        rubric_version=shipped_change_rubric().version,
        is_technical=version.cause == Cause.TECHNICAL,
        detected_at=version.first_seen_at,
        effective_on=version.effective_on if version.effective_on != predecessor.effective_on else None,
    )
    rows = [
        _change_row(change_set, position, change, old, new)
        for position, change in enumerate(comparison.changes)
    ]
    Change.objects.bulk_create(rows, batch_size=200)
    touched = dict.fromkeys(slug for change in comparison.changes for slug in change.types)
    ChangedType.objects.bulk_create(ChangedType(change_set=change_set, type=slug) for slug in touched)
    owe(change_set)


def _change_row(
    change_set: ChangeSet, position: int, change: ClauseChange, old: list[Occurrence], new: list[Occurrence]
) -> Change:
    before = [old[index] for index in change.pair.old]
    after = [new[index] for index in change.pair.new]
    return Change(
        change_set=change_set,
        position=position,
        kind=change.kind,
        clause=(after or before)[0].clause,
        old=before[0] if before else None,
        new=after[0] if after else None,
        others=[occurrence.pk for occurrence in (*before[1:], *after[1:])],
        types=list(change.types),
        severity=SeverityLevel[change.severity.upper()],
        direction=change.direction,
        summary=change.summary[:400],
        reasons=[asdict(reason) for reason in change.reasons],
        redline=[(run.op, run.text) for run in change.redline],
        facts=[asdict(fact) for fact in change.facts],
    )
