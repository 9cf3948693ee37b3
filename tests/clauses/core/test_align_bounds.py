"""Adversarial texts are aligned in bounded work; the limits are generous, as all pairs would take hours."""

import time
from collections import Counter

import pytest

from clauses.core.align import align
from tests.clauses.core.invented import passages


def cpu_seconds(old, new):
    start = time.process_time()
    pairs = align(passages(*old), passages(*new))
    return time.process_time() - start, Counter(pair.kind for pair in pairs)


def test_unrelated_long_texts_and_masses_of_equal_lines_are_aligned_in_bounded_work():

    old = [f"old{i} alpha{i % 97} beta{i % 31} gamma delta" for i in range(5_000)]
    new = [f"new{i} alpha{i % 89} beta{i % 37} gamma delta" for i in range(5_000)]
    spent, found = cpu_seconds(old, new)
    assert spent < 20
    assert found["unchanged"] == 0
    spent, found = cpu_seconds(["Same line."] * 60_000, ["Same line."] * 50_000)
    assert spent < 20
    assert found == {"unchanged": 50_000, "removed": 10_000}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            [" ".join(f"a{(i * 7 + k) % 900}" for k in range(300)) for i in range(200)],
            [" ".join(f"a{(i * 13 + k) % 900}" for k in range(12)) for i in range(200)],
        ),
        (
            [" ".join(f"w{k}" for k in range(50_000))],
            [" ".join(f"w{k + i}" for k in range(10)) for i in range(0, 50_000, 10)],
        ),
    ],
    ids=["many wholes and many pieces", "one text in five thousand pieces"],
)
def test_masses_of_pieces_are_put_together_in_bounded_work(old, new):
    assert cpu_seconds(old, new)[0] < 20
    assert cpu_seconds(new, old)[0] < 20


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            [" ".join(f"w{i % 7_000}" for i in range(150_000))],
            [" ".join(f"w{i % 7_000}" if i % 9 else "new" for i in range(150_000))],
        ),
        (
            [f"We keep file {i} for {i % 37} days and burn it then." for i in range(6_000)],
            [f"We keep file {i + 9_000} for {i % 41} days and burn it then." for i in range(6_000)],
        ),
    ],
    ids=["one clause of a megabyte", "clauses that are nearly the same"],
)
def test_large_and_nearly_equal_clauses_are_found_again_in_bounded_work(old, new):
    spent, found = cpu_seconds(old, new)
    assert spent < 20
    assert found["modified"] > 0.9 * len(old)
