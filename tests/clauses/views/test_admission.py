"""The way to an account and back to a lost one, by mails that tell nobody who has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.delivering import send_all
from clauses.models import AccountMail, AlertState
from clauses.tasks import forget_unconfirmed
from monitor.roles import is_administrator, is_curator
from tests.builders import make_user
from tests.mail_server import Inbox, parts, smtp_inbox

PASSWORD = "violet-anchor-93"
OTHER = "copper-lantern-58"
pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with smtp_inbox() as running:
        yield running


@pytest.fixture
def root(client: Client) -> User:
    user = make_user("root", role="administrator")
    client.force_login(user)
    return user


def send() -> None:
    send_all(timezone.now() + timedelta(minutes=1))


def sign_up(address: str = "mara@example.org", **headers: str) -> Any:
    return Client().post(reverse("sign-up"), {"email": address}, **headers)


def forget(address: str, **headers: str) -> Any:
    return Client().post(reverse("password-reset"), {"email": address}, **headers)


def link(message: Any, name: str) -> str:
    """The path of a link in both parts of a mail."""
    start = reverse(name, args=["x"] * (2 if name == "password-reset-confirm" else 1)).split("x")[0]
    found = {path for part in parts(message) for path in re.findall(rf"{start}[^\s\"<]+", part)}
    assert len(found) == 1
    return str(found.pop())


def choose(path: str, name: str = "mara", **values: str) -> Any:
    given = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
    return Client().post(path, given | values)


def invite(client: Client, address: str = "mara@example.org", role: str = "analyst") -> Any:
    return client.post(reverse("accounts"), {"email": address, "role": role}, follow=True)


@pytest.mark.parametrize("mode", ["closed", "invited"])
def test_nobody_signs_up_where_that_is_not_open(mode: str, settings: Any) -> None:
    settings.SIGN_UP = mode
    assert sign_up().status_code == 404
    assert not AccountMail.objects.exists()
    assert "Sign up" not in Client().get(reverse("sign-in")).content.decode()


def test_signing_up_makes_an_account_once_the_address_is_confirmed(inbox: Inbox, settings: Any) -> None:
    settings.SIGN_UP = "open"
    assert "Sign up" in Client().get(reverse("sign-in")).content.decode()
    assert "Look into your mail" in sign_up(" Mara@Example.org").content.decode()
    send()
    path = link(inbox.messages[0], "sign-up-confirm")
    assert inbox.messages[0]["To"] == "mara@example.org"
    for _ in range(2):
        assert "mara@example.org" in Client().get(path).content.decode(), "scanners open every link of a mail"
    assert not User.objects.exists()
    answer = choose(path)
    assert answer.url == reverse("dashboard")
    user = User.objects.get()
    assert (user.username, user.email, user.check_password(PASSWORD)) == ("mara", "mara@example.org", True)
    assert not is_curator(user)
    assert Client().get(path).status_code == 410
    assert choose(path, "second").status_code == 410
    assert User.objects.count() == 1


def test_asking_tells_nobody_who_has_an_account(inbox: Inbox, settings: Any) -> None:
    settings.SIGN_UP = "open"
    make_user("mara", password=PASSWORD)
    for ask in (sign_up, forget):
        known, unknown = ask("mara@example.org"), ask("nora@example.org")
        same = [a.content.decode().replace(name, "") for a, name in ((known, "mara"), (unknown, "nora"))]
        assert same[0] == same[1]
        assert known.status_code == unknown.status_code == 200
    send()
    told = sorted((message["To"], message["Subject"]) for message in inbox.messages)
    assert told == [
        ("mara@example.org", "[Proviso] Choose another password"),
        ("mara@example.org", "[Proviso] You have an account"),
        ("nora@example.org", "[Proviso] Make your account"),
    ]
    assert AccountMail.objects.filter(state=AlertState.DROPPED).count() == 1


@pytest.mark.parametrize("ask", [sign_up, forget])
def test_neither_an_address_nor_a_network_gets_many_mails(ask: Any, settings: Any) -> None:
    settings.SIGN_UP = "open"
    for _ in range(5):
        assert ask("mara@example.org").status_code == 200
    assert AccountMail.objects.count() == 3
    for number in range(7):
        assert ask(f"other-{number}@example.org").status_code == 200
    assert ask("last@example.org").status_code == 429
    assert ask("last@example.org", REMOTE_ADDR="198.51.100.7").status_code == 200
    assert "127.0.0.1" not in "".join(AccountMail.objects.values_list("client", flat=True))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"password2": OTHER}, "differ"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"username": "root"}, "already exists"),
        ({"username": ""}, "required"),
    ],
)
def test_a_bad_choice_is_told_and_keeps_the_link(
    client: Client, root: User, settings: Any, values: dict[str, str], words: str
) -> None:
    settings.SIGN_UP = "invited"
    invite(client)
    path = reverse("sign-up-confirm", args=[AccountMail.objects.get().token])
    answer = choose(path, **values)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert choose(path).status_code == 302


@pytest.mark.parametrize("role", ["analyst", "curator", "administrator"])
def test_an_invitation_gives_the_role_it_names(
    client: Client, root: User, inbox: Inbox, settings: Any, role: str
) -> None:
    settings.SIGN_UP = "invited"
    assert "An invitation is on its way" in invite(client, role=role).content.decode()
    send()
    assert f"root invites you to an account as {role}" in parts(inbox.messages[0])[0]
    path = link(inbox.messages[0], "sign-up-confirm")
    assert f"<code>http://127.0.0.1:8000{path}</code>" in client.get(reverse("accounts")).content.decode()
    choose(path)
    user = User.objects.get(username="mara")
    assert (is_curator(user), is_administrator(user)) == (role != "analyst", role == "administrator")
    assert path not in client.get(reverse("accounts")).content.decode()


def test_a_link_that_is_old_withdrawn_replaced_or_switched_off_makes_no_account(
    client: Client, root: User, settings: Any
) -> None:
    settings.SIGN_UP = "invited"
    invite(client)
    row = AccountMail.objects.get()
    path = reverse("sign-up-confirm", args=[row.token])
    AccountMail.objects.update(owed_at=timezone.now() - timedelta(days=7, minutes=1))
    assert choose(path).status_code == 410
    AccountMail.objects.update(owed_at=timezone.now())
    settings.SIGN_UP = "closed"
    assert choose(path).status_code == 410
    settings.SIGN_UP = "invited"
    invite(client)
    assert choose(path).status_code == 410, "another one takes its place"
    other = AccountMail.objects.latest("pk")
    client.post(reverse("invitation-withdraw", args=[other.pk]))
    assert choose(reverse("sign-up-confirm", args=[other.token])).status_code == 410
    assert User.objects.count() == 1
    assert "None." in client.get(reverse("accounts")).content.decode()


def test_who_has_an_account_is_not_invited_and_closed_means_nobody_is(
    client: Client, root: User, settings: Any
) -> None:
    assert "Invite somebody" not in invite(client).content.decode()
    settings.SIGN_UP = "invited"
    assert "has an account" in invite(client, "ROOT@example.org").content.decode()
    assert not AccountMail.objects.exists()


@pytest.mark.parametrize("role", ["", "curator"])
def test_only_administrators_see_accounts_and_invite(client: Client, role: str, settings: Any) -> None:
    settings.SIGN_UP = "invited"
    make_user("root", role="administrator")
    client.force_login(make_user(role=role))
    assert client.get(reverse("accounts")).status_code == 403
    assert invite(client).status_code == 403
    assert client.post(reverse("invitation-withdraw", args=[1])).status_code == 403
    assert not AccountMail.objects.exists()


def test_a_forgotten_password_is_chosen_anew_once_and_ends_other_sessions(inbox: Inbox) -> None:
    user = make_user("mara", password=PASSWORD)
    elsewhere = Client()
    elsewhere.force_login(user)
    forget("MARA@example.org")
    send()
    path = link(inbox.messages[0], "password-reset-confirm")
    browser = Client()
    form = browser.get(path, follow=True)
    assert "For mara." in form.content.decode()
    at = form.redirect_chain[0][0]
    bad = browser.post(at, {"new_password1": OTHER, "new_password2": PASSWORD})
    assert (bad.status_code, User.objects.get().check_password(PASSWORD)) == (200, True)
    done = browser.post(at, {"new_password1": OTHER, "new_password2": OTHER}, follow=True)
    assert "Sign in with it." in done.content.decode()
    assert User.objects.get().check_password(OTHER)
    assert elsewhere.get(reverse("account")).status_code == 302
    assert Client().get(path).status_code == 410


def test_a_reset_reaches_every_account_at_the_address_and_no_other(inbox: Inbox) -> None:
    make_user("one", email="both@example.org", password=PASSWORD)
    make_user("two", email="both@example.org", password=PASSWORD)
    make_user("gone", email="both@example.org", password=PASSWORD, is_active=False)
    make_user("kelvin", email="both@example.org".replace("o", "\u043e"), password=PASSWORD)
    forget("both@example.org")
    forget("nobody@example.org")
    send()
    (message,) = inbox.messages
    text = parts(message)[0]
    assert ("For one:" in text, "For two:" in text, "gone" in text, "kelvin" in text) == (
        True,
        True,
        False,
        False,
    )


def test_old_mails_about_accounts_are_deleted_with_their_addresses() -> None:
    forget("mara@example.org")
    AccountMail.objects.update(owed_at=timezone.now() - timedelta(days=29))
    forget_unconfirmed()
    assert AccountMail.objects.exists()
    AccountMail.objects.update(owed_at=timezone.now() - timedelta(days=31))
    forget_unconfirmed()
    assert not AccountMail.objects.exists()


@pytest.mark.parametrize("token", ["%00", "a%00b", "x" * 300, "é", "!!"])
def test_a_link_that_holds_no_secret_leads_nowhere(client: Client, token: str) -> None:
    for path in ("sign-up", "unsubscribe", "subscribe/confirm", "subscriptions/of", "unsubscribe/digest"):
        assert client.get(f"/{path}/{token}/").status_code in ({404} if "%00" in token else {200, 404, 410})


def test_of_two_links_to_one_address_only_the_first_makes_an_account(settings: Any) -> None:
    settings.SIGN_UP = "open"
    for _ in range(2):
        sign_up()
    paths = [reverse("sign-up-confirm", args=[mail.token]) for mail in AccountMail.objects.order_by("pk")]
    assert len(paths) == 2
    assert choose(paths[0], "mara").status_code == 302
    assert choose(paths[1], "mara2").status_code == 410
    assert list(User.objects.values_list("username", flat=True)) == ["mara"]
