"""The list of platforms and the timeline of one: entries, gaps, as-of, technical changes, JSON twin."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clauses.analysis import analyze_pending
from clauses.models import ChangeSet
from monitor.models import Cause, Document, Fetch, Outcome, Platform, Version
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    fail,
    hold_back,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
    make_version,
    publish,
)

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 3, 1, 6, 0, tzinfo=UTC)


def _timeline(client: Client, platform: Platform, query: str = "") -> str:
    answer = client.get(reverse("platform", args=[platform.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def _list(client: Client) -> str:
    return client.get(reverse("platforms")).content.decode()


def test_an_empty_list_says_how_to_add_a_platform(client: Client):
    text = _list(client)
    assert "No platform is on the watch list." in text
    assert "Add the first platform of your own" in text


def test_administrators_can_add_platforms_and_remove_samples(client: Client):
    make_platform(is_sample=True)
    assert reverse("samples-remove") not in _list(client)
    client.force_login(make_user(role="administrator", is_staff=True))
    text = _list(client)
    assert reverse("samples-remove") in text
    assert reverse("watch-page") in text


def test_a_sample_is_marked(client: Client):
    platform = make_platform(is_sample=True)
    assert 'class="sample-mark"' in _list(client)
    assert 'class="sample-mark"' in _timeline(client, platform)


def test_more_platforms_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    make_change_set(at=PAST)
    with django_assert_max_num_queries(10) as few:
        _list(client)
    for _ in range(3):
        make_change_set(at=PAST)
    with django_assert_max_num_queries(len(few.captured_queries)):
        _list(client)


def test_a_platform_that_cannot_be_read_says_so_in_the_list(client: Client):
    source = make_source()
    capture(source, "<p>We keep it.</p>", PAST)
    fail(source, PAST + timedelta(days=1))
    assert "1 not readable" in _list(client)


@pytest.mark.parametrize(
    ("is_held", "said"), [(True, "what came is held back"), (False, "could not be read")]
)
def test_the_state_of_a_document_agrees_with_the_line_above(client: Client, is_held: bool, said: str):
    source = make_source()
    publish(source, KEPT_30_DAYS, datetime(2025, 3, 1, 6, tzinfo=UTC))
    analyze_pending()
    assert "text as recorded" in _timeline(client, source.document.platform)
    if is_held:
        hold_back(source, "<p>Show that you are a person.</p>", datetime(2025, 3, 4, 6, tzinfo=UTC))
    else:
        fail(source, datetime(2025, 3, 4, 6, tzinfo=UTC))
    text = _timeline(client, source.document.platform)
    assert f"{said}, the last good text stands" in text
    assert "text as recorded" not in text


def test_a_timeline_has_the_change_the_beginning_and_the_quick_facts(client: Client):
    change_set = make_change_set(at=PAST)
    text = _timeline(client, change_set.document.platform)
    assert change_set.headline in text
    assert "Watch begins" in text
    assert "Effective date not stated." in text
    assert "5 years" in text
    assert "was 30 days" in text
    assert "not found in the documents watched" in text


def test_an_effective_date_that_was_stated_before_is_stated_as_before_wherever_a_change_is_told(
    client: Client,
):
    source, now = make_source(), timezone.now()
    for text, days in ((KEPT_30_DAYS, 9), (KEPT_5_YEARS, 5)):
        publish(source, f"<p>Effective October 8, 2025</p>{text}", now - timedelta(days=days))
    change_set = ChangeSet.objects.get()
    assert change_set.effective_on is None, "it is not of this change"
    change = reverse("change-set", args=[change_set.number])
    addresses = ["/", f"/platforms/{source.document.platform.slug}/", change]
    for address in addresses:
        page = client.get(address, follow=True).content.decode()
        assert "as before" in page, address
        assert "2025-10-08" in page, address
        assert "ffective date not stated" not in page, address


def test_a_figure_that_is_not_yet_in_force_says_from_when(client: Client):
    source, now = make_source(), timezone.now()
    ahead = now + timedelta(days=20)
    publish(source, KEPT_30_DAYS, now - timedelta(days=9))
    publish(
        source,
        f"<p>Effective {ahead:%B} {ahead.day}, {ahead.year}</p>{KEPT_5_YEARS}",
        now - timedelta(days=5),
    )
    text = _timeline(client, source.document.platform)
    assert f'in force from <time datetime="{ahead:%Y-%m-%d}">' in text
    assert "not yet in force" in text


def test_a_platform_without_documents_says_so(client: Client):
    assert "No document is watched here yet" in _timeline(client, make_platform())


def test_a_document_without_a_text_says_so(client: Client):
    assert "Nothing recorded yet" in _timeline(client, make_document().platform)


def test_a_day_before_the_change_shows_the_text_of_then(client: Client):
    change_set = make_change_set(at=PAST)
    text = _timeline(client, change_set.document.platform, "?as_of=2025-03-01")
    assert change_set.headline not in text
    assert "As known on" in text
    assert "30 days" in text
    assert "5 years" not in text


def test_a_day_before_everything_is_an_empty_timeline(client: Client):
    change_set = make_change_set(at=PAST)
    assert "Nothing recorded yet" in _timeline(client, change_set.document.platform, "?as_of=2001-01-01")


@pytest.mark.parametrize("query", ["?as_of=soon", "?as_of=0001-01-01", "?as_of=9999-12-31", "?as_of=%00"])
def test_a_day_that_is_not_understood_shows_today(client: Client, query: str):
    change_set = make_change_set(at=PAST)
    text = _timeline(client, change_set.document.platform, query)
    assert "Not understood and ignored: As of" in text
    assert change_set.headline in text


def test_a_day_to_come_shows_today(client: Client):
    change_set = make_change_set(at=PAST)
    text = _timeline(client, change_set.document.platform, "?as_of=2190-01-01")
    assert "As known on" not in text
    assert change_set.headline in text


def test_changes_of_our_own_reading_are_hidden_unless_asked_for(client: Client):
    change_set = make_change_set(at=PAST)
    ChangeSet.objects.update(is_technical=True)
    platform = change_set.document.platform
    assert change_set.headline not in _timeline(client, platform)
    assert "Fault of capture" in _timeline(client, platform, "?technical=1")
    Version.objects.filter(pk=change_set.new_version_id).update(cause=Cause.TECHNICAL)
    assert "Our own reading changed" in _timeline(client, platform, "?technical=1")


def test_a_long_gap_is_an_entry_and_no_change(client: Client):
    source = make_source()
    capture(source, "<p>We keep it.</p>", PAST)
    for days in (1, 2, 3):
        fail(source, PAST + timedelta(days=days))
    capture(source, "<p>We keep it.</p>", PAST + timedelta(days=4), furniture=4)
    text = _timeline(client, source.document.platform)
    assert "not readable until" in text
    assert "3 readings" in text
    assert "0 changes recorded" in text


def test_a_text_seen_once_and_gone_is_an_entry_and_no_change(client: Client):
    source = make_source()
    capture(source, "<p>We keep it.</p>", PAST)
    capture(source, "<p>We sell it.</p>", PAST + timedelta(days=1))
    capture(source, "<p>We keep it.</p>", PAST + timedelta(days=2), furniture=2)
    assert Fetch.objects.filter(outcome=Outcome.TRANSIENT).exists()
    text = _timeline(client, source.document.platform)
    assert "gone at the next reading" in text
    assert "0 changes recorded" in text


def test_more_documents_and_changes_need_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    platform = make_platform()
    make_change_set(platform, at=PAST)
    with django_assert_max_num_queries(30) as few:
        _timeline(client, platform)
    for _ in range(3):
        make_change_set(platform, at=PAST)
    with django_assert_max_num_queries(len(few.captured_queries)):
        _timeline(client, platform)


def test_what_a_page_says_is_escaped(client: Client):
    old = "<h2>A</h2><p>We keep your feedback for 30 days, &lt;script&gt;alert(1)&lt;/script&gt;.</p>"
    change_set = make_change_set(old=old, new=old.replace("30 days", "5 years"), at=PAST)
    Document.objects.update(name="<script>alert(2)</script>")
    Platform.objects.update(description="<script>alert(3)</script>")
    text = _timeline(client, change_set.document.platform)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(2)" in text


def test_the_twin_has_the_same_entries(client: Client):
    change_set = make_change_set(at=PAST)
    twin = client.get(reverse("platform-json", args=[change_set.document.platform.slug])).json()
    assert [entry["kind"] for entry in twin["entries"]] == ["change", "begin"]
    assert twin["entries"][0]["id"] == change_set.public_id
    retention = next(fact for fact in twin["facts"] if fact["question"] == "Retention")
    assert (retention["value"], retention["was"]) == ("5 years", "30 days")
    assert retention["quote"] in "We keep your feedback for 5 years after you send it."


def test_a_platform_that_does_not_exist_is_not_found(client: Client):
    assert client.get("/platforms/nobody/").status_code == 404
    assert client.get("/platforms/nobody.json").status_code == 404


def test_a_visitor_may_subscribe_to_real_platforms_only(client: Client):
    real, sample = make_platform(), make_platform(is_sample=True)
    assert "Get alerts" in _timeline(client, real)
    assert "Get alerts" not in _timeline(client, sample)


def test_until_a_text_is_analyzed_the_page_says_so_and_calls_nothing_absent(client: Client):
    document = make_version(main_html="<p>The courts of Lisbon decide.</p>", at=PAST).document
    address = reverse("platform", args=[document.platform.slug])
    text = client.get(address).content.decode()
    assert "text stored, being analyzed" in text
    assert "not found in the documents watched" not in text
    analyze_pending()
    text = client.get(address).content.decode()
    assert "being analyzed" not in text
    assert "not found in the documents watched" in text


def test_before_the_first_text_no_quick_fact_is_called_absent(client: Client):
    document = make_document()
    text = client.get(reverse("platform", args=[document.platform.slug])).content.decode()
    assert "no text read yet" in text
    assert "not found in the documents watched" not in text


@pytest.mark.django_db
def test_the_list_of_platforms_is_searched_filtered_and_sorted(client: Client) -> None:
    change_set = make_change_set(make_platform(slug="zinc", name="Zinc Works"))
    make_platform(slug="alum", name="Alum Bay")
    kind = change_set.document.type

    def listed(**asked: str) -> list[str]:
        twin = client.get("/platforms.json", asked).json()
        page = client.get("/platforms/", asked)
        assert [row.slug for row in page.context["page"]] == [row["slug"] for row in twin["platforms"]]
        return [row["slug"] for row in twin["platforms"]]

    assert listed() == ["alum", "zinc"]
    assert listed(sort="changed") == listed(sort="documents") == listed(sort="high") == ["zinc", "alum"]
    assert listed(q="WORKS") == listed(document_type=kind) == ["zinc"]
    assert listed(state="empty") == ["alum"]
    assert listed(state="failing") == listed(q="nobody") == []
    assert client.get("/platforms.json", {"sort": "nonsense"}).status_code == 400
    assert (
        "Not understood and ignored: Sort by."
        in client.get("/platforms/", {"sort": "nonsense"}).content.decode()
    )
    assert "No platform matches" in client.get("/platforms/", {"q": "nobody"}).content.decode()
