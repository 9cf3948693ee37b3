"""Our own upgrade never looks like theirs: sources, selectors, the extractor change; the texts do not."""

import pytest

from monitor import publishing, texts
from monitor.core.extract import extract
from monitor.models import Cause, Outcome, Source
from tests.builders import (
    candidate_of,
    capture,
    day,
    fail,
    make_document,
    make_source,
    outcomes_of,
    texts_of,
    versions_of,
)

pytestmark = pytest.mark.django_db


def causes(source):
    """Why the versions of a source's document came to be, without the first."""
    return [version.cause for version in versions_of(source)][1:]


def reselect(source, **values):
    """Change how a source is read, as a curator does."""
    Source.objects.filter(pk=source.pk).update(**values)


@pytest.fixture
def upgrade(monkeypatch):
    """Install an extractor of the next version that reads some words otherwise: `upgrade("Share", "")`."""

    def install(old, new):
        def extract_otherwise(body, content_type, **how):
            return extract(body.replace(old.encode(), new.encode()), content_type, **how)

        monkeypatch.setattr(texts, "extract", extract_otherwise)
        for module in (texts, publishing):
            monkeypatch.setattr(module, "EXTRACTOR_VERSION", "next")

    return install


def test_a_source_that_joins_gives_a_technical_version_only():
    one = make_source()
    capture(one, "<p>First page.</p>", day(0))
    two = make_source(one.document, position=1)
    for number in (1, 2):
        capture(one, "<p>First page.</p>", day(number))
        capture(two, "<p>Second page.</p>", day(number))
    assert causes(one) == [Cause.TECHNICAL]
    assert texts_of(one)[-1] == "First page.\nSecond page."
    assert outcomes_of(two) == [Outcome.TECHNICAL, Outcome.UNCHANGED]
    assert candidate_of(one) is None


def test_a_source_that_leaves_gives_a_technical_version_only():
    document = make_document()
    one, two = make_source(document), make_source(document, position=1)
    for source in (one, two):
        capture(source, "<p>Page.</p>", day(0))
    reselect(two, valid_until=day(1))
    capture(one, "<p>Page.</p>", day(1))
    assert causes(one) == [Cause.TECHNICAL]
    assert texts_of(one)[-1] == "Page."


def test_changed_selectors_give_a_technical_version_only():
    source = make_source()
    capture(source, "<p>Keep it.</p><p class='x'>Related.</p>", day(0))
    reselect(source, remove=[".x"])
    for number in (1, 2):
        capture(source, "<p>Keep it.</p><p class='x'>Related.</p>", day(number), furniture=number)
    assert causes(source) == [Cause.TECHNICAL]
    assert texts_of(source)[-1] == "Keep it."
    assert versions_of(source)[-1].first_seen_at == day(1)


def test_changed_selectors_that_read_the_same_text_give_no_version():
    source = make_source()
    capture(source, "<p>Keep it.</p>", day(0))
    reselect(source, select=["main p"])
    assert capture(source, "<p>Keep it.</p>", day(1)).outcome == Outcome.UNCHANGED
    assert causes(source) == []


def test_selectors_that_find_nothing_are_a_capture_problem_and_nothing_else():
    source = make_source()
    capture(source, "<p>Keep it.</p>", day(0))
    reselect(source, select=["#gone"])
    assert capture(source, "<p>Keep it.</p>", day(1)).outcome == Outcome.NOTHING_SELECTED
    assert capture(source, "<p>Keep it.</p>", day(2), furniture=2).outcome == Outcome.NOTHING_SELECTED
    fail(source, day(3))
    assert causes(source) == []
    reselect(source, select=["main"])
    assert capture(source, "<p>Keep it.</p>", day(4)).outcome in {Outcome.UNCHANGED, Outcome.SAME_TEXT}
    assert causes(source) == []


def test_a_wrong_selector_of_one_source_does_not_cost_another_its_captures():
    document = make_document()
    one, two = make_source(document), make_source(document, position=1)
    for source in (one, two):
        capture(source, "<p>Page.</p>", day(0))
    reselect(two, select=["#gone"])
    for number in (1, 2):
        capture(one, "<p>Changed.</p>", day(number))
        capture(two, "<p>Page.</p>", day(number))
    reselect(two, select=["main"])
    for number in (3, 4):
        capture(one, "<p>Changed.</p>", day(number))
        capture(two, "<p>Page.</p>", day(number))
    assert texts_of(one) == ["Page.\nPage.", "Changed.\nPage."]
    assert causes(one) == [Cause.PUBLISHER]


def test_a_changed_page_under_changed_selectors_is_a_technical_version_and_then_a_change():
    source = make_source()
    capture(source, "<p>Keep it.</p><p class='x'>Related.</p>", day(0))
    reselect(source, remove=[".x"])
    for number in (1, 2):
        capture(source, "<p>Sell it.</p><p class='x'>Related.</p>", day(number))
    assert causes(source) == [Cause.TECHNICAL, Cause.PUBLISHER]
    assert texts_of(source)[1:] == ["Keep it.", "Sell it."]


def test_a_replaced_source_with_the_same_words_gives_no_version():
    old = make_source(valid_until=day(1))
    capture(old, "<p>Keep it.</p>", day(0))
    new = make_source(old.document, valid_from=day(1))
    for number in (1, 2):
        assert not capture(new, "<p>Keep it.</p>", day(number)).is_problem
    assert causes(old) == []
    assert candidate_of(old) is None


def test_a_replaced_source_with_other_words_is_a_change_of_the_publisher_seen_twice():
    old = make_source(valid_until=day(1))
    capture(old, "<p>Keep it.</p>", day(0))
    new = make_source(old.document, valid_from=day(1))
    capture(new, "<p>Sell it.</p>", day(1))
    assert causes(old) == []
    capture(new, "<p>Sell it.</p>", day(2))
    assert causes(old) == [Cause.PUBLISHER]


def test_a_raised_extractor_gives_a_technical_version_only(upgrade):
    source = make_source()
    capture(source, "<p>Keep it. Share</p>", day(0))
    upgrade("Share", "")
    for number in (1, 2):
        capture(source, "<p>Keep it. Share</p>", day(number), furniture=number)
    assert causes(source) == [Cause.TECHNICAL]
    assert texts_of(source) == ["Keep it. Share", "Keep it."]
    assert [version.extractor_version for version in versions_of(source)][1] == "next"
    assert candidate_of(source) is None


def test_an_upgrade_while_the_source_fails_reads_the_stored_page(upgrade):
    source = make_source()
    capture(source, "<p>Keep it. Share</p>", day(0))
    upgrade("Share", "")
    fail(source, day(1))
    capture(source, "<p>Keep it. Share</p>", day(2))
    assert causes(source) == [Cause.TECHNICAL]


@pytest.mark.parametrize("furniture", ["", "other bytes"])
@pytest.mark.parametrize("rubbish", ["both", "only the new text"])
def test_a_change_that_waits_during_an_upgrade_is_confirmed_and_dated_at_first_sight(
    upgrade, rubbish, furniture
):
    source = make_source()
    capture(source, f"<p>Keep it.{' Share' if rubbish == 'both' else ''}</p>", day(0))
    capture(source, "<p>Sell it. Share</p>", day(1))
    upgrade("Share", "")
    capture(source, "<p>Sell it. Share</p>", day(2), furniture=furniture)
    assert texts_of(source)[-1] == "Sell it."
    assert causes(source) == ([Cause.TECHNICAL] if rubbish == "both" else []) + [Cause.PUBLISHER]
    assert versions_of(source)[-1].first_seen_at == day(1)
    assert outcomes_of(source)[-1] == Outcome.CONFIRMED


def test_a_candidate_that_an_upgrade_makes_equal_is_no_change(upgrade):
    source = make_source()
    capture(source, "<p>Keep it.</p>", day(0))
    capture(source, "<p>Keep it. Share</p>", day(1))
    upgrade("Share", "")
    for number in (2, 3):
        capture(source, "<p>Keep it. Share</p>", day(number))
    assert causes(source) == []
    assert candidate_of(source) is None
    assert Outcome.CANDIDATE not in outcomes_of(source)


def test_a_candidate_that_todays_selectors_cannot_read_does_not_wait_for_ever():
    source = make_source()
    capture(source, "<p class='a b'>Keep it. Now.</p>", day(0))
    capture(source, "<p class='a'>Sell it.</p>", day(1))
    reselect(source, select=[".b"])
    capture(source, "<p class='b'>Keep it. Now.</p>", day(2))
    assert candidate_of(source) is None
    assert Outcome.CANDIDATE not in outcomes_of(source)
    assert causes(source) == []


@pytest.mark.parametrize("kept", ["Keep it. Share", "Keep it."])
def test_one_sight_at_a_replaced_source_does_not_confirm_a_waiting_text(upgrade, kept):
    old = make_source(valid_until=day(2))
    capture(old, f"<p>{kept}</p>", day(0))
    capture(old, "<p>Sell it.</p>", day(1))
    new = make_source(old.document, valid_from=day(2))
    upgrade("Share", "")
    capture(new, "<p>Rent it.</p>", day(2))
    assert "Rent it." not in texts_of(old)
    capture(new, "<p>Rent it.</p>", day(3))
    assert texts_of(old)[-1] == "Rent it."
    assert versions_of(old)[-1].first_seen_at == day(2)


def test_a_text_that_waits_at_a_replaced_source_is_confirmed_by_its_successor():
    old = make_source(valid_until=day(2))
    capture(old, "<p>Keep it.</p>", day(0))
    capture(old, "<p>Sell it.</p>", day(1))
    new = make_source(old.document, valid_from=day(2))
    capture(new, "<p>Sell it.</p>", day(2))
    assert texts_of(old) == ["Keep it.", "Sell it."]
    assert versions_of(old)[-1].first_seen_at == day(1)


def test_a_source_that_joins_does_not_undo_a_waiting_change():
    one = make_source()
    capture(one, "<p>Keep it.</p>", day(0))
    capture(one, "<p>Sell it.</p>", day(1))
    two = make_source(one.document, position=1)
    capture(one, "<p>Sell it.</p>", day(2))
    capture(two, "<p>More.</p>", day(2))
    assert causes(one) == [Cause.TECHNICAL, Cause.PUBLISHER]
    assert texts_of(one)[1:] == ["Keep it.\nMore.", "Sell it.\nMore."]
    assert versions_of(one)[-1].first_seen_at == day(1)


def test_a_change_that_came_with_a_new_build_of_the_page_does_not_hide_behind_our_new_selectors():
    source = make_source(select=["#old"])
    capture(source, "<div id='old'><p>Keep it.</p></div>", day(0))
    reselect(source, select=["#new"])
    for number in (1, 2):
        capture(source, "<div id='new'><p>Keep it all.</p></div>", day(number))
    assert causes(source) == [Cause.PUBLISHER]
    for number in (3, 4):
        capture(source, "<div id='new'><p>Sell it all.</p></div>", day(number))
    assert causes(source) == [Cause.PUBLISHER, Cause.PUBLISHER]


def test_a_replaced_source_with_the_same_words_takes_no_part_in_a_change_elsewhere():
    document = make_document()
    old, other = make_source(document, valid_until=day(1)), make_source(document, position=1)
    for source in (old, other):
        capture(source, "<p>Page.</p>", day(0))
    new = make_source(document, valid_from=day(1))
    capture(new, "<p>Page.</p>", day(1))
    capture(other, "<p>Changed.</p>", day(1))
    fail(new, day(2))
    capture(other, "<p>Changed.</p>", day(2))
    assert causes(old) == [Cause.PUBLISHER]
    assert outcomes_of(new) == [Outcome.SAME_TEXT, Outcome.UNREACHABLE]
