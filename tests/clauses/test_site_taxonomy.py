"""The types that curators add: how clauses get them, and what they are named by."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clauses.core.taxonomy import shipped_taxonomy
from clauses.curation import decide
from clauses.forms.decisions import DecisionForm
from clauses.models import Clause, Label
from clauses.models.choices import SeverityLevel
from clauses.rereading import reread_next
from clauses.site_taxonomy import refresh_taxonomy, taxonomy_in_force
from tests.builders import day, make_source, make_user, publish
from tests.clauses.amended_site import own_type, put_in_force

pytestmark = pytest.mark.django_db
LENT = "<h2>Devices</h2><p>Return the router within a week in its box.</p><p>The router stays ours.</p>"


def put(**values: object) -> None:
    """A type of the site in force."""
    row = own_type(plain_phrases=["return ... router"], void_phrases=["no need to return"], **values)
    put_in_force({"types": {"device_return": row}})


def test_a_clause_gets_a_new_type_by_its_phrases() -> None:
    put()
    publish(make_source(), LENT, day(0))
    typed = Clause.objects.filter(labels__type="device_return")
    assert [clause.current.wording.text for clause in typed] == [
        "Return the router within a week in its box."
    ]
    read = typed.get().current.classification
    assert read.taxonomy_version == f"{shipped_taxonomy().version}+site1"
    evidence = next(row for row in read.types if row["slug"] == "device_return")["evidence"]
    assert evidence[0]["text"] == "Return the router"


def test_a_phrase_that_voids_keeps_a_sentence_out() -> None:
    put()
    publish(make_source(), "<p>There is no need to return the router to us at all.</p>", day(0))
    assert not Label.objects.filter(type="device_return").exists()


def test_pages_name_the_new_type_at_once() -> None:
    put()
    assert "Return of devices" in Client().get("/clauses/device_return/").content.decode()
    assert "Return of devices" in Client().get("/methodology/").content.decode()
    put_in_force({})
    assert Client().get("/clauses/device_return/").status_code == 404


def test_the_same_types_have_the_same_version_again() -> None:
    put()
    before = taxonomy_in_force().version
    put(base_points=5)
    assert refresh_taxonomy().version != before
    put()
    assert refresh_taxonomy().version == before


def test_a_type_of_the_site_weighs_what_it_says() -> None:
    put(base_points=6)
    publish(make_source(), LENT, day(0))
    assert Clause.objects.get(labels__type="device_return").severity == SeverityLevel.HIGH


def test_a_retired_type_is_kept_for_what_was_ruled_and_given_to_nothing_new() -> None:
    put()
    publish(make_source(), LENT, day(0))
    clause = Clause.objects.get(labels__type="device_return")
    decide(clause, ["device_return"], SeverityLevel.LOW, "It is.", make_user())
    put(retired=True)
    publish(make_source(), LENT.replace("week", "month"), day(1))
    assert list(Clause.objects.filter(labels__type="device_return")) == [clause]
    assert Client().get("/clauses/device_return/").status_code == 200
    other = Clause.objects.exclude(pk=clause.pk).first()
    assert "device_return" in dict(DecisionForm(clause).fields["types"].choices)
    assert "device_return" not in dict(DecisionForm(other).fields["types"].choices)


def test_a_retired_type_leaves_what_stands_once_it_is_read_anew() -> None:
    put()
    publish(make_source(), LENT, day(0))
    assert Label.objects.filter(type="device_return").exists()
    put(retired=True)
    assert "So far found on 1 of 1 platform" in Client().get("/clauses/device_return/").content.decode()
    assert "0 of 1 document done" in Client().get("/clauses/").content.decode()
    while reread_next():
        pass
    assert "Found on 0 of 1 platform" in Client().get("/clauses/device_return/").content.decode()


def test_a_request_asks_for_the_rules_in_force_once() -> None:
    make_source()
    client = Client()
    client.get("/clauses/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/clauses/")
    assert sum("clauses_rerating" in row["sql"] for row in queries.captured_queries) == 1
