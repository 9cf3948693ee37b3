"""Clause types, and platforms beside each other."""

from __future__ import annotations

from typing import Literal

from clauses.api.answers.parts import (
    Answer,
    ChangeSetHead,
    DocumentHead,
    Fact,
    Reason,
    Run,
    Severity,
    told,
)
from clauses.api.answers.records import ClauseHead
from monitor.models import DocumentType


class ClauseTypeRow(Answer):
    """A clause type."""

    slug: str = told("Its name in addresses")
    name: str = told("Its name")
    group: str = told("Slug of its group")
    description: str = told("What such a clause says")
    base_points: int = told("The points it begins with")


class ClauseTypes(Answer):
    """All clause types of this site."""

    items: list[ClauseTypeRow] = told("By group, as the pages list them")


class LikeDocuments(Answer):
    """Which documents count; empty: any."""

    document_type: str = told("Their kind")
    language: str = told("Their language")
    jurisdiction: str = told("Their jurisdiction")
    audience: str = told("Their audience")


class AdoptionCount(Answer):
    """How many platforms have it."""

    having: int = told("So many platforms have such a clause")
    counted: int = told("Of so many")


class TypePlatform(Answer):
    """A platform with how many clauses of the type it has."""

    platform: str = told("Its slug")
    high: int = told("Of high severity")
    medium: int = told("Of medium severity")
    low: int = told("Of low severity")
    none: int = told("Of no severity")


class ExtremeClause(ClauseHead):
    """A clause at one end."""

    document: DocumentHead = told("The document it stands in")
    points: int = told("Of the reading by rule")
    reasons: list[Reason] = told("What the points rest on")
    is_ruled: bool = told("Whether a curator decided")


class Bar(Answer):
    """A figure, and how often it is stated."""

    words: str = told("The figure as a reader says it")
    amount: float | None = told("Days or years; null: no number")
    clauses: int = told("How many clauses state it")
    platforms: int = told("Of how many platforms")
    share: int = told("Of the figure that is stated most, 0 to 100")


class Spread(Answer):
    """How the figures of one kind are spread."""

    kind: str = told("What they are figures of")
    bars: list[Bar] = told("The figures")
    clauses: int = told("How many clauses state one")
    platforms: int = told("Of how many platforms")
    left_out: int = told("How many different figures are not among the bars")
    shortest: str = told("The least; empty without numbers")
    middle: str = told("Half of the clauses state no more")
    longest: str = told("The greatest")


class TypeChange(ChangeSetHead):
    """A change that touched clauses of the type."""

    document: DocumentHead = told("The document that changed")


class ClauseType(Answer):
    """One clause type: who has it, its extremes and its figures."""

    type: str = told("Slug of the type")
    name: str = told("Its name")
    description: str = told("What such a clause says")
    documents: LikeDocuments = told("Which documents count")
    adoption: AdoptionCount = told("How many platforms have it")
    severities: dict[Literal["high", "medium", "low", "none"], int] = told(
        "Clauses by severity, without zeros"
    )
    platforms: list[TypePlatform] = told("The platforms that have it")
    without: list[str] = told("Slugs of those that do not")
    waiting: list[str] = told("Slugs of those with a text that is still being analyzed")
    most_adverse: list[ExtremeClause] = told("The clauses that cost the user most")
    most_favorable: list[ExtremeClause] = told("The clauses that cost the user least")
    figures: list[Spread] = told("Its figures by kind")
    changes: list[TypeChange] = told("The latest changes that touched it")


class ComparedDocument(Answer):
    """A document that is compared."""

    id: str = told("Public ID")
    name: str = told("Its name")
    type: DocumentType = told("What kind of terms it is")
    language: str = told("Its language")
    jurisdiction: str = told("Its jurisdiction")
    audience: str = told("Its audience")


class Unlike(Answer):
    """What only some of the platforms have a document of."""

    field: str = told("kind, language, jurisdiction or audience")
    value: str = told("Its value")
    having: list[str] = told("Slugs of the platforms with such a document")
    lacking: list[str] = told("Slugs of those without")


class PlatformFigure(Answer):
    """A figure that a platform states."""

    kind: str = told("What it is a figure of")
    platform: str = told("Slug of the platform")
    record: str = told("Public ID of the clause")
    fact: Fact = told("The figure")


class FigurePair(Answer):
    """A figure that differs between like clauses."""

    kind: str = told("What it is a figure of")
    subject: str = told("What it is about")
    old: Fact | None = told("That of the first platform")
    new: Fact | None = told("That of this one")


class LikePair(Answer):
    """Clauses of two platforms in much the same words."""

    first: str = told("Public ID of the first platform's clause")
    first_url: str = told("Address of its page")
    here: str = told("Public ID of this platform's clause")
    here_url: str = told("Address of its page")
    is_same: bool = told("The words are the same")
    redline: list[Run] = told("From the first's words to these")
    facts: list[FigurePair] = told("Figures that differ")


class HeldAgainst(Answer):
    """A platform held against the first one."""

    first: str = told("Slug of the first platform")
    platform: str = told("Slug of this one")
    same: int = told("Clauses in the same words")
    alike: int = told("Clauses in like words")
    only_first: int = told("Clauses that only the first one has")
    only_here: int = told("Clauses that only this one has")
    pairs: list[LikePair] = told("The like clauses")


class TypeComparison(Answer):
    """One clause type on two to four platforms."""

    type: str = told("Slug of the type")
    platforms: list[str] = told("Slugs of the platforms, in the order asked for")
    is_cut: bool = told("Of a platform only the 40 most severe clauses are compared")
    figures: list[PlatformFigure] = told("The figures they state")
    against: list[HeldAgainst] = told("Each platform but the first, held against it")
    documents: dict[str, list[ComparedDocument]] = told("The documents that are compared, by platform")
    unlike: list[Unlike] = told("What only some have a document of")


class ComparedPlatform(Answer):
    """One of the platforms."""

    platform: str = told("Its slug")
    name: str = told("Its name")
    documents: list[ComparedDocument] = told("The documents that are compared")
    clauses: dict[Severity, int] = told("Their clauses by severity")
    changes_in_90_days: dict[str, int] = told("Changes first seen in the last 90 days, by direction")
    top: list[ClauseHead] = told("The clauses that cost the user most")


class ComparedAnswer(Answer):
    """What a platform's documents answer."""

    platform: str = told("Its slug")
    is_found: bool = told("Whether a clause answers it")
    is_waiting: bool = told("Whether a text that may answer it is still being analyzed")
    value: str = told("The answer in a few words")
    quote: str = told("The words it rests on")
    record: str | None = told("Public ID of the clause")


class ComparedFact(Answer):
    """One of the standard questions, with each platform's answer."""

    question: str = told("The question")
    answers: list[ComparedAnswer] = told("The answers, in the order of the platforms")


class ComparedType(Answer):
    """A clause type with how many clauses of it each platform has."""

    type: str = told("Slug of the type")
    clauses: dict[str, int] = told("How many, by platform")


class PlatformComparison(Answer):
    """Two to four platforms as wholes."""

    platforms: list[ComparedPlatform] = told("The platforms, in the order asked for")
    unlike: list[Unlike] = told("What only some have a document of")
    facts: list[ComparedFact] = told("What their documents answer")
    types: list[ComparedType] = told("What they have clauses of; what all have comes first")
