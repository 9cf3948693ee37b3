"""What changed between two versions of a document: compared, and written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from clauses.chronicling import put_down
from clauses.core.amendments import Rules
from clauses.core.compare import compare
from clauses.core.rulings import Ruling
from clauses.core.values import ClauseChange, Comparison, Pair, ReadClause
from clauses.models import Change, ChangedType, ChangeEventKind, ChangeSet, Occurrence
from clauses.models.choices import SeverityLevel
from monitor.models import Cause, Document, Version

_RATED = (
    *("kind", "severity", "direction", "adverse", "favorable"),
    *("headline", "summary", "affected", "counts", "rubric_version"),
)


def compared(
    document: Document,
    old: Sequence[ReadClause],
    new: Sequence[ReadClause],
    rulings: Mapping[int, Sequence[Ruling]],
    rules: Rules,
    pairs: tuple[Pair, ...] | None = None,
) -> Comparison:
    """All that changed between two versions; `rulings` are what curators ruled, by old index, the latest first.

    `pairs` are their aligned clauses, where they are known.
    """
    names = {slug: clause_type.name for slug, clause_type in rules.taxonomy.types.items()}
    return compare(
        old,
        new,
        subject=document.platform.name,
        document=document.name,
        rubric=rules.change_rubric,
        type_names=names,
        rulings=rulings,
        pairs=pairs,
    )


def recorded(
    version: Version,
    predecessor: Version,
    comparison: Comparison,
    old: Sequence[Occurrence],
    new: Sequence[Occurrence],
    rubric_version: str,
) -> ChangeSet:
    """The new change set of two neighboring versions, with its changes; `rubric_version` rated them."""
    change_set = ChangeSet(
        document=version.document,
        old_version=predecessor,
        new_version=version,
        is_technical=version.cause == Cause.TECHNICAL,
        detected_at=version.first_seen_at,
        effective_on=version.effective_on if version.effective_on != predecessor.effective_on else None,
    )
    write(change_set, comparison, old, new, rubric_version)
    put_down(ChangeEventKind.RECORDED, [change_set.number])
    return change_set


def is_as_compared(change_set: ChangeSet, comparison: Comparison, rubric_version: str) -> bool:
    """Whether a change set is rated already as this comparison, by this rubric."""
    is_rubric = change_set.rubric_version == rubric_version
    return is_rubric and is_rated_as(change_set, comparison) and change_set.counts == comparison.counts


def is_rated_as(change_set: ChangeSet, comparison: Comparison) -> bool:
    """Whether a change set reads as this comparison would have it read, by whichever rubric."""
    rated = (change_set.kind, change_set.direction, change_set.headline, change_set.severity)
    severity = SeverityLevel[comparison.severity.upper()]
    return rated == (comparison.kind, comparison.direction, comparison.headline[:200], severity)


def write(
    change_set: ChangeSet,
    comparison: Comparison,
    old: Sequence[Occurrence],
    new: Sequence[Occurrence],
    rubric_version: str,
) -> None:
    """Rate a change set as compared by a rubric, and write its changes. Its number stays."""
    change_set.kind = comparison.kind
    change_set.severity = SeverityLevel[comparison.severity.upper()]
    change_set.direction = comparison.direction
    change_set.adverse = SeverityLevel[comparison.adverse.upper()]
    change_set.favorable = SeverityLevel[comparison.favorable.upper()]
    change_set.headline = comparison.headline[:200]
    change_set.summary = list(comparison.summary)
    change_set.affected = list(comparison.affected)
    change_set.counts = comparison.counts
    change_set.rubric_version = rubric_version
    # Not whether it is technical: a curator may rule on that meanwhile.
    change_set.save(update_fields=_RATED if change_set.pk else None)
    rows = [
        _change_row(change_set, position, change, old, new)
        for position, change in enumerate(comparison.changes)
    ]
    Change.objects.bulk_create(rows, batch_size=200)
    touched = dict.fromkeys(slug for change in comparison.changes for slug in change.types)
    ChangedType.objects.bulk_create(ChangedType(change_set=change_set, type=slug) for slug in touched)


def _change_row(
    change_set: ChangeSet,
    position: int,
    change: ClauseChange,
    old: Sequence[Occurrence],
    new: Sequence[Occurrence],
) -> Change:
    before = [old[index] for index in change.pair.old]
    after = [new[index] for index in change.pair.new]
    successor = change.pair.successor
    return Change(
        change_set=change_set,
        position=position,
        kind=change.kind,
        clause=new[successor[1]].clause if successor else (after or before)[0].clause,
        old=before[0] if before else None,
        new=after[0] if after else None,
        others=[occurrence.pk for occurrence in (*before[1:], *after[1:])],
        types=list(change.types),
        severity=SeverityLevel[change.severity.upper()],
        direction=change.direction,
        summary=change.summary[:400],
        reasons=[reason.row for reason in change.reasons],
        redline=[(run.op, run.text) for run in change.redline],
        facts=[asdict(fact) for fact in change.facts],
    )
