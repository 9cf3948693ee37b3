"""The types that curators add: how clauses get them, and the desk on which they are kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clauses.core.taxonomy import shipped_taxonomy
from clauses.curation import decide
from clauses.forms.decisions import DecisionForm
from clauses.models import Clause, Label, SiteType
from clauses.models.choices import SeverityLevel
from clauses.site_taxonomy import refresh_taxonomy, taxonomy_in_force
from tests.builders import day, make_document, make_source, make_user, publish
from tests.task_queue import work_off

pytestmark = pytest.mark.django_db
LENT = "<h2>Devices</h2><p>Return the router within a week in its box.</p><p>The router stays ours.</p>"
ADD, LIST = "admin:clauses_sitetype_add", "admin:clauses_sitetype_changelist"


@pytest.fixture(autouse=True)
def _leave_the_shipped_taxonomy():
    yield
    SiteType.objects.all().delete()
    refresh_taxonomy()


@pytest.fixture
def curator() -> Client:
    client = Client()
    client.force_login(make_user("cora", role="curator"))
    return client


def sent(**values: str) -> dict[str, str]:
    return {
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


def looked_at(page: str) -> str:
    """What the form sends to say that somebody looked at what its phrases would find; empty where it does not ask."""
    found = re.search(r'name="looked_at" value="(\w+)"', page)
    return found[1] if found else ""


def save(client: Client, page: str, **values: str) -> Any:
    """Send the form, and send it again where it asks to look at what the phrases would find."""
    answer = client.post(page, sent(**values))
    key = looked_at(answer.content.decode())
    return client.post(page, sent(looked_at=key, **values)) if key else answer


def test_a_clause_gets_a_new_type_by_its_phrases(curator):
    assert save(curator, reverse(ADD)).status_code == 302
    publish(make_source(), LENT, day(0))
    typed = Clause.objects.filter(labels__type="device_return")
    assert [clause.current.wording.text for clause in typed] == [
        "Return the router within a week in its box."
    ]
    read = typed.get().current.classification
    assert read.taxonomy_version.startswith(shipped_taxonomy().version + "+")
    evidence = next(row for row in read.types if row["slug"] == "device_return")["evidence"]
    assert evidence[0]["text"] == "Return the router"


def test_a_phrase_that_voids_keeps_a_sentence_out(curator):
    save(curator, reverse(ADD))
    publish(make_source(), "<p>There is no need to return the router to us at all.</p>", day(0))
    assert not Label.objects.filter(type="device_return").exists()


def test_pages_name_the_new_type_at_once(curator):
    save(curator, reverse(ADD))
    assert "Return of devices" in Client().get("/clauses/device_return/").content.decode()
    assert "Return of devices" in Client().get("/methodology/").content.decode()
    SiteType.objects.all().delete()
    assert Client().get("/clauses/device_return/").status_code == 404


def test_the_same_types_have_the_same_version_again(curator):
    save(curator, reverse(ADD))
    before = taxonomy_in_force().version
    SiteType.objects.update(base_points=5)
    assert refresh_taxonomy().version != before
    SiteType.objects.update(base_points=3)
    assert refresh_taxonomy().version == before


def test_a_retired_type_is_kept_for_what_was_ruled_and_given_to_nothing_new(curator):
    save(curator, reverse(ADD))
    publish(make_source(), LENT, day(0))
    clause = Clause.objects.get(labels__type="device_return")
    decide(clause, ["device_return"], SeverityLevel.LOW, "It is.", make_user())
    page = reverse("admin:clauses_sitetype_change", args=[SiteType.objects.get().pk])
    save(curator, page, is_retired="on")
    publish(make_source(), LENT.replace("week", "month"), day(1))
    assert list(Clause.objects.filter(labels__type="device_return")) == [clause]
    assert Client().get("/clauses/device_return/").status_code == 200
    other = Clause.objects.exclude(pk=clause.pk).first()
    assert "device_return" in dict(DecisionForm(clause).fields["types"].choices)
    assert "device_return" not in dict(DecisionForm(other).fields["types"].choices)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"slug": "arbitration"}, "is a type of the shipped taxonomy"),
        ({"slug": "Device-Return"}, "Lower-case letters"),
        ({"group": "attic"}, "Select a valid choice"),
        ({"plain_phrases": ""}, "at least one phrase"),
        ({"plain_phrases": "(a+)+$"}, "use letters"),
        ({"plain_phrases": "the"}, "“the” stands in texts of every kind"),
        ({"weak_phrases": "we ... your\nreturn"}, "“we ... your” stands in texts of every kind"),
        ({"heading_phrases": "re*"}, "“re*” stands in texts of every kind"),
        ({"weak_phrases": "word\n" * 61}, "At most 60 phrases"),
        ({"base_points": "99"}, "less than or equal to 8"),
        ({"name": ""}, "required"),
    ],
)
def test_a_wrong_entry_is_refused_with_what_to_do_and_nothing_is_stored(curator, wrong, told):
    answer = save(curator, reverse(ADD), **wrong)
    assert answer.status_code == 200
    assert told in answer.content.decode().replace("&#x27;", "'")
    assert not SiteType.objects.exists()


def test_a_type_that_clauses_carry_can_be_retired_but_not_deleted(curator):
    save(curator, reverse(ADD))
    site_type = SiteType.objects.get()
    delete = reverse("admin:clauses_sitetype_delete", args=[site_type.pk])
    publish(make_source(), LENT, day(0))
    assert curator.post(delete, {"post": "yes"}).status_code == 403
    Label.objects.filter(type="device_return").delete()
    assert curator.post(delete, {"post": "yes"}).status_code == 302
    assert not SiteType.objects.exists()


def test_a_type_that_was_once_ruled_is_not_deleted_though_no_clause_is_of_it_any_more(curator):
    save(curator, reverse(ADD))
    publish(make_source(), "<p>The router stays ours.</p>", day(0))
    clause = Clause.objects.get()
    for types in (["device_return"], []):
        decide(clause, types, SeverityLevel.LOW, "It is.", make_user())
        clause.refresh_from_db()
    assert not Label.objects.exists()
    delete = reverse("admin:clauses_sitetype_delete", args=[SiteType.objects.get().pk])
    assert curator.post(delete, {"post": "yes"}).status_code == 403


def test_only_curators_keep_types():
    for user in (None, make_user("ana")):
        client = Client()
        if user:
            client.force_login(user)
        assert client.get(reverse(LIST)).status_code in {302, 403}
        save(client, reverse(ADD))
        assert not SiteType.objects.exists()


def test_the_list_counts_the_clauses_of_all_types_at_once(curator):
    save(curator, reverse(ADD))
    publish(make_source(), LENT, day(0))
    queries = []
    for slug in ("pens", "looms", "kilns"):
        with CaptureQueriesContext(connection) as captured:
            shown = curator.get(reverse(LIST)).content.decode()
        queries.append(len(captured))
        save(curator, reverse(ADD), slug=slug, plain_phrases=f"our {slug}")
    assert 'class="field-clause_count">1<' in shown
    assert len(set(queries)) == 1


def test_the_slug_of_a_type_lasts(curator):
    save(curator, reverse(ADD))
    page = reverse("admin:clauses_sitetype_change", args=[SiteType.objects.get().pk])
    save(curator, page, slug="other_name", name="Devices back")
    assert list(SiteType.objects.values_list("slug", "name")) == [("device_return", "Devices back")]


def test_a_type_is_saved_once_what_its_phrases_would_find_was_looked_at(curator):
    publish(make_source(), LENT, day(0))
    asked = curator.post(reverse(ADD), sent(weak_phrases="in its box")).content.decode()
    assert not SiteType.objects.exists()
    assert "Not saved yet: 1 of 2 standing clauses would be of this type" in asked
    assert "<td>return ... router</td><td>1</td>" in asked
    assert "<td>in its box</td><td>1</td>" in asked
    assert "Return the router within a week in its box." in asked
    assert "Please correct" not in asked
    assert 'value="device_return"' in asked
    of_others = sent(plain_phrases="router", looked_at=looked_at(asked))
    other = curator.post(reverse(ADD), of_others).content.decode()
    assert not SiteType.objects.exists()
    assert "2 of 2 standing clauses" in other
    assert "That is 100 % of them" in other
    assert save(curator, reverse(ADD)).status_code == 302
    assert SiteType.objects.count() == 1


def test_a_type_whose_phrases_stay_is_saved_at_once(curator):
    save(curator, reverse(ADD))
    page = reverse("admin:clauses_sitetype_change", args=[SiteType.objects.get().pk])
    assert curator.post(page, sent(base_points="5")).status_code == 302
    assert curator.post(page, sent(is_retired="on")).status_code == 302
    assert curator.post(page, sent()).status_code == 200, "it would find clauses again"
    assert SiteType.objects.get().is_retired


def test_the_look_counts_a_heading_only_where_a_clause_says_nothing_else(curator):
    publish(
        make_source(),
        "<h2>Lent devices</h2><p>Ours for ever.</p><p>You agree to binding arbitration of all disputes.</p>",
        day(0),
    )
    asked = curator.post(
        reverse(ADD), sent(plain_phrases="", heading_phrases="lent device*")
    ).content.decode()
    assert "1 of 2 standing clauses" in asked


def test_the_look_asks_no_more_of_the_database_for_more_clauses(curator):
    counts = []
    for _ in range(2):
        for _ in range(2):
            publish(make_source(), LENT, day(0))
        with CaptureQueriesContext(connection) as queries:
            curator.post(reverse(ADD), sent(heading_phrases="devices"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_stands_is_read_by_a_new_type_as_soon_as_it_is_saved(
    curator, django_capture_on_commit_callbacks
):
    work_off()
    publish(make_source(document=make_document(is_paused=True)), LENT, day(0))
    publish(make_source(), "<p>The router stays ours for as long as you rent it.</p>", day(0))
    with django_capture_on_commit_callbacks(execute=True):
        save(curator, reverse(ADD))
    page = curator.get("/clauses/device_return/").content.decode()
    assert "2 documents are being read anew" in page, "the message of the desk"
    assert "0 of 2 documents done" in page
    assert "No clause of this type stands in the documents that are read so far" in page
    assert work_off() == ["clauses.tasks.reread_stale_documents"] * 3
    page = curator.get("/clauses/device_return/").content.decode()
    assert "being read anew" not in page
    assert "Found on 1 of 2 platforms" in page
    assert list(Clause.objects.filter(labels__type="device_return").values_list("severity", flat=True)) == [
        SeverityLevel.MEDIUM
    ]


def test_a_retired_type_leaves_what_stands_at_once(curator, django_capture_on_commit_callbacks):
    work_off()
    save(curator, reverse(ADD))
    publish(make_source(), LENT, day(0))
    page = reverse("admin:clauses_sitetype_change", args=[SiteType.objects.get().pk])
    assert Label.objects.filter(type="device_return").exists()
    with django_capture_on_commit_callbacks(execute=True):
        save(curator, page, is_retired="on")
    assert "So far found on 1 of 1 platform" in Client().get("/clauses/device_return/").content.decode()
    assert "0 of 1 document done" in Client().get("/clauses/").content.decode()
    work_off()
    assert "Found on 0 of 1 platform" in Client().get("/clauses/device_return/").content.decode()


def test_a_request_asks_for_the_types_once():
    make_source()
    client = Client()
    client.get("/clauses/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/clauses/")
    assert sum("sitetype" in row["sql"] for row in queries.captured_queries) == 1
