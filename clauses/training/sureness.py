"""Finding what makes the first topic sure, on services held out."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from clauses.core.classify import ACCEPTED
from clauses.core.sureness import AS_SHARED, SIGNS, Sureness, may_rise, signs_of
from clauses.core.values import OTHER
from clauses.training.corpora import fold_of
from clauses.training.fit import RIGHT, Examples, HeldOut

# One setting did for all types: weaker holds rare types to the mean, stronger believes a handful of texts.
_STRENGTH = 0.3
# What ToS;DR calls by the second name where we have the first: it cannot tell whether that is right.
_UNTOLD = frozenset({("choice_of_law", "jurisdiction_venue")})

Array = npt.NDArray[Any]


def fit_sureness(
    examples: Examples, held_out: HeldOut, temperature: float, without: int | None = None
) -> Sureness:
    """Signs and offsets by which, of all texts from `ACCEPTED` on, enough are right.

    `without` leaves the groups of a fold out. The share is taken at its word where all are right or none is.
    """
    signs, topics, right, rising = _rows(examples, held_out, temperature, without)
    if right.all() or not right.any():
        return AS_SHARED
    names = sorted(set(topics))
    columns = np.column_stack((signs, np.array(topics)[:, None] == np.array(names)))
    machine: Any = LogisticRegression(C=_STRENGTH, max_iter=2000).fit(columns, right)
    odds = machine.decision_function(columns)
    bar = math.log(ACCEPTED / (1 - ACCEPTED)) - _least(odds[rising], right[rising])
    weights = [round(float(weight), 4) for weight in machine.coef_[0][:SIGNS]]
    added = float(machine.intercept_[0]) + bar
    offsets = {
        name: round(float(weight) + added, 4)
        for name, weight in zip(names, machine.coef_[0][SIGNS:], strict=True)
    }
    # A topic that never came first has not been measured, so it is never sure.
    return Sureness(weights, {topic: min(offsets.values()) for topic in held_out.topics} | offsets)


def _rows(
    examples: Examples, held_out: HeldOut, temperature: float, without: int | None
) -> tuple[Array, list[str], Array, Array]:
    """Signs, first topic, whether it is right, and whether it can be accepted at all, of each text that tells."""
    signs, topics, right, rising = [], [], [], []
    for row, matches, margins in zip(examples.rows, examples.matches, held_out.margins, strict=True):
        if row.topic is None or fold_of(row.group) == without:
            continue
        shares = _shares(margins[: len(held_out.topics)], temperature)
        first, second = np.argsort(-shares, kind="stable")[:2]
        topic = held_out.topics[first]
        # "Nothing in particular" is not what is shown where a rule found something.
        if (topic == OTHER and matches) or (topic, row.topic) in _UNTOLD:
            continue
        signs.append(signs_of(topic, float(shares[first]), float(shares[second]), matches))
        topics.append(topic)
        right.append(topic == row.topic)
        rising.append(shares[first] >= ACCEPTED or may_rise(topic, float(shares[first]), matches))
    return np.array(signs), topics, np.array(right), np.array(rising, bool)


def _shares(margins: Array, temperature: float) -> Array:
    powers = np.exp((margins - margins.max()) / temperature)
    return np.asarray(powers / powers.sum())


def _least(odds: Array, right: Array) -> float:
    """The lowest odds from which on enough are right; the highest where they never are."""
    order = np.argsort(-odds, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= RIGHT)
    return float(odds[order][enough[-1] if len(enough) else 0])
