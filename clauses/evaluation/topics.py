"""What a clause is about, against ToS;DR's points: the first type, the first three, and what is accepted unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from clauses.core.blend import read_types
from clauses.core.classify import confidence_of
from clauses.core.taxonomy import Taxonomy
from clauses.core.type_model import TypeModel
from clauses.core.values import OTHER, Passage, RankedType, TypeMatch
from clauses.evaluation.figures import share_right, with_interval
from clauses.training.corpora import FOLDS, Row, fold_of, is_english, topic_of, tosdr
from clauses.training.fit import Examples, fit_heads, held_out_by
from clauses.training.make import by_rule
from clauses.training.sureness import fit_sureness

# The types that are shown, and the candidates behind them.
Read = tuple[tuple[TypeMatch, ...], tuple[RankedType, ...]]


def evaluate(rows: Sequence[Row], read: Sequence[Read]) -> dict[str, Any]:
    """Accuracy and top three of the candidates, and how right what is shown without a look is.

    A clause that surely has no type is shown without a look as well: "accepted" has it, "accepted_typed" has not.
    """
    gold = [topic_of(row) for row in rows]
    first = [_slugs(ranking)[0] == topic for (_, ranking), topic in zip(read, gold, strict=True)]
    three = [topic in _slugs(ranking)[:3] for (_, ranking), topic in zip(read, gold, strict=True)]
    shown = [_slugs(matches)[0] == topic for (matches, _), topic in zip(read, gold, strict=True)]
    sure = [confidence_of(matches, _share_of_none(ranking)) == "high" for matches, ranking in read]
    typed = [bool(matches) for matches, _ in read]
    sure_typed = [a and b for a, b in zip(sure, typed, strict=True)]
    untyped = [not is_typed for is_typed in typed]
    english = [is_english(row["text"]) for row in rows]
    return {
        "evaluated_on": len(rows),
        "services": len({row.get("service") for row in rows}),
        "accuracy": _share(first),
        "top_3": _share(three),
        "first_shown": _share(shown),
        "accepted_share": _share(sure),
        "accepted_right": _right(shown, sure),
        "accepted_typed_share": _share(sure_typed),
        "accepted_typed_right": _right(shown, sure_typed),
        "english_share": _share(english),
        "english_accuracy": _right(first, english),
        "untyped_share": _share(untyped),
        "untyped_right": _right(shown, untyped),
    }


def ranked(rows: Sequence[Row], taxonomy: Taxonomy) -> list[Read]:
    """Types and candidates of each text as the program gives them, by the model that ships."""
    return [read_types(Passage.alone(row["text"]), taxonomy) for row in rows]


def ranked_by_others(
    rows: Sequence[Row], taxonomy: Taxonomy, rest: Examples, tell: Callable[[str], None]
) -> list[Read]:
    """Types and candidates of each text by a model that was trained on the other services and the rest."""
    own = list(tosdr(list(rows)))
    matches = by_rule([row.text for row in own], taxonomy)
    learned = [place for place, row in enumerate(own) if is_english(row.text)]
    shipped = taxonomy.model()
    quotes = Examples([own[place] for place in learned], [matches[place] for place in learned], rest.rules)
    models = []
    for fold in range(FOLDS):
        tell(f"services {fold + 1} of {FOLDS}")
        others = quotes.only(lambda row, fold=fold: fold_of(row.group) != fold)  # type: ignore[misc]
        models.append(fit_heads(others.and_also(rest)))
    models = _calibrated(models, quotes, shipped)
    beside = [replace(taxonomy, model=lambda model=model: model) for model in models]  # type: ignore[misc]
    return [read_types(Passage.alone(row.text), beside[fold_of(row.group)]) for row in own]


def _calibrated(models: Sequence[TypeModel], quotes: Examples, shipped: TypeModel | None) -> list[TypeModel]:
    """Models of a part with the scale of the whole one, each sure by what was right in the other folds."""
    if shipped is None:
        return list(models)
    held_out = held_out_by(models, quotes)
    return [
        replace(
            model,
            temperature=shipped.temperature,
            slopes=shipped.slopes,
            offsets=shipped.offsets,
            sureness=fit_sureness(quotes, held_out, shipped.temperature, without=fold),
        )
        for fold, model in enumerate(models)
    ]


def _slugs(ranking: Sequence[RankedType | TypeMatch]) -> list[str]:
    return [candidate.slug for candidate in ranking] or [OTHER]


def _share_of_none(ranking: Sequence[RankedType]) -> float:
    return next((candidate.score for candidate in ranking if candidate.slug == OTHER), 0.0)


def _right(right: Sequence[bool], wanted: Sequence[bool]) -> dict[str, Any] | None:
    """How many of the wanted are right; None where none is wanted."""
    found = [is_right for is_right, is_wanted in zip(right, wanted, strict=True) if is_wanted]
    return _share(found) if found else None


def _share(right: Sequence[bool]) -> dict[str, Any]:
    column = np.array(right, bool)[:, None]
    return with_interval(share_right, np.ones_like(column), column)
