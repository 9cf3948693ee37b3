"""The curators' page for a proposal, and what readers find of it before and after a ruling."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import referring
from clauses.models import ChangeSet, Mention, MentionRuling, Reference
from clauses.proposing import propose_pending
from tests.builders import day, make_change_set, make_platform, make_user, publish
from tests.clauses.test_proposing import TOLD, make_announcement
from tests.clauses.views.test_references import compare_page, sent, timeline, to_change_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def change_set() -> ChangeSet:
    """A change from 30 days to five years."""
    return make_change_set()


@pytest.fixture
def curator(client: Client) -> User:
    """A curator, signed in."""
    user = make_user("carla", role="curator")
    client.force_login(user)
    return user


def mentioned(change_set: ChangeSet) -> Mention:
    """A proposal about the change."""
    make_announcement(change_set.document.platform)
    propose_pending()
    return Mention.objects.get()


def test_a_proposal_is_seen_by_curators_alone_until_it_is_confirmed(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    row = mentioned(change_set)
    assert "look and decide" in compare_page(client, change_set)
    page = client.get(reverse("review-mention", args=[row.pk])).content.decode()
    for reason in row.reasons:
        assert reason["here"] in page
    client.logout()
    assert "News" not in compare_page(client, change_set)
    client.force_login(curator)
    answer = client.post(
        reverse("review-mention", args=[row.pk]),
        {"ruling": "confirmed", "reason": "It says so.", "seen": row.basis},
    )
    assert answer.url == reverse("review-references")
    client.logout()
    assert row.reasons[0]["here"] in compare_page(client, change_set)
    assert "Announcement:" in timeline(client, change_set)
    twin = client.get(reverse("change-set-json", args=[change_set.number])).json()
    assert [(told["document"], told["reasons"]) for told in twin["references"]] == [
        (row.document.public_id, row.reasons)
    ]
    document = reverse("document", args=[row.document.platform.slug, row.document.slug])
    assert "Speaks of" in client.get(document).content.decode()
    twin = client.get(reverse("document-json", args=[row.document.platform.slug, row.document.slug])).json()
    assert twin["speaks_of"] == [change_set.public_id]


def test_a_rejected_proposal_is_shown_to_nobody_and_can_be_taken_back(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    row = mentioned(change_set)
    address = reverse("review-mention", args=[row.pk])
    client.post(address, {"ruling": "rejected", "reason": "Other data.", "seen": row.basis})
    assert "look and decide" not in compare_page(client, change_set)
    assert "Other data." in client.get(reverse("review-references")).content.decode()
    assert "needs a reason" in client.post(address, {"withdraw": "yes", "reason": ""}).content.decode()
    client.post(address, {"withdraw": "yes", "reason": "Same data."})
    row.refresh_from_db()
    assert row.ruling == MentionRuling.PROPOSED
    assert "Same data." in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"ruling": ""}, "Say whether it speaks of this change."),
        ({"ruling": "proposed"}, "not one of the available choices"),
        ({"reason": ""}, "A ruling needs a reason"),
        ({"seen": "0"}, "has a new text since you opened this page"),
    ],
)
def test_a_ruling_that_is_not_complete_changes_nothing(
    client: Client, curator: User, change_set: ChangeSet, values: dict[str, Any], says: str
) -> None:
    row = mentioned(change_set)
    filled = {"ruling": "confirmed", "reason": "It does.", "seen": row.basis, **values}
    assert says in client.post(reverse("review-mention", args=[row.pk]), filled).content.decode()
    row.refresh_from_db()
    assert row.ruling == MentionRuling.PROPOSED


def test_a_ruling_on_reasons_that_were_replaced_meanwhile_changes_nothing(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    row = mentioned(change_set)
    filled = {"ruling": "confirmed", "reason": "It does.", "seen": row.basis}
    Mention.objects.update(reasons=row.reasons[:1])
    answer = client.post(reverse("review-mention", args=[row.pk]), filled)
    assert "or both name other things" in answer.content.decode()
    with pytest.raises(referring.TextChanged):
        referring.rule(row, MentionRuling.CONFIRMED, by=curator, reason="It does.", at=timezone.now())
    row.refresh_from_db()
    assert row.ruling == MentionRuling.PROPOSED


def test_a_second_ruling_is_refused_and_says_so(client: Client, curator: User, change_set: ChangeSet) -> None:
    row = mentioned(change_set)
    referring.rule(row, MentionRuling.CONFIRMED, by=curator, reason="It does.", at=timezone.now())
    filled = {"ruling": "rejected", "reason": "No.", "seen": row.basis}
    answer = client.post(reverse("review-mention", args=[row.pk]), filled, follow=True)
    assert "ruled already" in answer.content.decode()
    row.refresh_from_db()
    assert row.ruling == MentionRuling.CONFIRMED


def test_analysts_may_not_attach_remove_or_rule(client: Client, change_set: ChangeSet) -> None:
    row = mentioned(change_set)
    page = Reference.objects.create(
        platform=change_set.document.platform,
        kind="news",
        url="https://news.example/b",
        title="T",
        publisher="P",
        published_on=day(1).date(),
        added_at=timezone.now(),
    )
    client.force_login(make_user())
    addresses = [
        reverse("review-references"),
        to_change_set(change_set),
        reverse("platform-reference", args=[change_set.document.platform.slug]),
        reverse("reference-remove", args=[page.pk]),
        reverse("review-mention", args=[row.pk]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, sent()).status_code == (405 if address == addresses[0] else 403)
    assert "Attach a page" not in compare_page(client, change_set) + timeline(client, change_set)
    page.refresh_from_db()
    assert page.removed_at is None


def test_an_announcement_of_another_platform_stays_away(
    client: Client, curator: User, change_set: ChangeSet
) -> None:
    source = make_announcement(make_platform())
    publish(source, TOLD + "<p>Again, and once more.</p>", day(4))
    propose_pending()
    assert not Mention.objects.exists()
