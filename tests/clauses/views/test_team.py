"""What lists of changes say to who is signed in: how far they have read."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clauses.models import ChangeSet, Reader
from clauses.queries.unread import unread
from clauses.views import changes, dashboard
from tests.builders import make_change_set, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("view", [changes, dashboard])
def test_what_is_recorded_while_a_list_is_made_counts_as_neither_seen_nor_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, view: ModuleType
):
    user = make_user()
    client.force_login(user)
    shown = make_change_set()
    later: list[ChangeSet] = []
    place = view if view is changes else dashboard.changes
    with_keys = place.with_keys

    def recording(*asked: Any) -> Any:
        rows = with_keys(*asked)
        later.append(make_change_set())
        return rows

    monkeypatch.setattr(place, "with_keys", recording)
    address = reverse(view.__name__.rpartition(".")[2])
    text = client.get(address).content.decode()
    assert f"Choose {shown.public_id}" in text
    assert f"Choose {later[0].public_id}" not in text
    assert f'name="newest" value="{shown.number}"' in text
    assert Reader.objects.get(user=user).seen_number == (shown.number if view is dashboard else 0)
    client.post(reverse("mark-changes"), {"action": "everything", "newest": shown.number})
    assert list(unread(ChangeSet.objects.all(), Reader.objects.get(user=user))) == later
