import numpy as np

from clauses.core.folding import folded
from clauses.core.taxonomy import shipped_taxonomy
from clauses.training.corpora import appsi, tosdr
from clauses.training.features import Vectors
from clauses.training.fit import Examples, fit_heads
from clauses.training.make import by_rule
from tests.clauses.training.invented_corpora import appsi_rows, tosdr_rows


def test_the_reader_weighs_a_text_as_the_training_did():
    rows = [*tosdr(tosdr_rows()), *appsi(appsi_rows())]
    texts = [row.text for row in rows]
    matches = by_rule(texts, shipped_taxonomy())
    rules = tuple(shipped_taxonomy().types)
    model = fit_heads(Examples(rows, matches, rules))
    trained = Vectors(texts, rules, model.rule_weight).rows(texts, matches).toarray()
    for number in range(0, len(texts), 7):
        places, values = model.features(folded(texts[number]), matches[number])
        read = np.zeros(trained.shape[1])
        read[places] = values
        assert np.allclose(read, trained[number], atol=2e-3)
