"""Potentially unfair terms by CLAUDETTE's eight labels: a head of its own, trained for the evaluation alone.

What a clause is about and whether it is unfair are different questions: one head for both reads each worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from clauses.core.read import read_clause
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Classification, Passage
from clauses.evaluation.figures import Marks, f1_by_label, macro_f1, micro_f1, with_interval
from clauses.training.corpora import CorpusError, Row, closed_up
from clauses.training.features import Vectors

LABELS = (
    "Limitation of liability",
    "Unilateral termination",
    "Unilateral change",
    "Content removal",
    "Contract by using",
    "Choice of law",
    "Jurisdiction",
    "Arbitration",
)
# These and the strengths of the machines: by documents held out of the train split, with the validation split in view.
_RULE_WEIGHT, _FACTOR_WEIGHT = 0.4, 0.2
# A small corpus: what stands in two texts tells something already.
_LEAST = (2, 3)


def evaluate(train: Sequence[Row], test: Sequence[Row], taxonomy: Taxonomy) -> dict[str, Any]:
    """LexGLUE's figures (the eight labels and "none") and those of the eight labels alone."""
    if not train:
        raise CorpusError("no rows to train on: give the train split by --corpora DIR or in the file itself")
    seen = {row["text"] for row in train}
    gold = marks(test)
    said = _said(train, test, taxonomy)
    return {
        "trained_on": len(train),
        "evaluated_on": len(test),
        "verbatim_in_train": sum(row["text"] in seen for row in test),
        "nine_classes": _figures(_with_none(gold), _with_none(said)),
        "eight_labels": _figures(gold, said)
        | {"by_label": dict(zip(LABELS, f1_by_label(gold, said).round(4).tolist(), strict=True))},
    }


def marks(rows: Sequence[Row]) -> Marks:
    """One row a text, one column a label."""
    return np.array([[label in row["labels"] for label in LABELS] for row in rows], bool)


def _said(train: Sequence[Row], test: Sequence[Row], taxonomy: Taxonomy) -> Marks:
    learned, asked = ([closed_up(row["text"]) for row in rows] for rows in (train, test))
    # Rules alone: the model that ships has seen other corpora.
    rules = replace(taxonomy, model=lambda: None)
    read_learned, read_asked = ([_read(text, rules) for text in texts] for texts in (learned, asked))
    vectors = Vectors(learned, tuple(taxonomy.types), _RULE_WEIGHT, _LEAST)
    codes = sorted({code for read in read_learned for code in _codes(read)})
    known, new = (
        sparse.hstack((vectors.rows(texts, [one.types for one in read]), _factors(read, codes))).tocsr()
        for texts, read in ((learned, read_learned), (asked, read_asked))
    )
    gold = marks(train)
    columns = [_column(known, gold[:, label], new) for label in range(len(LABELS))]
    return np.stack(columns, axis=1)


def _read(text: str, taxonomy: Taxonomy) -> Classification:
    return read_clause(Passage.alone(text), taxonomy)


def _codes(read: Classification) -> set[str]:
    return {reason.code for reason in read.reasons}


def _factors(read: Sequence[Classification], codes: Sequence[str]) -> Any:
    """What the severity of each text rests on, a column for each line of the rubric."""
    found = sparse.lil_matrix((len(read), len(codes)), dtype=np.float32)
    places = {code: place for place, code in enumerate(codes)}
    for row, one in enumerate(read):
        for code in _codes(one) & places.keys():
            found[row, places[code]] = _FACTOR_WEIGHT
    return found


def _column(known: Any, gold: Any, new: Any) -> Any:
    """What two machines say together: alone, each is right on other sentences than the other."""
    if not gold.any():
        return np.zeros(new.shape[0], bool)
    total = np.zeros(new.shape[0])
    for machine in _machines():
        machine.fit(known, gold)
        total += machine.decision_function(new) / machine.decision_function(known).std()
    return total > 0


def _machines() -> tuple[Any, Any]:
    return (
        LogisticRegression(C=30, class_weight={True: 8}, max_iter=300),
        LinearSVC(C=0.3, class_weight={True: 5}, tol=1e-3, random_state=0),
    )


def _with_none(found: Marks) -> Marks:
    return np.column_stack((found, ~found.any(axis=1)))


def _figures(gold: Marks, said: Marks) -> dict[str, Any]:
    return {
        "micro_f1": with_interval(micro_f1, gold, said),
        "macro_f1": with_interval(macro_f1, gold, said),
    }
