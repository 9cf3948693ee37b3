"""Learning from a site's own decisions: a head on top of rules and model, adopted only where it is no worse."""

from __future__ import annotations

from dataclasses import asdict, replace

from clauses.core.blend import read_scored
from clauses.core.folding import folded
from clauses.core.periods import counted
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Passage
from clauses.models import Decision, LearnedHead, Occurrence
from clauses.queries.gold import gold_hashes, sentence_hashes
from clauses.site_taxonomy import refresh_taxonomy, without_head
from clauses.training import site_head
from clauses.training.site_head import FEWEST, Ruled

# So many new decisions are worth learning again.
WORTH_LEARNING = 20


class TooFewDecisions(ValueError):
    """There is not yet enough to learn from; the message says what is missing."""


def learn() -> LearnedHead:
    """Train a head on all decisions in force, measure it on decisions held out, and adopt it where it is no worse.

    Raises TooFewDecisions.
    """
    taxonomy = without_head(refresh_taxonomy())
    decisions = _ruled(taxonomy)
    if len(decisions) < 2 * FEWEST:
        raise TooFewDecisions(
            f"{counted(len(decisions), 'clause')} decided on so far; learning begins at {2 * FEWEST}, and with "
            f"{FEWEST} decisions for a type and as many against it"
        )
    outcome = site_head.train(decisions, _known(taxonomy))
    if not outcome.head.lessons:
        raise TooFewDecisions(
            f"no type has {FEWEST} decisions for it and as many against it yet; decide on more clauses"
        )
    row = LearnedHead.objects.create(
        taxonomy_version=taxonomy.version,
        decisions=len(decisions),
        lessons=outcome.head.plain(),
        before=asdict(outcome.before),
        after=asdict(outcome.after),
        is_adopted=outcome.is_no_worse,
    )
    refresh_taxonomy()
    return row


def learn_if_worth_it() -> LearnedHead | None:
    """Learn where enough was decided since the last time, or the taxonomy is another; None where not."""
    last = LearnedHead.objects.first()
    decided = _latest_decisions()
    is_same = last is not None and last.taxonomy_version == without_head(refresh_taxonomy()).version
    if last and is_same and len(decided) < last.decisions + WORTH_LEARNING:
        return None
    try:
        return learn()
    except TooFewDecisions:
        return None


def _known(taxonomy: Taxonomy) -> frozenset[str]:
    """The types that the trained model knows."""
    model = taxonomy.model()
    return frozenset((*model.topics, *model.presences)) if model else frozenset()


def _latest_decisions() -> list[Decision]:
    """The latest decision on each wording of each clause, but for texts that hold a sentence of the gold set."""
    rows = Decision.objects.standing().select_related("clause", "wording").order_by("decided_at", "pk")
    latest = {(row.clause_id, row.wording_id): row for row in rows}.values()
    gold = gold_hashes()
    return [row for row in latest if not gold or gold.isdisjoint(sentence_hashes(row.wording.text))]


def _ruled(taxonomy: Taxonomy) -> list[Ruled]:
    decisions = _latest_decisions()
    places = _places(decisions)
    # A type that was retired or deleted since is given to nothing new.
    given = frozenset(slug for slug, kind in taxonomy.types.items() if not kind.retired)
    found = []
    for decision in decisions:
        # A new reading may have cut the text otherwise: then the wording stands nowhere any more.
        place = places.get((decision.clause_id, decision.wording_id), Passage(0, 0, 0, ""))
        passage = replace(place, text=decision.wording.text)
        matches, scores = read_scored(passage, taxonomy)
        scores = {**scores, **{match.slug: match.score for match in matches}}
        # The same words in several documents must not be learned from and measured on.
        types = given.intersection(decision.types)
        found.append(Ruled(folded(passage.text), scores, types, decision.wording.sha256))
    return found


def _places(decisions: list[Decision]) -> dict[tuple[int, int], Passage]:
    """Where the wordings that were ruled on stood: their headings, introductions and header cells."""
    wanted = {(row.clause_id, row.wording_id) for row in decisions}
    rows = Occurrence.objects.filter(clause__in=[row.clause_id for row in decisions])
    return {
        (row.clause_id, row.wording_id): Passage(
            0, 0, 0, "", tuple(row.heading_path), row.intro, tuple(row.header)
        )
        for row in rows
        if (row.clause_id, row.wording_id) in wanted
    }
