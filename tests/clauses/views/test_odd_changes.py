"""The desk for changes that look odd, and the log of decisions."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import faulting, subscribing
from clauses.curation import decide, revert
from clauses.mail.alerts import alert_words
from clauses.models import Alert, ChangeRuling, ChangeSet, Clause, Decision
from clauses.models.choices import SeverityLevel
from tests.builders import make_change_set, make_platform, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("review-changes")


def _text(kept: int, others: int = 0) -> str:
    return "".join(
        [f"<p>We keep thing number {n} of yours in house {n} for you.</p>" for n in range(kept)]
        + [f"<p>Visitors bring {n} flowers to the garden on Sunday {n} in spring.</p>" for n in range(others)]
    )


@pytest.fixture
def odd() -> ChangeSet:
    return make_change_set(old=_text(10), new=_text(4, 5))


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("kim", role="curator"))
    return client


def _page(change_set: ChangeSet) -> str:
    return reverse("review-change", args=[change_set.number])


def test_an_odd_change_waits_with_its_counts_and_goes_once_ruled(desk: Client, odd: ChangeSet) -> None:
    text = desk.get(LIST).content.decode()
    assert "of 10 clauses 6 went, 5 came" in text
    assert "<strong>1</strong> recorded change in which" in desk.get(reverse("review")).content.decode()
    answer = desk.post(_page(odd), {"is_real": "no", "reason": "Cut in half.", "seen": "0"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "is marked as a fault of capture" in answer.content.decode()
    assert "Nothing looks odd" in answer.content.decode()
    assert "Cut in half." in desk.get(_page(odd)).content.decode()


def test_an_empty_desk_says_so(desk: Client) -> None:
    text = desk.get(LIST).content.decode()
    assert "Nothing looks odd" in text
    assert "Nobody has ruled on a change yet." in text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": "Why."}, "Say whether it is the publisher"),
        ({"is_real": "maybe", "reason": "Why."}, "Select a valid choice"),
        ({"is_real": "yes", "reason": " "}, "A ruling needs a reason"),
        ({"is_real": "yes", "reason": "x" * 501}, "at most 500"),
    ],
)
def test_half_a_ruling_is_none(desk: Client, odd: ChangeSet, given: dict[str, str], words: str) -> None:
    assert words in desk.post(_page(odd), {"seen": "0", **given}).content.decode()
    assert not ChangeRuling.objects.exists()


def test_who_rules_on_what_others_ruled_meanwhile_sees_their_ruling(desk: Client, odd: ChangeSet) -> None:
    desk.post(_page(odd), {"is_real": "yes", "reason": "Real.", "seen": "0"})
    answer = desk.post(_page(odd), {"is_real": "no", "reason": "Fault.", "seen": "0"})
    assert "Somebody ruled on this change since" in answer.content.decode()
    assert ChangeRuling.objects.get().is_real
    seen = str(ChangeRuling.objects.get().pk)
    desk.post(_page(odd), {"is_real": "no", "reason": "Fault.", "seen": seen})
    assert ChangeRuling.objects.count() == 2


def test_a_change_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get(reverse("review-change", args=[999])).status_code == 404


def test_only_curators_rule_and_read_the_log(client: Client, odd: ChangeSet) -> None:
    client.force_login(make_user())
    names = ("review-decisions", "decisions-csv", "decisions-jsonl")
    addresses = [LIST, _page(odd), *map(reverse, names)]
    assert [client.get(address).status_code for address in addresses] == [403] * 5
    assert client.post(_page(odd), {"is_real": "no", "reason": "R.", "seen": "0"}).status_code == 403


@pytest.fixture
def decisions(desk: Client) -> list[Decision]:
    """A decision that was taken back, and a formula for a reason."""
    clause = Clause.objects.filter(document=make_change_set().document).first()
    kim = make_user("lee", role="curator")
    decide(clause, ["arbitration"], SeverityLevel.HIGH, '=HYPERLINK("x")', kim)
    clause.refresh_from_db()
    revert(Decision.objects.get(), reason="A slip.", user=kim)
    return list(Decision.objects.order_by("pk"))


def test_the_log_shows_what_was_ruled_and_taken_back(desk: Client, decisions: list[Decision]) -> None:
    text = desk.get(reverse("review-decisions")).content.decode()
    assert "=HYPERLINK(&quot;x&quot;)" in text
    assert "Taken back:" in text
    assert "A slip." in text


def test_the_log_leaves_as_lines_with_what_the_machine_said(desk: Client, decisions: list[Decision]) -> None:
    answer = desk.get(reverse("decisions-jsonl"))
    first, second = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
    assert (first["types"], first["severity"], first["by"]) == (["arbitration"], "high", "lee")
    assert first["machine_types"] == [match["slug"] for match in decisions[0].said["types"]]
    assert first["wording"] == decisions[0].wording.text
    assert second["reverts"] == first["decision"]


def test_the_table_has_the_same_rows_and_no_formula(desk: Client, decisions: list[Decision]) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.get(reverse("decisions-csv")).getvalue().decode())))
    assert [row["by"] for row in rows] == ["lee", "lee"]
    assert rows[0]["reason"] == '\'=HYPERLINK("x")'
    assert rows[0]["record"] == decisions[0].clause.public_id


def test_an_empty_log_says_so(desk: Client) -> None:
    assert "Nobody has ruled on a clause yet" in desk.get(reverse("review-decisions")).content.decode()
    assert desk.get(reverse("decisions-jsonl")).getvalue() == b""


@pytest.mark.parametrize("is_ruled", [False, True])
def test_a_mail_says_that_half_a_text_came_at_once_until_somebody_has_looked(is_ruled: bool) -> None:
    subscribing.subscribe(make_user(), platform := make_platform(), SeverityLevel.LOW)
    came = "".join(f"<p>We may sell recording {n} of your voice to advertisers.</p>" for n in range(9))
    change_set = make_change_set(platform, old=_text(8), new=_text(8) + came)
    if is_ruled:
        kim = make_user("kim", role="curator")
        faulting.rule(change_set, is_real=True, reason="It grew.", by=kim, at=timezone.now())
    words = alert_words(Alert.objects.get())
    for part in ("html", "txt"):
        said = render_to_string(f"emails/alert.{part}", words)
        assert ("no fault of our capture" in said) is not is_ruled
