"""What a refused request is told, and what the log says about it."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import make_user

pytestmark = pytest.mark.django_db


def test_a_missing_role_and_a_stale_form_are_told_apart(client: Client) -> None:
    client.force_login(make_user())
    role = client.get(reverse("samples-remove"))
    assert role.status_code == 403
    assert "has no role that may do this" in role.content.decode()
    strict = Client(enforce_csrf_checks=True)
    form = strict.post(reverse("sign-in"), {"username": "nora"})
    assert form.status_code == 403
    assert "This form is out of date" in form.content.decode()


def test_an_address_without_a_page_explains_both_causes(client: Client) -> None:
    page = client.get("/records/P-999999/")
    assert page.status_code == 404
    assert "when the samples are removed" in page.content.decode()


def test_answers_are_no_lines_of_the_log_and_faults_are() -> None:
    log = logging.getLogger("django.request")
    assert not log.isEnabledFor(logging.WARNING)
    assert log.isEnabledFor(logging.ERROR)
