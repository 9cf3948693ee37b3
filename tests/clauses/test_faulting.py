"""Rulings on recorded changes that look odd."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses import alerting, delivering, faulting
from clauses.change_sets import write
from clauses.core.compare import compare
from clauses.models import Alert, AlertState, ChangeRuling, ChangeSet, Webhook, WebhookDelivery
from clauses.models.change_ruling import ChangeRulingIsFinal
from clauses.models.choices import SeverityLevel
from clauses.queries.odd_changes import odd_change_sets, ruled_change_sets
from clauses.subscribing import subscribe
from tests.builders import day, make_change_set, make_document, make_source, make_user, publish

pytestmark = pytest.mark.django_db


def _text(kept: int, others: int = 0) -> str:
    """A text of clauses that stand in all of these texts, and of others: the gate lets it be as long as it was."""
    return "".join(
        [f"<p>We keep thing number {n} of yours in house {n} for you.</p>" for n in range(kept)]
        + [f"<p>Visitors bring {n} flowers to the garden on Sunday {n} in spring.</p>" for n in range(others)]
    )


def _change(old: str, new: str) -> ChangeSet:
    return make_change_set(old=old, new=new)


@pytest.mark.parametrize(
    ("old", "new", "is_odd"),
    [
        (_text(10), _text(5, 5), True),
        (_text(10), _text(6, 4), False),
        (_text(10), _text(10, 10), True),
        (_text(10), _text(10, 9), False),
        (_text(7), _text(2, 5), False),
        (_text(10), _text(10, 1), False),
    ],
)
def test_a_text_that_loses_half_of_its_clauses_or_doubles_looks_odd(old: str, new: str, is_odd: bool) -> None:
    change_set = _change(old, new)
    assert list(odd_change_sets()) == ([change_set] if is_odd else [])


def test_its_counts_are_those_of_the_comparison() -> None:
    found = _change(_text(10), _text(4, 5)) and odd_change_sets().get()
    assert (found.before, found.gone, found.came) == (10, 6, 5)


def test_our_own_readings_are_never_odd() -> None:
    source = make_source(make_document(), select=["main"])
    page = f"{_text(10)}<section>{_text(0, 12)}</section>"
    publish(source, page, day(1))
    source.select = ["section"]
    source.save()
    publish(source, page, day(2))
    change_set = ChangeSet.objects.get()
    assert change_set.is_technical
    assert change_set.counts["removed"] == 10
    assert not odd_change_sets().exists()


def test_a_fault_is_hidden_marked_and_never_deleted(client: Client) -> None:
    change_set, kim = _change(_text(10), _text(4, 5)), make_user("kim", role="curator")
    faulting.rule(change_set, is_real=False, reason="The page was cut in half.", by=kim, at=day(9))
    change_set.refresh_from_db()
    assert change_set.is_technical
    assert list(ruled_change_sets()) == [change_set]
    assert not odd_change_sets().exists()
    assert change_set.headline not in client.get(reverse("changes")).content.decode()
    page = client.get(reverse("change-set", args=[change_set.number]), follow=True).content.decode()
    assert "A fault of capture, not a change by the publisher" in page
    assert "The page was cut in half." in page


def test_a_later_ruling_counts_and_shows_the_change_again(client: Client) -> None:
    change_set, kim = _change(_text(10), _text(4, 5)), make_user("kim", role="curator")
    faulting.rule(change_set, is_real=False, reason="Cut.", by=kim, at=day(9))
    faulting.rule(change_set, is_real=True, reason="They did cut it.", by=kim, at=day(10))
    change_set.refresh_from_db()
    assert not change_set.is_technical
    assert not odd_change_sets().exists()
    page = client.get(reverse("change-set", args=[change_set.number]), follow=True).content.decode()
    assert "They did cut it." in page
    assert ChangeRuling.objects.count() == 2


def test_of_a_fault_nobody_is_told_who_was_not_told_yet() -> None:
    change_set = _change(_text(10), _text(4, 5))
    subscription = subscribe(make_user(), change_set.document.platform, SeverityLevel.NONE)
    told = subscribe(make_user(), change_set.document.platform, SeverityLevel.NONE)
    for one, state in ((subscription, AlertState.OWED), (told, AlertState.SENT)):
        Alert.objects.create(recipient=one.recipient, subscription=one, change_set=change_set, state=state)
    webhook = Webhook.objects.create(subscription=subscription, url="https://hook.example/")
    call = WebhookDelivery.objects.create(webhook=webhook, change_set=change_set)
    faulting.rule(change_set, is_real=False, reason="Cut.", by=make_user(), at=day(9))
    call.refresh_from_db()
    assert call.state == AlertState.DROPPED
    states = dict(Alert.objects.values_list("subscription", "state"))
    assert states == {subscription.pk: AlertState.DROPPED, told.pk: AlertState.SENT}
    faulting.rule(change_set, is_real=True, reason="Real.", by=make_user(), at=day(10))
    change_set.refresh_from_db()
    alerting.owe(change_set)
    assert Alert.objects.count() == 2


def test_a_ruling_is_only_ever_followed_by_another() -> None:
    ruling = faulting.rule(
        _change(_text(10), _text(4, 5)), is_real=True, reason="R.", by=make_user(), at=day(9)
    )
    with pytest.raises(ChangeRulingIsFinal):
        ruling.save()
    with pytest.raises(ChangeRulingIsFinal):
        ruling.delete()


def test_a_mail_that_failed_is_not_tried_again_about_a_fault(mailoutbox) -> None:
    change_set = _change(_text(10), _text(4, 5))
    subscription = subscribe(make_user(), change_set.document.platform, SeverityLevel.NONE)
    Alert.objects.all().delete()
    alert = Alert.objects.create(
        recipient=subscription.recipient,
        subscription=subscription,
        change_set=change_set,
        state=AlertState.FAILED,
    )
    faulting.rule(change_set, is_real=False, reason="Cut.", by=make_user(), at=day(9))
    delivering.owe_again(Alert.objects.all())
    delivering.send(Alert, alert.pk)
    alert.refresh_from_db()
    assert (alert.state, mailoutbox) == (AlertState.DROPPED, [])


def test_rating_anew_leaves_a_ruling_alone() -> None:
    change_set = _change(_text(10), _text(4, 5))
    loaded = ChangeSet.objects.get(pk=change_set.pk)
    faulting.rule(change_set, is_real=False, reason="Cut.", by=make_user(), at=day(9))
    stored, comparison = loaded, compare([], [], subject="It")
    write(stored, comparison, [], [], stored.rubric_version)
    change_set.refresh_from_db()
    assert change_set.is_technical
    assert change_set.kind == comparison.kind


def test_of_two_rulings_at_once_the_second_is_refused() -> None:
    change_set = _change(_text(10), _text(4, 5))
    faulting.rule(change_set, is_real=True, reason="Real.", by=make_user(), at=day(9), seen=0)
    with pytest.raises(faulting.RuledMeanwhile):
        faulting.rule(change_set, is_real=False, reason="Cut.", by=make_user(), at=day(9), seen=0)
