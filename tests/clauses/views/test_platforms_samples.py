"""The list of platforms where samples stand beside real ones."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from monitor.models import Platform
from tests.builders import make_platform

pytestmark = pytest.mark.django_db


def _list(client: Client) -> str:
    return client.get(reverse("platforms")).content.decode()


def test_samples_beside_real_platforms_are_told_apart_from_what_is_counted(client: Client):
    for _ in range(2):
        make_platform(is_sample=True)
    assert "2 platforms on the watch list." in _list(client)
    make_platform(name="Harbor")
    assert "1 platform on the watch list, and 2 samples." in _list(client)
    text = client.get(reverse("platforms"), {"q": "harbor"}).content.decode()
    assert "1 platform on the watch list matches." in text
    Platform.objects.filter(is_sample=True).update(name="Invented")
    text = client.get(reverse("platforms"), {"q": "invented"}).content.decode()
    assert "No platform on the watch list matches, only 2 samples." in text
