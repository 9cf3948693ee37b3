"""Labeled texts as the sparse rows a linear model is fitted to, and the n-grams worth knowing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from clauses.core.folding import folded
from clauses.core.ngrams import part_grams, word_grams
from clauses.core.type_model import Grams, rule_signs
from clauses.core.values import TypeMatch
from clauses.training.corpora import CorpusError

# In how many texts a word and a part of one must stand. Rarer ones cost room and, by services held out, tell nothing.
FREQUENT = (3, 5)


class Vectors:
    """The n-grams of the texts it was made from, and the rows of any texts in them.

    Raises CorpusError for texts that are too few to have any in common.
    """

    def __init__(
        self,
        texts: Sequence[str],
        rules: Sequence[str],
        rule_weight: float,
        least: tuple[int, int] = FREQUENT,
    ) -> None:
        self.rules, self.rule_weight = rules, rule_weight
        try:
            self._words = _vectorizer(word_grams, least[0]).fit(texts)
            self._parts = _vectorizer(part_grams, least[1]).fit(texts)
        except ValueError:
            # No n-gram stands in as many texts as it must.
            raise CorpusError(f"too few texts to learn from: {len(texts)}") from None

    def rows(self, texts: Sequence[str], matches: Sequence[Sequence[TypeMatch]]) -> Any:
        """One sparse row a text: words, parts of words, signs of the rules."""
        signs = sparse.lil_matrix((len(texts), 2 * len(self.rules)), dtype=np.float32)
        for row, found in enumerate(matches):
            for column, value in rule_signs(found, self.rules, self.rule_weight):
                signs[row, column] = value
        return sparse.hstack((self._words.transform(texts), self._parts.transform(texts), signs)).tocsr()

    def grams(self) -> tuple[Grams, Grams]:
        """The words and the parts as the reader knows them."""
        words = _grams(self._words, 0)
        return words, _grams(self._parts, len(words.rarity))


def _vectorizer(grams: Any, least: int) -> Any:
    return TfidfVectorizer(
        analyzer=lambda text: grams(folded(text)), min_df=least, sublinear_tf=True, dtype=np.float32
    )


def _grams(vectorizer: Any, first: int) -> Grams:
    rows = {gram: int(row) for gram, row in vectorizer.vocabulary_.items()}
    # Rounded as in the file, so that what is measured is what ships.
    return Grams(rows, vectorizer.idf_.astype(np.float16).astype(np.float32), first)
