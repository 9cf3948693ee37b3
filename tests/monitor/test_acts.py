"""What people with a role do is on record for good."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from monitor.acts import note
from monitor.models import Act, ActIsFinal, ActKind, Document, Platform
from tests.builders import make_document, make_platform, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client) -> User:
    user = make_user("root", role="administrator")
    client.force_login(user)
    return user


def told() -> list[tuple[str, str, str]]:
    return list(Act.objects.order_by("pk").values_list("kind", "subject", "detail"))


def test_an_act_is_neither_changed_nor_deleted() -> None:
    user = make_user()
    note(user, ActKind.ADDED, "x" * 400, "why")
    act = Act.objects.get()
    assert (act.name, len(act.subject)) == (user.username, 300)
    for attempt in (act.save, act.delete, Act.objects.all().delete, lambda: Act.objects.update(name="x")):
        with pytest.raises(ActIsFinal):
            attempt()
    with pytest.raises(ProtectedError):
        user.delete()
    assert Act.objects.get().detail == "why"


def test_what_is_done_to_the_watch_list_is_on_record(client: Client, root: User) -> None:
    client.post(reverse("admin:monitor_platform_add"), {"name": "Harbor", "slug": "harbor"})
    platform = Platform.objects.get()
    client.post(reverse("admin:monitor_platform_change", args=[platform.pk]), {"name": "Harbor & Quill"})
    client.post(reverse("admin:monitor_platform_delete", args=[platform.pk]), {"post": "yes"})
    assert told() == [
        ("added", "platform: Harbor", "Added."),
        ("changed", "platform: Harbor & Quill", "Changed Name."),
        ("deleted", "platform: Harbor & Quill", ""),
    ]
    assert set(Act.objects.values_list("by", flat=True)) == {root.pk}


def test_actions_on_many_documents_are_on_record_for_each(client: Client, root: User) -> None:
    documents = [make_document(make_platform(), name=name) for name in ("Terms", "Privacy")]
    for action in ("pause", "resume"):
        data = {"action": action, "_selected_action": [row.pk for row in documents]}
        client.post(reverse("admin:monitor_document_changelist"), data)
    assert sorted(told()) == sorted(
        ("reading", f"document: {row}", what)
        for row in Document.objects.all()
        for what in ("paused", "resumed")
    )


def change(client: Client, user: User, **values: object) -> None:
    form = {"username": user.username, "email": user.email, "is_active": "on", "groups": []} | values
    client.post(reverse("admin:auth_user_change", args=[user.pk]), form)


def test_a_role_that_changes_is_on_record_with_what_it_was(client: Client, root: User) -> None:
    mara = make_user("mara")
    curators = Group.objects.get(name="curator")
    change(client, mara, groups=[curators.pk])
    change(client, mara, groups=[curators.pk], is_active="", email="new@example.org")
    assert [(kind, subject) for kind, subject, _ in told()] == [("account", "user: mara")] * 2
    first, second = (detail for *_, detail in told())
    assert first.startswith("role: analyst → curator. ")
    assert second.startswith("address: mara@example.org → new@example.org. active: yes → no. ")
    assert "violet" not in first + second


def test_what_was_logged_before_is_copied(root: User) -> None:
    platform = make_platform(name="Harbor")
    LogEntry.objects.log_actions(root.pk, [platform], 2, [{"changed": {"fields": ["Name"]}}])
    import_module("monitor.migrations.0012_acts_of_before").copy_the_log(apps, None)
    act = Act.objects.get()
    assert (act.at, act.by, act.name) == (LogEntry.objects.get().action_time, root, "root")
    assert told() == [("changed", "platform: Harbor", "Changed Name.")]
