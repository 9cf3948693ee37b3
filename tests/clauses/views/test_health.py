"""What programs ask about the site: does it live, can it work, what are its figures."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from celery import current_app
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from clauses.models import Alert, AlertState
from clauses.models.choices import SeverityLevel
from clauses.subscribing import subscribe
from tests.builders import fail, make_change_set, make_document, make_platform, make_source, make_user

pytestmark = pytest.mark.django_db
TOKEN = "a token of the operator"


def _samples(client: Client) -> dict[tuple[str, ...], float]:
    """The figures by name and labels."""
    answer = client.get(reverse("metrics"), headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.fixture
def without_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args, **_named):
        raise OperationalError("the database is away")

    monkeypatch.setattr(connection, "cursor", refuse)


def test_a_site_that_works_is_alive_and_ready(client: Client) -> None:
    assert client.get(reverse("healthz")).content == b"ok\n"
    answer = client.get(reverse("readyz"))
    assert answer.json() == {"ready": True, "checks": {"database": True, "migrations": True}}
    assert "no-store" in answer["Cache-Control"]


def test_without_its_database_a_site_lives_and_is_not_ready(client: Client, without_database: None) -> None:
    assert client.get(reverse("healthz")).status_code == 200
    answer = client.get(reverse("readyz"))
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "checks": {"database": False, "migrations": False}}


def test_a_site_whose_messages_go_nowhere_is_not_ready(client: Client, settings, monkeypatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
        monkeypatch.setattr(current_app.conf, "broker_url", settings.REDIS_URL)
        answer = client.get(reverse("readyz"))
    assert answer.status_code == 503
    assert answer.json()["checks"]["messages"] is False


def test_a_migration_that_is_missing_is_told(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="clauses").order_by("-pk").first().delete()
    answer = client.get(reverse("readyz"))
    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, False)


def test_figures_are_for_who_has_the_token(client: Client, settings) -> None:
    path = reverse("metrics")
    assert client.get(path, headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for said in ({}, {"Authorization": TOKEN}, {"Authorization": f"Bearer {TOKEN}x"}):
        assert client.get(path, headers=said).status_code == 404
    assert _samples(client)


def test_figures_say_what_came_what_waits_and_what_was_sent(client: Client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    source = make_source(make_document(next_fetch_at=now - timedelta(minutes=10)))
    fail(source, now - timedelta(hours=1))
    change_set = make_change_set(at=now - timedelta(days=2))
    subscription = subscribe(make_user(), change_set.document.platform, SeverityLevel.NONE)
    sent_at = change_set.detected_at + timedelta(minutes=30)
    Alert.objects.filter(change_set=change_set).delete()
    Alert.objects.create(
        recipient=subscription.recipient,
        subscription=subscription,
        change_set=change_set,
        state=AlertState.SENT,
        sent_at=sent_at,
    )
    found = _samples(client)
    assert found["proviso_captures_last_day", "unreachable"] == 1
    assert found["proviso_documents_watched",] == 2
    assert found["proviso_sources_failing",] == 1
    assert found["proviso_queue_length", "documents_due_for_a_reading"] >= 1
    assert found["proviso_queue_age_seconds", "documents_due_for_a_reading"] >= 0
    assert found["proviso_publication_to_alert_seconds", "0.5"] == 1800
    assert found["proviso_messages", "alert", "sent"] == 1
    assert found["proviso_messages", "webhook", "owed"] == 0


def test_only_documents_that_are_read_are_told_as_watched(client: Client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    make_document()
    make_document(is_paused=True)
    make_document(make_platform(is_sample=True))
    assert _samples(client)["proviso_documents_watched",] == 1
    assert client.get(reverse("status-json")).json()["watched"] == 1


def test_figures_of_an_empty_site_are_figures_too(client: Client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert _samples(client)["proviso_documents_watched",] == 0


def test_a_private_site_still_says_that_it_lives(client: Client, settings) -> None:
    settings.PRIVATE_SITE = True
    assert client.get(reverse("healthz")).status_code == 200
    assert client.get(reverse("readyz")).status_code == 200
