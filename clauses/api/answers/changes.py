"""Change sets: the list, the clauses that changed in one, and what a mirror is told."""

from __future__ import annotations

from typing import Literal

from clauses.api.answers.parts import (
    Answer,
    ChangeSetHead,
    ChangeSetKind,
    Counts,
    Day,
    DocumentHead,
    Fact,
    Moment,
    Page,
    Reason,
    Run,
    Severity,
    Told,
    VersionHead,
    told,
)
from clauses.models.choices import ChangeWord, DirectionWord


class ChangeSetRow(ChangeSetHead):
    """A change set in a list."""

    document: DocumentHead = told("The document that changed")
    from_: str = told("Public ID of the older version", alias="from")
    to: str = told("Public ID of the newer version")
    types: list[str] = told("The clause types that it touches")
    counts: Counts = told("How many clauses underwent what")


class SeverityCounts(Answer):
    """How many change sets have which severity."""

    high: int = told("Of high severity")
    medium: int = told("Of medium severity")
    low: int = told("Of low severity")
    none: int = told("Of no severity")


class ChangeSets(Page):
    """A page of the list of change sets."""

    count: int = told("How many match in all")
    counts: SeverityCounts = told("How many of these have which severity")
    items: list[ChangeSetRow] = told("Change sets, the latest first sight first")


class EarlierRating(Answer):
    """How the change set was rated before it was rated anew."""

    severity: Severity = told("The severity it had")
    direction: DirectionWord = told("The direction it had")
    headline: str = told("The headline it had")
    kind: ChangeSetKind = told("The kind it had")
    counts: Counts = told("The counts it had")
    rubric_version: str = told("The rubric of changes then")
    taxonomy_version: str = told("The taxonomy then")
    segmenter_version: int = told("The segmenter then")
    rated_at: Moment = told("Since when")
    replaced_at: Moment = told("Until when")


class ChangeSide(Answer):
    """A clause on one side of a change; the texts of a split or merged one are joined by a line break."""

    index: int = told("Its place in reading order, from 0")
    heading_path: list[str] = told("The headings above it")
    number: str = told("What readers cite it by")
    text: str = told("Its words")


class FactChange(Answer):
    """A figure that changed."""

    kind: str = told("What it is a figure of")
    subject: str = told("What it is about")
    old: Fact | None = told("What it was; null: it is new")
    new: Fact | None = told("What it is; null: it is gone")


class ClauseChange(Answer):
    """What happened to one clause."""

    record: str = told("Public ID of its record")
    kind: ChangeWord = told("What happened")
    types: list[str] = told("What the clause is about: slugs of clause types")
    severity: Severity = told("How much it matters")
    direction: DirectionWord = told("For the user of the platform")
    summary: str = told("One line; empty where nothing of substance changed")
    reasons: list[Reason] = told("What the severity rests on")
    old: ChangeSide | None = told("Where it stood; null: it is new")
    new: ChangeSide | None = told("Where it stands; null: it is gone")
    redline: list[Run] = told(
        "Runs of `=`, `-` or `+` and text: = and - give the old text, = and + the new one"
    )
    facts: list[FactChange] = told("The figures that changed in it")


class Comparison(Answer):
    """How two versions of a document differ, clause by clause."""

    id: str | None = told("Public ID of the change set; null where the versions are no neighbors")
    url: str = told("Address of the page")
    document: DocumentHead = told("The document")
    from_: VersionHead = told("The older version", alias="from")
    to: VersionHead = told("The newer version")
    is_technical: bool = told("Not the publisher's change")
    rubric_version: str = told("The rubric of changes that rated it")
    earlier_ratings: list[EarlierRating] = told("How it was rated before, the latest first")
    effective_on: Day | None = told("As the new text states it, where the old one stated another day or none")
    severity: Severity = told("The highest severity in it")
    direction: DirectionWord = told("For the user of the platform")
    adverse: Severity = told("The worst for the user in it")
    favorable: Severity = told("The best for the user in it")
    headline: str = told("One line")
    summary: list[str] = told("Up to three sentences after the headline")
    affected: list[str] = told("Groups of people whom the changed clauses name")
    kind: ChangeSetKind = told("What happened, taken together")
    counts: Counts = told("How many clauses underwent what")
    references: list[Told] = told("What others say about it, confirmed announcements first")
    changes: list[ClauseChange] = told("The clauses that changed, in reading order")


class Ruling(Answer):
    """What a curator ruled of a change set that looked odd."""

    is_real: bool = told("The publisher's own change; else a fault of capture")
    reason: str = told("Why")
    ruled_at: Moment = told("When")


class ChangeEvent(Answer):
    """That something happened to a change set, with what it is now."""

    event: Literal["recorded", "rated", "ruled", "removed"] = told(
        "Put on record, rated otherwise, ruled on by a curator, or removed with its sample platform"
    )
    at: Moment = told("When")
    id: str = told("Public ID of the change set")
    change_set: ChangeSetRow | None = told("What it is now, not what it was then; null: it is gone")
    superseded_by: str | None = told("Public ID of the change set that took its place; null: it stands")
    ruling: Ruling | None = told("The latest ruling on it")


class Changes(Answer):
    """What happened to change sets since a cursor, in the order in which it was put on record."""

    events: list[ChangeEvent] = told("At most `limit` of them")
    next: str = told("The cursor to ask with next time, also where nothing happened")
    is_last: bool = told("Whether nothing more is on record now")
