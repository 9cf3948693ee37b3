"""The order in which doubtful clauses are worth a curator's look."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.curation import decide
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.review import clauses_beside, doubtful_clauses, next_to_review
from monitor.models import Source
from tests.builders import day, make_source, make_user, publish

pytestmark = pytest.mark.django_db

HEADING = "<h2>How long we keep personal information</h2>"
ADDRESS = "Fernbank Limited, 5 Harbor Lane, Port Ellery."
DEBT = "If you owe us money for more than 30 days, we may collect it from payments that you get."
SOLD = "The market data that we sell is bought from an exchange."


def published(*texts: str, source: Source | None = None, at: float = 0) -> Source:
    source = source or make_source()
    publish(source, HEADING + "".join(f"<p>{text}</p>" for text in texts), day(at))
    return source


def waiting() -> list[str]:
    return [clause.current.wording.text for clause in doubtful_clauses() if clause.current]


def test_what_weighs_most_comes_first_and_what_only_a_heading_speaks_for_last() -> None:
    published(ADDRESS, DEBT, SOLD)
    doubts = dict(Clause.objects.values_list("current__wording__text", "doubt"))
    assert doubts[ADDRESS] > doubts[DEBT] > doubts[SOLD], "by doubt alone, the address would be first"
    assert waiting() == [SOLD, DEBT, ADDRESS]
    first = doubtful_clauses()[0]
    following = next_to_review(first)
    assert following
    assert following.current
    assert following.current.wording.text == DEBT


def test_a_clause_that_may_have_a_type_and_shows_none_waits_behind_all_that_show_one() -> None:
    hums = "The looms of the weavers hum beside the river."
    void = "If a part of these terms is void, the rest remains in force."
    publish(make_source(), f"<p>{hums}</p><p>{void}</p><p>{DEBT}</p>", day(0))
    assert waiting() == [DEBT, hums]


def test_of_equals_the_latest_changed_comes_first() -> None:
    published(DEBT)
    source = published(DEBT.replace("30", "60"))
    changed = DEBT.replace("30", "90")
    published(changed, source=source, at=9)
    assert waiting() == [changed, DEBT]


def test_a_ruling_that_a_changed_text_has_left_behind_waits_before_other_headings() -> None:
    published(ADDRESS)
    source = published(ADDRESS.replace("5", "7"))
    decide(
        Clause.objects.get(document=source.document),
        ["other"],
        SeverityLevel.NONE,
        "An address.",
        make_user(),
    )
    moved = "Fernbank Limited and Partners, 9 Quay Road, Port Ellery."
    published(moved, source=source, at=9)
    assert waiting()[0] == moved


def test_the_desk_lists_doubtful_clauses_in_this_order() -> None:
    published(ADDRESS, DEBT, SOLD)
    curator = Client()
    curator.force_login(make_user("cora", role="curator"))
    page = curator.get(reverse("admin:clauses_clause_changelist") + "?doubt=yes").content.decode()
    assert "Doubtful clauses, by weight" in page
    assert page.index(SOLD) < page.index(DEBT) < page.index(ADDRESS)


def test_a_clause_is_shown_between_those_that_stand_beside_it() -> None:
    published(ADDRESS, DEBT, SOLD)
    first, middle, last = (Clause.objects.get(current__wording__text=text) for text in (ADDRESS, DEBT, SOLD))
    assert clauses_beside(middle) == (ADDRESS, SOLD)
    assert clauses_beside(first) == ("", DEBT)
    assert clauses_beside(last) == (DEBT, "")
