"""The page of acts: for administrators, by filter, and as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import subscribing
from clauses.models import AccountMail, Recipient
from monitor.acts import note
from monitor.models import Act, ActKind
from tests.builders import make_platform, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client: Client) -> User:
    user = make_user("root", role="administrator")
    client.force_login(user)
    return user


def shown(client: Client, **query: Any) -> list[str]:
    return [act["subject"] for act in client.get(reverse("acts-json"), query).json()["acts"]]


@pytest.mark.parametrize("name", ["acts", "acts-json", "acts-csv"])
@pytest.mark.parametrize("role", ["", "curator"])
def test_only_administrators_see_acts(client: Client, name: str, role: str) -> None:
    client.force_login(make_user(role=role))
    assert client.get(reverse(name)).status_code == 403


def test_acts_are_listed_the_latest_first_and_by_filter(client: Client, root: User) -> None:
    assert "No act yet" in client.get(reverse("acts")).content.decode()
    ben = make_user("ben")
    note(root, ActKind.ADDED, "platform: Harbor", "Added.")
    note(ben, ActKind.ACCOUNT, "user: mara", "role: analyst → curator")
    Act.objects.bulk_create(
        [Act(at=datetime(2020, 5, 1, 12, tzinfo=UTC), by=root, name="root", kind="mail", subject="old")]
    )
    assert shown(client) == ["user: mara", "platform: Harbor", "old"]
    assert shown(client, kind="account") == ["user: mara"]
    assert shown(client, by=root.pk) == ["platform: Harbor", "old"]
    assert shown(client, words="CURATOR") == ["user: mara"]
    assert shown(client, since="2020-05-01", until="2020-05-01") == ["old"]
    assert shown(client, since=timezone.now().date()) == ["user: mara", "platform: Harbor"]
    page = client.get(reverse("acts"), {"kind": "account"}).content.decode()
    assert "1 act that fits" in page
    assert "role: analyst → curator" in page
    assert f'href="{reverse("acts-csv")}?kind=account"' in page
    assert "No act fits" in client.get(reverse("acts"), {"words": "nothing"}).content.decode()
    assert "Not understood and ignored: Kind" in client.get(reverse("acts"), {"kind": "x"}).content.decode()


def test_a_table_of_acts_holds_no_formula(client: Client, root: User) -> None:
    note(root, ActKind.ADDED, "=HYPERLINK(1)", "Added.")
    note(root, ActKind.CHANGED, "second")
    answer = client.get(reverse("acts-csv"))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "at,by,kind,subject,detail"
    assert lines[1].endswith(",root,added,'=HYPERLINK(1),Added.")
    assert lines[2].endswith(",root,changed,second,")
    assert (
        len(b"".join(client.get(reverse("acts-csv"), {"kind": "added"}).streaming_content).splitlines()) == 2
    )


def test_long_records_have_pages_and_need_no_more_queries(
    client: Client, root: User, django_assert_max_num_queries: Any
) -> None:
    at = timezone.now() - timedelta(days=1)
    rows = [Act(at=at, by=root, name="root", kind="added", subject=f"row {n}") for n in range(60)]
    Act.objects.bulk_create(rows)
    # One of them asks which rules of the site are in force, as every request does.
    with django_assert_max_num_queries(11):
        page = client.get(reverse("acts"), {"words": "row"}).content.decode()
    assert "60 acts that fit" in page
    assert "Page 1 of 2" in page
    assert "?words=row&amp;page=2" in page


def test_invitations_withdrawals_and_whoever_came_by_them_are_on_record(
    client: Client, root: User, settings: Any
) -> None:
    settings.SIGN_UP = "invited"
    for address in ("mara@example.org", "ben@example.org"):
        client.post(reverse("accounts"), {"email": address, "role": "curator"})
    ben, mara = AccountMail.objects.order_by("address")
    client.post(reverse("invitation-withdraw", args=[ben.pk]))
    chosen = {"username": "mara", "password1": "violet-anchor-93", "password2": "violet-anchor-93"}
    Client().post(reverse("sign-up-confirm", args=[mara.token]), chosen)
    assert list(Act.objects.order_by("pk").values_list("name", "subject", "detail")) == [
        ("root", "invitation: mara@example.org", "role: curator"),
        ("root", "invitation: ben@example.org", "role: curator"),
        ("root", "invitation: ben@example.org", "withdrawn"),
        ("mara", "user: mara", "invited by root, role: curator"),
    ]


def test_mail_that_is_stopped_and_samples_that_go_are_on_record(client: Client, root: User) -> None:
    reader = Recipient.objects.create(own_address="reader@example.org")
    subscribing.begin(reader, subscribing.Wish(platform=make_platform()))
    for action in ("stop_bounced", "start_again"):
        data = {"action": action, "_selected_action": [reader.pk]}
        client.post(reverse("admin:clauses_recipient_changelist"), data)
    make_platform(is_sample=True)
    client.post(reverse("samples-remove"))
    client.post(reverse("samples-remove"))
    assert list(Act.objects.order_by("pk").values_list("kind", "subject", "detail")) == [
        ("mail", "stopped: mail to this address came back", "reader@example.org"),
        ("mail", "mailed again", "reader@example.org"),
        ("samples", "1 sample platforms", ""),
    ]
