"""The pages on which curators say what their site reads and rates otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clauses.models import Rerating, SiteRules
from clauses.queries.site_rules import working_rules
from clauses.site_taxonomy import refresh_rules
from tests.builders import make_change_set, make_user
from tests.clauses.amended_site import fields_of, post, read_all, save, text_of
from tests.task_queue import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped_rules_afterwards() -> Iterator[None]:
    yield
    work_off()


@pytest.fixture
def ada() -> User:
    return make_user("ada", role="curator")


@pytest.fixture
def client(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def in_force(client: Client) -> Any:
    """Accept what is under way; the rules then."""
    read_all()
    run = Rerating.objects.get(end="")
    assert client.post(reverse("rerating", args=[run.pk]), {"answer": "accept"}).url == reverse("site-rules")
    return refresh_rules()


def test_points_are_saved_as_what_differs_from_what_is_shipped(client: Client) -> None:
    path = reverse("point-rules", args=["clauses"])
    answer = post(client, path, **{"clause.factor.no_notice": "4"})
    run = Rerating.objects.get()
    assert answer.url == reverse("rerating", args=[run.pk])
    assert run.rules.content == {"points": {"clause.factor.no_notice": 4}}
    assert {row.code: row.points for row in in_force(client).taxonomy.rubric.factors}["no_notice"] == 4
    # Back to what is shipped is nothing said any more.
    post(client, path, **{"clause.factor.no_notice": "2"})
    assert working_rules().content == {}


def test_points_of_the_other_rubric_stay_when_one_is_saved(client: Client) -> None:
    post(client, reverse("point-rules", args=["clauses"]), **{"clause.factor.no_notice": "4"})
    post(client, reverse("point-rules", args=["changes"]), **{"change.words.opt_out": "2"})
    assert working_rules().content == {"points": {"clause.factor.no_notice": 4, "change.words.opt_out": 2}}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("9", "less than or equal to 8"),
        ("-1", "greater than or equal to 0"),
        ("x", "whole number"),
        ("", "required"),
    ],
)
def test_points_that_are_none_are_refused_at_their_field(client: Client, value: str, told: str) -> None:
    answer = post(client, reverse("point-rules", args=["clauses"]), **{"clause.factor.no_notice": value})
    assert answer.status_code == 200
    assert told in text_of(answer)
    assert not SiteRules.objects.exists()


def test_points_that_would_make_more_weigh_less_are_refused_with_the_reason(client: Client) -> None:
    answer = post(client, reverse("point-rules", args=["changes"]), **{"change.figure.retention.1": "7"})
    assert "it must ascend, not 7, 3, 5, 7" in text_of(answer)
    assert not SiteRules.objects.exists()


def test_phrases_are_tried_on_the_archive_before_they_are_saved(client: Client) -> None:
    make_change_set()
    path = reverse("type-rules", args=["content_removal"])
    answer = post(client, path, plain_phrases="you can write\nyour feedback")
    assert "the phrases match 2 of 2 clauses, 2 now typed otherwise" in text_of(answer)
    assert not SiteRules.objects.exists()
    looked_at = answer.context["form"].phrases_key
    # Other phrases than were looked at are looked at first.
    other = post(client, path, plain_phrases="five moons", looked_at=looked_at)
    assert "match 0 of 2 clauses" in text_of(other)
    post(client, path, plain_phrases="you can write\nyour feedback", looked_at=looked_at)
    row = working_rules().content["types"]["content_removal"]
    assert row == {"plain_phrases": ["you can write", "your feedback"]}
    assert "content_removal" in {
        match.slug for match in _read("You can write to us.", in_force(client).taxonomy)
    }


def _read(text: str, taxonomy: Any) -> Any:
    from clauses.core.classify import classify_types
    from clauses.core.values import Passage

    return classify_types(Passage.alone(text), taxonomy)


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("(a+)+$", "“(a+)+$”"),
        ("we ... your", "texts of every kind"),
        ("a" * 200, "too long"),
        ("...", "begin and end"),
    ],
)
def test_a_phrase_that_is_none_is_refused_with_what_to_do(client: Client, phrase: str, told: str) -> None:
    answer = post(client, reverse("type-rules", args=["arbitration"]), plain_phrases=phrase)
    assert answer.status_code == 200
    assert told in text_of(answer)
    assert not SiteRules.objects.exists()


def test_texts_of_a_type_are_shown_to_readers_once_accepted_and_never_run(client: Client) -> None:
    make_change_set()
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}"
    post(client, reverse("type-rules", args=["data_retention"]), description=hostile, name="Keeping")
    page = reverse("clause-type", args=["data_retention"])
    assert "Keeping" not in text_of(client.get(page))
    in_force(client)
    raw = client.get(page).content.decode()
    assert "Keeping" in raw
    assert "&lt;script&gt;alert(1)" in raw
    assert "<script>alert(1)" not in raw
    assert "{{ 7|add:7 }}" in raw


def test_a_group_is_added_renamed_and_used(client: Client) -> None:
    path = reverse("group-rules")
    post(client, path, name_disputes="Quarrels", new_slug="devices", new_name="Devices")
    assert working_rules().content["groups"] == {"disputes": "Quarrels", "devices": "Devices"}
    post(client, reverse("type-rules", args=["arbitration"]), group="devices")
    rules = in_force(client)
    assert rules.taxonomy.types["arbitration"].group == "devices"
    assert "Devices" in text_of(client.get(reverse("methodology")))
    assert "Devices" in text_of(client.get(reverse("new-type")))
    assert "There is a group" in text_of(post(client, path, new_slug="devices", new_name="Others"))
    assert "lower-case" in text_of(post(client, path, new_slug="Big-Group", new_name="Big"))
    assert "short name and a name" in text_of(post(client, path, new_slug="", new_name="Big"))
    assert "group is no group of the taxonomy" in text_of(post(client, path, name_devices=""))
    post(client, reverse("type-rules", args=["arbitration"]), group="disputes")
    post(client, path, name_devices="")
    assert working_rules().content == {"groups": {"disputes": "Quarrels"}}


def test_notes_on_the_law_are_edited_as_lines_and_stand_on_the_page_of_the_law(client: Client) -> None:
    path = reverse("note-rules", args=["arbitration"])
    shipped = fields_of(client, path)
    # What is shipped comes back as it was: nothing differs.
    assert "Nothing differs" in text_of(post(client, path, as_shipped="on"))
    lines = "gdpr Art. 79 | faa § 2\nEverybody may go to court over their data."
    post(client, path, notes=lines, questions="Until when? | deadline\nAnd where?")
    row = working_rules().content["notes"]["arbitration"]
    assert row["notes"] == [
        {"at": ["gdpr Art. 79", "faa § 2"], "says": "Everybody may go to court over their data."}
    ]
    assert row["questions"] == [{"ask": "Until when?", "facts": ["deadline"]}, {"ask": "And where?"}]
    assert row["steps"] == str(shipped["steps"]).splitlines()
    in_force(client)
    page = text_of(client.get(reverse("law")))
    assert "Everybody may go to court over their data." in page
    assert "+site" in page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"notes": "gdpr Art. 79"}, "two lines"),
        ({"notes": "nolaw Art. 1\nSays."}, "nolaw"),
        ({"questions": "Until when? | teatime"}, "teatime"),
        ({"none": "Because."}, "not both"),
        ({"notes": "", "questions": "", "contract": "", "steps": ""}, "say why there are none"),
        ({"steps": ""}, "steps must be a list"),
    ],
)
def test_broken_notes_are_refused_with_what_is_wrong(client: Client, values: dict, told: str) -> None:
    answer = post(client, reverse("note-rules", args=["arbitration"]), **values)
    assert told in text_of(answer)
    assert not SiteRules.objects.exists()


def test_an_agency_is_added_and_changed(client: Client) -> None:
    given = {
        "slug": "xx_office",
        "name": "Office of Complaints",
        "jurisdiction": "eu",
        "what_for": "All of it.",
        "url": "https://office.example/",
        "laws": ["gdpr"],
    }
    post(client, reverse("new-agency"), **given)
    assert in_force(client).regulation.agencies["xx_office"].name == "Office of Complaints"
    assert "Office of Complaints" in text_of(client.get(reverse("law")))
    path = reverse("agency-rules", args=["xx_office"])
    post(client, path, name="Office of Praise")
    row = working_rules().content["agencies"]["xx_office"]
    assert (row["name"], row["laws"]) == ("Office of Praise", ["gdpr"])
    assert "There is an agency" in text_of(post(client, reverse("new-agency"), **given))
    refused = post(client, reverse("new-agency"), **{**given, "slug": "yy", "url": "javascript:alert(1)"})
    assert "valid URL" in text_of(refused)
    refused = post(client, reverse("new-agency"), **{**given, "slug": "yy", "url": "http://office.example/"})
    assert "https://" in text_of(refused)


def test_who_saves_after_somebody_else_is_told_keeps_what_was_typed_and_may_go_on(client: Client) -> None:
    path = reverse("point-rules", args=["clauses"])
    stale = {**fields_of(client, path), "reason": "Mine.", "clause.factor.no_notice": "5"}
    save({"groups": {"devices": "Devices"}}, make_user("ben", role="administrator"), "Ben's.")
    answer = client.post(path, stale)
    assert "ben saved version 1 meanwhile: Ben's." in text_of(answer)
    assert SiteRules.objects.count() == 1
    again = stale | {"based_on": str(answer.context["based_on"])}
    client.post(path, again)
    assert working_rules().content == {
        "groups": {"devices": "Devices"},
        "points": {"clause.factor.no_notice": 5},
    }
