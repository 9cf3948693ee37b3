"""The site itself: how readings fare, days ahead, references, the methodology, keys and decisions."""

from __future__ import annotations

from typing import Literal

from clauses.api.answers.parts import Answer, Day, DocumentHead, Moment, OutcomeGroup, Page, Severity, told
from clauses.api.answers.types import ClauseTypeRow
from monitor.models import Outcome


class GroupCount(Answer):
    """How many captures ended in a group of outcomes."""

    group: OutcomeGroup = told("The group")
    day: int = told("In the last 24 hours")
    week: int = told("In the last 7 days")


class OutcomeCount(GroupCount):
    """How many captures had an outcome."""

    outcome: Outcome = told("The outcome")
    is_problem: bool = told("Whether it gave no text of the document's")


class Confirming(Answer):
    """A text that is being confirmed."""

    document: DocumentHead = told("The document")
    first_seen_at: Moment = told("When it was seen first")
    next_fetch_at: Moment | None = told("When the document is due next")
    is_unstable: bool = told("It is an earlier text that came back too soon")


class FailingPage(Answer):
    """A page that gave no text at its last reading."""

    document: DocumentHead = told("The document")
    url: str = told("The page")
    outcome: Outcome = told("What came of it")
    group: OutcomeGroup = told("The outcome in a word")
    status: int | None = told("The status of the answer")
    message: str = told("What went wrong, in one line")
    last_at: Moment | None = told("The last reading")
    good_at: Moment | None = told("The last one that gave its text")
    failing_since: Moment | None = told("Since when every reading has failed")
    failures: int = told("How many failed in a row")
    next_fetch_at: Moment | None = told("When the document is due next")


class Notice(Answer):
    """Something that operators were told."""

    kind: str = told("failed, keeps_failing, works_again, silent, unstable, moved or probably_real")
    document: DocumentHead = told("The document")
    url: str = told("The page")
    began_at: Moment = told("Since when")
    told_at: Moment = told("When it was told")
    words: str = told("In one line")


class Queue(Answer):
    """A stage of the work, and what waits there."""

    name: str = told("Its name")
    count: int = told("How many rows wait")
    oldest_at: Moment | None = told("Since when the oldest one waits")


class QueueNotice(Answer):
    """That a queue stood still, or moves again."""

    queue: str = told("Its name")
    is_over: bool = told("Whether it moves again")
    began_at: Moment = told("Since when")
    told_at: Moment = told("When it was told")
    words: str = told("In one line")


class Status(Answer):
    """How well the pages are read, and what waits."""

    at: Moment = told("As of when")
    platforms: int = told("Platforms that are counted")
    documents: int = told("Their documents")
    watched: int = told("Those that are read")
    read_in_a_day: int = told("Those read in the last 24 hours")
    last_read_at: Moment | None = told("The last reading")
    failing: int = told("Documents with a page that gave no text at its last reading")
    groups: list[GroupCount] = told("Captures by group of outcomes")
    readings: list[OutcomeCount] = told("Captures by outcome")
    being_confirmed: list[Confirming] = told("Texts that are being confirmed; at most 400")
    failing_pages: list[FailingPage] = told("Pages that gave no text; at most 200")
    notices: list[Notice] = told("The latest 50 notices")
    offered: int = told("Texts that a curator is asked about")
    held_back: int = told("Other texts that are held back")
    queues: list[Queue] = told("The stages of the work")
    queue_notices: list[QueueNotice] = told("Notices about them")
    alerts_stuck: int = told("Alerts that were tried several times and are still owed")
    alerts_given_up: int = told("Alerts that were given up")
    webhook_calls_stuck: int = told("Calls that were tried several times and are still owed")
    webhook_calls_given_up: int = told("Calls that were given up")


class DayAhead(Answer):
    """A day ahead that a text names."""

    on: Day = told("The day")
    kind: Literal["effective", "deadline"] = told("It comes into force, or it is the last day to act")
    document: DocumentHead = told("The document")
    source: str = told("Public ID of the change set, the version or the record that names the day")
    url: str = told("Address of its page")
    known_at: Moment = told("First sight of the words")
    quote: str | None = told("The words; null where the text as a whole states the day")


class Coming(Answer):
    """Days ahead."""

    days: list[DayAhead] = told("The next one first")


class Reference(Answer):
    """A page that a curator attached: what others say about a change, or about a platform as a whole."""

    id: int = told("Its key, for ever the same")
    kind: str = told("announcement, help_article or news")
    url: str = told("Its address")
    title: str = told("Its title")
    publisher: str = told("Who published it")
    published_on: Day = told("When")
    platform: str = told("Slug of the platform")
    change_set: str | None = told("Public ID of the change; null: the platform as a whole")


class References(Page):
    """A page of the list of references."""

    items: list[Reference] = told("In the order in which they were attached")


class UsedVersion(Answer):
    """A version of a tool that texts here were read with."""

    tool: str = told("The tool")
    version: str = told("Its version")
    count: int = told("How many texts")
    first_at: Moment = told("The first one")
    last_at: Moment = told("The last one")


class Thresholds(Answer):
    """From how many points on a clause has a severity."""

    high: int = told("High")
    medium: int = told("Medium")
    low: int = told("Low")


class Circumstance(Answer):
    """What adds points to a clause or takes them away."""

    code: str = told("As reasons name it")
    label: str = told("In words")
    points: int = told("How many")
    types: list[str] = told("The clause types it counts for")


class Methodology(Answer):
    """What ratings rest on."""

    versions: dict[str, str] = told("The tools, and their versions in force")
    used: list[UsedVersion] = told("The versions that texts here were read with")
    thresholds: Thresholds = told("From how many points on a clause has a severity")
    circumstances: list[Circumstance] = told("What adds points or takes them away")
    types: list[ClauseTypeRow] = told("The clause types")


class Key(Answer):
    """A key of the site."""

    fingerprint: str = told("SHA-256 of the public key")
    public_key: str = told("The public key as PEM")
    first_used_at: Moment = told("Since when it signed")
    retired_at: Moment | None = told("Until when; null: it signs")


class Root(Answer):
    """A root that was signed."""

    on: Day = told("Its day")
    sha256: str = told("SHA-256 of its bytes, which are at /roots/<day>.json")
    key: str = told("Fingerprint of the key")
    signature: str = told("The signature")
    stamped_at: Moment | None = told("When an outside authority states to have seen it")


class Keys(Answer):
    """The keys of the site, and the latest roots they signed."""

    algorithm: str = told("How they sign")
    keys: list[Key] = told("The one in force first")
    roots: list[Root] = told("The latest 30, newest first")


class Decision(Answer):
    """A curator's decision, or that one was taken back."""

    decision: int = told("Its key, for ever the same")
    at: Moment = told("When")
    by: str = told("By whom")
    record: str = told("Public ID of the clause")
    platform: str = told("Slug of the platform")
    document: str = told("Slug of the document")
    types: list[str] = told("The types decided on; empty: of no type")
    severity: Severity = told("The severity decided on")
    reason: str = told("Why")
    reverts: int | None = told("Key of the decision that it takes back; null: it decides")
    machine_types: list[str] = told("The types that the machine read then")
    machine_severity: str = told("The severity that it gave; empty: not noted")
    machine_confidence: str = told("How sure it was; empty: not noted")
    taxonomy: str = told("The taxonomy then; empty: not noted")
    wording_sha256: str = told("SHA-256 of the comparable form of the words decided on")
    wording: str = told("These words")


class Decisions(Page):
    """A page of the log of decisions."""

    items: list[Decision] = told("Oldest first")
