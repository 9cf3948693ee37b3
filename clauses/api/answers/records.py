"""Records of clauses: the registry, and everything that is known of one."""

from __future__ import annotations

from typing import Literal

from clauses.api.answers.law import RecordLaw
from clauses.api.answers.parts import (
    Answer,
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
from clauses.models.choices import ConfidenceWord, DirectionWord


class ClauseHead(Answer):
    """A clause that stands."""

    id: str = told("Public ID of its record", examples=["P-000066"])
    url: str = told("Address of its page")
    text: str = told("Its words today")
    types: list[str] = told("What it is about, strongest first: slugs of clause types")
    severity: Severity = told("What it costs the user")


class RegistryRow(ClauseHead):
    """A clause in the registry."""

    document: DocumentHead = told("The document it stands in")
    heading: str = told("The nearest heading above it")
    confidence: ConfidenceWord = told("How sure its reading is")
    since: Moment = told("First sight of this wording")


class Registry(Page):
    """A page of the registry."""

    count: int = told("How many match; where `is_more` is set, at least so many")
    is_more: bool = told("The counting ended at `count`")
    is_cut: bool = told("With words, only 2,000 matches are listed: there are more")
    items: list[RegistryRow] = told("The clauses, in the order asked for")


class TypeText(Answer):
    """What is said of every clause of a type."""

    type: str = told("Slug of the type")
    name: str = told("Its name")
    what_it_is: str = told("What such a clause says")
    why_it_matters: str = told("Why users should care")
    what_it_means: str = told("What follows for users")
    what_one_can_do: list[str] = told("What users can do")


class Adoption(Answer):
    """How common a clause of its strongest type is, and how usual its wording."""

    platforms: int = told("How many platforms have such a clause")
    counted: int = told("Of how many")
    word: str = told("That in a word")
    nearest_shared_words: float | None = told(
        "Share of words of the nearest wording elsewhere; null: there is none"
    )
    wording: str | None = told("What that makes of the wording")


class Likewise(Answer):
    """A clause of the same type on another platform."""

    record: str = told("Public ID of its record")
    url: str = told("Address of its page")
    platform: str = told("Slug of the platform")
    severity: Severity = told("What it costs the user")
    facts: list[Fact] = told("Its figures")
    shared_words: float = told("Words in both, of those in either, 0 to 1")
    is_nearest: bool = told("No other one is nearer in its words")
    is_most_different: bool = told("No other one is further away in its words")


class Check(Answer):
    """Something that was worked out for this answer."""

    statement: str = told("What was checked")
    holds: bool = told("Whether it holds")


class Proof(Answer):
    """Where the words stand, and the bytes they rest on."""

    version: VersionHead = told("The latest version they stand in")
    start: int = told("Where they begin, in characters of its text")
    end: int = told("Where they end")
    source_url: str = told("The page")
    snapshot: str | None = told("Public ID of the bytes")
    captured_at: Moment | None = told("When these came")
    bytes_sha256: str | None = told("Their SHA-256")
    extractor_version: str = told("What read the text out of them")
    segmenter_version: int = told("What cut the text into clauses")
    analyzed_at: Moment = told("When")
    checks: list[Check] = told("What was worked out for this answer")


class Wording(Answer):
    """Words that the clause has or had."""

    text: str = told("The words")
    sha256: str = told("SHA-256 of their comparable form")
    heading_path: list[str] = told("The headings above them")
    first_version: str = told("Public ID of the first version with them")
    first_seen_at: Moment = told("First sight")
    ended_at: Moment | None = told("First sight of other words; null: they stand")
    severity: Severity = told("What they cost the user")
    redline: list[Run] = told("From the words before to these")
    change_set: str | None = told("Public ID of the change that brought them")


class Event(Answer):
    """Something that happened to the record."""

    kind: str = told(
        "recorded, a kind of change, reintroduced, retitled, reframed, split_off, absorbed or superseded"
    )
    version: str = told("Public ID of the version")
    at: Moment = told("Its first sight")
    change_set: str | None = told("Public ID of the change; null for the first version")
    severity: Severity | None = told("That of the change of the clause; null where there is none")
    direction: DirectionWord | None = told("Whom that change serves; null where there is none")
    record: str | None = told("The other record, where there is one")


class Stability(Answer):
    """How steady the words are."""

    word: str = told("That in a word")
    rewordings: int = told("How often they changed")
    watched_days: int = told("How long the clause has been watched")
    standing_days: int = told("How long the present words have stood")
    rewordings_a_year: float | None = told("null where it was watched for less than 90 days")


class StatedFact(Answer):
    """A figure of another clause of the document."""

    record: str = told("Public ID of that clause")
    url: str = told("Address of its page")
    fact: Fact = told("The figure")


class Ways(Answer):
    """What users can do, as far as the document states it."""

    times: list[Fact] = told("Times that these words state")
    times_elsewhere: list[StatedFact] = told("Times in other clauses of the same type")
    mailboxes: list[str] = told("Mail addresses in these words")
    web_pages: list[str] = told("Web pages in these words")
    document_mailboxes: list[str] = told("Mail addresses in the document")
    begins_on: Day | None = told("When the text takes effect, where that is still to come")
    law_and_courts: list[StatedFact] = told("Law and courts that the document names")


class Commentary(Answer):
    """What a curator wrote."""

    text: str = told("The words")
    written_by: str = told("Who wrote them")
    written_at: Moment = told("When")
    earlier: int = told("How many texts came before")
    text_changed_since: bool = told("Whether the clause has other words now")


class Around(Answer):
    """What else there is in the document."""

    changes: list[str] = told("Public IDs of its latest changes")
    clauses: list[str] = told("Public IDs of its heaviest other clauses")


class TypeMatch(Answer):
    """A type that the machine read."""

    slug: str = told("Slug of the type")
    score: float = told("How sure, 0 to 1")
    basis: str = told("rule, model or both")


class MachineSaid(Answer):
    """What the machine said of the words when somebody decided."""

    types: list[TypeMatch] = told("The types it read")
    severity: Severity = told("The severity it gave")
    confidence: ConfidenceWord = told("How sure it was")
    taxonomy_version: str = told("The taxonomy then")


class TakenBack(Answer):
    """That a decision was taken back."""

    by: str = told("By whom")
    at: Moment = told("When")
    reason: str = told("Why")


class RecordDecision(Answer):
    """What a curator decided of the clause."""

    types: list[str] = told("The types decided on; empty: of no type")
    severity: Severity = told("The severity decided on")
    reason: str = told("Why")
    decided_by: str = told("By whom")
    decided_at: Moment = told("When")
    is_binding: bool = told("Whether it is in force")
    text_changed_since: bool = told("Whether the clause has other words now")
    is_proposal: bool = told("None is in force, and this one is proposed")
    made_on: str = told("Public ID of the record it was made on")
    machine_said: MachineSaid | None = told("What the machine said then; null: it was not noted")
    taken_back: TakenBack | None = told("null: it stands")


class Record(Answer):
    """Everything that is known of a clause."""

    id: str = told("Public ID", examples=["P-000066"])
    url: str = told("Address of its page")
    document: DocumentHead = told("The document it stands or stood in")
    title: str = told("What it is called")
    text: str | None = told("The exact words in the latest version they stand in")
    heading_path: list[str] = told("The headings above it")
    number: str = told("What readers cite it by in that version")
    types: list[str] = told("Types in force, strongest first")
    type_texts: list[TypeText] = told("What is said of every clause of these types")
    basis: Literal["rule", "model", "both", "curator"] | None = told("What the types rest on")
    severity: Severity = told("What it costs the user")
    confidence: ConfidenceWord = told("How sure its reading is")
    is_ruled: bool = told("Whether a curator decided")
    points: int = told("Of the reading by rule, also where a curator decided otherwise")
    reasons: list[Reason] = told("What the points rest on")
    rubric_version: str | None = told("The rubric of clauses")
    taxonomy_version: str | None = told("The taxonomy")
    direction: Literal["adverse", "favorable", "neutral"] = told("For the user of the platform")
    facts: list[Fact] = told("The figures in its words")
    adoption: Adoption | None = told("How common it is")
    elsewhere: list[Likewise] = told("Clauses of its type on other platforms")
    first_recorded_at: Moment | None = told("First sight of the clause")
    last_verified_at: Moment | None = told("The last reading of the document")
    removed_in: str | None = told("Public ID of the version without it; null: it stands")
    proof: Proof | None = told("Where its words stand")
    wordings: list[Wording] = told("Its wordings, newest first")
    events: list[Event] = told("What happened to it, oldest first")
    stability: Stability | None = told("How steady its words are")
    what_one_can_do: Ways = told("What users can do")
    law: RecordLaw = told("Notes on the law, general information by type")
    commentary: Commentary | None = told("What a curator wrote")
    references: list[Told] = told("What others say about its changes, the latest change first")
    elsewhere_in_document: Around = told("What else there is in the document")
    split_from: str | None = told("Public ID of the record it was cut out of")
    decisions: list[RecordDecision] = told("What curators decided, newest first")
