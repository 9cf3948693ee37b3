"""Pages read anew by other selectors: what is ours stays ours, page by page."""

import pytest

from monitor.models import Cause
from tests.builders import (
    capture,
    day,
    make_document,
    make_source,
    texts_of,
)
from tests.monitor.test_our_own_changes import causes, reselect

pytestmark = pytest.mark.django_db


def aside(words):
    """A page whose text in force says nothing of this."""
    return f"<div class='terms'><p>Keep it.</p></div><div class='more'><p>{words}</p></div>"


@pytest.mark.parametrize("days_between", [1, 28])
def test_wider_selectors_on_a_page_that_stayed_the_same_are_ours_alone(days_between):
    document = make_document()
    source = make_source(document, select=[".terms"])
    capture(source, aside("Nobody gets it."), day(0))
    for number in range(30, 30 + days_between):
        capture(source, aside("Everybody gets it."), day(number))
    reselect(source, select=[".terms", ".more"])
    for number in range(60, 63):
        capture(source, aside("Everybody gets it."), day(number))
    assert causes(source) == [Cause.TECHNICAL]
    assert texts_of(source)[1:] == ["Keep it.\nEverybody gets it."]


def test_a_change_first_seen_in_a_round_that_was_cut_off_does_not_hide_behind_our_new_selectors():
    document = make_document()
    one, two = make_source(document, select=[".terms"]), make_source(document, position=1)
    capture(one, aside("More."), day(0))
    capture(two, "<p>Page.</p>", day(0))
    changed = aside("More.").replace("Keep it.", "Sell it.")
    capture(one, changed, day(1))
    reselect(one, select=["div.terms"])
    for number in (2, 3):
        capture(one, changed, day(number))
        capture(two, "<p>Page.</p>", day(number))
    assert causes(one) == [Cause.PUBLISHER]


def test_a_page_that_todays_selectors_cannot_read_does_not_make_a_source_that_joins_the_publishers():
    one = make_source(select=["#old"])
    capture(one, "<div id='old'><p>Keep it.</p></div>", day(0))
    reselect(one, select=["#new"])
    two = make_source(one.document, position=1)
    for number in (1, 2, 3):
        capture(one, "<div id='new'><p>Keep it.</p></div>", day(number))
        capture(two, "<p>More.</p>", day(number))
    assert causes(one) == [Cause.TECHNICAL]
    assert texts_of(one)[1:] == ["Keep it.\nMore."]


def test_a_page_that_todays_selectors_cannot_read_does_not_make_a_source_that_leaves_the_publishers():
    document = make_document()
    one, two = make_source(document, select=["#old"]), make_source(document, position=1)
    capture(one, "<div id='old'><p>Keep it.</p></div>", day(0))
    capture(two, "<p>More.</p>", day(0))
    reselect(two, valid_until=day(1))
    reselect(one, select=["#new"])
    for number in (1, 2, 3):
        capture(one, "<div id='new'><p>Keep it.</p></div>", day(number))
    assert causes(one) == [Cause.TECHNICAL]
    assert texts_of(one)[1:] == ["Keep it."]
