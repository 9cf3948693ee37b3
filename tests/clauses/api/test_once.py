"""Acts under an idempotency key are done once and answered the same; another act under it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from clauses import tokens
from clauses.api import watching
from clauses.models import ApiAnswer
from monitor.models import Act, Platform
from tests.builders import make_user
from tests.clauses.api.asking import bearing, secret_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return bearing(secret_of(make_user(role="administrator"), "watch"))


def test_the_same_key_gets_the_same_answer_and_one_act(administrator: Client) -> None:
    first = send(administrator, "/platforms", {"name": "Acme"}, key="one")
    again = send(administrator, "/platforms", {"name": "Acme"}, key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Platform.objects.count() == Act.objects.filter(kind="added").count() == 1


def test_another_key_is_another_act(administrator: Client) -> None:
    assert send(administrator, "/platforms", {"name": "Acme"}, key="one").status_code == 201
    assert send(administrator, "/platforms", {"name": "Acme"}, key="two").status_code == 409
    assert send(administrator, "/platforms", {"name": "Acme"}).status_code == 409


def test_a_key_that_named_another_act_is_refused(administrator: Client) -> None:
    send(administrator, "/platforms", {"name": "Acme"}, key="one")
    for path, body in (("/platforms", {"name": "Other"}), ("/documents/D-00001/pause", {"name": "Acme"})):
        answer = send(administrator, path, body, key="one")
        assert answer.status_code == 409
        assert "Idempotency-Key" in answer.json()["detail"]
    assert Platform.objects.count() == 1


def test_keys_of_different_tokens_are_different(administrator: Client) -> None:
    other = bearing(secret_of(make_user(role="administrator"), "watch"))
    assert send(administrator, "/platforms", {"name": "Acme"}, key="one").status_code == 201
    assert send(other, "/platforms", {"name": "Other"}, key="one").status_code == 201


def test_what_was_refused_may_be_sent_again_under_its_key(administrator: Client) -> None:
    known = Platform.objects.create(name="Acme", slug="acme")
    assert send(administrator, "/platforms", {"name": "Acme"}, key="one").status_code == 409
    known.delete()
    assert send(administrator, "/platforms", {"name": "Acme"}, key="one").status_code == 201


def test_an_act_that_breaks_off_leaves_nothing(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise IntegrityError("broke off")

    monkeypatch.setattr(watching, "note", broken)
    with pytest.raises(IntegrityError):
        send(administrator, "/platforms", {"name": "Acme"}, key="one")
    assert not Platform.objects.exists()
    assert not ApiAnswer.objects.exists()


@pytest.mark.parametrize("key", ["x" * 201, "two words", "\u00fc"])
def test_a_key_that_makes_no_sense_is_named(key: str, administrator: Client) -> None:
    answer = send(administrator, "/platforms", {"name": "Acme"}, key=key)
    assert answer.status_code == 400
    assert answer.json()["parameters"][0]["parameter"] == "Idempotency-Key"
    assert not Platform.objects.exists()


def test_answers_are_forgotten_after_a_week(administrator: Client) -> None:
    send(administrator, "/platforms", {"name": "Acme"}, key="one")
    now = timezone.now()
    tokens.forget_answers(now + timedelta(days=6))
    assert ApiAnswer.objects.count() == 1
    tokens.forget_answers(now + timedelta(days=8))
    assert not ApiAnswer.objects.exists()
