"""The curator's list of captures held back, and ruling on one of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitor.models import Quarantine, Ruling, Source
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    fail,
    hold_back,
    make_document,
    make_source,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

LIST = "review-captures"
WALL = "<h1>One moment</h1><p>Show that you are a person and not a robot to go on reading.</p>"


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(make_user("cora", role="curator"))
    return client


def _held(main_html: str = WALL, ruling: Ruling = Ruling.OFFERED, times: int = 3) -> Quarantine:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    for number in range(times):
        item = hold_back(source, main_html, day(2 + number))
    Quarantine.objects.filter(pk=item.pk).update(ruling=ruling)
    item.refresh_from_db()
    return item


def _page(item: Quarantine) -> str:
    return reverse("review-capture", args=[item.pk])


def _sent(**values: str) -> dict[str, str]:
    return {"ruling": "accept", "note": "The page was rebuilt.", "is_sure": "on", **values}


def test_lists_that_hold_nothing_say_so(curator: Client):
    text = curator.get(reverse(LIST)).content.decode()
    assert "Nothing to decide" in text
    assert "No other text is held back." in text
    assert "Nobody has ruled on a capture yet." in text
    assert "No text is waiting for a ruling." in curator.get(reverse("review")).content.decode()


def test_what_is_offered_comes_before_what_is_held_back(curator: Client):
    waiting, offered = _held(ruling=Ruling.WAITING), _held()
    response = curator.get(reverse(LIST))
    text = response.content.decode()
    assert text.index(str(offered.source.document)) < text.index(str(waiting.source.document))
    assert "seen 3 times in a row" in text
    assert "what the page showed last" in text
    assert "the test says so" in text
    assert "1</strong> text that keeps coming" in curator.get(reverse("review")).content.decode()


def test_only_curators_see_and_rule(client: Client):
    item = _held()
    for address in (reverse("review"), reverse(LIST), _page(item)):
        assert client.get(address).status_code == 302
    client.force_login(make_user())
    for address in (reverse("review"), reverse(LIST), _page(item)):
        assert client.get(address).status_code == 403
    assert client.post(_page(item), _sent()).status_code == 403
    item.refresh_from_db()
    assert item.ruling == Ruling.OFFERED


def test_a_ruling_needs_the_token_against_forged_requests():
    item, client = _held(), Client(enforce_csrf_checks=True)
    client.force_login(make_user(role="curator"))
    assert client.post(_page(item), _sent()).status_code == 403


def test_looking_changes_nothing(curator: Client):
    item = _held()
    curator.get(_page(item), _sent())
    item.refresh_from_db()
    assert (item.ruling, item.ruled_at) == (Ruling.OFFERED, None)


def test_the_text_held_back_stands_beside_the_text_in_force(curator: Client):
    text = curator.get(_page(_held(KEPT_5_YEARS))).content.decode()
    assert "We keep your feedback for 5 years" in text
    assert "<del>30 days</del><ins>5 years</ins>" in text


def test_texts_that_are_hardly_alike_are_not_struck_through(curator: Client):
    text = curator.get(_page(_held())).content.decode()
    assert "Hardly a word in common" in text
    assert "<del>" not in text


def test_without_a_text_in_force_there_is_nothing_to_compare(curator: Client):
    item = hold_back(make_source(), WALL, day(0))
    assert "nothing to compare with" in curator.get(_page(item)).content.decode()


def test_words_of_a_page_are_shown_as_text(curator: Client):
    item = _held("<p>&lt;script&gt;alert(1)&lt;/script&gt; is what we show to robots.</p>")
    Quarantine.objects.update(reasons=[["words", "<script>alert(2)</script>"]])
    for address in (_page(item), reverse(LIST), reverse("snapshot", args=[item.snapshot.number])):
        text = curator.get(address).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(2)" in text or address != reverse(LIST)


@pytest.mark.parametrize(("button", "ruling"), [("accept", Ruling.ACCEPTED), ("reject", Ruling.REJECTED)])
def test_a_ruling_is_kept_with_name_and_reason(curator: Client, button: str, ruling: Ruling):
    item = _held()
    response = curator.post(_page(item), _sent(ruling=button), follow=True)
    item.refresh_from_db()
    assert (item.ruling, item.note, item.ruled_by) == (
        ruling,
        "The page was rebuilt.",
        User.objects.get(username="cora"),
    )
    text = response.content.decode()
    assert f"{ruling.label}</strong>, cora".replace("'", "&#x27;") in text
    assert "Nothing to decide" in text
    assert "The page was rebuilt." in curator.get(_page(item)).content.decode()
    snapshot = curator.get(reverse("snapshot", args=[item.snapshot.number])).content.decode()
    assert "The page was rebuilt." in snapshot


@pytest.mark.parametrize("values", [{"note": " "}, {"is_sure": ""}, {"ruling": ""}, {"ruling": "maybe"}])
def test_an_incomplete_ruling_is_not_taken(curator: Client, values: dict[str, str]):
    item = _held()
    response = curator.post(_page(item), _sent(**values))
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    item.refresh_from_db()
    assert item.ruling == Ruling.OFFERED


def test_a_form_sent_twice_rules_once_and_says_so(curator: Client):
    item = _held()
    curator.post(_page(item), _sent())
    item.refresh_from_db()
    first = item.ruled_at
    again = curator.post(_page(item), _sent(ruling="reject", note="No."), follow=True).content.decode()
    assert "ruled already" in again
    item.refresh_from_db()
    assert (item.ruling, item.ruled_at, item.note) == (Ruling.ACCEPTED, first, "The page was rebuilt.")


def test_a_text_that_does_not_exist_is_not_found(curator: Client):
    assert curator.get(reverse("review-capture", args=[4711])).status_code == 404


def test_more_texts_cost_no_more_queries(curator: Client):
    counts = []
    for _ in range(3):
        _held(), _held(ruling=Ruling.WAITING)
        ruled = _held()
        Quarantine.objects.filter(pk=ruled.pk).update(
            ruling=Ruling.REJECTED, ruled_at=day(9), ruled_by=User.objects.get(username="cora")
        )
        with CaptureQueriesContext(connection) as queries:
            curator.get(reverse(LIST))
        counts.append(len(queries))
    assert counts[0] == counts[-1]


def test_a_text_of_a_page_that_took_the_place_of_another_is_compared_with_its_text(curator: Client):
    document = make_document()
    old = make_source(document)
    publish(old, KEPT_30_DAYS, day(0))
    Source.objects.filter(pk=old.pk).update(valid_until=day(2))
    item = hold_back(make_source(document, valid_from=day(2)), KEPT_5_YEARS, day(2) + timedelta(hours=1))
    assert "<ins>5 years</ins>" in curator.get(_page(item)).content.decode()


def test_a_ruling_is_taken_back_with_a_reason_that_stays_on_record(curator: Client):
    item = _held()
    curator.post(_page(item), _sent(ruling="reject", note="Their server fails."))
    assert "Take this ruling back" in curator.get(_page(item)).content.decode()
    text = curator.post(
        _page(item), {"withdraw": "yes", "note": "I misread it."}, follow=True
    ).content.decode()
    item.refresh_from_db()
    assert (item.ruling, item.ruled_at) == (Ruling.WAITING, None)
    assert "the ruling is taken back" in text
    assert text.index("Their server fails.") < text.index("I misread it.")
    assert "Your ruling" in text


def test_taking_back_needs_a_reason_and_a_ruling(curator: Client):
    item = _held()
    text = curator.post(_page(item), {"withdraw": "yes", "note": "No."}, follow=True).content.decode()
    assert "Nothing is changed" in text
    curator.post(_page(item), _sent())
    assert "errorlist" in curator.post(_page(item), {"withdraw": "yes", "note": " "}).content.decode()
    item.refresh_from_db()
    assert item.ruling == Ruling.ACCEPTED


def test_the_form_says_what_an_acceptance_does_now(curator: Client):
    item = _held()
    assert "the next capture that shows it makes it a version" in curator.get(_page(item)).content.decode()
    capture(item.source, KEPT_30_DAYS, day(9), furniture="later")
    text = curator.get(_page(item)).content.decode()
    assert "when this one comes again, it is a candidate" in text
    assert "the next capture that shows it" not in text
    assert "the page has shown another text since" in text


def test_a_text_that_became_a_version_says_that_it_stays_one(curator: Client):
    item = _held(KEPT_5_YEARS)
    curator.post(_page(item), _sent())
    capture(item.source, KEPT_5_YEARS, day(9), furniture="later")
    text = curator.get(_page(item)).content.decode()
    assert "A version of the document rests on this text." in text
    assert "The version stays" in text


def test_texts_no_longer_shown_are_folded_away(curator: Client):
    shown, gone = _held(ruling=Ruling.WAITING, times=1), _held(ruling=Ruling.WAITING, times=1)
    capture(gone.source, KEPT_30_DAYS, day(9), furniture="later")
    text = curator.get(reverse(LIST)).content.decode()
    fold = text.index("Earlier, no longer shown (1)")
    assert text.index(str(shown.source.document)) < fold < text.index(str(gone.source.document))
    assert "seen once" in text
    assert "1 time in a row" not in text


def test_a_list_with_nothing_but_folded_texts_says_so(curator: Client):
    item = _held(ruling=Ruling.WAITING, times=1)
    capture(item.source, KEPT_30_DAYS, day(9), furniture="later")
    text = curator.get(reverse(LIST)).content.decode()
    assert "No page shows another text that is held back." in text
    assert "No other text is held back." not in text


def test_an_attempt_that_read_nothing_does_not_fold_a_text_away(curator: Client):
    item = _held(ruling=Ruling.WAITING, times=1)
    fail(item.source, day(9))
    assert "no longer shown" not in curator.get(reverse(LIST)).content.decode()


def test_the_page_of_a_snapshot_says_why_no_version_rests_on_it(client: Client):
    item = hold_back(make_source(), WALL, day(0))
    text = client.get(reverse("snapshot", args=[item.snapshot.number])).content.decode()
    assert "None: it was held back." in text
    assert "Seen once" in text
