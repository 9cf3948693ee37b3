"""German and French figures are read where a word beside them says what they are, and nowhere else."""

from __future__ import annotations

import pytest

from clauses.core.facts_abroad import lengths
from clauses.core.folding import folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wir speichern Notizen für 30 Tage.", ("retention", 30, "day")),
        ("Protokolle werden nach zwölf Monaten gelöscht.", ("retention", 12, "month")),
        ("Die Kündigungsfrist beträgt drei Monate.", ("notice_period", 3, "month")),
        ("Sie können binnen 14 Tagen widerrufen.", ("refund_period", 14, "day")),
        ("Sie müssen mindestens 16 Jahre alt sein.", ("minimum_age", 16, "year")),
        ("Vos notes sont conservées pendant un an.", ("retention", 1, "year")),
        ("Un préavis de 10 jours ouvrés est requis.", ("notice_period", 10, "business day")),
        ("Vous devez être âgé d'au moins 15 ans.", ("minimum_age", 15, "year")),
    ],
)
def test_a_length_is_read_with_its_meaning(text, found):
    (length,) = lengths(folded(text))
    assert (length.kind, length.value, length.unit) == found


@pytest.mark.parametrize(
    "text",
    [
        "Seit 20 Jahren sind wir da.",
        "Notre service a trois ans.",
        "Section 2 an update.",
        "Sie sind 80 Jahre alt.",
    ],
)
def test_other_lengths_are_left_out(text):
    assert list(lengths(folded(text))) == []
