"""The page on which curators write about a record, and the record that shows it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import Clause, Commentary
from clauses.queries.records import records
from tests.builders import KEPT_5_YEARS, KEPT_30_DAYS, day, make_source, make_user, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause() -> Clause:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    return records().get(labels__type="data_retention")


@pytest.fixture
def curator() -> Client:
    client = Client()
    client.force_login(make_user("ines", role="curator", first_name="Ines", last_name="Roca"))
    return client


def address(clause: Clause) -> str:
    return reverse("record-comment", args=[clause.number])


def sent(client: Client, clause: Clause, text: str) -> dict[str, object]:
    """What the form would send, with its hidden fields as the page has them."""
    form = client.get(address(clause)).context["form"]
    return {"text": text, "wording": form["wording"].value(), "latest": form["latest"].value() or ""}


def test_what_a_curator_writes_stands_on_the_record_and_in_its_twin(curator: Client, clause: Clause) -> None:
    response = curator.post(address(clause), sent(curator, clause, "Ask for <b>backups</b>.\n\nIn writing."))
    assert response.url == reverse("record", args=[clause.number])
    page = Client().get(response.url).content.decode()
    assert "A curator’s commentary" in page
    assert "<p>Ask for &lt;b&gt;backups&lt;/b&gt;.</p>" in page
    assert "Ines Roca" in page
    assert "Change the commentary" not in page
    told = Client().get(reverse("record-json", args=[clause.number])).json()["commentary"]
    assert (told["text"], told["written_by"], told["earlier"], told["text_changed_since"]) == (
        "Ask for <b>backups</b>.\n\nIn writing.",
        "Ines Roca",
        0,
        False,
    )


def test_a_record_without_one_says_nothing_to_readers_and_offers_it_to_curators(
    curator: Client, client: Client, clause: Clause
) -> None:
    record = reverse("record", args=[clause.number])
    assert "commentary" not in client.get(record).content.decode().lower()
    assert "Write a commentary" in curator.get(record).content.decode()
    assert client.get(reverse("record-json", args=[clause.number])).json()["commentary"] is None


def test_two_that_write_at_once_do_not_overwrite_each_other(curator: Client, clause: Clause) -> None:
    mine = sent(curator, clause, "Mine.")
    curator.post(address(clause), sent(curator, clause, "Theirs."))
    answer = curator.post(address(clause), mine)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Somebody has written since" in page
    assert "Theirs." in page
    assert "Mine." in page, "what was typed is not lost"
    assert [row.text for row in Commentary.objects.all()] == ["Theirs."]


def test_words_that_changed_meanwhile_are_to_be_read_first(curator: Client, clause: Clause) -> None:
    mine = sent(curator, clause, "Mine.")
    source = clause.document.sources.get()
    publish(source, KEPT_5_YEARS, day(30))
    assert "has other words" in curator.post(address(clause), mine).content.decode()
    assert not Commentary.objects.exists()


def test_the_form_sent_again_after_a_refusal_is_taken(curator: Client, clause: Clause) -> None:
    curator.post(address(clause), sent(curator, clause, "Theirs."))
    refused = curator.post(
        address(clause), {"text": "Mine.", "wording": clause.current.wording_id, "latest": ""}
    )
    form = refused.context["form"]
    again = {"text": "Mine.", "wording": form["wording"].value(), "latest": form["latest"].value()}
    assert curator.post(address(clause), again).status_code == 302
    assert Commentary.objects.first().text == "Mine."


@pytest.mark.parametrize("role", ["", "analyst"])
def test_only_curators_write(role: str, clause: Clause) -> None:
    client = Client()
    client.force_login(make_user(role=role))
    assert client.get(address(clause)).status_code == 403
    assert client.post(address(clause), {"text": "x"}).status_code == 403


def test_an_absorbed_record_leads_to_the_one_that_stands_for_it(curator: Client, clause: Clause) -> None:
    other = Clause.objects.exclude(pk=clause.pk).first()
    Clause.objects.filter(pk=clause.pk).update(superseded_by=other)
    assert curator.get(address(clause)).url == address(other)
