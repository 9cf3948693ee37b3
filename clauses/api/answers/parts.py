"""Words and parts that recur in the answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from clauses.models.choices import DirectionWord
from monitor.models import Cause

Severity = Literal["high", "medium", "low", "none"]
ChangeSetKind = Literal["substantive", "editorial", "date", "renumbered", "reordered", "none"]
OutcomeGroup = Literal["read", "quiet", "held_back", "failed"]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Run = tuple[Literal["=", "-", "+"], str]


def told(text: str, **more: Any) -> Any:
    """A field that says this. `more` is as for pydantic's `Field`."""
    return Field(description=text, **more)


class Answer(BaseModel):
    """Base of all shapes. More fields may come with time; none of them changes its meaning or goes in this version."""

    model_config = ConfigDict(populate_by_name=True)


class DocumentHead(Answer):
    """A document, as everything that belongs to it names it."""

    id: str = told("Public ID, for ever the same", examples=["D-00002"])
    url: str = told("Address of its page; it follows a renaming, the ID never does")
    platform: str = told("Slug of its platform")
    platform_name: str = told("Name of its platform")
    is_sample: bool = told("Invented, and shipped with Proviso")
    slug: str = told("Its slug within the platform")
    name: str = told("Its name")


class VersionHead(Answer):
    """A version, as everything that belongs to it names it."""

    id: str = told("Public ID", examples=["V-000012"])
    url: str = told("Address of its page")
    ordinal: int = told("Its place among the document's versions; for display only, earlier history moves it")
    cause: Cause = told(
        "Why there is a version: the first one, a change of the publisher's, or of our own reading"
    )
    first_seen_at: Moment = told("When a capture showed this text for the first time")
    confirmed_at: Moment | None = told("When a second capture confirmed it")
    effective_on: Day | None = told("When it takes effect, as the text states it; never a day of ours")
    updated_on: Day | None = told("When it was last updated, as the text states it")
    text_sha256: str = told("SHA-256 of the text as UTF-8")
    fingerprint: str = told(
        "SHA-256 of the text without white space and typography: what decides whether it changed"
    )


class ChangeSetHead(Answer):
    """All changes between two neighboring versions, in one line."""

    id: str = told("Public ID", examples=["C-000006"])
    url: str = told("Address of its page")
    kind: ChangeSetKind = told("What happened, taken together")
    severity: Severity = told("The highest severity in it")
    direction: DirectionWord = told("For the user of the platform")
    adverse: Severity = told("The worst for the user in it")
    favorable: Severity = told("The best for the user in it")
    headline: str = told("One line")
    summary: list[str] = told("Up to three sentences after the headline, the last with the counts")
    affected: list[str] = told("Groups of people whom the changed clauses name")
    is_technical: bool = told(
        "Not the publisher's change: our own reading changed, or a capture was at fault"
    )
    detected_at: Moment = told("First sight of the new text")
    effective_on: Day | None = told("As the new text states it, where the old one stated another day or none")


class Counts(Answer):
    """How many clauses underwent what."""

    added: int = told("Clauses that are new")
    removed: int = told("Clauses that are gone")
    modified: int = told("Clauses in other words")
    moved: int = told("Clauses at another place")
    renumbered: int = told("Clauses under another number")
    split: int = told("Clauses cut in several")
    merged: int = told("Clauses put together")
    unchanged: int = told("Clauses that are as they were")


class Fact(Answer):
    """A figure read from a clause."""

    kind: str = told("What it is a figure of", examples=["retention"])
    value: str = told("The figure, or the text's own words where it has no number")
    unit: str = told("Its unit; empty where it has none")
    normalized: float | str | None = told("Days for a period, years for an age, an ISO day for a date")
    subject: str = told("What it is about, in the text's words")
    condition: str = told("Under which condition, in the text's words")
    quote: str = told("The exact words it was read from")
    start: int = told("Where the quote begins, in characters of the clause")
    end: int = told("Where it ends")


class Reason(Answer):
    """Why something was rated as it was."""

    code: str = told("The rule or circumstance; the methodology lists them")
    points: int = told("What it adds or takes away")
    quote: str = told("The words that it rests on")
    direction: DirectionWord | None = told("For the user; only where it speaks of a change", default=None)


class Told(Answer):
    """What others say about a change: a page that a curator attached, or an announcement tied to it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    kind: str = told("announcement, help_article or news")
    title: str = told("Its title")
    publisher: str = told("Who published it")


class Page(Answer):
    """Where a list goes on."""

    next: str | None = told("The cursor of what follows; null at the end of the list")
