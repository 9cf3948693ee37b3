"""How many clauses changed, in words."""

from __future__ import annotations

import pytest
from django.test import Client

from clauses.queries.counted_changes import counted_changes
from tests.builders import make_change_set

LAW = "<h2>Law</h2><p>The laws of Estonia govern these terms.</p>"
COURTS = "<h2>Courts</h2><p>The courts of Tallinn decide.</p>"


@pytest.mark.parametrize(
    ("kind", "counts", "words"),
    [
        ("substantive", {"modified": 2, "moved": 1, "unchanged": 3}, "3 clauses changed"),
        ("editorial", {"modified": 1, "unchanged": 3}, "1 clause changed"),
        ("editorial", {"modified": 0, "unchanged": 3}, "No clause changed, a heading did"),
        ("none", {"unchanged": 3}, "No clause changed"),
        ("reordered", {"moved": 1, "unchanged": 3}, "1 clause moved, none was reworded"),
        ("renumbered", {"renumbered": 4}, "4 clauses renumbered, none was reworded otherwise"),
        (
            "renumbered",
            {"renumbered": 4, "moved": 1},
            "5 clauses renumbered or moved, none was reworded otherwise",
        ),
        ("date", {"modified": 1, "unchanged": 3}, "1 clause changed, only in dates"),
        ("date", {"modified": 1, "renumbered": 1}, "2 clauses changed, only in dates, numbers or places"),
    ],
)
def test_what_was_not_reworded_is_not_called_changed(kind: str, counts: dict[str, int], words: str) -> None:
    assert counted_changes(kind, counts) == words


@pytest.mark.django_db
def test_a_comparison_and_a_timeline_say_that_clauses_only_moved(client: Client) -> None:
    change_set = make_change_set(old=LAW + COURTS, new=COURTS + LAW)
    page = client.get(f"/changes/{change_set.public_id}/").content.decode()
    assert "<strong>1 clause moved, none was reworded.</strong> 1 unchanged." in page
    timeline = client.get(f"/platforms/{change_set.document.platform.slug}/").content.decode()
    assert "1 clause moved, none was reworded; 1 unchanged." in timeline
