"""F1 figures over several labels, with the interval in which they move when the rows are drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[np.bool_]
_DRAWS = 200
_SEED = 20261129


def f1_by_label(gold: Marks, said: Marks) -> npt.NDArray[np.float64]:
    """F1 of each column; 0 where nothing is marked on either side."""
    hits = (gold & said).sum(axis=0)
    return np.asarray(2 * hits / np.maximum(gold.sum(axis=0) + said.sum(axis=0), 1))


def macro_f1(gold: Marks, said: Marks) -> float:
    """The mean of the labels."""
    return float(f1_by_label(gold, said).mean())


def micro_f1(gold: Marks, said: Marks) -> float:
    """All marks counted together."""
    return float(2 * (gold & said).sum() / max(gold.sum() + said.sum(), 1))


def share_right(gold: Marks, said: Marks) -> float:
    """Rows on which both sides agree in full; the plain share of right ones where there is one column."""
    return float((gold == said).all(axis=1).mean()) if len(gold) else 0.0


def with_interval(measure: Callable[[Marks, Marks], float], gold: Marks, said: Marks) -> dict[str, Any]:
    """The figure, and between what 95 of 100 draws of as many rows lie."""
    chance = np.random.default_rng(_SEED)
    draws = []
    for _ in range(_DRAWS):
        rows = chance.integers(0, len(gold), len(gold))
        draws.append(measure(gold[rows], said[rows]))
    low, high = np.percentile(draws, (2.5, 97.5))
    return {
        "value": round(measure(gold, said), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
    }
