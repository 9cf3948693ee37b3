"""Fitting the heads of the type model, and finding how sure their sums are on services held out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from clauses.core.classify import ACCEPTED
from clauses.core.folding import folded
from clauses.core.sureness import AS_SHARED
from clauses.core.type_model import TypeModel
from clauses.core.values import TypeMatch
from clauses.training.corpora import FOLDS, PRACTICES, CorpusError, Labeled, fold_of
from clauses.training.features import Vectors

_FEWEST = 5
_FEWEST_TOPICS = 3
_RULE_WEIGHT = 0.2
_TOPIC_STRENGTH = 10
_PRESENCE_STRENGTH = 0.1
# How many of the clauses that are shown without a look must be right.
RIGHT = 0.96
_TEMPERATURES = tuple(np.arange(0.5, 3.01, 0.02).round(2).tolist())

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Examples:
    """Labeled texts with what the rules find in each, read once."""

    rows: Sequence[Labeled]
    matches: Sequence[Sequence[TypeMatch]]
    rules: Sequence[str]

    def only(self, wanted: Callable[[Labeled], bool]) -> Examples:
        """Those rows that are wanted."""
        kept = [place for place, row in enumerate(self.rows) if wanted(row)]
        return replace(self, rows=[self.rows[p] for p in kept], matches=[self.matches[p] for p in kept])

    def and_also(self, more: Examples) -> Examples:
        """These and others, of the same rules."""
        return replace(self, rows=[*self.rows, *more.rows], matches=[*self.matches, *more.matches])


@dataclass(frozen=True)
class HeldOut:
    """The sums of the heads for every row, each by a model that saw no row of its group."""

    margins: Array
    topics: Sequence[str]
    practices: Sequence[str]


def fit(examples: Examples, held_out: HeldOut) -> TypeModel:
    """The model of all examples, the scale of its sums measured on those held out."""
    slopes, offsets = _presence_curves(examples, held_out)
    return replace(
        fit_heads(examples),
        temperature=_temperature(examples, held_out),
        slopes=slopes,
        offsets=offsets,
    )


def hold_out(examples: Examples, tell: Callable[[str], None] = lambda _: None) -> HeldOut:
    """Every row's sums by models of the other folds. Raises CorpusError where too few types have enough texts."""
    if len(_topics(examples)) < _FEWEST_TOPICS:
        raise CorpusError(
            f"too small: fewer than {_FEWEST_TOPICS} types have the {_FEWEST} texts it takes to learn one"
        )
    models = []
    for fold in range(FOLDS):
        tell(f"held out {fold + 1} of {FOLDS}")
        models.append(fit_heads(examples.only(lambda row, fold=fold: fold_of(row.group) != fold)))  # type: ignore[misc]
    return held_out_by(models, examples)


def held_out_by(models: Sequence[TypeModel], examples: Examples) -> HeldOut:
    """Every row's sums by the model of its fold, which must not have seen it."""
    topics, practices = tuple(sorted({slug for model in models for slug in model.topics})), tuple(PRACTICES)
    margins = np.full((len(examples.rows), len(topics) + len(practices)), -9.0, np.float32)
    for number, row in enumerate(examples.rows):
        model = models[fold_of(row.group)]
        places = [topics.index(slug) for slug in model.topics]
        places += list(range(len(topics), margins.shape[1]))
        margins[number, places] = model.margins(folded(row.text), examples.matches[number])
    return HeldOut(margins, topics, practices)


def fit_heads(examples: Examples) -> TypeModel:
    """The weights alone: topic heads from the rows that name a topic, presence heads from all."""
    vectors = Vectors([row.text for row in examples.rows], examples.rules, _RULE_WEIGHT)
    matrix = vectors.rows([row.text for row in examples.rows], examples.matches)
    topics, practices = _topics(examples), tuple(PRACTICES)
    named = np.array([row.topic is not None for row in examples.rows])
    gold = np.array([row.topic or "" for row in examples.rows])
    heads = _topic_heads(matrix[named], gold[named], topics)
    for practice in practices:
        told = np.array([_tells_of(row, practice) for row in examples.rows])
        speaks = np.array([practice in row.practices for row in examples.rows])
        heads.append(_presence_head(matrix[told], speaks[told]))
    weights, scales = _whole_numbers(np.stack([coefficients for coefficients, _ in heads], axis=1))
    words, parts = vectors.grams()
    count = len(practices)
    return TypeModel(
        words=words,
        parts=parts,
        rules=tuple(examples.rules),
        topics=topics,
        presences=tuple(PRACTICES[practice][0] for practice in practices),
        weights=weights,
        scales=scales,
        intercepts=np.array([intercept for _, intercept in heads], np.float32),
        rule_weight=_RULE_WEIGHT,
        temperature=1.0,
        slopes=np.ones(count, np.float32),
        offsets=np.zeros(count, np.float32),
        sureness=AS_SHARED,
    )


def _topics(examples: Examples) -> tuple[str, ...]:
    names = [row.topic for row in examples.rows if row.topic is not None]
    return tuple(sorted(name for name in set(names) if names.count(name) >= _FEWEST))


def _tells_of(row: Labeled, practice: str) -> bool:
    """Whether a row is an example for or against a practice: a quote about one is silent on the others."""
    return row.topic is None or practice in row.practices or not row.practices


def _topic_heads(matrix: Any, gold: Array, topics: Sequence[str]) -> list[tuple[Array, float]]:
    """All topics against each other, the rare ones as heavy as the common; topics of too few texts are no rivals."""
    told = np.isin(gold, topics)
    machine = LogisticRegression(C=_TOPIC_STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    machine.fit(matrix[told], gold[told])
    places = [list(machine.classes_).index(topic) for topic in topics]
    return [(machine.coef_[place].astype(np.float32), float(machine.intercept_[place])) for place in places]


def _presence_head(matrix: Any, wanted: Array) -> tuple[Array, float]:
    if not wanted.any() or wanted.all():
        return np.zeros(matrix.shape[1], np.float32), 1.0 if wanted.any() else -1.0
    machine = LinearSVC(
        C=_PRESENCE_STRENGTH, class_weight="balanced", tol=1e-3, max_iter=5000, random_state=0
    )
    machine.fit(matrix, wanted)
    return machine.coef_[0].astype(np.float32), float(machine.intercept_[0])


def _whole_numbers(weights: Array) -> tuple[Array, Array]:
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)


def _temperature(examples: Examples, held_out: HeldOut) -> float:
    """The least one at which so many of the topics with an accepted share are right on services held out."""
    named = np.array([row.topic is not None for row in examples.rows])
    margins = held_out.margins[named][:, : len(held_out.topics)]
    gold = np.array([row.topic for row in examples.rows if row.topic is not None])
    right = np.array(held_out.topics)[margins.argmax(axis=1)] == gold
    for temperature in _TEMPERATURES:
        accepted = largest_share(margins, temperature) >= ACCEPTED
        if accepted.any() and right[accepted].mean() >= RIGHT:
            return float(temperature)
    return float(_TEMPERATURES[-1])


def largest_share(margins: Array, temperature: float) -> Array:
    """The share of the strongest topic of each row."""
    powers = np.exp((margins - margins.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(powers.max(axis=1) / powers.sum(axis=1))


def _presence_curves(examples: Examples, held_out: HeldOut) -> tuple[Array, Array]:
    """Slope and offset of each presence head, 0.5 where F1 is best on running text held out."""
    running = np.array([row.topic is None for row in examples.rows])
    slopes, offsets = [], []
    for column, practice in enumerate(held_out.practices):
        sums = held_out.margins[running][:, len(held_out.topics) + column]
        speaks = np.array([practice in row.practices for row in examples.rows])[running]
        if not speaks.any() or speaks.all():
            slopes.append(1.0)
            offsets.append(0.0)
            continue
        curve = LogisticRegression().fit(sums[:, None], speaks)
        slope = float(curve.coef_[0, 0])
        slopes.append(slope)
        offsets.append(-slope * _best_cut(sums, speaks))
    return np.array(slopes, np.float32), np.array(offsets, np.float32)


def _best_cut(sums: Array, speaks: Array) -> float:
    order = np.argsort(-sums, kind="stable")
    hits = np.cumsum(speaks[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + speaks.sum())
    return float(sums[order][int(scores.argmax())])
