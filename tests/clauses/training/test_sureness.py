import numpy as np
import pytest

from clauses.core.classify import ACCEPTED
from clauses.core.sureness import AS_SHARED
from clauses.core.values import TypeMatch
from clauses.training.corpora import FOLDS, Labeled, fold_of
from clauses.training.fit import RIGHT, Examples, HeldOut
from clauses.training.sureness import fit_sureness

TOPICS = ("acceptance_by_use", "choice_of_law", "data_sale", "jurisdiction_venue", "other")


def held_out(rows):
    """Rows of (true topic, first topic, its margin over the others, whether a rule found it)."""
    labeled = [Labeled(str(n), f"service {n}", gold, frozenset()) for n, (gold, *_) in enumerate(rows)]
    margins = np.zeros((len(rows), len(TOPICS)), np.float32)
    for n, (_, first, margin, _) in enumerate(rows):
        margins[n, TOPICS.index(first)] = margin
    matches = [words(first) if by_rule else () for _, first, _, by_rule in rows]
    return Examples(labeled, matches, TOPICS), HeldOut(margins, TOPICS, ())


def words(topic):
    """What a rule finds of it."""
    return (TypeMatch(topic, 0.85, "rule"),)


def share(margin):
    return float(np.exp(margin) / (np.exp(margin) + len(TOPICS) - 1))


def test_what_is_right_more_often_is_sure_at_a_lower_share():
    rows = [("data_sale", "data_sale", 2.0, True)] * 200
    rows += [
        ("acceptance_by_use" if n % 2 else "data_sale", "acceptance_by_use", 2.0, True) for n in range(200)
    ]
    found = fit_sureness(*held_out(rows), temperature=1.0)
    sure = {topic: found.of(topic, share(2.0), (1 - share(2.0)) / 4, words(topic)) for topic in TOPICS[:3]}
    assert sure["data_sale"] >= ACCEPTED > sure["acceptance_by_use"]


def test_enough_of_what_is_accepted_is_right():
    chance = np.random.default_rng(3)
    rows = []
    for margin in chance.uniform(0, 6, 2000):
        is_right = chance.random() < share(margin)
        rows.append(("data_sale" if is_right else "other", "data_sale", float(margin), True))
    found = fit_sureness(*held_out(rows), temperature=1.0)
    accepted = [
        gold == "data_sale"
        for gold, first, margin, _ in rows
        if found.of(first, share(margin), (1 - share(margin)) / 4, words(first)) >= ACCEPTED - 1e-3
    ]
    assert len(accepted) > 100
    assert np.mean(accepted) == pytest.approx(RIGHT, abs=0.01)


def test_what_can_never_be_accepted_does_not_count_for_the_bar():
    """A text without explicit words is as sure as its share at most, so its mistakes let nothing through."""
    rows = [("data_sale", "data_sale", 1.5, True)] * 100
    rows += [("other" if n % 2 else "data_sale", "data_sale", 1.5, False) for n in range(100)]
    found = fit_sureness(*held_out(rows), temperature=1.0)
    assert found.of("data_sale", share(1.5), (1 - share(1.5)) / 4, words("data_sale")) >= ACCEPTED - 1e-3
    assert found.of("data_sale", share(1.5), (1 - share(1.5)) / 4, ()) <= share(1.5) < ACCEPTED


def test_what_the_corpus_files_under_another_name_is_no_mistake():
    right = [("data_sale", "data_sale", 3.0, False)] * 50 + [("other", "data_sale", 0.5, False)] * 50
    misfiled = [("jurisdiction_venue", "choice_of_law", 3.0, False)] * 50
    assert fit_sureness(*held_out(right + misfiled), temperature=1.0) == fit_sureness(
        *held_out(right), temperature=1.0
    )


def test_nothing_in_particular_counts_only_where_no_rule_found_something():
    rows = [("data_sale", "data_sale", 3.0, False)] * 50 + [("other", "data_sale", 0.5, False)] * 50
    shown = [("data_sale", "other", 3.0, True)] * 50
    assert fit_sureness(*held_out(rows + shown), temperature=1.0) == fit_sureness(
        *held_out(rows), temperature=1.0
    )


def test_a_fold_that_is_left_out_teaches_nothing():
    rows = [("data_sale" if n % 5 else "other", "data_sale", n % 7, n % 2 == 0) for n in range(300)]
    examples, found = held_out(rows)
    kept = [n for n, row in enumerate(examples.rows) if fold_of(row.group) != FOLDS - 1]
    less = examples.only(lambda row: fold_of(row.group) != FOLDS - 1)
    alone = fit_sureness(less, HeldOut(found.margins[kept], TOPICS, ()), temperature=1.0)
    assert (
        fit_sureness(examples, found, temperature=1.0, without=FOLDS - 1)
        == alone
        != fit_sureness(examples, found, temperature=1.0)
    )


@pytest.mark.parametrize("gold", ["data_sale", "other"])
def test_where_nothing_tells_right_from_wrong_the_share_stands(gold):
    rows = [(gold, "data_sale", 1.0 + n % 5, False) for n in range(40)]
    assert fit_sureness(*held_out(rows), temperature=1.0) == AS_SHARED
