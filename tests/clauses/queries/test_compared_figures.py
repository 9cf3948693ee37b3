"""The table of figures: no two rows that a reader cannot tell apart."""

from __future__ import annotations

import pytest
from django.test import Client

from clauses.queries.changed_clauses import ShownChange
from clauses.queries.compare_pages import compare_page
from clauses.queries.compared_figures import FigureRow, figure_rows
from clauses.queries.comparison import shown_change_set, versions_of
from tests.builders import make_change_set

OLD = (
    "<h2>Data</h2><p>We keep your letters for {} days after you close your account.</p>"
    "<p>We keep your letters for {} days after you ask us to.</p>"
)


def _figures(old: str, new: str) -> list[FigureRow]:
    change_set = make_change_set(old=old, new=new)
    shown = shown_change_set(change_set, *versions_of(change_set))
    assert shown is not None
    changes: list[ShownChange] = list(shown.changes)
    return figure_rows(compare_page(changes).steps)


@pytest.mark.django_db
def test_figures_of_the_same_are_told_apart_by_their_conditions_or_words() -> None:
    rows = _figures(OLD.format(30, 10), OLD.format(60, 20))
    assert len(rows) == 2
    assert len({row.of for row in rows}) == 1
    told = [" ".join(row.apart) for row in rows]
    assert "close your account" in told[0]
    assert "ask" in told[1]
    assert len(set(told)) == 2


@pytest.mark.django_db
def test_the_place_tells_clauses_of_the_same_words_apart() -> None:
    text = (
        "<h2>Letters</h2><p>We keep them for {0} days.</p><h2>Parcels</h2><p>We keep them for {1} days.</p>"
    )
    rows = _figures(text.format(30, 10), text.format(60, 20))
    assert len({(row.of, *row.apart) for row in rows}) == len(rows) == 2
    assert any("Letters" in (row.of, *row.apart) for row in rows)


@pytest.mark.django_db
def test_what_is_alone_of_its_kind_needs_no_more_words(client: Client) -> None:
    change_set = make_change_set()
    shown = shown_change_set(change_set, *versions_of(change_set))
    assert shown is not None
    (row,) = figure_rows(compare_page(list(shown.changes)).steps)
    assert (row.fact["kind"], list(row.apart)) == ("retention", [])
    assert "<h2>Figures that changed</h2>" in client.get(f"/changes/{change_set.public_id}/").content.decode()
