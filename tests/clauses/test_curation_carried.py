"""A hundred decisions through what we and publishers do: another extraction, other rules, other words and back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from clauses.analysis import analyze_pending
from clauses.curation import decide
from clauses.models import Alert, Clause, Decision, Occurrence
from clauses.models.choices import SeverityLevel
from clauses.rereading import reread_next
from monitor.models import Source, Version
from tests.builders import capture, day, make_document, make_source, make_user, publish
from tests.clauses.amended_site import put_in_force

pytestmark = pytest.mark.django_db
THINGS = tuple(f"{kind} {thing}" for kind in ("old", "new", "large", "small", "rare") for thing in (
    "letters", "maps", "songs", "photos", "recipes", "drawings", "invoices", "tickets", "reviews", "poems",
    "books", "plans", "films", "notes", "prints", "coins", "stamps", "seeds", "plants", "shells",
))  # fmt: skip
TYPES: tuple[list[str], ...] = (["data_retention"], ["content_license"], [], ["arbitration", "data_sale"])
# A word more or less, and a text that says something else.
EDITED, GONE = range(5), range(5, 8)


def paragraph(number: int, thing: str, *, edited: bool = False) -> str:
    extra = " and sell them to whoever asks for them at the door" if edited else ""
    return f"<p>Section {number} is about the {thing} that you leave with us on a day of rest{extra}.</p>"


def text(*, edited: bool = False) -> str:
    rows = [
        paragraph(number, thing, edited=edited and number in EDITED)
        for number, thing in enumerate(THINGS)
        if not (edited and number in GONE)
    ]
    return f"<h2>What you leave with us</h2>{''.join(rows)}<div>More of what we have written.</div>"


@pytest.fixture
def cora() -> User:
    return make_user("cora", role="administrator")


@pytest.fixture
def source() -> Source:
    source = make_source(make_document())
    publish(source, text(), day(0))
    return source


@pytest.fixture
def decisions(source: Source, cora: User) -> list[Decision]:
    """A hundred clauses, each ruled on otherwise than the machine read it."""
    clauses = Clause.objects.standing().filter(document=source.document).order_by("number")
    return [
        decide(
            clause,
            TYPES[number % len(TYPES)],
            SeverityLevel((clause.current.classification.severity + 1 + number % 3) % 4),
            f"Ruled as number {number}.",
            cora,
        )
        for number, clause in enumerate(clauses.select_related("current__classification")[:100])
    ]


def in_force(decision: Decision) -> bool:
    """Whether a decision is what its record, its lists and its types go by."""
    clause = Clause.objects.get(pk=decision.clause_id)
    return (
        clause.decision_id == decision.pk
        and clause.severity == decision.severity
        and set(clause.labels.values_list("type", flat=True)) == set(decision.types)
        and set(clause.labels.values_list("basis", flat=True)) <= {"curator"}
    )


def proposed(decision: Decision) -> bool:
    """Whether it is offered for other words, and nothing goes by it."""
    clause = Clause.objects.get(pk=decision.clause_id)
    return clause.decision_id is None and clause.proposal_id == decision.pk


def read_anew() -> None:
    while reread_next():
        pass


def test_decisions_are_carried_through_a_new_extraction_other_rules_and_a_replay(
    source: Source, decisions: list[Decision], cora: User
) -> None:
    assert len(decisions) == 100
    assert all(map(in_force, decisions))
    # Our own extraction: other selectors, and so another text of the same page.
    source.select = ["main h2", "main p"]
    source.save()
    capture(source, text(), day(1), furniture="x")
    analyze_pending()
    assert Version.objects.filter(cause="technical").exists()
    assert all(map(in_force, decisions))
    # Other rules: every clause is read anew under another label.
    rules = {
        "points": {"clause.threshold.high": 5},
        "types": {"data_sale": {"plain_phrases": ["leave with us"]}},
    }
    put_in_force(rules, cora)
    read_anew()
    labels = Occurrence.objects.values_list("classification__taxonomy_version", flat=True).distinct()
    assert all("+site1" in label for label in labels)
    assert all(map(in_force, decisions))
    # The publisher's own changes: other words get the decision as a proposal, removed ones keep it on record.
    publish(source, text(edited=True), day(2))
    for number, decision in enumerate(decisions):
        if number in EDITED:
            assert proposed(decision), number
        elif number in GONE:
            assert Clause.objects.get(pk=decision.clause_id).removed_in_id
        else:
            assert in_force(decision), number
    # The words of before come back, and with them what was decided of them.
    publish(source, text(), day(60))
    assert all(map(in_force, decisions))
    # What a decision is never changes, and nobody was told.
    assert [row.reason for row in Decision.objects.order_by("pk")] == [
        f"Ruled as number {n}." for n in range(100)
    ]
    assert not Alert.objects.exists()
