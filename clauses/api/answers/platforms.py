"""Platforms: the list, and the timeline of one."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict

from clauses.api.answers.parts import Answer, Day, Moment, Page, Severity, told
from monitor.models import DocumentType


class PlatformRow(Answer):
    """A platform in the list."""

    slug: str = told("Its name in addresses")
    url: str = told("Address of its page")
    name: str = told("Its name")
    is_sample: bool = told("Invented, and shipped with Proviso")
    documents: int = told("How many documents are watched or were")
    paused: int = told("How many of them are not read at present")
    failing: int = told("How many gave no text at their last reading")
    changes: int = told("How many changes of the publisher are recorded")
    high_changes: int = told("How many of them are of high severity")
    changed_at: Moment | None = told("First sight of the latest one")
    read_at: Moment | None = told("The last reading of any document")


class Platforms(Page):
    """A page of the list of platforms."""

    count: int = told("How many match in all")
    items: list[PlatformRow] = told("The platforms, in the order in which they came onto the watch list")


class PlatformHead(Answer):
    """Which platform a timeline is of."""

    slug: str = told("Its name in addresses")
    name: str = told("Its name")
    homepage: str = told("Its home page; empty where it is not known")
    is_sample: bool = told("Invented, and shipped with Proviso")


class TimelineDocument(Answer):
    """A document of the platform."""

    id: str = told("Public ID")
    slug: str = told("Its slug within the platform")
    name: str = told("Its name")
    type: DocumentType = told("What kind of terms it is")
    read_at: Moment | None = told("The last reading of all its pages")
    is_paused: bool = told("It is not read at present")
    is_being_confirmed: bool = told("A new text was seen once, and waits to be seen again")


class Answered(Answer):
    """What the platform's documents answer to one of the standard questions."""

    question: str = told("The question")
    is_found: bool = told("Whether a clause answers it")
    is_waiting: bool = told("Whether a text that may answer it is still being analyzed")
    value: str | None = told("The answer in a few words")
    subject: str | None = told("What it is about")
    was: str | None = told("What it was before its last change")
    quote: str | None = told("The words it rests on")
    severity: Severity | None = told("Of the clause")
    record: str | None = told("Public ID of the clause")
    document: str | None = told("Public ID of the document")


class Step(Answer):
    """A figure from one moment on."""

    from_: Moment = told("Since when it is stated", alias="from")
    value: float | None = told("Days or years; null where it is no length of time")
    words: str = told("The figure as a reader says it")
    quote: str | None = told("The words it was read from")
    change_set: str | None = told("Public ID of the change that brought it; null for the first text")


class Series(Answer):
    """A figure through time."""

    record: str = told("Public ID of the clause")
    document: str = told("Public ID of the document")
    kind: str = told("What it is a figure of")
    subject: str | None = told("What it is about")
    steps: list[Step] = told("What it was, oldest first")


class Facts(Answer):
    """The quick facts of a platform, and those of its figures that changed."""

    facts: list[Answered] = told("The answers to the standard questions")
    figures: list[Series] = told("The figures that changed")


class Entry(Answer):
    """One entry of the timeline. Which fields there are beyond these two goes by the kind: docs/json.md lists them."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)
    __pydantic_extra__: dict[str, Any]

    kind: Literal["change", "technical", "gap", "sighting", "begin", "reference"] = told("What it tells of")
    at: Moment = told("When")


class BySeverity(Answer):
    """How many changes weigh how much."""

    high: int = told("Of high severity")
    medium: int = told("Of medium severity")
    low: int = told("Of low severity")


class Drift(Answer):
    """Which way the terms moved in the twelve months before."""

    since: Moment = told("The beginning of the twelve months")
    until: Moment = told("Their end")
    word: Literal["steady", "adverse", "favorable", "both"] = told("What it comes to")
    said: str = told("The same in words, or that nobody knows")
    read_at: Moment | None = told("The last reading within them")
    unseen_days: int | None = told("Days at the end that nobody read")
    balance: float = told("From -1, all weight adverse, to 1, all favorable")
    adverse_weight: int = told("The weight of all adverse sides")
    favorable_weight: int = told("The weight of all favorable sides")
    weights: dict[str, int] = told("What a change of each severity weighs")
    adverse: BySeverity = told("Adverse sides by severity")
    favorable: BySeverity = told("Favorable sides by severity")


class Timeline(Facts):
    """Everything that happened on one platform, newest first."""

    platform: PlatformHead = told("Which platform")
    as_of: Moment = told("As of when: everything later is left out")
    watched_since: Day | None = told("The day of the first text")
    documents: list[TimelineDocument] = told("Its documents")
    entries: list[Entry] = told("What happened, newest first; at most 400 entries")
    short_capture_problems: int = told("Failed readings too short for an entry")
    is_cut: bool = told("Whether older entries are left out")
    drift: Drift = told("Which way the terms moved in twelve months")
