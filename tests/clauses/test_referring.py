"""Attaching, removing and ruling: each once, nothing forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from clauses import referring
from clauses.models import ChangeSet, Mention, MentionRuling, Reference, ReferenceKind
from tests.builders import make_change_set, make_document, make_user

pytestmark = pytest.mark.django_db
PAGE = referring.Page(ReferenceKind.NEWS, "https://news.example/a", "Longer", "The Courier", date(2025, 3, 3))


@pytest.fixture
def curator() -> User:
    """Somebody who may."""
    return make_user(role="curator")


@pytest.fixture
def change_set() -> ChangeSet:
    """A change to attach to."""
    return make_change_set()


def attach(
    change_set: ChangeSet | None, curator: User, to: ChangeSet, page: referring.Page = PAGE
) -> Reference:
    """Attach a page to a change set, or to the platform of one."""
    return referring.attach(page, to.document.platform, change_set, by=curator, at=timezone.now())


def test_a_page_is_attached_once_to_a_change_and_once_to_its_platform(
    change_set: ChangeSet, curator: User
) -> None:
    attach(change_set, curator, change_set)
    attach(None, curator, change_set)
    for target in (change_set, None):
        with pytest.raises(referring.AttachedAlready):
            attach(target, curator, change_set, replace(PAGE, title="Another title"))
    assert Reference.objects.count() == 2
    attach(change_set, curator, change_set, replace(PAGE, url="https://news.example/b"))


def test_a_removed_page_stays_on_record_and_can_be_attached_again(
    change_set: ChangeSet, curator: User
) -> None:
    row = attach(change_set, curator, change_set)
    assert referring.remove(row, by=curator, reason=" Wrong change. ", at=timezone.now())
    assert not referring.remove(row, by=make_user(), reason="Twice.", at=timezone.now())
    row.refresh_from_db()
    assert (row.removed_by, row.removal_reason) == (curator, "Wrong change.")
    attach(change_set, curator, change_set)
    assert Reference.objects.count() == 2


def test_one_ruling_stands_and_what_was_ruled_before_is_kept(change_set: ChangeSet, curator: User) -> None:
    row = Mention.objects.create(
        document=make_document(change_set.document.platform),
        change_set=change_set,
        version=change_set.new_version,
        score=6,
        reasons=[],
        rules_version="1",
        proposed_at=timezone.now(),
    )
    with pytest.raises(referring.NotRuled):
        referring.withdraw(row, by=curator, reason="None.", at=timezone.now())
    referring.rule(row, MentionRuling.CONFIRMED, by=curator, reason="It does.", at=timezone.now())
    with pytest.raises(referring.RuledAlready):
        referring.rule(row, MentionRuling.REJECTED, by=curator, reason="It does not.", at=timezone.now())
    referring.withdraw(row, by=curator, reason="Not sure.", at=timezone.now())
    row.refresh_from_db()
    assert (row.ruling, row.ruled_by, row.note) == (MentionRuling.PROPOSED, None, "")
    assert [(step["ruling"], step["note"]) for step in row.history] == [
        ("confirmed", "It does."),
        ("withdrawn", "Not sure."),
    ]
    Mention.objects.filter(pk=row.pk).update(version=change_set.old_version)
    with pytest.raises(referring.TextChanged):
        referring.rule(row, MentionRuling.CONFIRMED, by=curator, reason="Read.", at=timezone.now())
