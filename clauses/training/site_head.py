"""Fitting a site's head on its decisions, and measuring it on decisions held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from clauses.core.blend import SHOWN
from clauses.core.site_head import SILENT, Lesson, SiteHead, log_odds, weighed_grams
from clauses.core.values import OTHER
from clauses.training.corpora import fold_of

# So many decisions for and against a type that rules or model know already, and for one they do not know.
FEWEST, FEWEST_OF_NEW = 10, 20
# The weight of a word that occurs in one decision only says which decision it was.
_RAREST = 2
_LEAST_WEIGHT = 0.05
# The share of these numbers that will do where a fold is held out: folds by hash are uneven.
_ENOUGH_LEFT = 0.6
# An n-gram is a small part of a text; its value is raised to the scale of the score.
_GRAM_SCALE = 3.0


@dataclass(frozen=True, slots=True)
class Ruled:
    """A clause that was ruled on: folded text, the scores it had without a head, and the types it was given.

    `group` keeps decisions together that must not be on both sides of a measurement.
    """

    lower: str
    scores: Mapping[str, float]
    types: frozenset[str]
    group: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The n-grams that stand in several decisions, and their values, a row a decision."""

    grams: Sequence[str]
    rows: Any


@dataclass(frozen=True, slots=True)
class Figures:
    """How well scores agree with decisions: the share of types shown that were ruled, the share of types ruled that
    are shown, and F1 of both."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A head of all decisions, and figures with and without it on decisions it was not trained on."""

    head: SiteHead
    before: Figures
    after: Figures

    @property
    def is_no_worse(self) -> bool:
        """Whether it may be adopted: something was learned, and no more goes wrong than before."""
        return bool(self.head.lessons) and self.after.f1 >= self.before.f1


def train(decisions: Sequence[Ruled], known: frozenset[str]) -> Outcome:
    """Fit and measure. `known` are the types that rules or model find without the head."""
    learned: list[Mapping[str, float]] = [row.scores for row in decisions]
    folds = [fold_of(row.group) for row in decisions]
    for fold in sorted(set(folds)):
        rest = [row for row, own in zip(decisions, folds, strict=True) if own != fold]
        head = fit(rest, known, enough=_ENOUGH_LEFT)
        for place, row in enumerate(decisions):
            if folds[place] == fold:
                learned[place] = head.adjusted(row.scores, row.lower)
    return Outcome(
        fit(decisions, known),
        figures([row.scores for row in decisions], decisions),
        figures(learned, decisions),
    )


def fit(decisions: Sequence[Ruled], known: frozenset[str], enough: float = 1) -> SiteHead:
    """A head with a lesson for every type that was ruled on often enough, for and against.

    `enough` is the share of the usual number that will do.
    """
    ruled = sorted({slug for row in decisions for slug in row.types})
    words = _words(decisions)
    lessons: dict[str, Lesson] = {}
    for slug in ruled:
        speaks = [slug in row.types for row in decisions]
        fewest = FEWEST if slug in known else FEWEST_OF_NEW
        if sum(speaks) >= enough * fewest and len(speaks) - sum(speaks) >= enough * FEWEST:
            lessons[slug] = _lesson(slug, decisions, speaks, words)
    return SiteHead(lessons)


def figures(scores: Sequence[Mapping[str, float]], decisions: Sequence[Ruled]) -> Figures:
    """The agreement of the types that scores show with those that were ruled, over all decisions."""
    right = shown = wanted = 0
    for found, row in zip(scores, decisions, strict=True):
        types = {slug for slug, score in found.items() if score >= SHOWN and slug != OTHER}
        ruled = row.types - {OTHER}
        right, shown, wanted = right + len(types & ruled), shown + len(types), wanted + len(ruled)
    precision, recall = right / shown if shown else 1.0, right / wanted if wanted else 1.0
    f1 = 2 * right / (shown + wanted) if shown + wanted else 1.0
    return Figures(round(precision, 4), round(recall, 4), round(f1, 4))


def _lesson(slug: str, decisions: Sequence[Ruled], speaks: Sequence[bool], words: _Words) -> Lesson:
    scores = [[log_odds(row.scores.get(slug, SILENT))] for row in decisions]
    fitted: Any = LogisticRegression(class_weight="balanced", max_iter=1000)
    fitted.fit(sparse.hstack((sparse.csr_matrix(scores), words.rows)).tocsr(), speaks)
    trust, *weights = fitted.coef_[0].tolist()
    telling = {
        gram: round(weight * _GRAM_SCALE, 4)
        for gram, weight in zip(words.grams, weights, strict=True)
        if abs(weight) >= _LEAST_WEIGHT
    }
    return Lesson(round(float(fitted.intercept_[0]), 4), round(trust, 4), telling)


def _words(decisions: Sequence[Ruled]) -> _Words:
    found = [weighed_grams(row.lower) for row in decisions]
    often = Counter(gram for grams in found for gram in grams)
    kept = [
        {gram: value * _GRAM_SCALE for gram, value in grams.items() if often[gram] >= _RAREST}
        for grams in found
    ]
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(kept)
    return _Words(vectorizer.get_feature_names_out().tolist(), rows)
