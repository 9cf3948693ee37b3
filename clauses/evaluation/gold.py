"""Which types the program shows in sentences that curators labeled, against what they said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from clauses.core.agreement import agreement
from clauses.core.blend import read_scored
from clauses.core.learned import with_lessons
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import OTHER, Passage
from clauses.evaluation.figures import Marks, macro_f1, micro_f1, share_right, with_interval
from clauses.training.corpora import Row


def evaluate(rows: Sequence[Row], taxonomy: Taxonomy) -> dict[str, Any]:
    """F1 over all types and their mean, precision, recall, and the share with the very same types, also by band.

    Sentences on which curators disagree are left out, and counted; "other" is no type, on either side.
    """
    agreed = [row for row in rows if row["agreed"]]
    wanted = [frozenset(row["labels"]) - {OTHER} for row in agreed]
    found = [_shown(row["text"], taxonomy) for row in agreed]
    types = sorted(frozenset[str]().union(*wanted, *found)) or [OTHER]
    gold, said = _marks(wanted, types), _marks(found, types)
    told: dict[str, Any] = {
        "evaluated_on": len(agreed),
        "disagreed": len(rows) - len(agreed),
        "services": len({row["service"] for row in agreed}),
        "curators": _curators(rows),
    }
    if not agreed:
        return told
    return told | {
        "micro_f1": with_interval(micro_f1, gold, said),
        "macro_f1": with_interval(macro_f1, gold, said),
        "precision": round(float((gold & said).sum() / max(said.sum(), 1)), 4),
        "recall": round(float((gold & said).sum() / max(gold.sum(), 1)), 4),
        "same_types": with_interval(share_right, gold, said),
        "same_types_by_band": {
            band: with_interval(share_right, gold[picked], said[picked])
            for band in ("high", "medium", "low")
            if (picked := np.array([row["band"] == band for row in agreed], bool)).any()
        },
    }


def _shown(text: str, taxonomy: Taxonomy) -> frozenset[str]:
    """The types shown in a sentence that stands alone, with what the site learned."""
    passage = Passage.alone(text)
    matches, scores = read_scored(passage, taxonomy)
    if taxonomy.head:
        matches, _ = with_lessons(passage, matches, scores, taxonomy.head)
    return frozenset(match.slug for match in matches) - {OTHER}


def _marks(rows: Sequence[frozenset[str]], types: Sequence[str]) -> Marks:
    return np.array([[slug in row for slug in types] for row in rows], bool).reshape(len(rows), len(types))


def _curators(rows: Sequence[Row]) -> dict[str, Any]:
    said = [[frozenset(types) for types in row["said"]] for row in rows if len(row["said"]) > 1]
    found = agreement([(row[0], row[1]) for row in said])
    kappa = None if found.kappa is None else round(found.kappa, 3)
    return {"labeled_twice": found.pairs, "same": found.same, "kappa": kappa}
