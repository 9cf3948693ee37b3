"""What a clause is about, against ToS;DR's points: the first type, the first three, and what is accepted unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from clauses.core.blend import OTHER, read_types
from clauses.core.classify import ACCEPTED
from clauses.core.taxonomy import Taxonomy
from clauses.core.type_model import TypeModel
from clauses.core.values import Passage, RankedType
from clauses.evaluation.figures import share_right, with_interval
from clauses.training.corpora import Row, fold_of, topic_of, tosdr
from clauses.training.fit import FOLDS, Examples, fit_heads
from clauses.training.make import by_rule

Ranking = tuple[RankedType, ...]


def evaluate(rows: Sequence[Row], rankings: Sequence[Ranking]) -> dict[str, Any]:
    """Accuracy, top three, and how much of what needs no review is right."""
    gold = [topic_of(row) for row in rows]
    first = [_slugs(ranking)[0] == topic for ranking, topic in zip(rankings, gold, strict=True)]
    three = [topic in _slugs(ranking)[:3] for ranking, topic in zip(rankings, gold, strict=True)]
    sure = [bool(ranking) and ranking[0].score >= ACCEPTED for ranking in rankings]
    accepted = [right for right, is_sure in zip(first, sure, strict=True) if is_sure]
    return {
        "evaluated_on": len(rows),
        "services": len({row.get("service") for row in rows}),
        "accuracy": _share(first),
        "top_3": _share(three),
        "accepted_share": _share(sure),
        "accepted_right": _share(accepted) if accepted else None,
    }


def ranked(rows: Sequence[Row], taxonomy: Taxonomy) -> list[Ranking]:
    """The candidates of each text as the program gives them, by the model that ships."""
    return [read_types(passage(row), taxonomy)[1] for row in rows]


def ranked_by_others(
    rows: Sequence[Row], taxonomy: Taxonomy, rest: Examples, tell: Callable[[str], None]
) -> list[Ranking]:
    """The candidates of each text by a model that was trained on the other services and the rest."""
    own = list(tosdr(list(rows)))
    matches = by_rule([row.text for row in own], taxonomy)
    shipped = taxonomy.model()
    found: dict[int, Ranking] = {}
    for fold in range(FOLDS):
        tell(f"services {fold + 1} of {FOLDS}")
        kept = [place for place, row in enumerate(own) if fold_of(row.group, FOLDS) != fold]
        examples = Examples(
            [*(own[place] for place in kept), *rest.rows],
            [*(matches[place] for place in kept), *rest.matches],
            rest.rules,
        )
        model = _calibrated(fit_heads(examples), shipped)
        beside = replace(taxonomy, model=lambda model=model: model)  # type: ignore[misc]
        for place, row in enumerate(own):
            if fold_of(row.group, FOLDS) == fold:
                found[place] = read_types(passage(rows[place]), beside)[1]
    return [found[place] for place in range(len(own))]


def _calibrated(model: TypeModel, shipped: TypeModel | None) -> TypeModel:
    """A model of a part, as sure of its sums as the whole one."""
    if shipped is None:
        return model
    return replace(model, temperature=shipped.temperature, slopes=shipped.slopes, offsets=shipped.offsets)


def passage(row: Row) -> Passage:
    """A text as a clause without context."""
    return Passage(0, 0, len(row["text"]), row["text"])


def _slugs(ranking: Ranking) -> list[str]:
    return [candidate.slug for candidate in ranking] or [OTHER]


def _share(right: Sequence[bool]) -> dict[str, Any]:
    column = np.array(right, bool)[:, None]
    return with_interval(share_right, np.ones_like(column), column)
