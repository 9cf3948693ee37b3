"""Another mail address for an account: confirmed before it is used, and no secret about who has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses import readdressing
from clauses.delivering import send_all
from clauses.models import AccountMail, AccountMailKind
from monitor.models import Act
from tests.builders import make_user
from tests.mail_server import Inbox, parts, smtp_inbox

pytestmark = pytest.mark.django_db
NEW = "new@example.org"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with smtp_inbox() as running:
        yield running


@pytest.fixture
def mara(client: Client) -> User:
    user = make_user("mara", email="mara@example.org")
    client.force_login(user)
    return user


def ask(client: Client, address: str = NEW) -> str:
    return client.post(reverse("account"), {"email": address}, follow=True).content.decode()


def deliver() -> None:
    send_all(timezone.now() + timedelta(minutes=1))


def link(inbox: Inbox) -> str:
    """The address in the mail that went to the new one."""
    (mail,) = (mail for mail in inbox.messages if mail["To"] == NEW)
    found = re.search(r"http://[^/]+(/account/address/\S+)", parts(mail)[0])
    assert found
    return found[1]


def address_of(user: User) -> str:
    user.refresh_from_db()
    return user.email


def test_another_address_is_used_once_its_reader_says_so_and_both_are_told(
    client: Client, mara: User, inbox: Inbox
) -> None:
    page = ask(client)
    assert "new@example.org waits to be confirmed" in page
    assert "Mail goes to mara@example.org" in page
    deliver()
    assert sorted(str(mail["To"]) for mail in inbox.messages) == ["mara@example.org", NEW]
    (told,) = (mail for mail in inbox.messages if mail["To"] == "mara@example.org")
    assert "Until whoever reads it there confirms" in parts(told)[0]
    assert NEW not in parts(told)[0] + parts(told)[1]
    # Who reads the mail may not be signed in there; looking changes nothing.
    reader = Client()
    assert reader.get(link(inbox)).status_code == 200
    assert address_of(mara) == "mara@example.org"
    assert reader.post(link(inbox)).status_code == 200
    assert address_of(mara) == NEW
    assert reader.post(link(inbox)).status_code == 410
    assert reader.get(reverse("account")).status_code == 302, "the link signs nobody in"
    act = Act.objects.get()
    assert (act.subject, act.detail) == (
        "user: mara",
        "mail address: new@example.org, before: mara@example.org",
    )


def test_the_link_holds_for_seven_days(client: Client, mara: User, inbox: Inbox) -> None:
    ask(client)
    deliver()
    AccountMail.objects.update(owed_at=timezone.now() - timedelta(days=7, minutes=1))
    assert client.get(link(inbox)).status_code == 410
    assert client.post(link(inbox)).status_code == 410
    assert address_of(mara) == "mara@example.org"


@pytest.mark.parametrize(
    "what", ["withdrawn", "other address", "other password", "by an administrator", "gone"]
)
def test_the_link_holds_no_more_when_it_is_overtaken(
    client: Client, mara: User, inbox: Inbox, what: str
) -> None:
    ask(client)
    deliver()
    if what == "withdrawn":
        client.post(reverse("account-address-withdraw"))
    elif what == "other address":
        ask(client, "third@example.org")
    elif what == "other password":
        mara.set_password("copper-lantern-58")
        mara.save()
    elif what == "by an administrator":
        User.objects.filter(pk=mara.pk).update(email="given@example.org")
    else:
        User.objects.filter(pk=mara.pk).update(is_active=False)
    before = address_of(mara)
    assert Client().post(link(inbox)).status_code == 410
    assert address_of(mara) == before


def test_what_is_overtaken_before_it_is_sent_is_not_sent(client: Client, mara: User, inbox: Inbox) -> None:
    ask(client)
    client.post(reverse("account-address-withdraw"))
    deliver()
    assert [str(mail["To"]) for mail in inbox.messages] == ["mara@example.org"]


def test_the_answer_is_the_same_whoever_the_address_belongs_to(client: Client, mara: User) -> None:
    make_user("other", email="taken@example.org")
    free, taken = ask(client, "free0@example.org"), ask(client, "taken@example.org")
    own = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|datetime="[^"]*"')
    assert own.sub("", free.replace("free0@", "taken@")) == own.sub("", taken)


def test_nobody_is_written_to_without_end(client: Client, mara: User, inbox: Inbox) -> None:
    for _ in range(3):
        assert "is on its way" in ask(client)
    assert "three other addresses within a day" in ask(client)
    other = Client()
    other.force_login(make_user("other"))
    page = ask(other)
    assert "new@example.org waits to be confirmed" in page, "the same answer as always"
    deliver()
    assert sum(mail["To"] == NEW for mail in inbox.messages) == 1, "what was overtaken is not sent either"
    assert AccountMail.objects.filter(kind=AccountMailKind.ADDRESS, state="dropped").count() == 3


def test_an_address_taken_away_is_told_and_takes_the_request_along(
    client: Client, mara: User, inbox: Inbox
) -> None:
    ask(client)
    AccountMail.objects.filter(kind=AccountMailKind.LEAVING).delete()
    assert "Nothing is mailed to you" in ask(client, "")
    assert address_of(mara) == ""
    deliver()
    (told,) = inbox.messages
    assert "no longer goes to this address" in parts(told)[0]


def test_the_same_address_again_asks_for_nothing(client: Client, mara: User) -> None:
    assert "your mail address already" in ask(client, "mara@example.org")
    assert "Enter a valid email address" in ask(client, "no address")
    assert not AccountMail.objects.exists()


def test_two_clicks_at_once_use_the_link_once(client: Client, mara: User, inbox: Inbox) -> None:
    ask(client)
    row = AccountMail.objects.get(kind=AccountMailKind.ADDRESS)
    assert readdressing.confirm(row, timezone.now())
    assert not readdressing.confirm(row, timezone.now())
    assert Act.objects.count() == 1
