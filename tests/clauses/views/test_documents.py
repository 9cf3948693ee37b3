"""The page of a document."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.analysis import analyze_pending
from clauses.queries import captures
from monitor.models import Document, Fetch, Outcome, Quarantine, Ruling, Version
from monitor.tracking import Arrival, record
from tests import builders
from tests.builders import (
    HTML,
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    fail,
    make_document,
    make_source,
    page,
    publish,
)

pytestmark = pytest.mark.django_db


def _address(document: Document, name: str = "document") -> str:
    return reverse(name, args=[document.platform.slug, document.slug])


def test_a_document_that_was_never_read_says_so(client: Client) -> None:
    response = client.get(_address(make_document()))
    assert response.status_code == 200
    text = response.content.decode()
    assert "No text has been read yet." in text
    assert "No capture yet" in text


def test_versions_stand_newest_first_with_their_change_sets(client: Client) -> None:
    change_set = builders.make_change_set()
    text = client.get(_address(change_set.document)).content.decode()
    assert text.index("V-") < text.index("First text")
    assert change_set.headline in text
    newer, older = change_set.new_version.public_id, change_set.old_version.public_id
    assert text.index(newer) < text.index(older)


def test_the_feed_of_a_document_is_found_from_its_page(client: Client) -> None:
    document = make_document()
    link = f'href="{_address(document, "document-atom")}"'
    assert client.get(_address(document)).content.decode().count(link) == 2, "in the head and shown"


def test_a_text_stands_up_to_its_last_reading_and_not_a_day_longer(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_30_DAYS, day(9))
    assert "has stood 9 days by the last reading" in client.get(_address(source.document)).content.decode()
    version = Version.objects.get(document=source.document_id)
    address = reverse("version", args=[source.document.platform.slug, source.document.slug, version.number])
    assert "This text has stood 9 days by the last reading" in client.get(address).content.decode()


def test_a_text_that_was_read_once_has_not_stood_yet(client: Client) -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    assert "seen by the last reading first" in client.get(_address(source.document)).content.decode()


def test_a_new_text_seen_once_is_being_confirmed(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_5_YEARS, day(1))
    assert "A new text is being confirmed" in client.get(_address(source.document)).content.decode()


def test_a_failed_reading_is_stated_with_its_message_and_changes_nothing(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    fail(source, day(1), Outcome.TIMED_OUT)
    text = client.get(_address(source.document)).content.decode()
    assert "Our last good text of" in text
    assert "no complete answer" in text
    assert "What was read before stands" in text
    twin = client.get(_address(source.document, "document-json")).json()
    assert len(twin["versions"]) == 1
    assert twin["captures"][0]["is_problem"]


def test_a_first_reading_that_failed_does_not_speak_of_earlier_ones(client: Client) -> None:
    source = make_source()
    fail(source, day(0))
    text = client.get(_address(source.document)).content.decode()
    assert "No text is stored yet" in text
    assert "What was read before" not in text


def test_selectors_and_schedule_are_said_in_words(client: Client) -> None:
    document = make_document(interval_minutes=720)
    make_source(document, select=["main", "#terms"], remove=[".ad"])
    text = client.get(_address(document)).content.decode()
    assert "Only the parts that match “main” or “#terms” are read." in text
    assert "What matches “.ad” is cut out first." in text
    assert "every 12 hours" in text


def test_each_capture_is_one_tick_of_the_strip(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    fail(source, day(1))
    text = client.get(_address(source.document)).content.decode()
    lane = text[text.index('class="strip-lane"') : text.index("</svg>", text.index('class="strip-lane"'))]
    assert lane.count("<rect") == 3
    assert lane.count("tick-problem") == 1


def test_a_text_held_back_is_told_apart_with_its_reasons(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    item = builders.hold_back(source, "<p>Show that you are a person.</p>", day(1))
    text = client.get(_address(source.document)).content.decode()
    assert "held back by the capture gate as bot wall" in text
    assert "Our last good text of" in text
    assert text.count("tick-held") == 2
    assert reverse("snapshot", args=[item.snapshot.number]) in text
    twin = client.get(_address(source.document, "document-json")).json()
    assert (twin["captures"][0]["outcome"], twin["captures"][0]["group"]) == ("bot_wall", "held_back")
    assert twin["sources"][0]["last_outcome"] == "bot_wall"


def test_a_text_that_keeps_coming_is_said_to_wait_for_a_curator(client: Client) -> None:
    item = builders.hold_back(make_source(), "<p>Show that you are a person.</p>", day(1))
    document = item.source.document
    assert "A text that we held back keeps coming." not in client.get(_address(document)).content.decode()
    Quarantine.objects.update(ruling=Ruling.OFFERED)
    text = client.get(_address(document)).content.decode()
    assert "A text that we held back keeps coming." in text
    assert reverse("review-capture", args=[item.pk]) not in text
    client.force_login(builders.make_user(role="curator"))
    assert reverse("review-capture", args=[item.pk]) in client.get(_address(document)).content.decode()


def test_the_next_look_at_a_new_text_is_stated(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_5_YEARS, day(1))
    assert "Next look at" in client.get(_address(source.document)).content.decode()
    Document.objects.update(is_paused=True)
    assert "no look is planned" in client.get(_address(source.document)).content.decode()
    twin = client.get(_address(source.document, "document-json")).json()
    assert twin["candidate"] == {"first_seen_at": day(1).isoformat(), "is_unstable": False}


def test_the_log_can_be_filtered_and_says_what_it_ignores(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    fail(source, day(1), Outcome.TIMED_OUT)
    address = _address(source.document)
    assert [row.outcome for row in client.get(address, {"kind": "failed"}).context["log"]] == ["timed_out"]
    assert "No capture with this outcome" in client.get(address, {"kind": "held_back"}).content.decode()
    odd = client.get(address, {"kind": "nonsense", "before": "yesterday", "after": "0001-01-01T00:00"})
    assert len(odd.context["log"]) == 3
    assert "Not understood and ignored" in odd.content.decode()


def test_the_filter_lists_the_outcomes_that_came_and_the_one_asked_for(client: Client) -> None:
    source = make_source()
    capture(source, KEPT_30_DAYS, day(0))
    fail(source, day(1), Outcome.TIMED_OUT)
    text = client.get(_address(source.document)).content.decode()
    listed = [
        value
        for value in [*Outcome.values, "read", "quiet", "held_back", "failed"]
        if f'value="{value}"' in text
    ]
    assert listed == ["first", "timed_out", "read", "failed"]
    asked = client.get(_address(source.document), {"kind": "bot_wall"}).content.decode()
    assert 'value="bot_wall" selected' in asked


def test_a_message_in_the_words_of_its_outcome_is_said_once(client: Client) -> None:
    source = make_source()
    fail(source, day(0), Outcome.DISALLOWED)
    Fetch.objects.update(message="robots.txt asks not to read this page; set it aside")
    text = client.get(_address(source.document)).content.decode()
    notice = " ".join(text[text.index("notice-problem") : text.index("Versions</h2>")].split())
    assert ": robots.txt asks not to read this page; set it aside, " in notice
    assert notice.count("robots.txt") == 1


def test_an_older_stretch_of_the_strip_is_reached_and_left_by_links(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(captures, "STRIP_LIMIT", 2)
    source = make_source()
    for number in range(6):
        fail(source, day(number) + timedelta(microseconds=17))
    page = client.get(_address(source.document))
    seen = []
    while True:
        strip = page.context["strip"]
        seen.append((strip.begins_at, strip.ends_at))
        assert page.context["log"][0].at == strip.ends_at
        link = re.search(r'rel="prev" href="([^"]+before[^"]+)"', page.content.decode())
        if not link:
            break
        page = client.get(_address(source.document) + html.unescape(link[1]))
    assert len(seen) == len(set(seen)) == 3
    later = re.search(r'rel="next" href="([^"]+after[^"]+)"', page.content.decode())
    assert later
    strip = client.get(_address(source.document) + html.unescape(later[1])).context["strip"]
    assert (strip.begins_at, strip.ends_at) == seen[1]


def test_a_redirect_is_shown_and_linked_only_to_a_web_address(client: Client) -> None:
    source = make_source()
    record(
        source, page(KEPT_30_DAYS), HTML, day(0), arrival=Arrival(final_url="https://elsewhere.example/terms")
    )
    record(source, page(KEPT_30_DAYS), HTML, day(1), arrival=Arrival(final_url="javascript:alert(1)"))
    text = client.get(_address(source.document)).content.decode()
    assert 'href="https://elsewhere.example/terms"' in text
    assert "javascript:alert(1)" in text
    assert 'href="javascript:' not in text


def test_names_from_a_page_are_shown_and_never_run(client: Client) -> None:
    source = make_source(make_document(name="<script>alert(1)</script>"))
    publish(source, "<h1>&lt;script&gt;alert(2)&lt;/script&gt;</h1><p>We keep it for 30 days.</p>", day(0))
    text = client.get(_address(source.document)).content.decode()
    assert "<script>alert" not in text


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"])
def test_a_moment_at_the_end_of_all_time_is_no_fault_of_ours(client: Client, moment: str) -> None:
    document = make_source().document
    for name in ("before", "after"):
        assert client.get(_address(document), {name: moment}).status_code == 200


def test_more_versions_and_captures_cost_no_more_queries(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    publish(source, KEPT_5_YEARS, day(10))
    client.get(_address(source.document))
    with CaptureQueriesContext(connection) as few:
        client.get(_address(source.document))
    for number in range(2, 6):
        publish(source, f"<h2>Data</h2><p>We keep it for {number} years, all of it.</p>", day(10 * number))
    with CaptureQueriesContext(connection) as many:
        client.get(_address(source.document))
    assert len(many) <= len(few)


def test_the_twin_has_as_many_versions_as_the_page(client: Client) -> None:
    change_set = builders.make_change_set()
    response = client.get(_address(change_set.document))
    twin = client.get(_address(change_set.document, "document-json")).json()
    assert len(twin["versions"]) == len(response.context["page"].versions) == 2
    assert twin["versions"][0]["change_set"]["id"] == change_set.public_id


def test_a_version_that_waits_for_its_analysis_says_so(client: Client) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    capture(source, KEPT_5_YEARS, day(1))
    capture(source, KEPT_5_YEARS, day(2))
    assert "Being analyzed" in client.get(_address(source.document)).content.decode()
    analyze_pending()
    assert "Being analyzed" not in client.get(_address(source.document)).content.decode()


def test_a_first_text_that_waits_for_its_analysis_says_so(client: Client) -> None:
    document = builders.make_version().document
    text = client.get(_address(document)).content.decode()
    assert "Being analyzed; its clauses appear in a moment." in text
    analyze_pending()
    assert "Being analyzed" not in client.get(_address(document)).content.decode()


def test_two_chosen_versions_lead_to_their_comparison(client: Client) -> None:
    change_set = builders.make_change_set()
    old, new = change_set.old_version, change_set.new_version
    address = _address(change_set.document, "choose-comparison")
    response = client.get(address, {"old": old.public_id, "new": new.public_id})
    assert response.url.endswith(f"/compare/{old.public_id}...{new.public_id}/")
    assert client.get(address, {"old": "V-1", "new": "../x"}).status_code == 404


def test_another_method_than_reading_is_refused(client: Client) -> None:
    assert client.post(_address(make_document())).status_code == 405
