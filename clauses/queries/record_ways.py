"""What users can do about a clause, and until when, as far as its document states it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from clauses.core.contacts import mailboxes, web_pages
from clauses.models import Clause, ReadFact
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
    document_text = proof.version.text if is_standing and proof and proof.is_sound else ""
    begins_on = proof.version.effective_on if proof else None
    same = [row for row in others if slugs and _main_type(row) == slugs[0]]
    return Ways(
        times=[fact for fact in facts if fact.kind in _TIMES],
        times_elsewhere=list(_stated(same, _TIMES))[:_MOST],
        mailboxes=own[:_MOST],
        web_pages=web_pages(text)[:_MOST],
        document_mailboxes=tuple(box for box in mailboxes(document_text) if box not in own)[:_MOST],
        begins_on=begins_on if begins_on and begins_on > at.date() else None,
        law=_once([*(Stated(fact, clause) for fact in facts if fact.kind in _LAW), *_stated(others, _LAW)]),
    )


def _others(clause: Clause) -> list[Clause]:
    """The other standing clauses of the document with such figures."""
    kinds = (*_TIMES, *_LAW)
    return list(
        Clause.objects.standing()
        .filter(document=clause.document_id, current__classification__facts__kind__in=kinds)
        .exclude(pk=clause.pk)
        .select_related("current__classification")
        .prefetch_related(
            "labels", Prefetch("current__classification__facts", ReadFact.objects.filter(kind__in=kinds))
        )
        .order_by("number")
        .distinct()
    )


def _main_type(clause: Clause) -> str:
    return next((label.type for label in clause.labels.all()), "")


def _stated(clauses: Iterable[Clause], kinds: Sequence[str]) -> Iterable[Stated]:
    for row in clauses:
        assert row.current
        for fact in row.current.classification.facts.all():
            if fact.kind in kinds:
                yield Stated(fact, row)


def _once(rows: Iterable[Stated]) -> list[Stated]:
    """The first row of each value, a few of them."""
    found: dict[tuple[str, str], Stated] = {}
    for row in rows:
        found.setdefault((row.fact.kind, row.fact.value.casefold()), row)
    return list(found.values())[:_MOST]
