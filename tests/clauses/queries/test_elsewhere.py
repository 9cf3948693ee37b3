"""How others handle it: the same type, one clause a platform, nearest and most different wordings."""

from __future__ import annotations

import pytest
from django.utils import timezone

from clauses.models import Clause
from clauses.queries.adoption import Adoption, adoption
from clauses.queries.elsewhere import Rarity, elsewhere
from clauses.queries.records import record_page
from tests.builders import day, make_document, make_platform, make_source, publish

pytestmark = pytest.mark.django_db

OWN = "We keep your feedback for 30 days after you send it."
NEAR = "We keep your feedback for 30 days after you sent us it."
MIDDLE = "We retain your feedback for 30 days, then delete everything."
FAR = "Account records and invoices are retained for seven years by our accountants."


def published(*clauses: str, **platform: object) -> list[Clause]:
    """The clauses of a new platform with one document, in order."""
    source = make_source(make_document(make_platform(**platform)))
    publish(source, "<h2>Data</h2>" + "".join(f"<p>{text}</p>" for text in clauses), day(0))
    return list(Clause.objects.filter(document=source.document).order_by("number"))


def test_the_nearest_wordings_come_first_and_the_most_different_last() -> None:
    (own,) = published(OWN)
    far, near, middle, second = (published(text)[0] for text in (FAR, NEAR, MIDDLE, MIDDLE))
    rows = elsewhere(own, "data_retention")
    assert [row.clause for row in rows] == [near, middle, far]
    assert second not in [row.clause for row in rows]
    assert [(row.is_nearest, row.is_most_different) for row in rows] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert rows[0].shared > rows[1].shared > rows[2].shared


def test_each_platform_counts_once_with_its_nearest_clause() -> None:
    (own,) = published(OWN)
    clauses = published(FAR, MIDDLE, NEAR)
    (row,) = elsewhere(own, "data_retention")
    assert row.clause == clauses[2]
    assert not row.is_most_different, "there is but one"


def test_a_platform_of_many_clauses_does_not_crowd_out_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clauses.queries.elsewhere._COMPARED", 4)
    (own,) = published(OWN)
    published(*(f"We keep the records of shop {number} for {number} years." for number in range(2, 12)))
    (near,) = published(NEAR)
    assert elsewhere(own, "data_retention")[0].clause == near


def test_clauses_of_other_types_and_of_the_same_platform_are_not_others() -> None:
    own, _ = published(OWN, MIDDLE)
    published("These terms are governed by the laws of Estonia.")
    assert elsewhere(own, "data_retention") == []


def test_adoption_counts_platforms_and_not_clauses() -> None:
    published(OWN, MIDDLE, FAR)
    published(NEAR)
    published("These terms are governed by the laws of Estonia.")
    assert adoption("data_retention") == Adoption(having=2, counted=3)


def test_samples_do_not_count_beside_real_platforms() -> None:
    (own,) = published(OWN)
    published(NEAR, is_sample=True)
    assert adoption("data_retention") == Adoption(having=1, counted=1)
    assert elsewhere(own, "data_retention") == []


@pytest.mark.parametrize(
    ("nearest", "wording"),
    [
        (None, ""),
        (0.9, "worded like another platform's"),
        (0.3, "in words of its own"),
        (0.1, "worded unlike any other"),
    ],
)
def test_rarity_goes_by_the_type_and_by_the_wording(nearest: float | None, wording: str) -> None:
    found = Rarity(Adoption(1, 8), nearest)
    assert (found.word, found.wording) == ("Only here", wording)


def test_a_record_tells_both_figures() -> None:
    (own,) = published(OWN)
    published(NEAR)
    published("These terms are governed by the laws of Estonia.")
    page = record_page(own, timezone.now())
    assert page.rarity is not None
    assert (page.rarity.word, page.rarity.wording) == ("Known", "worded like another platform's")
