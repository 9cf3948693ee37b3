"""Documents: how they are read, how well that goes, and the texts that came of it."""

from __future__ import annotations

from typing import Any

from clauses.api.answers.parts import (
    Answer,
    ChangeSetHead,
    DocumentHead,
    Moment,
    OutcomeGroup,
    Page,
    VersionHead,
    told,
)
from monitor.models import DocumentType, Outcome, Render


class Capture(Answer):
    """One attempt to read a page."""

    at: Moment = told("When")
    url: str = told("The page that was asked for")
    outcome: Outcome = told("What came of it")
    group: OutcomeGroup = told("The outcome in a word")
    is_problem: bool = told("Whether it gave no text of the document's")
    status: int | None = told("The status of the answer; null where none came")
    message: str = told("What went wrong, in one line")
    final_url: str | None = told("Where redirects led; null: nowhere else")
    snapshot: str | None = told("Public ID of the stored bytes")


class Captures(Page):
    """A page of the log of captures."""

    items: list[Capture] = told("Captures, newest first")


class Candidate(Answer):
    """A new text that was seen and is not confirmed."""

    first_seen_at: Moment = told("When it was seen first")
    is_unstable: bool = told("It is an earlier text that came back too soon")


class Source(Answer):
    """A page that the document is read from: how, and how it fares."""

    url: str = told("Its address")
    select: list[Any] = told("CSS selectors, or ranges as objects, of the text; empty: found by itself")
    remove: list[Any] = told("What is cut out first")
    render: Render = told("How the bytes come to us")
    interval_minutes: int | None = told("Where it is read less often than the document; null: with it")
    request_headers: dict[str, str] = told("Headers that are sent along")
    robots_reason: str | None = told("Why robots.txt is set aside; null: it is followed")
    is_valid: bool = told("Whether it makes up the document today")
    valid_from: Moment | None = told("Since when; null: from the beginning")
    valid_until: Moment | None = told("Until when; null: on and on")
    last_at: Moment | None = told("The last reading")
    last_outcome: Outcome | None = told("What came of it")
    last_seen_at: Moment | None = told("When its text was last seen")
    next_at: Moment | None = told("When it is due next")
    failing_since: Moment | None = told("Since when every reading has failed")
    failures: int = told("How many failed in a row, until now")
    rules: list[str] = told("All this in plain words")


class VersionRow(VersionHead):
    """A version of the document with how it differs from the one before it."""

    change_set: ChangeSetHead | None = told("null for the first one, and while it is being analyzed")


class DocumentState(DocumentHead):
    """A document with how it is watched."""

    type: DocumentType = told("What kind of terms it is")
    language: str = told("Its language; empty: not stated")
    is_paused: bool = told("It is not read at present")
    interval_minutes: int = told("How long from one reading to the next")
    read_at: Moment | None = told("The last reading of all its pages")
    next_fetch_at: Moment | None = told("When it is due next; null while it is paused")


class Documents(Page):
    """A page of the list of documents."""

    items: list[DocumentState] = told("Documents by number")


class Document(DocumentState):
    """One document: what is watched, how it is read, and the texts that came of it."""

    retired_at: Moment | None = told("When another document took its place; null: none did")
    succeeded_by: DocumentHead | None = told("The document that is read instead")
    is_being_confirmed: bool = told("A new text was seen once, and waits to be seen again")
    candidate: Candidate | None = told("That text")
    reading: str = told("How it is read, in one sentence")
    sources: list[Source] = told("The pages it is read from, in reading order")
    versions: list[VersionRow] = told("Its texts, newest first")
    captures: list[Capture] = told("The latest 100 captures; the log of captures has all of them")
    speaks_of: list[str] = told("Public IDs of the changes that a curator says it speaks of")


class SnapshotFetch(Answer):
    """A capture that gave these bytes."""

    at: Moment = told("When")
    outcome: Outcome = told("What came of it")
    status: int | None = told("The status of the answer")
    final_url: str | None = told("Where redirects led; null: nowhere else")


class SnapshotPart(Answer):
    """A stretch of a text that rests on these bytes."""

    version: str = told("Public ID of the version")
    start: int = told("Where it begins in the text, in characters")
    end: int = told("Where it ends")


class Snapshot(Answer):
    """The bytes of a capture: what is known of them, without the bytes themselves."""

    id: str = told("Public ID", examples=["S-000109"])
    url: str = told("Address of its page")
    bytes_url: str = told("Where the bytes are")
    document: DocumentHead = told("The document they belong to")
    source: str = told("The page they were served by")
    captured_at: Moment = told("When they came")
    bytes_sha256: str = told("Their SHA-256")
    size: int = told("How many bytes")
    content_type: str = told("What the server said they are")
    headers: dict[str, str] = told("The headers that were kept")
    final_url: str | None = told("Where redirects led; null: nowhere else")
    bytes_removed_at: Moment | None = told("When a rule of retention removed them; null: they are kept")
    is_sound: bool = told("Whether the stored bytes still have that SHA-256, checked for this answer")
    verdict: str | None = told("Why the capture gate held their text back; null: it did not")
    fetch_count: int = told("How many captures gave these bytes")
    fetches: list[SnapshotFetch] = told("The latest 50 of them, newest first")
    parts: list[SnapshotPart] = told("What rests on these very bytes")
