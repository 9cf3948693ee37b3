"""What users can do about a clause, and until when, as far as its document states it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clauses.core.contacts import mailboxes, web_pages
from clauses.models import Clause, Label, ListedClause, ReadFact
from clauses.queries.proof import Proof

# The figures by which a user has to act, or others have to answer.
_TIMES = ("opt_out_window", "deadline", "renewal_notice", "refund_period", "claim_period", "response_time")
_LAW = ("governing_law", "venue")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure and the record that states it."""

    fact: ReadFact
    clause: Clause


@dataclass(frozen=True, slots=True)
class _Other:
    """A figure by what it is chosen for: the keys of its record and of itself."""

    clause: int
    fact: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Times to act by: of the words, and of clauses of the document with the same main type; addresses; law and courts.

    `begins_on` is the day the text takes effect, where it states one that is still to come.
    """

    times: list[ReadFact]
    times_elsewhere: list[Stated]
    mailboxes: tuple[str, ...]
    web_pages: tuple[str, ...]
    document_mailboxes: tuple[str, ...]
    begins_on: date | None
    law: list[Stated]

    @property
    def is_told(self) -> bool:
        """Whether the document states anything of the kind."""
        return any(
            (
                self.times,
                self.times_elsewhere,
                self.mailboxes,
                self.web_pages,
                self.document_mailboxes,
                self.begins_on,
            )
        )


def record_ways(
    clause: Clause, slugs: Sequence[str], facts: Sequence[ReadFact], proof: Proof | None, at: datetime
) -> Ways:
    """The ways of a record; of a removed clause none but what its words state. A fixed number of queries."""
    text = clause.current.wording.text if clause.current else ""
    own = mailboxes(text)
    is_standing = clause.removed_in_id is None
    others = _others(clause) if is_standing else []
    times = _elsewhere(slugs, others)
    own_law, law = _once([fact for fact in facts if fact.kind in _LAW], others)
    stated = _read([*times, *law])
    document_text = proof.version.text if is_standing and proof and proof.is_sound else ""
    begins_on = proof.version.effective_on if proof else None
    return Ways(
        times=told_once(fact for fact in facts if fact.kind in _TIMES),
        times_elsewhere=[stated[row.fact] for row in times],
        mailboxes=own[:_MOST],
        web_pages=web_pages(text)[:_MOST],
        document_mailboxes=tuple(box for box in mailboxes(document_text) if box not in own)[:_MOST],
        begins_on=begins_on if begins_on and begins_on > at.date() else None,
        law=[*(Stated(fact, clause) for fact in own_law), *(stated[row.fact] for row in law)],
    )


def told_once(facts: Iterable[ReadFact]) -> list[ReadFact]:
    """The figures, of those that say the same in the same words the one that names its subject, else the first."""
    told: dict[tuple[str, str, str, str], ReadFact] = {}
    for fact in facts:
        said = fact.kind, fact.value, fact.unit, fact.quote
        if said not in told or (fact.subject and not told[said].subject):
            told[said] = fact
    return list(told.values())


def _others(clause: Clause) -> list[_Other]:
    """Such figures of the other standing clauses of the document, by number: without words, for there are many."""
    figures = "clause__current__classification__facts__"
    found = ListedClause.objects.filter(
        document=clause.document_id, **{f"{figures}kind__in": (*_TIMES, *_LAW)}
    ).exclude(clause=clause)
    rows = found.order_by("clause__number", f"{figures}start", f"{figures}pk").values_list(
        "clause", f"{figures}pk", f"{figures}kind", f"{figures}value"
    )
    return [_Other(*row) for row in rows]


def _elsewhere(slugs: Sequence[str], others: Sequence[_Other]) -> list[_Other]:
    """The times of clauses with the same main type, a few of them."""
    times = [row for row in others if row.kind in _TIMES]
    if not times or not slugs:
        return []
    labels = Label.objects.filter(clause__in={row.clause for row in times}, rank=0, type=slugs[0])
    same = set(labels.values_list("clause", flat=True))
    return [row for row in times if row.clause in same][:_MOST]


def _once(own: Sequence[ReadFact], others: Iterable[_Other]) -> tuple[list[ReadFact], list[_Other]]:
    """Of the law and courts, the first row of each value, a few of them: the clause's own before all others."""
    first_own: dict[tuple[str, str], ReadFact] = {}
    for fact in own:
        first_own.setdefault((fact.kind, fact.value.casefold()), fact)
    first: dict[tuple[str, str], _Other] = {}
    for row in others:
        if row.kind in _LAW and (key := (row.kind, row.value.casefold())) not in first_own:
            first.setdefault(key, row)
    mine = list(first_own.values())[:_MOST]
    return mine, list(first.values())[: _MOST - len(mine)]


def _read(rows: Iterable[_Other]) -> dict[int, Stated]:
    """The figures with their records, by the keys of the figures. Two queries."""
    found = list(rows)
    facts = ReadFact.objects.in_bulk([row.fact for row in found])
    clauses = Clause.objects.in_bulk([row.clause for row in found])
    return {row.fact: Stated(facts[row.fact], clauses[row.clause]) for row in found}
