"""The form on which a curator adds a type of the site or changes one."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.models import Clause, Rerating, SiteRules
from clauses.models.choices import SeverityLevel
from clauses.queries.site_rules import working_rules
from tests.builders import day, make_document, make_source, make_user, publish
from tests.clauses.amended_site import fields_of, own_type, put_in_force, text_of
from tests.task_queue import work_off

pytestmark = pytest.mark.django_db
LENT = "<h2>Devices</h2><p>Return the router within a week in its box.</p><p>The router stays ours.</p>"


@pytest.fixture
def cora() -> User:
    return make_user("cora", role="curator")


@pytest.fixture
def client(cora: User) -> Client:
    client = Client()
    client.force_login(cora)
    return client


def sent(**values: str) -> dict[str, str]:
    return {
        "based_on": "0",
        "reason": "Routers matter here.",
        "name": "Return of devices",
        "slug": "device_return",
        "group": "contract",
        "description": "What must be sent back.",
        "why_it_matters": "A device that stays may be charged for.",
        "what_it_means": "You send it back.",
        "what_one_can_do": "Ask for a receipt.\nKeep the box.",
        "base_points": "3",
        "plain_phrases": "return ... router",
        "weak_phrases": "",
        "heading_phrases": "",
        "void_phrases": "no need to return",
        **values,
    }


def looked_at(answer: Any) -> str:
    """What the form sends to say that somebody looked at what its phrases would find; empty where it does not ask."""
    form = answer.context and answer.context["form"]
    return form.phrases_key if form and form.matches else ""


def save(client: Client, page: str, **values: str) -> Any:
    """Send the form, and send it again where it asks to look at what the phrases would find."""
    answer = client.post(page, sent(**values))
    key = looked_at(answer) if answer.status_code == 200 else ""
    return client.post(page, sent(looked_at=key, **values)) if key else answer


@pytest.fixture
def page() -> str:
    return reverse("new-type")


def test_a_type_is_saved_once_what_its_phrases_would_find_was_looked_at(client: Client, page: str) -> None:
    publish(make_source(), LENT, day(0))
    asked = client.post(page, sent(weak_phrases="in its box"))
    assert not SiteRules.objects.exists()
    text = text_of(asked)
    assert "Not saved yet: the phrases match 1 of 2 clauses, 1 now typed otherwise" in text
    assert "<td>return ... router</td><td>1</td>" in text
    assert "<td>in its box</td><td>1</td>" in text
    assert "Return the router within a week in its box." in text
    assert 'value="device_return"' in text
    other = text_of(client.post(page, sent(plain_phrases="router", looked_at=looked_at(asked))))
    assert not SiteRules.objects.exists()
    assert "match 2 of 2 clauses" in other
    assert "That is 100 % of them" in other
    assert save(client, page).url == reverse("rerating", args=[Rerating.objects.get().pk])
    assert working_rules().content["types"]["device_return"] == own_type(
        description="What must be sent back.",
        why_it_matters="A device that stays may be charged for.",
        what_it_means="You send it back.",
        what_one_can_do=["Ask for a receipt.", "Keep the box."],
        plain_phrases=["return ... router"],
        void_phrases=["no need to return"],
    )


def test_phrases_are_tried_before_the_rest_is_filled_in_and_nothing_is_saved(
    client: Client, page: str
) -> None:
    publish(make_source(), LENT, day(0))
    tried = {"act": "try", "plain_phrases": "return ... router"}
    answer = text_of(client.post(page, tried))
    assert "the phrases match 1 of 2 clauses" in answer
    assert "This field is required" not in answer
    assert "the phrases match 0 of 2 clauses" in text_of(client.post(page, {"act": "try"}))
    wrong = text_of(client.post(page, tried | {"weak_phrases": "the"}))
    assert "the phrases match" not in wrong
    assert "Look at what the phrases would find" not in wrong
    unsaved = text_of(client.post(page, sent(weak_phrases="the")))
    assert "Look at what the phrases would find" not in unsaved
    assert "This field is required" in text_of(client.post(page, {"plain_phrases": "return ... router"}))
    assert not SiteRules.objects.exists()


def test_what_stands_is_read_by_a_new_type_and_shown_before_somebody_accepts_it(
    client: Client, page: str, django_capture_on_commit_callbacks: Any
) -> None:
    work_off()
    publish(make_source(document=make_document(is_paused=True)), LENT, day(0))
    publish(make_source(), "<p>The router stays ours for as long as you rent it.</p>", day(0))
    with django_capture_on_commit_callbacks(execute=True):
        save(client, page)
    work_off()
    run = Rerating.objects.get()
    report = text_of(client.get(reverse("rerating", args=[run.pk])))
    assert "Return of devices" in report
    assert not Clause.objects.filter(labels__type="device_return").exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("rerating", args=[run.pk]), {"answer": "accept"})
    work_off()
    assert "Found on 1 of 2 platforms" in text_of(client.get("/clauses/device_return/"))
    assert list(Clause.objects.filter(labels__type="device_return").values_list("severity", flat=True)) == [
        SeverityLevel.MEDIUM
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"slug": "arbitration"}, "There is a type of this short name"),
        ({"slug": "Device-Return"}, "lower-case letters"),
        ({"slug": "a" * 41}, "up to 40"),
        ({"group": "attic"}, "Select a valid choice"),
        ({"plain_phrases": ""}, "needs a phrase that shows it"),
        ({"plain_phrases": "(a+)+$"}, "use letters"),
        ({"plain_phrases": "the"}, "“the” stands in texts of every kind"),
        ({"weak_phrases": "we ... your\nreturn"}, "“we ... your” stands in texts of every kind"),
        ({"heading_phrases": "re*"}, "“re*” stands in texts of every kind"),
        ({"weak_phrases": "word\n" * 61}, "at most 60 phrases"),
        ({"base_points": "99"}, "less than or equal to 8"),
        ({"name": ""}, "required"),
        ({"reason": ""}, "needs a reason"),
    ],
)
def test_a_wrong_entry_is_refused_with_what_to_do_and_nothing_is_stored(
    client: Client, page: str, wrong: dict[str, str], told: str
) -> None:
    answer = save(client, page, **wrong)
    assert answer.status_code == 200
    assert told in text_of(answer)
    assert not SiteRules.objects.exists()


def test_a_type_of_the_site_is_changed_under_its_slug_which_lasts(client: Client, page: str) -> None:
    save(client, page)
    change = reverse("type-rules", args=["device_return"])
    assert "slug" not in fields_of(client, change)
    save(client, change, slug="other_name", name="Devices back", based_on="1")
    assert {slug: row["name"] for slug, row in working_rules().content["types"].items()} == {
        "device_return": "Devices back"
    }


def test_phrases_that_stay_or_find_nothing_any_more_need_no_look(client: Client, page: str) -> None:
    save(client, page)
    change = reverse("type-rules", args=["device_return"])
    assert client.post(change, sent(base_points="5", based_on="1")).status_code == 302
    assert client.post(change, sent(retired="on", based_on="2")).status_code == 302
    assert working_rules().content["types"]["device_return"]["retired"]
    assert client.post(change, sent(based_on="3")).status_code == 200, "it would find clauses again"


def test_the_look_counts_a_heading_only_where_a_clause_says_nothing_else(client: Client, page: str) -> None:
    publish(
        make_source(),
        "<h2>Lent devices</h2><p>Ours for ever.</p><p>You agree to binding arbitration of all disputes.</p>",
        day(0),
    )
    asked = client.post(page, sent(plain_phrases="", heading_phrases="lent device*"))
    assert "match 1 of 2 clauses" in text_of(asked)


def test_the_look_asks_no_more_of_the_database_for_more_clauses(client: Client, page: str) -> None:
    counts = []
    for _ in range(2):
        for _ in range(2):
            publish(make_source(), LENT, day(0))
        with CaptureQueriesContext(connection) as queries:
            client.post(page, sent(heading_phrases="devices"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_retired_type_says_so_in_the_list_of_types(client: Client) -> None:
    row = own_type(plain_phrases=["our pen*"])
    put_in_force({"types": {"pens": row}})
    assert "A type of this site<" in text_of(client.get(reverse("site-rules")))
    put_in_force({"types": {"pens": {**row, "retired": True}}})
    assert "A type of this site, retired<" in text_of(client.get(reverse("site-rules")))
