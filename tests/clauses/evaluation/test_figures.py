import numpy as np

from clauses.evaluation.figures import f1_by_label, macro_f1, micro_f1, with_interval

GOLD = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], bool)
SAID = np.array([[1, 0], [0, 0], [0, 1], [0, 1]], bool)


def test_f1_is_counted_by_label_and_over_all():
    assert f1_by_label(GOLD, SAID).round(3).tolist() == [0.667, 0.667]
    assert round(macro_f1(GOLD, SAID), 3) == 0.667
    assert round(micro_f1(GOLD, SAID), 3) == 0.667


def test_a_label_nobody_marked_counts_as_nothing_found():
    assert f1_by_label(np.zeros((2, 1), bool), np.zeros((2, 1), bool)).tolist() == [0]


def test_the_interval_is_the_same_each_time_and_holds_the_figure():
    found = with_interval(micro_f1, GOLD, SAID)
    assert found == with_interval(micro_f1, GOLD, SAID)
    assert found["low"] <= found["value"] <= found["high"]
