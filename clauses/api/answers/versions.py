"""Versions: the text, where its parts came from, and its clauses."""

from __future__ import annotations

from clauses.api.answers.documents import Capture
from clauses.api.answers.parts import Answer, DocumentHead, Moment, Page, Severity, VersionHead, told


class Part(Answer):
    """The stretch of a text that one snapshot gave."""

    start: int = told("Where it begins, in characters of the text")
    end: int = told("Where it ends")
    source: str = told("The page")
    snapshot: str = told("Public ID of the bytes")
    captured_at: Moment = told("When these came")
    bytes_sha256: str = told("Their SHA-256")


class ClauseInVersion(Answer):
    """A clause at its place: the text of the version from `start` to `end` is its text."""

    record: str = told("Public ID of its record", examples=["P-000046"])
    index: int = told("Its place in reading order, from 0")
    start: int = told("Where it begins, in characters of the text")
    end: int = told("Where it ends")
    heading_path: list[str] = told("The headings above it")
    number: str = told("What readers cite it by; empty where nothing is numbered", examples=["4.2(b)"])
    text: str = told("Its words")
    types: list[str] = told("What it is about, strongest first: slugs of clause types")
    severity: Severity = told("What it costs the user")


class VersionInList(VersionHead):
    """A version in the list of all of them."""

    document: DocumentHead = told("The document it belongs to")


class Versions(Page):
    """A page of the list of versions."""

    items: list[VersionInList] = told("Versions by number")


class OutsideCopy(Answer):
    """A copy that a web archive made when it was asked to."""

    source: str = told("The page it is a copy of")
    url: str = told("Where the copy is")
    copied_at: Moment = told("When the archive made it, by its own word")


class Version(VersionInList):
    """One version: its text, and every clause at its place."""

    title: str = told("Title of the page")
    language: str = told("Language that the page states")
    extractor_version: str = told("What read the text out of the bytes")
    text: str = told("The text")
    parts: list[Part] = told("Where its stretches came from")
    outside_copies: list[OutsideCopy] = told("Copies of its pages that a web archive keeps")
    captures: int = told("How many captures showed it; 0 for a text that was imported without captures")
    first_capture: Capture | None = told("The first one")
    confirmation: Capture | None = told("The one that confirmed it; null: recorded at its first sight")
    last_capture: Capture | None = told("The last one")
    is_analyzed: bool = told("Whether its clauses are known")
    clauses: list[ClauseInVersion] = told("Its clauses, in reading order")
