"""How far two people agree, against figures worked out by hand."""

from __future__ import annotations

import pytest

from clauses.core.agreement import agreement

A, B = frozenset({"a"}), frozenset({"b"})
NONE: frozenset[str] = frozenset()


def test_the_very_same_types_are_full_agreement() -> None:
    found = agreement([(A, A), (B, B), (NONE, NONE)])
    assert (found.pairs, found.same, found.percent, found.kappa) == (3, 3, 100, 1.0)


def test_kappa_is_what_is_left_of_agreement_after_chance() -> None:
    # Eight cells (four texts, two types): both say yes 2, the first alone 1, the second alone 1, neither 4.
    # Seen 6/8; by chance (3*3 + 5*5)/64 = 34/64; kappa (48-34)/(64-34).
    found = agreement([(A, A), (B, B), (A, NONE), (NONE, B)])
    assert (found.same, found.percent) == (2, 50)
    assert found.kappa == pytest.approx(14 / 30)


def test_who_always_says_the_opposite_agrees_less_than_chance() -> None:
    found = agreement([(A, B), (B, A)])
    assert found.kappa == pytest.approx(-1.0)


def test_without_pairs_or_types_nothing_is_said() -> None:
    assert agreement([]).kappa is None
    assert agreement([]).percent == 0
    assert agreement([(NONE, NONE)]).kappa is None
    assert agreement([(A, A)]).kappa is None
