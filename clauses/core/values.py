"""The plain values the stages of the analysis hand to each other. No stage imports another stage's internals."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from monitor.core.blocks import CELL_SEPARATOR, page_path
from monitor.core.normalize import fingerprint

Severity = Literal["none", "low", "medium", "high"]
Direction = Literal["adverse", "favorable", "neutral", "mixed"]
Confidence = Literal["low", "medium", "high"]
Basis = Literal["rule", "model", "both", "curator"]
ChangeKind = Literal["added", "removed", "modified", "moved", "renumbered", "split", "merged"]
PairKind = Literal["unchanged", "added", "removed", "modified", "moved", "renumbered", "split", "merged"]
DocumentChangeKind = Literal[
    "substantive", "editorial", "date", "renumbered", "reordered", "links", "whitespace", "none"
]

# What a text is about that is about none of the types, and the type by which curators say so.
OTHER = "other"
SEVERITIES: tuple[Severity, ...] = ("none", "low", "medium", "high")


def severity_at(points: int, *, high: int, medium: int, low: int) -> Severity:
    """The severity that so many points give: the highest whose threshold they reach, else none."""
    if points >= high:
        return "high"
    if points >= medium:
        return "medium"
    return "low" if points >= low else "none"


def severity_rank(severity: Severity) -> int:
    """0 for none to 3 for high."""
    return SEVERITIES.index(severity)


@dataclass(frozen=True)
class Passage:
    """The text of one clause, `text[start:end]` of its document, before anyone has typed it.

    `heading_path` are the headings above it, outermost first; `intro` is the sentence that introduces the list
    it is an item of ("We keep your data:"), `header` the header cells of its table. Together they are its context.
    `page` is no part of it: words move to another page when anything before them grows. Nor is `number`, by which
    readers cite it ("4.2(b)"; "" where nothing is numbered): a renumbered clause means what it meant.
    """

    index: int
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...] = ()
    intro: str = ""
    header: tuple[str, ...] = ()
    page: int = 0
    number: str = ""

    @classmethod
    def alone(cls, text: str) -> Passage:
        """A text as a clause without a document and without context."""
        return cls(0, 0, len(text), text)

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands for a reader: its page, where there are pages, and the headings above it."""
        return (*page_path(self.page), *self.heading_path)

    @property
    def is_header_row(self) -> bool:
        """Whether it only names the columns of its table."""
        return bool(self.header) and self.text == CELL_SEPARATOR.join(self.header)

    @cached_property
    def sha256(self) -> str:
        """The key of its wording: SHA-256 of the normalized text."""
        return fingerprint(self.text)

    @cached_property
    def context_sha256(self) -> str:
        """The key of its context: the same words under another heading may mean something else."""
        return fingerprint("\x1f".join((*self.heading_path, "\x1e", self.intro, "\x1e", *self.header)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a clause that support a statement: `clause.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TypeMatch:
    """That a clause is of a type. `score` is 0 to 1."""

    slug: str
    score: float
    basis: Basis
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedType:
    """A type a clause might be of, shown or not; "other" stands for none."""

    slug: str
    score: float


class Reason(NamedTuple):
    """One line of a rating: a named factor of the rubric, its points, and the words that earned them.

    Of a change, `direction` is what it is for the user; of a clause the sign of its points says that.
    """

    code: str
    points: int
    quote: str
    direction: Direction | None = None

    @property
    def is_of_type(self) -> bool:
        """Whether a clause has it for what it is about, whatever else it says."""
        return self.code.startswith("base:")

    @property
    def row(self) -> dict[str, Any]:
        """It as JSON: code, points and quote, and its direction where it has one."""
        found = {"code": self.code, "points": self.points, "quote": self.quote}
        return found | ({"direction": self.direction} if self.direction else {})


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure read from a clause: `clause.text[start:end] == quote`.

    `normalized` is days for a period, years for an age, an ISO date for a date; None where the value has no number
    ("indefinitely", "as long as necessary").
    """

    kind: str
    value: str
    unit: str
    normalized: float | str | None
    subject: str
    condition: str
    quote: str
    start: int
    end: int

    @property
    def amount(self) -> str:
        """The figure as a reader writes it: "30 days", "100 USD"; the text's words where it has no number."""
        if self.normalized is None or self.unit in {"", "date"}:
            return self.value
        plural = "" if self.value == "1" or not self.unit.islower() else "s"
        return f"{self.value} {self.unit}{plural}"


@dataclass(frozen=True, slots=True)
class Classification:
    """What a clause is about, how much it costs the user, how sure that is, and why.

    `candidates` are the best five types with those that are not shown; none where it was read from the database.
    """

    types: tuple[TypeMatch, ...]
    severity: Severity
    confidence: Confidence
    reasons: tuple[Reason, ...]
    facts: tuple[Fact, ...]
    candidates: tuple[RankedType, ...] = field(default=(), compare=False)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Its types, strongest first."""
        return tuple(match.slug for match in self.types)


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A passage with what was read from it: what two versions are compared by."""

    passage: Passage
    classification: Classification


class Pair(NamedTuple):
    """Clauses of two versions that are the same provision, as indexes into the two lists.

    Added has no old, removed no new side; a split has several new, a merge several old clauses; all other kinds
    have one of each. `main` is which of several is most like the clause on the other side: the record goes on
    with it.
    """

    kind: PairKind
    old: tuple[int, ...]
    new: tuple[int, ...]
    main: int = 0

    @property
    def successor(self) -> tuple[int, int] | None:
        """The old and the new clause that are one record; None where a side is missing."""
        if not self.old or not self.new:
            return None
        return self.old[self.main if len(self.old) > 1 else 0], self.new[
            self.main if len(self.new) > 1 else 0
        ]


class Run(NamedTuple):
    """A stretch of a redline: kept "=", removed "-" or added "+"."""

    op: Literal["=", "-", "+"]
    text: str


@dataclass(frozen=True, slots=True)
class FactChange:
    """A figure that changed: old and new are None where it appeared or vanished."""

    kind: str
    subject: str
    old: Fact | None
    new: Fact | None


class ClauseChange(NamedTuple):
    """What happened to one clause between two versions, rated. `adverse` and `favorable` are its two sides.

    `told_type` is the type by which sentences name it, empty for none.
    """

    kind: ChangeKind
    types: tuple[str, ...]
    severity: Severity
    direction: Direction
    reasons: tuple[Reason, ...]
    pair: Pair
    redline: tuple[Run, ...]
    facts: tuple[FactChange, ...]
    summary: str
    adverse: Severity = "none"
    favorable: Severity = "none"
    told_type: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes between two versions. `counts` has a figure for every kind of pair, zeros included.

    `adverse` and `favorable` are the highest severities on either side, `summary` up to three sentences that go on
    where the headline ends, `affected` the groups of people whom the changed clauses name.
    """

    kind: DocumentChangeKind
    severity: Severity
    direction: Direction
    adverse: Severity
    favorable: Severity
    headline: str
    summary: tuple[str, ...]
    affected: tuple[str, ...]
    counts: dict[str, int]
    changes: tuple[ClauseChange, ...]
    pairs: tuple[Pair, ...]
